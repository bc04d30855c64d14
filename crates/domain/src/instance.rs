//! Instances: running copies of a target, shared by all, of one person, or clean ones for a replay.

use crate::{coded, transitions};

coded! {
    /// What an instance is for.
    pub enum InstancePurpose {
        /// Everybody who has a lease works on it.
        Shared = "shared",
        /// One person works on it.
        Own = "own",
        /// A verifier replays on it, and it goes.
        Replay = "replay",
    }
}

coded! {
    /// Where an instance stands.
    pub enum InstanceState {
        /// It is to be started.
        Wanted = "wanted",
        /// It runs and is healthy.
        Running = "running",
        /// It is to be brought back to its pristine state.
        Resetting = "resetting",
        /// It does not run, and says why.
        Failed = "failed",
        /// It is to be removed.
        Leaving = "leaving",
        /// Nothing of it is left.
        Ended = "ended",
    }
}

coded! {
    /// What may happen to it.
    pub enum InstanceEvent {
        /// It became healthy.
        Start = "start",
        /// It did not start, or is healthy no more.
        Fail = "fail",
        /// Somebody asks for its pristine state.
        Reset = "reset",
        /// Somebody asks that it be started again.
        Retry = "retry",
        /// It is needed no more.
        Leave = "leave",
        /// Everything of it was removed.
        End = "end",
    }
}

transitions! { InstanceState on InstanceEvent as "instance" {
    Wanted | Resetting, Start => Running;
    Wanted | Resetting | Running, Fail => Failed;
    Running | Failed, Reset => Resetting;
    Failed, Retry => Wanted;
    Wanted | Running | Resetting | Failed, Leave => Leaving;
    Leaving, End => Ended;
}}

impl InstanceState {
    /// Says whether something is to be done for it.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Wanted | Self::Resetting | Self::Leaving)
    }
}
