//! Kept states of the shared instance of a hosted target: asked for, listed, removed, brought about.

use crate::campaign::{entry, refuse_over, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, InstanceRow, SnapshotRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{GuardTargets, PrepareScope};
use authorization::{Acting, Permitted};
use domain::Timestamp;
use domain::ids::{CampaignId, InstanceId, SnapshotId, TargetId};
use domain::instance::{InstancePurpose, InstanceState};
use domain::machine::Machine;
use domain::snapshot::{SnapshotEvent, SnapshotProblem, SnapshotState};
use serde_json::json;

/// A kept state as those who prepare its target see it.
#[derive(Clone, Debug)]
pub struct SnapshotLine {
    /// The state.
    pub id: SnapshotId,
    /// What it is called.
    pub name: String,
    /// Where it stands.
    pub state: SnapshotState,
    /// Why it could not be kept.
    pub problem: Option<SnapshotProblem>,
    /// Who asked for it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether an instance began from it.
    pub used: bool,
}

/// Gives the kept states of a target for its page, with the instances that are there of it.
pub(super) async fn lines(
    unit: &mut Unit,
    proof: &Permitted<PrepareScope, CampaignRecord>,
    target: TargetId,
    there: &[InstanceRow],
) -> Outcome<Vec<SnapshotLine>> {
    let mut lines = Vec::new();
    for row in unit.store.snapshots_of(target).await? {
        lines.push(SnapshotLine {
            id: row.id,
            name: unit.open_text(proof, name_place(row.id), &row.name).await?,
            state: row.state,
            problem: row.problem,
            by: unit.name_of(row.by).await?,
            at: row.created_at,
            used: is_used(&row, there),
        });
    }
    Ok(lines)
}

fn name_place(id: SnapshotId) -> sealing::Place<'static> {
    place("target_snapshot", "name_sealed", id.0)
}

/// Says whether an instance that is not ended began from a state, which a reset brings back.
fn is_used(row: &SnapshotRow, there: &[InstanceRow]) -> bool {
    there.iter().any(|one| one.from == Some(row.id))
}

/// Gives a state of a target from which an instance may begin.
pub(super) async fn kept(unit: &mut Unit, target: TargetId, id: SnapshotId) -> Outcome<SnapshotRow> {
    let found = unit.store.target_snapshot(id).await?.ok_or(Error::NotFound)?;
    match found.state {
        _ if found.target != target => Err(Error::NotFound),
        SnapshotState::Kept => Ok(found),
        _ => Err(Error::Conflict("error-not-in-this-state")),
    }
}

/// Keeps the present state of the shared instance of a target.
#[derive(Clone, Debug)]
pub struct KeepState {
    /// The campaign.
    pub campaign: CampaignId,
    /// The instance.
    pub instance: InstanceId,
    /// What the state is called.
    pub name: String,
}

impl UseCase for KeepState {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let found = unit.store.target_instance(self.instance).await?;
        let found = found.filter(|one| one.campaign == self.campaign && one.purpose == InstancePurpose::Shared);
        let found = found.ok_or(Error::NotFound)?;
        let limits = unit.app.settings.limits.clone();
        let mut fields = Fields::new();
        let name = fields.required("state", &self.name, limits.title);
        fields.done()?;
        if unit.app.settings.cluster {
            return Err(Error::Conflict("target-snapshot-error-cluster"));
        }
        if found.state != InstanceState::Running {
            return Err(Error::Conflict("target-snapshot-error-running"));
        }
        if unit.store.snapshots_of(found.target).await?.len() >= limits.target_snapshots {
            return Err(Error::Conflict("target-snapshot-error-most"));
        }
        let id = SnapshotId(unit.fresh_id());
        let holder = KeyHolder::Campaign(self.campaign);
        let row = SnapshotRow {
            id,
            campaign: self.campaign,
            target: found.target,
            instance: found.id,
            name: unit.seal(holder, name_place(id), name.as_bytes()).await?,
            state: SnapshotState::Wanted,
            problem: None,
            by: unit.person()?,
            created_at: unit.now,
            since: unit.now,
        };
        unit.store.insert_snapshot(&row).await?;
        let body = json!({"snapshot": id, "target": row.target, "instance": row.instance});
        let acting = proof.acting().clone();
        unit.record(&acting, entry(self.campaign, "campaign.snapshot_wanted", body))
            .await?;
        Ok(())
    }
}

