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
pub const fn can_be_bypassed(state: VulnerabilityState, announced: bool) -> bool {
    use VulnerabilityState as S;
    announced && !matches!(state, S::Dismissed | S::Merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use VulnerabilityState as S;

    #[test]
    fn only_a_fix_that_was_announced_can_be_bypassed() {
        for state in S::ALL {
            let told = !matches!(state, S::Dismissed | S::Merged);
            assert_eq!(can_be_bypassed(*state, true), told, "{state:?}");
            assert!(
                !can_be_bypassed(*state, false),
                "{state:?}: refused for good, then closed or reopened"
            );
        }
    }
}
