//! Instances of hosted targets, as people and leases ask for them.

use super::snapshot;
use crate::campaign::{entry, refuse_over, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{InstanceRow, TargetRow};
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::PrepareScope;
use domain::ids::{CampaignId, InstanceId, PersonId, SnapshotId, TargetId};
use domain::instance::{InstanceEvent, InstancePurpose, InstanceState, Readiness};
use domain::machine::Machine;
use domain::target::TargetEngine;
use serde_json::json;

/// Asks for the instance that somebody's lease leads to, where there is none; one that failed is started again.
pub(super) async fn wanted_for(unit: &mut Unit, acting: &Acting, row: &TargetRow, person: PersonId) -> Outcome<()> {
    if row.target.engine == TargetEngine::External {
        return Ok(());
    }
    let whose = row.target.sharing.serves(person);
    let there = unit.store.instances_of(row.target.id).await?;
    let serving = || there.iter().filter(|one| (one.purpose, one.person) == whose);
    match Readiness::of(serving().map(|one| one.state)) {
        Readiness::Ready | Readiness::Starting => Ok(()),
        Readiness::Failed => {
            let failed = serving().find(|one| one.state == InstanceState::Failed);
            let failed = failed.cloned().ok_or(Error::NotFound)?;
            moved(unit, failed, InstanceEvent::Retry, acting).await
        }
        Readiness::Gone => {
            if !unit.app.settings.hosting {
                return Err(Error::Conflict("target-error-no-engine"));
            }
            let (purpose, person) = whose;
            want(unit, acting, row, (purpose, person), None).await?;
            Ok(())
        }
    }
}

/// Asks for an instance, as somebody wants it; each is memory and processor that others do not have.
pub(crate) async fn want(
    unit: &mut Unit,
    acting: &Acting,
    row: &TargetRow,
    (purpose, person): (InstancePurpose, Option<PersonId>),
    from: Option<SnapshotId>,
) -> Outcome<InstanceId> {
    let there = unit.store.instances_of(row.target.id).await?;
    if there.len() >= unit.app.settings.limits.target_instances {
        return Err(Error::Conflict("target-error-instances"));
    }
    let id = InstanceId(unit.fresh_id());
    let instance = InstanceRow {
        id,
        campaign: row.target.campaign,
        target: row.target.id,
        purpose,
        person,
        state: InstanceState::Wanted,
        endpoint: None,
        problem: None,
        from,
        created_at: unit.now,
        since: unit.now,
    };
    unit.store.insert_target_instance(&instance).await?;
    let body =
        json!({"instance": id, "target": row.target.id, "purpose": purpose.code(), "person": person, "from": from});
    unit.record(acting, entry(row.target.campaign, "campaign.instance_wanted", body))
        .await?;
    Ok(id)
}

/// Moves an instance by an event, with its journal entry.
pub(super) async fn moved(
    unit: &mut Unit,
    mut instance: InstanceRow,
    event: InstanceEvent,
    acting: &Acting,
) -> Outcome<()> {
    let before = instance.state;
    instance.state = before.after(event)?;
    instance.since = unit.now;
    if event != InstanceEvent::Start {
        instance.endpoint = None;
    }
    if event != InstanceEvent::Fail {
        instance.problem = None;
    }
    unit.store.move_instance(&instance, before).await?;
    let kind = match event {
        InstanceEvent::Start => "campaign.instance_started",
        InstanceEvent::Fail => "campaign.instance_failed",
        InstanceEvent::Reset => "campaign.instance_reset",
        InstanceEvent::Retry => "campaign.instance_wanted",
        InstanceEvent::Leave => "campaign.instance_leaves",
        // What certifies that nothing of it is left.
        InstanceEvent::End => "campaign.instance_destroyed",
    };
    let body = json!({"instance": instance.id, "target": instance.target, "purpose": instance.purpose.code(), "problem": instance.problem, "from": instance.from});
    unit.record(acting, entry(instance.campaign, kind, body)).await?;
    match instance.purpose {
        InstancePurpose::Replay => crate::replay::look_again(unit, instance.id).await,
        InstancePurpose::Shared | InstancePurpose::Own => Ok(()),
    }
}

/// Lets every instance of a target, or of a campaign's targets, go, and every state that was kept of it.
pub(crate) async fn let_go(unit: &mut Unit, acting: &Acting, target: TargetId) -> Outcome<()> {
    for instance in unit.store.instances_of(target).await? {
        if instance.state.after(InstanceEvent::Leave).is_ok() {
            moved(unit, instance, InstanceEvent::Leave, acting).await?;
        }
    }
    snapshot::let_go(unit, acting, target).await
}

/// What somebody who prepares a campaign asks of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceWish {
    /// Its pristine state.
    Reset,
    /// A kept state, from which it begins from then on.
    ResetTo(SnapshotId),
    /// That it be started again.
    Retry,
    /// That it go.
    Leave,
}

/// Asks something of an instance.
#[derive(Clone, Copy, Debug)]
pub struct MoveInstance {
    /// The campaign.
    pub campaign: CampaignId,
    /// The instance.
    pub instance: InstanceId,
    /// What is asked.
    pub wish: InstanceWish,
}

impl UseCase for MoveInstance {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        let mut found = unit
            .store
            .target_instance(self.instance)
            .await?
            .ok_or(Error::NotFound)?;
        // A copy that a verifier replays on is the verifier's.
        if found.campaign != self.campaign || found.purpose == InstancePurpose::Replay {
            return Err(Error::NotFound);
        }
        if self.wish != InstanceWish::Leave {
            refuse_over(&proof, unit.now)?;
        }
        if let InstanceWish::ResetTo(kept) = self.wish {
            // What was kept of all is given to nobody alone.
            if found.purpose != InstancePurpose::Shared {
                return Err(Error::NotFound);
            }
            found.from = Some(snapshot::kept(unit, found.target, kept).await?.id);
        }
        if self.wish == InstanceWish::Reset {
            found.from = None;
        }
        let event = match self.wish {
            InstanceWish::Reset | InstanceWish::ResetTo(_) => InstanceEvent::Reset,
            InstanceWish::Retry => InstanceEvent::Retry,
            InstanceWish::Leave => InstanceEvent::Leave,
        };
        let acting = proof.acting().clone();
        moved(unit, found, event, &acting).await
    }
}

/// Starts a shared instance before anybody has a lease, so that those who prepare a target see that it works.
#[derive(Clone, Copy, Debug)]
pub struct StartTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// The kept state from which it begins; none for the pristine one.
    pub from: Option<SnapshotId>,
}

impl UseCase for StartTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let rows = unit.store.targets(self.campaign).await?;
        let row = rows.into_iter().find(|row| row.target.id == self.target);
        let row = row.ok_or(Error::NotFound)?;
        if row.target.engine == TargetEngine::External || !unit.app.settings.hosting {
            return Err(Error::Conflict("target-error-no-engine"));
        }
        let there = unit.store.instances_of(row.target.id).await?;
        if there
            .iter()
            .any(|one| one.purpose == InstancePurpose::Shared && one.state != InstanceState::Leaving)
        {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let acting = proof.acting().clone();
        if let Some(kept) = self.from {
            snapshot::kept(unit, self.target, kept).await?;
        }
        want(unit, &acting, &row, (InstancePurpose::Shared, None), self.from).await?;
        Ok(())
    }
}
