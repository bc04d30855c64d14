//! Instances of hosted targets: asked for by people and leases, brought about by whoever drives the engine.

use super::{TargetSettings, open_settings_unnoted};
use crate::campaign::{entry, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{InstanceRow, TargetRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{GuardTargets, PrepareScope};
use authorization::{Acting, SystemKind};
use domain::ids::{CampaignId, InstanceId, PersonId, TargetId};
use domain::instance::{InstanceEvent, InstancePurpose, InstanceState};
use domain::machine::Machine;
use domain::target::TargetEngine;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// Gives the instance that somebody's lease leads to, asking for one where there is none.
pub(super) async fn wanted_for(unit: &mut Unit, row: &TargetRow, person: PersonId) -> Outcome<()> {
    if row.target.engine == TargetEngine::External {
        return Ok(());
    }
    let (purpose, whose) = row.target.sharing.serves(person);
    let there = unit.store.instances_of(row.target.id).await?;
    let mut held = there.iter().filter(|one| one.state != InstanceState::Leaving);
    if held.any(|one| one.purpose == purpose && one.person == whose) {
        return Ok(());
    }
    want(unit, row, purpose, whose).await?;
    Ok(())
}

/// Asks for an instance.
pub(crate) async fn want(
    unit: &mut Unit,
    row: &TargetRow,
    purpose: InstancePurpose,
    person: Option<PersonId>,
) -> Outcome<InstanceId> {
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
        created_at: unit.now,
        since: unit.now,
    };
    unit.store.insert_target_instance(&instance).await?;
    let body = json!({"instance": id, "target": row.target.id, "purpose": purpose.code(), "person": person});
    let acting = Acting::System(SystemKind::Gateway);
    unit.record(&acting, entry(row.target.campaign, "campaign.instance_wanted", body))
        .await?;
    Ok(id)
}

/// Moves an instance by an event, with its journal entry.
async fn moved(unit: &mut Unit, mut instance: InstanceRow, event: InstanceEvent, acting: &Acting) -> Outcome<()> {
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
    let body = json!({"instance": instance.id, "target": instance.target, "purpose": instance.purpose.code(), "problem": instance.problem});
    unit.record(acting, entry(instance.campaign, kind, body)).await?;
    Ok(())
}

/// Lets every instance of a target, or of a campaign's targets, go.
pub(crate) async fn let_go(unit: &mut Unit, acting: &Acting, target: TargetId) -> Outcome<()> {
    for instance in unit.store.instances_of(target).await? {
        if instance.state.after(InstanceEvent::Leave).is_ok() {
            moved(unit, instance, InstanceEvent::Leave, acting).await?;
        }
    }
    Ok(())
}

/// What somebody who prepares a campaign asks of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceWish {
    /// Its pristine state.
    Reset,
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
        let found = unit
            .store
            .target_instance(self.instance)
            .await?
            .ok_or(Error::NotFound)?;
        if found.campaign != self.campaign {
            return Err(Error::NotFound);
        }
        let event = match self.wish {
            InstanceWish::Reset => InstanceEvent::Reset,
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
}

impl UseCase for StartTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        taken::<PrepareScope>(unit, self.campaign).await?;
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
        want(unit, &row, InstancePurpose::Shared, None).await?;
        Ok(())
    }
}

/// An instance with everything that whoever drives the engine needs.
#[derive(Clone, Debug)]
pub struct InstanceToDrive {
    /// The instance.
    pub row: InstanceRow,
    /// Its target's settings, with the recipe.
    pub settings: TargetSettings,
}

/// Gives the instances for which something is to be done, for whoever drives the engine.
#[derive(Clone, Copy, Debug)]
pub struct InstancesToDrive {
    /// Whether those for which nothing is to be done are given too, as long as they are not ended.
    pub all: bool,
}

impl UseCase for InstancesToDrive {
    type Output = Vec<InstanceToDrive>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<InstanceToDrive>> {
        let rows = unit.store.target_instances().await?;
        let mut given = Vec::new();
        let mut guarded = BTreeSet::new();
        let mut known: BTreeMap<TargetId, TargetSettings> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| self.all || row.state.is_due()) {
            if guarded.insert(row.campaign) {
                let found = unit.store.campaign(row.campaign, &unit.reader).await?;
                unit.permit_found::<GuardTargets, _>(found)?;
            }
            let settings = match known.get(&row.target) {
                Some(settings) => settings.clone(),
                None => {
                    let target = unit.store.target(row.target).await?.ok_or(Error::NotFound)?;
                    let (settings, _) = open_settings_unnoted(unit, &target).await?;
                    known.insert(row.target, settings.clone());
                    settings
                }
            };
            given.push(InstanceToDrive { row, settings });
        }
        Ok(given)
    }
}

