//! Bypasses and regressions: a fix that somebody gets around, or that no longer holds.

use crate::coded;
use crate::vulnerability::VulnerabilityState;

coded! {
    /// How a hunter knows a vulnerability whose fix they get around.
    pub enum KnownBy {
        /// They reported it, alone or with others.
        Reported = "reported",
        /// They retested a fix of it.
        Retested = "retested",
        /// They may read it: it is public, for example.
        Read = "read",
    }
}

/// Says whether there is a fix to get around: one was announced, in this round or an earlier one, and the
/// vulnerability is still told under its own name.
#[must_use]
pub const fn can_be_bypassed(state: VulnerabilityState, round: i64) -> bool {
    use VulnerabilityState as S;
    match state {
        S::Dismissed | S::Merged => false,
        S::FixAvailable | S::Retesting | S::Fixed | S::Reopened => true,
        S::Open | S::VendorNotified | S::Acknowledged | S::Disputed | S::WontFix | S::Closed => {
            round > 1 || matches!(state, S::Closed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use VulnerabilityState as S;

    #[test]
    fn only_a_fix_that_was_announced_can_be_bypassed() {
        let table = [
            (S::Open, 1, false),
            (S::VendorNotified, 1, false),
            (S::Acknowledged, 1, false),
            (S::Acknowledged, 2, true),
            (S::Disputed, 1, false),
            (S::FixAvailable, 1, true),
            (S::Retesting, 1, true),
            (S::Fixed, 1, true),
            (S::Closed, 1, true),
            (S::Reopened, 2, true),
            (S::WontFix, 1, false),
            (S::Dismissed, 2, false),
            (S::Merged, 2, false),
        ];
        for (state, round, can) in table {
            assert_eq!(can_be_bypassed(state, round), can, "{state:?} in round {round}");
        }
    }
}
