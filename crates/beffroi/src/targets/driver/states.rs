//! Kept states: taken from instances that run, and removed.

use super::Driver;
use super::act::plan;
use super::care::Care;
use crate::trouble::Trouble;
use domain::snapshot::{SnapshotEvent, SnapshotProblem, SnapshotState};
use hosting::HostingError;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;
use use_cases::ports::SnapshotRow;
use use_cases::target::{InstanceToDrive, InstancesToDrive, TellSnapshot};
use use_cases::{perform, read};
use uuid::Uuid;

impl Driver {
    /// Begins what is to be done for kept states. A state is taken while nothing else is under way for its instance, and
    /// removed whatever is: an instance does not rest for what becomes of its states.
    pub(super) fn begin_states(self: &Arc<Self>, all: Vec<SnapshotRow>) {
        for one in all.into_iter().filter(|one| one.state.is_due()) {
            if !begins(&mut self.care(), &one, Instant::now()) {
                continue;
            }
            let driver = Arc::clone(self);
            self.app.tasks.spawn(async move {
                let done = driver.bring_about(&one).await;
                let tries = ends(&mut driver.care(), &one, done.is_ok(), Instant::now());
                if let Err(error) = done
                    && tries.is_power_of_two()
                {
                    tracing::warn!(snapshot = %one.id, tries, %error, "a kept state could not be brought about; it is tried again");
                }
                driver.ended.store(true, Ordering::Relaxed);
            });
        }
    }

    async fn bring_about(&self, one: &SnapshotRow) -> Result<(), Trouble> {
        let (event, problem) = match one.state {
            SnapshotState::Wanted => match self.take_state(one).await? {
                Ok(()) => (SnapshotEvent::Keep, None),
                Err(problem) => (SnapshotEvent::Fail, Some(problem)),
            },
            SnapshotState::Leaving => {
                let removed = self.manager.remove_snapshot(one.id).await;
                removed.map_err(|error| Trouble::new(error.to_string(), ""))?;
                (SnapshotEvent::End, None)
            }
            _ => return Ok(()),
        };
        let told = TellSnapshot {
            snapshot: one.id,
            state: one.state,
            event,
            problem,
        };
        Ok(perform(&self.context(), told).await?)
    }

    /// Takes a state, once: people are told that it failed, and ask again where they still want it.
    async fn take_state(&self, one: &SnapshotRow) -> Result<Result<(), SnapshotProblem>, Trouble> {
        let all = read(&self.context(), InstancesToDrive { all: true }).await?;
        let Some(instance) = all.into_iter().find(|other| other.row.id == one.instance) else {
            return Ok(Err(SnapshotProblem::NoInstance));
        };
        match self.manager.snapshot(&plan(&instance)?, one.id).await {
            Ok(()) => Ok(Ok(())),
            Err(error) => {
                tracing::warn!(snapshot = %one.id, %error, "a state could not be kept");
                Ok(Err(unkept(&error)))
            }
        }
    }
}

/// Names why a state could not be kept.
const fn unkept(error: &HostingError) -> SnapshotProblem {
    match error {
        HostingError::EngineUnreachable { .. } => SnapshotProblem::EngineUnreachable,
        HostingError::NoInstance(_) => SnapshotProblem::NoInstance,
        HostingError::NotPossible(_) => SnapshotProblem::NotPossible,
        _ => SnapshotProblem::Engine,
    }
}

/// Gives the instance that is held while a state is taken from it.
fn held(one: &SnapshotRow) -> Option<Uuid> {
    (one.state == SnapshotState::Wanted).then_some(one.instance.0)
}

/// Says whether something may begin for a state now, and takes it as begun: one that is removed while it is taken is removed
/// afterwards.
fn begins(care: &mut Care, one: &SnapshotRow, now: Instant) -> bool {
    let ids: Vec<Uuid> = held(one).into_iter().chain([one.id.0]).collect();
    care.begins_all(&ids, now)
}

