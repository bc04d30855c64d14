//! Retests: whether an announced fix holds.

use crate::ids::{PersonId, RetestId, VulnerabilityId};
use crate::sharing::Tlp;
use crate::time::Timestamp;
use crate::vulnerability::VulnerabilityEvent;
use crate::{coded, refusals, transitions};

coded! {
    /// Where a retest stands.
    pub enum RetestState {
        /// The vendor asks for it.
        Requested = "requested",
        /// Somebody is asked to make it.
        Offered = "offered",
        /// They will.
        Accepted = "accepted",
        /// They will not.
        Declined = "declined",
        /// They did not answer, or did not report, in time; or nobody may make it any more.
        Expired = "expired",
        /// They said what they found.
        Reported = "reported",
        /// A verifier agrees.
        Confirmed = "confirmed",
        /// A verifier does not agree.
        Rejected = "rejected",
    }
}

coded! {
    /// What may happen to a retest.
    pub enum RetestEvent {
        /// Somebody is asked to make it.
        Offer = "offer",
        /// They accept.
        Accept = "accept",
        /// They decline.
        Decline = "decline",
        /// Their time to answer or to report runs out, or they may not make it any more.
        Expire = "expire",
        /// The flaw is told under another: there is nothing left to retest here.
        End = "end",
        /// They say what they found.
        Report = "report",
        /// A verifier agrees.
        Confirm = "confirm",
        /// A verifier does not agree.
        Reject = "reject",
    }
}

transitions! { RetestState on RetestEvent as "retest" {
    Requested | Declined | Expired | Rejected, Offer => Offered;
    Offered, Accept => Accepted;
    Offered, Decline => Declined;
    Offered | Accepted, Expire => Expired;
    Requested | Offered | Accepted | Reported, End => Expired;
    Accepted, Report => Reported;
    Reported, Confirm => Confirmed;
    Reported, Reject => Rejected;
}}

coded! {
    /// Whom a retest is offered to.
    pub enum OfferedTo {
        /// The hunter who reported the flaw.
        Reporter = "reporter",
        /// Any accredited tester.
        Pool = "pool",
        /// A verifier.
        Verifier = "verifier",
    }
}

/// Who there is to ask for a retest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Askable {
    /// Whether a reporter of the flaw still hunts there, without a part in its vendor.
    pub reporter: bool,
    /// Whether the pool holds somebody beside who was asked last.
    pub pool: bool,
}

/// What is known of a hunter of the programme that runs the campaigns of a flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TesterFacts {
    /// Whether they are suspended from any of its campaigns.
    pub suspended: bool,
    /// Whether they accepted the rules of engagement that are in force there.
    pub rules_accepted: bool,
    /// Whether a report of theirs, or one that names them as an author, was verified in the programme.
    pub verified: bool,
    /// Whether a report of theirs was closed there as abusive.
    pub abusive: bool,
}

impl TesterFacts {
    /// Says whether a hunter is accredited to retest what others found in the programme: they hunt there under its
    /// rules, their work was reproduced, and nothing of it was abusive.
    #[must_use]
    pub const fn is_accredited(self) -> bool {
        !self.suspended && self.rules_accepted && self.verified && !self.abusive
    }
}

/// Says whether a flaw may be told to testers who did not find it: what is for named persons alone is not.
#[must_use]
pub fn may_be_pooled(tlp: Tlp) -> bool {
    tlp != Tlp::Red
}

/// How often those are reminded who have no term: the verifiers, who are asked last.
pub const REMINDERS: i64 = 4;

/// Days before the end of an offer or of an acceptance when it is brought back to mind.
pub const REMINDED_BEFORE_DAYS: i64 = 3;

impl OfferedTo {
    /// Gives whom to ask next: the reporter, then the pool, then the verifiers, again and again; who is not
    /// there is passed over, and nobody is asked twice in one round before the verifiers are.
    #[must_use]
    pub const fn next(last: Option<Self>, there: Askable) -> Self {
        match last {
            None if there.reporter => Self::Reporter,
            None | Some(Self::Reporter) if there.pool => Self::Pool,
            _ => Self::Verifier,
        }
    }
}

coded! {
    /// What a retest found.
    pub enum RetestOutcome {
        /// The flaw is gone.
        Fixed = "fixed",
        /// A part of it remains.
        Partial = "partial",
        /// It is still there.
        NotFixed = "not_fixed",
        /// It could not be told.
        CannotTell = "cannot_tell",
    }
}

impl RetestOutcome {
    /// Gives the event that a confirmed outcome causes for the vulnerability.
    #[must_use]
    pub const fn effect(self) -> VulnerabilityEvent {
        match self {
            Self::Fixed => VulnerabilityEvent::ConfirmFixed,
            Self::Partial | Self::NotFixed => VulnerabilityEvent::FindNotFixed,
            Self::CannotTell => VulnerabilityEvent::CannotTell,
        }
    }

