//! What waits for verifiers: findings that nobody has decided.

use crate::desk::DeskItem;
use crate::error::Outcome;
use crate::report::{judge, verified};
use crate::unit::Unit;
use domain::ids::CampaignId;
use domain::role::Role;
use i18n::Arg;

/// Gives, for each campaign, how many findings wait for the person.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    if !unit.actor.grants().iter().any(|grant| grant.role == Role::Verifier) {
        return Ok(Vec::new());
    }
    let campaigns = verified(unit).await?;
    let ids: Vec<CampaignId> = campaigns.iter().map(|one| one.campaign).collect();
    let counted = unit.store.count_findings_waiting(&ids, &judge(unit)?).await?;
    let named = |(id, count): (CampaignId, i64)| {
        let one = campaigns.iter().find(|one| one.campaign == id)?;
        Some(DeskItem {
            what: "finding-desk-waiting",
            args: vec![("n", Arg::Number(count))],
            place: one.name.clone(),
            href: addresses::finding::list(id.0),
            action: "finding-desk-open",
            due: None,
        })
    };
    Ok(counted.into_iter().filter_map(named).collect())
}
