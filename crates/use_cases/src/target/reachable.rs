//! What a hunter sees of a campaign's targets.

use super::open_settings;
use crate::error::Outcome;
use crate::ports::{CampaignRecord, InstanceRow, TargetRow};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::ReadCampaignTarget;
use domain::Timestamp;
use domain::ids::{PersonId, ProductId, TargetId};
use domain::instance::Readiness;
use domain::target::{TargetEngine, TargetScope};

/// A target as somebody who may reach it sees it: where it really stands is not theirs to know.
#[derive(Clone, Debug)]
pub struct ReachableTarget {
    /// The target.
    pub id: TargetId,
    /// The product that runs on it.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// What may be asked of it.
    pub scope: TargetScope,
    /// Since when it is stopped.
    pub stopped_at: Option<Timestamp>,
    /// How the reader's way to it is; somebody else's test environment counts as ready.
    pub readiness: Readiness,
    /// The label of the reader's own lease, where they hold one.
    pub label: Option<String>,
    /// When that lease's credential was made.
    pub since: Option<Timestamp>,
}

/// Gives the targets of a campaign to whoever passed the gate.
pub(crate) async fn reachable(
    unit: &mut Unit,
    proof: &Permitted<ReadCampaignTarget, CampaignRecord>,
) -> Outcome<Vec<ReachableTarget>> {
    let campaign = proof.campaign.id;
    let rows = unit.store.targets(campaign).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let person = unit.person()?;
    let mut leases = unit.store.leases_of(campaign, person).await?;
    leases.retain(|row| row.lease.ended_at.is_none());
    let mut all = Vec::new();
    for row in rows {
        let settings = open_settings(unit, proof, &row).await?;
        let own = leases.iter().find(|own| own.lease.target == row.target.id);
        let readiness = match own {
            Some(_) => readiness(unit, &row, person).await?,
            None => Readiness::Gone,
        };
        all.push(ReachableTarget {
            id: row.target.id,
            product: row.target.product,
            name: settings.name,
            scope: settings.scope,
            stopped_at: row.target.stopped_at,
            readiness,
            label: own.map(|own| own.lease.label.clone()),
            since: own.map(|own| own.renewed_at.unwrap_or(own.lease.from)),
        });
    }
    Ok(all)
}

/// Says how the way of somebody to a target is.
pub(super) async fn readiness(unit: &mut Unit, row: &TargetRow, person: PersonId) -> Outcome<Readiness> {
    if row.target.engine == TargetEngine::External {
        return Ok(Readiness::Ready);
    }
    let there = unit.store.instances_of(row.target.id).await?;
    let serves = |one: &&InstanceRow| (one.purpose, one.person) == row.target.sharing.serves(person);
    Ok(Readiness::of(there.iter().filter(serves).map(|one| one.state)))
}