/// What became of an instance on the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Driven {
    /// It answers here.
    Runs(SocketAddr),
    /// It does not run, for a reason with this code.
    Fails(String),
    /// After a restart of the platform it answers here, or has to be started anew.
    Again(Option<SocketAddr>),
    /// Nothing of it is left.
    Gone,
}

/// Says what became of an instance; what was said meanwhile by somebody else stays.
#[derive(Clone, Debug)]
pub struct TellInstance {
    /// The instance.
    pub instance: InstanceId,
    /// What became of it.
    pub driven: Driven,
}

impl UseCase for TellInstance {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut found = unit
            .store
            .target_instance(self.instance)
            .await?
            .ok_or(Error::NotFound)?;
        let campaign = unit.store.campaign(found.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<GuardTargets, _>(campaign)?;
        if let Driven::Again(at) = self.driven {
            return again(unit, found, at, proof.acting()).await;
        }
        let event = match &self.driven {
            Driven::Again(_) => return Ok(()),
            Driven::Runs(_) => InstanceEvent::Start,
            Driven::Fails(_) => InstanceEvent::Fail,
            Driven::Gone => InstanceEvent::End,
        };
        if found.state.after(event).is_err() {
            return Ok(());
        }
        match &self.driven {
            Driven::Runs(address) => {
                let at = place("target_instance", "endpoint_sealed", found.id.0);
                let holder = KeyHolder::Campaign(found.campaign);
                found.endpoint = Some(unit.seal(holder, at, address.to_string().as_bytes()).await?);
            }
            Driven::Fails(problem) => found.problem = Some(problem.clone()),
            Driven::Gone | Driven::Again(_) => {}
        }
        moved(unit, found, event, proof.acting()).await
    }
}

/// Says that an instance that ran is found again at the same address, or starts it anew.
async fn again(unit: &mut Unit, found: InstanceRow, at: Option<SocketAddr>, acting: &Acting) -> Outcome<()> {
    if found.state != InstanceState::Running || (at.is_some() && endpoint(unit, &found).await? == at) {
        return Ok(());
    }
    let id = found.id;
    moved(unit, found, InstanceEvent::Fail, acting).await?;
    let failed = unit.store.target_instance(id).await?.ok_or(Error::NotFound)?;
    moved(unit, failed, InstanceEvent::Retry, acting).await
}

/// Opens where an instance answers; nothing while it does not run.
pub(crate) async fn endpoint(unit: &mut Unit, row: &InstanceRow) -> Outcome<Option<SocketAddr>> {
    let (InstanceState::Running, Some(sealed)) = (row.state, &row.endpoint) else {
        return Ok(None);
    };
    let at = place("target_instance", "endpoint_sealed", row.id.0);
    let text = unit.open_text_unnoted(at, sealed).await?;
    let read = text.parse();
    read.map(Some)
        .map_err(|error| Error::Internal(format!("an instance's endpoint: {error}")))
}

/// Says where an instance answers; nothing while it does not run.
///
/// An instance that failed is a [`Error::Conflict`].
pub(crate) struct InstanceAt(pub InstanceId);

impl UseCase for InstanceAt {
    type Output = Option<SocketAddr>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<SocketAddr>> {
        let row = unit.store.target_instance(self.0).await?.ok_or(Error::NotFound)?;
        let campaign = unit.store.campaign(row.campaign, &unit.reader).await?;
        unit.permit_found::<GuardTargets, _>(campaign)?;
        if row.state == InstanceState::Failed {
            return Err(Error::Conflict("replay-error-not-started"));
        }
        endpoint(unit, &row).await
    }
}

/// Lets an instance go that served its purpose.
#[derive(Clone, Copy, Debug)]
pub struct LetInstanceGo(pub InstanceId);

impl UseCase for LetInstanceGo {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let row = unit.store.target_instance(self.0).await?.ok_or(Error::NotFound)?;
        let campaign = unit.store.campaign(row.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<GuardTargets, _>(campaign)?;
        if row.state.after(InstanceEvent::Leave).is_err() {
            return Ok(());
        }
        moved(unit, row, InstanceEvent::Leave, proof.acting()).await
    }
}
