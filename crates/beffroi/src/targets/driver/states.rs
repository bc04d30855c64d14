//! Kept states: taken from instances that run, and removed.

use super::Driver;
use super::act::plan;
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
    /// Begins what is to be done for kept states. A state is taken while nothing else is under way for its instance.
    pub(super) fn begin_states(self: &Arc<Self>, all: Vec<SnapshotRow>) {
        for one in all.into_iter().filter(|one| one.state.is_due()) {
            // A state that is removed while it is taken is removed afterwards.
            let busy = one.instance.0;
            if !self.care().begins(busy, Instant::now()) {
                continue;
            }
            let driver = Arc::clone(self);
            self.app.tasks.spawn(async move {
                match driver.bring_about(&one).await {
                    Ok(()) => driver.care().done(busy),
                    Err(error) => {
                        let tries = driver.care().failed(busy, Instant::now());
                        if tries.is_power_of_two() {
                            tracing::warn!(snapshot = %one.id, tries, %error, "a kept state could not be brought about; it is tried again");
                        }
                    }
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

/// Gives of which instances something is remembered: a state that is to be removed outlives the one it was taken from.
pub(super) fn there(all: &[InstanceToDrive], states: &[SnapshotRow]) -> BTreeSet<Uuid> {
    let instances = all.iter().map(|one| one.row.id.0);
    instances.chain(states.iter().map(|one| one.instance.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::care::Care;
    use super::*;
    use domain::Timestamp;
    use domain::ids::{CampaignId, InstanceId, PersonId, SnapshotId, TargetId};

    #[test]
    fn what_rests_for_a_state_rests_on_when_its_instance_is_gone() {
        let (kept, now) = (Uuid::from_u128(1), Instant::now());
        let state = SnapshotRow {
            id: SnapshotId(Uuid::from_u128(2)),
            campaign: CampaignId(Uuid::from_u128(3)),
            target: TargetId(Uuid::from_u128(4)),
            instance: InstanceId(kept),
            name: Vec::new(),
            state: SnapshotState::Leaving,
            problem: None,
            by: PersonId(Uuid::from_u128(5)),
            created_at: Timestamp(0),
            since: Timestamp(0),
        };
        let mut care = Care::new(3);
        assert!(care.begins(kept, now));
        assert_eq!(care.failed(kept, now), 1);
        care.keep_only(&there(&[], &[state]));
        assert!(!care.begins(kept, now), "it rests");
        care.keep_only(&there(&[], &[]));
        assert!(care.begins(kept, now), "nothing is remembered of what is gone");
    }
}