    /// Gives the round that follows: a fix that does not hold opens the next.
    #[must_use]
    pub const fn next_round(self, round: i64) -> i64 {
        match self {
            Self::Partial | Self::NotFixed => round.saturating_add(1),
            Self::Fixed | Self::CannotTell => round,
        }
    }
}

/// One retest of a fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retest {
    /// Its identifier.
    pub id: RetestId,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The round of the fix.
    pub round: i64,
    /// Its number within the round, from one.
    pub n: i64,
    /// Where it stands.
    pub state: RetestState,
    /// Whom it is offered to.
    pub offered_to: Option<OfferedTo>,
    /// Until when they may accept.
    pub offer_ends_at: Option<Timestamp>,
    /// Until when whoever accepted says what they found.
    pub report_ends_at: Option<Timestamp>,
    /// Who makes it.
    pub by: Option<PersonId>,
    /// What they found.
    pub outcome: Option<RetestOutcome>,
    /// The revision of its row.
    pub revision: i64,
}

refusals! {
    /// Why a retest's finding cannot be confirmed or rejected.
    pub enum RetestRefusal {
        /// The one who made it cannot judge it.
        OwnRetest = "own_retest",
        /// It says nothing yet.
        OutcomeMissing = "outcome_missing",
    }
}

impl Retest {
    /// Gives when the retest passes on by itself: an offer that nobody accepts, or one that was
    /// accepted and of which nothing is reported.
    #[must_use]
    pub const fn ends_at(&self) -> Option<Timestamp> {
        match self.state {
            RetestState::Offered => self.offer_ends_at,
            RetestState::Accepted => self.report_ends_at,
            _ => None,
        }
    }

