//! Fixes: the versions in which vendors correct vulnerabilities, round by round.

use crate::coded;
use crate::ids::{VersionId, VulnerabilityId};
use crate::retest::{Retest, RetestOutcome, RetestState};
use crate::time::Timestamp;
use crate::vulnerability::VulnerabilityState;

coded! {
    /// What retests made of an announced version.
    pub enum FixStanding {
        /// No retest has told yet.
        Announced = "announced",
        /// A retest confirmed that the flaw is gone in it.
        Confirmed = "confirmed",
        /// A retest found the flaw in it still, whole or in part; or the flaw came back after it.
        Refuted = "refuted",
    }
}

impl FixStanding {
    /// Gives the standing of the version that was announced in a round, of a flaw that is in round `current`;
    /// only what a verifier confirmed counts, and the fix of a round that another followed did not hold.
    #[must_use]
    pub fn of<'a>(round: i64, current: i64, retests: impl IntoIterator<Item = &'a Retest>) -> Self {
        if round < current {
            return Self::Refuted;
        }
        let mut standing = Self::Announced;
        for retest in retests {
            if retest.round != round || retest.state != RetestState::Confirmed {
                continue;
            }
            match retest.outcome {
                Some(RetestOutcome::Fixed) => standing = Self::Confirmed,
                Some(RetestOutcome::Partial | RetestOutcome::NotFixed) => return Self::Refuted,
                Some(RetestOutcome::CannotTell) | None => {}
            }
        }
        standing
    }
}

/// Says whether a fix holds: a retest of this round confirmed it, and the flaw did not come back.
///
/// A closed vulnerability whose vendor refused to fix it has none.
#[must_use]
pub const fn holds(state: VulnerabilityState, retest_confirmed: bool) -> bool {
    retest_confirmed && state.is_fixed()
}

coded! {
    /// Where the correction stands, for those who do not handle the vulnerability.
    pub enum Correction {
        /// No version is said to correct it.
        Awaited = "awaited",
        /// A version is announced; no retest has confirmed it.
        Announced = "announced",
        /// A retest confirmed it.
        Verified = "verified",
        /// Its vendor will not correct it.
        Refused = "refused",
    }
}

impl Correction {
    /// Gives where the correction stands, given whether a retest of this round confirmed a fix.
    #[must_use]
    pub const fn of(state: VulnerabilityState, retest_confirmed: bool) -> Self {
        use VulnerabilityState as S;
        match state {
            S::Fixed | S::Closed if retest_confirmed => Self::Verified,
            S::WontFix | S::Closed => Self::Refused,
            S::FixAvailable | S::Retesting | S::Fixed => Self::Announced,
            _ => Self::Awaited,
        }
    }
}

/// Says whether two versions are the same one, as people write them: `5.2.1`, `v5.2.1`.
#[must_use]
pub fn same_version(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches(['v', 'V']).trim().to_lowercase();
    plain(one) == plain(other)
}

/// A version that a vendor announces as fixed, in one round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The round, from one.
    pub round: i64,
    /// The version that is said to be fixed.
    pub version: VersionId,
    /// When the vendor announced it.
    pub announced_at: Timestamp,
}

/// Gives the fix that counts: that of the last round announced.
#[must_use]
pub fn latest(fixes: &[Fix]) -> Option<&Fix> {
    fixes.iter().max_by_key(|fix| fix.round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RetestId;
    use uuid::Uuid;

    fn retest(round: i64, state: RetestState, outcome: RetestOutcome) -> Retest {
        Retest {
            id: RetestId(Uuid::nil()),
            vulnerability: VulnerabilityId(Uuid::nil()),
            round,
            n: 1,
            state,
            offered_to: None,
            offer_ends_at: None,
            report_ends_at: None,
            by: None,
            outcome: Some(outcome),
            revision: 1,
        }
    }

    #[test]
    fn only_what_a_verifier_confirmed_counts_and_only_for_its_round() {
        use FixStanding as F;
        use RetestOutcome as O;
        use RetestState as S;
        let table: [(&[Retest], F); 8] = [
            (&[], F::Announced),
            (&[retest(1, S::Reported, O::Fixed)], F::Announced),
            (&[retest(1, S::Reported, O::NotFixed)], F::Announced),
            (&[retest(1, S::Confirmed, O::CannotTell)], F::Announced),
            (&[retest(1, S::Confirmed, O::Partial)], F::Refuted),
            (&[retest(1, S::Confirmed, O::NotFixed)], F::Refuted),
            (
                &[
                    retest(1, S::Confirmed, O::CannotTell),
                    retest(1, S::Confirmed, O::Fixed),
                ],
                F::Confirmed,
            ),
            (&[retest(2, S::Confirmed, O::Fixed)], F::Announced),
        ];
        for (retests, standing) in table {
            assert_eq!(FixStanding::of(1, 1, retests), standing, "{retests:?}");
            assert_eq!(FixStanding::of(1, 2, retests), F::Refuted, "{retests:?}, then reopened");
        }
    }

    #[test]
    fn a_fix_holds_where_a_retest_confirmed_it_and_nothing_came_back() {
        for state in VulnerabilityState::ALL {
            assert!(!holds(*state, false), "{state:?}: announced or refused only");
            let fixed = matches!(state, VulnerabilityState::Fixed | VulnerabilityState::Closed);
            assert_eq!(holds(*state, true), fixed, "{state:?}");
            assert_eq!(Correction::of(*state, true) == Correction::Verified, fixed, "{state:?}");
            assert_ne!(Correction::of(*state, false), Correction::Verified, "{state:?}");
        }
    }

    #[test]
    fn a_version_is_the_same_however_it_is_written() {
        assert!(same_version("5.2.1", " v5.2.1 "));
        assert!(same_version("4.0-RC1", "4.0-rc1"));
        assert!(!same_version("5.2.1", "5.2.10"));
    }

    #[test]
    fn the_last_round_counts() {
        let fix = |round| Fix {
            vulnerability: VulnerabilityId(Uuid::nil()),
            round,
            version: VersionId(Uuid::from_u128(round as u128)),
            announced_at: Timestamp(round),
        };
        assert_eq!(latest(&[fix(2), fix(3), fix(1)]), Some(&fix(3)));
        assert_eq!(latest(&[]), None);
    }
}
