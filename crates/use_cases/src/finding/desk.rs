//! What waits for verifiers: findings that nobody has decided.

use crate::desk::DeskItem;
use crate::error::Outcome;
use crate::report::campaigns;
use crate::unit::Unit;
use authorization::action::DecideFinding;
use domain::ids::CampaignId;
use domain::role::Role;
use i18n::Arg;
use std::collections::BTreeMap;

/// The most findings that a desk counts.
const COUNTED: i64 = 500;

/// Gives, for each campaign, how many findings wait for the person.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    if !unit.actor.grants().iter().any(|grant| grant.role == Role::Verifier) {
        return Ok(Vec::new());
    }
    let ids: Vec<CampaignId> = campaigns(unit).await?.iter().map(|one| one.campaign).collect();
    let mut waiting: BTreeMap<CampaignId, (String, i64)> = BTreeMap::new();
    for found in unit.store.findings_waiting(&ids, COUNTED).await? {
        let record = found.peek();
        if unit.may::<DecideFinding, _>(record) {
            let name = || (record.campaign_name.clone(), 0);
            waiting.entry(record.finding.campaign).or_insert_with(name).1 += 1;
        }
    }
    Ok(waiting
        .into_iter()
        .map(|(campaign, (name, count))| DeskItem {
            what: "finding-desk-waiting",
            args: vec![("n", Arg::Number(count))],
            place: name,
            href: addresses::finding::list(campaign.0),
            action: "finding-desk-open",
            due: None,
        })
        .collect())
}
