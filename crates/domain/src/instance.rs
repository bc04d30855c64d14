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

coded! {
    /// What keeps an instance from running.
    pub enum InstanceProblem {
        /// What hosts targets does not answer.
        EngineUnreachable = "engine_unreachable",
        /// Targets would not be walled in, or are no longer.
        NotIsolated = "not_isolated",
        /// An image that its recipe names is not there.
        ImagesMissing = "images_missing",
        /// An archive that its recipe names is not there.
        SeedsMissing = "seeds_missing",
        /// An archive that its recipe names is there and cannot be opened.
        SeedUnreadable = "seed_unreadable",
        /// Every network of the pool is taken.
        PoolEmpty = "pool_empty",
        /// It does not answer its check of health.
        NotHealthy = "not_healthy",
        /// One of its services ended.
        Ended = "ended",
        /// One of its services went beyond its memory.
        Memory = "memory",
        /// It wrote more than its recipe allows.
        Overfull = "overfull",
        /// What hosts targets cannot do what its recipe asks.
        NotPossible = "not_possible",
        /// The kept state from which it was to begin is not there.
        NoSnapshot = "no_snapshot",
        /// What hosts targets refused or failed.
        Engine = "engine",
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

coded! {
    /// How a person's way to a hosted target is.
    pub enum Readiness {
        /// It answers.
        Ready = "ready",
        /// It is being brought up.
        Starting = "starting",
        /// It does not run, and is started again by whoever takes their access anew.
        Failed = "failed",
        /// There is none: taking the access anew asks for one.
        Gone = "gone",
    }
}

impl Readiness {
    /// Says how the way is of somebody who is served by instances that stand so: the best of them serves.
    #[must_use]
    pub fn of(states: impl IntoIterator<Item = InstanceState>) -> Self {
        let all = states.into_iter().map(|state| match state {
            InstanceState::Running => Self::Ready,
            InstanceState::Wanted | InstanceState::Resetting => Self::Starting,
            InstanceState::Failed => Self::Failed,
            InstanceState::Leaving | InstanceState::Ended => Self::Gone,
        });
        all.min().unwrap_or(Self::Gone)
    }
}

impl InstanceState {
    /// Says whether something is to be done for it.
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Wanted | Self::Resetting | Self::Leaving)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_instance_serves() {
        use InstanceState::{Ended, Failed, Leaving, Resetting, Running, Wanted};
        let table: [(&[InstanceState], Readiness); 7] = [
            (&[], Readiness::Gone),
            (&[Leaving, Ended], Readiness::Gone),
            (&[Leaving, Running], Readiness::Ready),
            (&[Leaving, Wanted], Readiness::Starting),
            (&[Resetting], Readiness::Starting),
            (&[Failed, Wanted], Readiness::Starting),
            (&[Leaving, Failed], Readiness::Failed),
        ];
        for (states, expected) in table {
            assert_eq!(Readiness::of(states.iter().copied()), expected, "{states:?}");
        }
    }
}
