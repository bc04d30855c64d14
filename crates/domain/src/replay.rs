//! Replays: recorded requests sent again, and what their answers come to.

use crate::coded;

coded! {
    /// What the answers of a replay come to, beside those that were recorded.
    pub enum ReplayResult {
        /// The same answers.
        Same = "same",
        /// The same but for what every run has of its own.
        SameButVolatile = "same_but_volatile",
        /// At least one other answer.
        Different = "different",
        /// At least one answer did not come.
        NoAnswer = "no_answer",
    }
}

impl ReplayResult {
    /// Says whether the target answered everything, so that a verdict can rest on what it said.
    #[must_use]
    pub const fn is_answered(self) -> bool {
        !matches!(self, Self::NoAnswer)
    }

    /// Gives what several steps come to together: the gravest of them.
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Self>) -> Self {
        let grave = |one: &Self| match one {
            Self::Same => 0,
            Self::SameButVolatile => 1,
            Self::Different => 2,
            Self::NoAnswer => 3,
        };
        steps.into_iter().max_by_key(grave).unwrap_or(Self::NoAnswer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_step_tells() {
        use ReplayResult::{Different, NoAnswer, Same, SameButVolatile};
        assert_eq!(ReplayResult::of([Same, SameButVolatile, Same]), SameButVolatile);
        assert_eq!(ReplayResult::of([Different, NoAnswer]), NoAnswer);
        assert_eq!(ReplayResult::of([Same, Different]), Different);
        assert_eq!(ReplayResult::of([Same]), Same);
        assert_eq!(ReplayResult::of([]), NoAnswer);
    }
}