    /// Gives the retest's state at `now`: an offer and an acceptance expire with the clock.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> RetestState {
        if self.ends_at().is_some_and(|end| end <= now) {
            RetestState::Expired
        } else {
            self.state
        }
    }

    /// Gives when those on whom it waits are next reminded: once, some days before its term or at the half of a
    /// shorter one; those who have no term each time that `days` have passed, a few times. The pool is told once.
    ///
    /// `since` is when it was offered or accepted.
    #[must_use]
    pub fn next_reminder(&self, since: Timestamp, days: i64, now: Timestamp) -> Option<Timestamp> {
        match (self.state, self.ends_at()) {
            (RetestState::Offered, _) if self.offered_to == Some(OfferedTo::Pool) => None,
            (RetestState::Offered | RetestState::Accepted, Some(end)) => {
                let half = Timestamp(since.0 + (end.0 - since.0) / 2);
                Some(half.max(end.plus_days(-REMINDED_BEFORE_DAYS)))
            }
            (RetestState::Offered, None) => (1..=REMINDERS)
                .map(|n| since.plus_days(days.max(1).saturating_mul(n)))
                .find(|at| *at > now),
            _ => None,
        }
        .filter(|at| *at > now)
    }

    /// Gives the person on whom the retest waits alone: who is to report it, or is `asked` by name.
    #[must_use]
    pub fn waits_on(&self, asked: Option<PersonId>) -> Option<PersonId> {
        match self.state {
            RetestState::Accepted => self.by,
            RetestState::Offered => asked,
            _ => None,
        }
    }

    /// Says whether a verifier may judge the finding, and gives it.
    ///
    /// # Errors
    /// [`RetestRefusal`] for one's own retest or where there is no finding.
    pub fn may_be_judged_by(&self, verifier: PersonId) -> Result<RetestOutcome, RetestRefusal> {
        if self.by == Some(verifier) {
            return Err(RetestRefusal::OwnRetest);
        }
        self.outcome.ok_or(RetestRefusal::OutcomeMissing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine as _;
    use uuid::Uuid;

    fn retest(state: RetestState) -> Retest {
        Retest {
            id: RetestId(Uuid::nil()),
            vulnerability: VulnerabilityId(Uuid::nil()),
            round: 1,
            n: 1,
            state,
            offered_to: Some(OfferedTo::Reporter),
            offer_ends_at: Some(Timestamp(10)),
            report_ends_at: Some(Timestamp(20)),
            by: Some(PersonId(Uuid::from_u128(1))),
            outcome: None,
            revision: 1,
        }
    }

    #[test]
    fn an_offer_and_an_acceptance_end_with_the_clock_and_nothing_else_does() {
        use RetestState as S;
        let table = [
            (S::Offered, 9, S::Offered),
            (S::Offered, 10, S::Expired),
            (S::Accepted, 10, S::Accepted),
            (S::Accepted, 19, S::Accepted),
            (S::Accepted, 20, S::Expired),
            (S::Requested, 99, S::Requested),
            (S::Declined, 99, S::Declined),
            (S::Reported, 99, S::Reported),
            (S::Confirmed, 99, S::Confirmed),
            (S::Rejected, 99, S::Rejected),
        ];
        for (stored, now, effective) in table {
            assert_eq!(
                retest(stored).state_at(Timestamp(now)),
                effective,
                "{stored:?} at {now}"
            );
            let without = Retest {
                offer_ends_at: None,
                report_ends_at: None,
                ..retest(stored)
            };
            assert_eq!(without.state_at(Timestamp(now)), stored, "{stored:?} without a term");
        }
    }

    #[test]
    fn a_retest_is_offered_to_the_reporter_then_the_pool_then_the_verifiers() {
        use OfferedTo as O;
        let table = [
            (None, (true, true), O::Reporter),
            (None, (true, false), O::Reporter),
            (None, (false, true), O::Pool),
            (None, (false, false), O::Verifier),
            (Some(O::Reporter), (true, true), O::Pool),
            (Some(O::Reporter), (true, false), O::Verifier),
            (Some(O::Pool), (true, true), O::Verifier),
            (Some(O::Verifier), (true, true), O::Verifier),
        ];
        for (last, (reporter, pool), next) in table {
            assert_eq!(
                OfferedTo::next(last, Askable { reporter, pool }),
                next,
                "{last:?} {reporter} {pool}"
            );
        }
    }

    #[test]
    fn a_tester_is_accredited_by_proven_work_under_the_rules() {
        let proven = TesterFacts {
            suspended: false,
            rules_accepted: true,
            verified: true,
            abusive: false,
        };
        let table = [
            (proven, true),
            (
                TesterFacts {
                    suspended: true,
                    ..proven
                },
                false,
            ),
            (
                TesterFacts {
                    rules_accepted: false,
                    ..proven
                },
                false,
            ),
            (
                TesterFacts {
                    verified: false,
                    ..proven
                },
                false,
            ),
            (
                TesterFacts {
                    abusive: true,
                    ..proven
                },
                false,
            ),
        ];
        for (facts, accredited) in table {
            assert_eq!(facts.is_accredited(), accredited, "{facts:?}");
        }
        for tlp in Tlp::ALL {
            assert_eq!(may_be_pooled(*tlp), *tlp != Tlp::Red, "{tlp:?}");
        }
    }

    #[test]
    fn who_is_asked_is_reminded_before_the_term_and_verifiers_a_few_times() {
        use crate::time::DAY;
        let day = |n: i64| Timestamp(n * DAY);
        let offered = |end: Option<i64>| Retest {
            offer_ends_at: end.map(day),
            ..retest(RetestState::Offered)
        };
        let pooled = Retest {
            offered_to: Some(OfferedTo::Pool),
            ..offered(Some(7))
        };
        let accepted = Retest {
            report_ends_at: Some(day(14)),
            ..retest(RetestState::Accepted)
        };
        for (retest, now, at) in [
            (offered(Some(7)), 0, Some(4)),
            (offered(Some(4)), 0, Some(2)),
            (offered(Some(7)), 4, None),
            (accepted.clone(), 0, Some(11)),
            (accepted, 11, None),
            (offered(None), 0, Some(7)),
            (offered(None), 7, Some(14)),
            (offered(None), 27, Some(28)),
            (offered(None), 28, None),
            (pooled, 0, None),
            (retest(RetestState::Reported), 0, None),
        ] {
            let next = retest.next_reminder(day(0), 7, day(now));
            assert_eq!(next, at.map(day), "{:?} on day {now}", retest.state);
        }
    }

    #[test]
    fn what_expired_is_offered_again_and_what_was_reported_does_not_expire() {
        use RetestState as S;
        for state in S::STATES {
            let ends = matches!(state, S::Offered | S::Accepted);
            assert_eq!(state.after(RetestEvent::Expire).is_ok(), ends, "{state:?}");
        }
        assert_eq!(
            S::Reported.after(RetestEvent::End),
            Ok(S::Expired),
            "with the flaw itself, it ends"
        );
        assert!(S::Confirmed.after(RetestEvent::End).is_err());
        assert_eq!(S::Expired.after(RetestEvent::Offer), Ok(S::Offered));
        assert!(S::Expired.after(RetestEvent::Report).is_err());
    }

    #[test]
    fn a_retest_waits_on_who_was_asked_then_on_who_accepted() {
        let (asked, by) = (Some(PersonId(Uuid::from_u128(2))), Some(PersonId(Uuid::from_u128(1))));
        for (state, asked, waits) in [
            (RetestState::Offered, asked, asked),
            (RetestState::Offered, None, None),
            (RetestState::Accepted, asked, by),
            (RetestState::Reported, asked, None),
            (RetestState::Confirmed, asked, None),
        ] {
            assert_eq!(retest(state).waits_on(asked), waits, "{state:?}");
        }
    }
}