/// Takes it as ended; what could not be done rests, and its instance does not. Says how often it failed.
fn ends(care: &mut Care, one: &SnapshotRow, done: bool, now: Instant) -> u32 {
    if let Some(instance) = held(one) {
        care.let_go(instance);
    }
    if done {
        care.done(one.id.0);
        return 0;
    }
    care.failed(one.id.0, now)
}

/// Gives of what something is remembered: a state that is to be removed outlives the instance it was taken from.
pub(super) fn there(all: &[InstanceToDrive], states: &[SnapshotRow]) -> BTreeSet<Uuid> {
    let instances = all.iter().map(|one| one.row.id.0);
    instances.chain(states.iter().map(|one| one.id.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{CampaignId, InstanceId, PersonId, SnapshotId, TargetId};
    use std::time::Duration;

    const INSTANCE: Uuid = Uuid::from_u128(1);

    fn state(number: u128, state: SnapshotState) -> SnapshotRow {
        SnapshotRow {
            id: SnapshotId(Uuid::from_u128(number)),
            campaign: CampaignId(Uuid::from_u128(3)),
            target: TargetId(Uuid::from_u128(4)),
            instance: InstanceId(INSTANCE),
            name: Vec::new(),
            state,
            problem: None,
            by: PersonId(Uuid::from_u128(5)),
            created_at: Timestamp(0),
            since: Timestamp(0),
        }
    }

    #[test]
    fn a_state_that_cannot_be_removed_rests_alone_and_longer_each_time() {
        let (leaving, now) = (state(2, SnapshotState::Leaving), Instant::now());
        let mut care = Care::new(3);
        assert!(begins(&mut care, &leaving, now));
        assert!(!begins(&mut care, &leaving, now), "it is under way");
        assert!(care.begins(INSTANCE, now), "its instance is cared for meanwhile");
        care.done(INSTANCE);
        assert_eq!(ends(&mut care, &leaving, false, now), 1);
        assert!(!begins(&mut care, &leaving, now), "it rests");
        assert!(care.begins(INSTANCE, now), "its instance does not");
        care.done(INSTANCE);
        let other = state(6, SnapshotState::Leaving);
        assert!(begins(&mut care, &other, now), "nor do other states of it");
        care.keep_only(&there(&[], std::slice::from_ref(&leaving)));
        assert!(
            !begins(&mut care, &leaving, now),
            "it rests on when its instance is gone"
        );
        let later = now + Duration::from_mins(5);
        assert!(begins(&mut care, &leaving, later));
        assert_eq!(ends(&mut care, &leaving, false, later), 2);
        care.keep_only(&there(&[], &[]));
        assert!(
            begins(&mut care, &leaving, later),
            "nothing is remembered of what is gone"
        );
    }

    #[test]
    fn a_state_is_taken_while_nothing_else_is_under_way_for_its_instance() {
        let (wanted, leaving, now) = (
            state(2, SnapshotState::Wanted),
            state(2, SnapshotState::Leaving),
            Instant::now(),
        );
        let mut care = Care::new(3);
        assert!(care.begins(INSTANCE, now));
        assert!(!begins(&mut care, &wanted, now), "its instance is busy");
        care.done(INSTANCE);
        assert!(begins(&mut care, &wanted, now));
        assert!(!care.begins(INSTANCE, now), "its instance waits");
        assert!(
            !begins(&mut care, &leaving, now),
            "what is being taken is removed afterwards"
        );
        assert_eq!(ends(&mut care, &wanted, true, now), 0);
        assert!(care.begins(INSTANCE, now));
        care.done(INSTANCE);
        assert!(begins(&mut care, &leaving, now));
        assert_eq!(ends(&mut care, &leaving, true, now), 0);

        assert!(begins(&mut care, &wanted, now));
        assert_eq!(ends(&mut care, &wanted, false, now), 1);
        assert!(!begins(&mut care, &wanted, now), "it rests");
        assert!(care.begins(INSTANCE, now), "its instance does not");
        assert_eq!(care.failed(INSTANCE, now), 1);
        let later = now + Duration::from_millis(1_000);
        assert!(begins(&mut care, &wanted, later), "both have rested");
    }
}