/// Removes a kept state from which no instance began.
#[derive(Clone, Copy, Debug)]
pub struct RemoveState {
    /// The campaign.
    pub campaign: CampaignId,
    /// The state.
    pub snapshot: SnapshotId,
}

impl UseCase for RemoveState {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        let found = unit.store.target_snapshot(self.snapshot).await?;
        let found = found.filter(|one| one.campaign == self.campaign && one.state != SnapshotState::Ended);
        let found = found.ok_or(Error::NotFound)?;
        let there = unit.store.instances_of(found.target).await?;
        if is_used(&found, &there) {
            return Err(Error::Conflict("target-snapshot-error-used"));
        }
        let acting = proof.acting().clone();
        moved(unit, found, SnapshotEvent::Leave, &acting).await
    }
}

/// Moves a kept state by an event, with its journal entry.
async fn moved(unit: &mut Unit, mut row: SnapshotRow, event: SnapshotEvent, acting: &Acting) -> Outcome<()> {
    let before = row.state;
    row.state = before.after(event)?;
    row.since = unit.now;
    if event != SnapshotEvent::Fail {
        row.problem = None;
    }
    unit.store.move_snapshot(&row, before).await?;
    let kind = match event {
        SnapshotEvent::Keep => "campaign.snapshot_kept",
        SnapshotEvent::Fail => "campaign.snapshot_failed",
        SnapshotEvent::Leave => "campaign.snapshot_leaves",
        SnapshotEvent::End => "campaign.snapshot_destroyed",
    };
    let body = json!({"snapshot": row.id, "target": row.target, "problem": row.problem});
    unit.record(acting, entry(row.campaign, kind, body)).await?;
    Ok(())
}

/// Lets every kept state of a target go.
pub(super) async fn let_go(unit: &mut Unit, acting: &Acting, target: TargetId) -> Outcome<()> {
    for row in unit.store.snapshots_of(target).await? {
        if row.state.after(SnapshotEvent::Leave).is_ok() {
            moved(unit, row, SnapshotEvent::Leave, acting).await?;
        }
    }
    Ok(())
}

/// Gives the kept states that are not ended, for whoever drives the engine.
#[derive(Clone, Copy, Debug)]
pub struct SnapshotsToDrive;

impl UseCase for SnapshotsToDrive {
    type Output = Vec<SnapshotRow>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<SnapshotRow>> {
        let rows = unit.store.target_snapshots().await?;
        let mut given = Vec::new();
        for row in rows {
            let campaign = unit.store.campaign(row.campaign, &unit.reader).await?;
            unit.permit_found::<GuardTargets, _>(campaign)?;
            given.push(row);
        }
        Ok(given)
    }
}

/// Says what became of a kept state on the engine; what was said meanwhile by somebody else stays.
#[derive(Clone, Copy, Debug)]
pub struct TellSnapshot {
    /// The state.
    pub snapshot: SnapshotId,
    /// Where it stood when that was begun.
    pub state: SnapshotState,
    /// What became of it.
    pub event: SnapshotEvent,
    /// Why it could not be kept, where it could not.
    pub problem: Option<SnapshotProblem>,
}

impl UseCase for TellSnapshot {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut found = unit
            .store
            .target_snapshot(self.snapshot)
            .await?
            .ok_or(Error::NotFound)?;
        let campaign = unit.store.campaign(found.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<GuardTargets, _>(campaign)?;
        if found.state != self.state || self.event == SnapshotEvent::Leave {
            return Ok(());
        }
        found.problem = self.problem;
        moved(unit, found, self.event, proof.acting()).await
    }
}
