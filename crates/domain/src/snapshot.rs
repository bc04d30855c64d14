//! Kept states of instances: taken from one that runs, started from later, removed.

use crate::ids::SnapshotId;
use crate::{coded, transitions};

coded! {
    /// Where a kept state stands.
    pub enum SnapshotState {
        /// It is to be kept.
        Wanted = "wanted",
        /// It is there.
        Kept = "kept",
        /// It could not be kept, and says why.
        Failed = "failed",
        /// It is to be removed.
        Leaving = "leaving",
        /// Nothing of it is left.
        Ended = "ended",
    }
}

coded! {
    /// What may happen to it.
    pub enum SnapshotEvent {
        /// The engine holds it.
        Keep = "keep",
        /// The engine could not keep it.
        Fail = "fail",
        /// It is needed no more.
        Leave = "leave",
        /// Everything of it was removed.
        End = "end",
    }
}

coded! {
    /// Why a state could not be kept.
    pub enum SnapshotProblem {
        /// The instance is not there any more.
        NoInstance = "no_instance",
        /// What hosts targets does not answer.
        EngineUnreachable = "engine_unreachable",
        /// What hosts targets keeps no states.
        NotPossible = "not_possible",
        /// What hosts targets refused or failed, as for want of room.
        Engine = "engine",
    }
}

transitions! { SnapshotState on SnapshotEvent as "snapshot" {
    Wanted, Keep => Kept;
    Wanted, Fail => Failed;
    Wanted | Kept | Failed, Leave => Leaving;
    Leaving, End => Ended;
}}

impl SnapshotState {
    /// Says whether something is to be done for it.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Wanted | Self::Leaving)
    }
}

/// Parts the fingerprint of a target from the kept state from which its instance began.
const FROM: &str = " from ";

/// Gives the fingerprint of an instance: its target's, and the kept state from which it began.
#[must_use]
pub fn fingerprint_from(target: &str, from: Option<SnapshotId>) -> String {
    match from {
        Some(snapshot) => format!("{target}{FROM}{snapshot}"),
        None => target.to_owned(),
    }
}

/// Gives the fingerprint of the target of an instance's fingerprint.
#[must_use]
pub fn fingerprint_of_target(fingerprint: &str) -> &str {
    fingerprint.split_once(FROM).map_or(fingerprint, |(target, _)| target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_fingerprint_says_from_which_state_an_instance_began() {
        let kept = SnapshotId(Uuid::from_u128(7));
        assert_eq!(fingerprint_from("00ab", None), "00ab");
        let from = fingerprint_from("00ab", Some(kept));
        assert_eq!(from, "00ab from 00000000-0000-0000-0000-000000000007");
        assert_ne!(from, fingerprint_from("00ab", Some(SnapshotId(Uuid::from_u128(8)))));
        for print in ["00ab", &from] {
            assert_eq!(fingerprint_of_target(print), "00ab");
        }
    }
}
