//! Instances of hosted targets, as whoever drives the engine brings them about.

use super::instance::moved;
use super::{TargetSettings, open_settings_unnoted};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, InstanceRow, LeaseRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::GuardTargets;
use authorization::{Acting, Permitted};
use domain::Timestamp;
use domain::ids::{CampaignId, InstanceId, TargetId};
use domain::instance::{InstanceEvent, InstanceProblem, InstancePurpose, InstanceState};
use domain::machine::Machine;
use domain::target::{Way, way};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::net::SocketAddr;

/// An instance with everything that whoever drives the engine needs.
#[derive(Clone, Debug)]
pub struct InstanceToDrive {
    /// The instance.
    pub row: InstanceRow,
    /// Its target's settings, with the recipe.
    pub settings: TargetSettings,
    /// Whether it is one person's, who has no way to it any more.
    pub idle: bool,
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
        let mut campaigns: BTreeMap<CampaignId, Guarded> = BTreeMap::new();
        let mut targets: BTreeMap<TargetId, TargetSettings> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| self.all || row.state.is_due()) {
            let of = match campaigns.entry(row.campaign) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(guarded(unit, row.campaign).await?),
            };
            let idle = of.is_idle(&row, unit.now);
            let settings = match targets.get(&row.target) {
                Some(settings) => settings.clone(),
                None => {
                    let target = unit.store.target(row.target).await?.ok_or(Error::NotFound)?;
                    let settings = open_settings_unnoted(unit, &target).await?;
                    targets.insert(row.target, settings.clone());
                    settings
                }
            };
            given.push(InstanceToDrive { row, settings, idle });
        }
        Ok(given)
    }
}

/// What is known of a campaign whose instances are driven.
struct Guarded {
    proof: Permitted<GuardTargets, CampaignRecord>,
    leases: Vec<LeaseRow>,
}

async fn guarded(unit: &mut Unit, campaign: CampaignId) -> Outcome<Guarded> {
    let found = unit.store.campaign(campaign, &unit.reader).await?;
    let proof = unit.permit_found::<GuardTargets, _>(found)?;
    let leases = unit.store.leases_held(campaign).await?;
    Ok(Guarded { proof, leases })
}

impl Guarded {
    /// Says whether an instance of one person serves nobody any more: no lease of theirs leads anywhere.
    fn is_idle(&self, row: &InstanceRow, now: Timestamp) -> bool {
        let Some(person) = row.person.filter(|_| row.purpose == InstancePurpose::Own) else {
            return false;
        };
        let leads = |lease: &&LeaseRow| lease.lease.person == person && lease.lease.target == row.target;
        let held = self.leases.iter().any(|lease| leads(&lease));
        !held || way(&self.proof.access_facts(person, now)) == Way::None
    }
}

/// What became of an instance on the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Driven {
    /// It answers here.
    Runs(SocketAddr),
    /// It does not run, for this reason.
    Fails(InstanceProblem),
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
    /// Where it stood when that was begun.
    pub state: InstanceState,
    /// Since when it stood so.
    pub since: Timestamp,
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
        // Somebody moved it meanwhile: what they want is to be done, not undone by older news.
        if (found.state, found.since) != (self.state, self.since) {
            return Ok(());
        }
        if let Driven::Again(at) = self.driven {
            return again(unit, found, at, proof.acting()).await;
        }
        let event = match &self.driven {
            Driven::Again(_) => return Ok(()),
            Driven::Runs(_) => InstanceEvent::Start,
            Driven::Fails(_) => InstanceEvent::Fail,
            Driven::Gone => InstanceEvent::End,
        };
        match &self.driven {
            Driven::Runs(address) => {
                let at = place("target_instance", "endpoint_sealed", found.id.0);
                let holder = KeyHolder::Campaign(found.campaign);
                found.endpoint = Some(unit.seal(holder, at, address.to_string().as_bytes()).await?);
            }
            Driven::Fails(problem) => found.problem = Some(*problem),
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

/// Lets an instance go that served its purpose, where it is still there.
pub(crate) async fn release(unit: &mut Unit, acting: &Acting, id: InstanceId) -> Outcome<()> {
    let row = unit.store.target_instance(id).await?.ok_or(Error::NotFound)?;
    match row.state.after(InstanceEvent::Leave) {
        Ok(_) => moved(unit, row, InstanceEvent::Leave, acting).await,
        Err(_) => Ok(()),
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
        release(unit, proof.acting(), self.0).await
    }
}
