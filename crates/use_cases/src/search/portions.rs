//! Which shards somebody may read, and what of their texts: decided by the policies, before anything is opened.

use super::Portion;
use crate::error::Outcome;
use crate::ports::{ShardHead, VulnerabilityFilter};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use crate::vulnerability::{Layer, disclosure_for, visibility};
use authorization::action::{ReadVulnerability, SearchReports};
use domain::disclosure::Disclosure;
use domain::ids::{CampaignId, ProductId};
use domain::search::{Field, Fields};
use std::collections::HashMap;
use uuid::Uuid;

/// Vulnerabilities of one product that are looked through, the newest first.
const VULNERABILITIES: i64 = 500;

/// Gives what the actor may search of one product: the campaigns whose reports they read, and the vulnerabilities
/// whose title they get.
pub(crate) async fn of_product(unit: &mut Unit, product: ProductId) -> Outcome<Vec<Portion>> {
    let shards = unit.store.shards_of(product).await?;
    let mut readable = campaigns(unit, &shards).await?;
    if shards.iter().any(|shard| !is_campaign(shard)) {
        readable.extend(vulnerabilities(unit, product).await?);
    }
    let portions = shards.into_iter().filter_map(|shard| {
        let fields = *readable.get(&shard.holder)?;
        Some(Portion { shard, fields })
    });
    Ok(portions.collect())
}

fn is_campaign(shard: &ShardHead) -> bool {
    shard.holder_kind == KeyHolder::Campaign(CampaignId(shard.holder)).parts().0
}

async fn campaigns(unit: &mut Unit, shards: &[ShardHead]) -> Outcome<HashMap<Uuid, Fields>> {
    let ids: Vec<CampaignId> = shards
        .iter()
        .filter(|shard| is_campaign(shard))
        .map(|shard| CampaignId(shard.holder))
        .collect();
    let found = unit.store.campaigns_reports(&ids).await?;
    let readable = found.iter().map(authorization::Loaded::peek);
    Ok(readable
        .filter(|campaign| unit.may::<SearchReports, _>(*campaign))
        .map(|campaign| (campaign.campaign.0, Fields::ALL))
        .collect())
}

/// Gives the vulnerabilities of a product whose title the actor gets, each with the fields of their level.
async fn vulnerabilities(unit: &mut Unit, product: ProductId) -> Outcome<HashMap<Uuid, Fields>> {
    let filter = VulnerabilityFilter {
        product: Some(product),
        limit: VULNERABILITIES,
        ..VulnerabilityFilter::default()
    };
    let sees = visibility(unit);
    let ids = unit.store.visible_vulnerabilities(&sees, &filter, unit.now).await?;
    let mut readable = HashMap::new();
    for found in unit.store.vulnerabilities(&ids, &unit.reader).await? {
        let Ok(proof) = unit.permit::<ReadVulnerability, _>(found) else {
            continue;
        };
        let level = disclosure_for(unit, &proof);
        if level >= Layer::Title.needs() {
            readable.insert(proof.vulnerability.id.0, fields(level));
        }
    }
    Ok(readable)
}

/// Gives the fields of a vulnerability's text that a level gives.
pub(super) fn fields(level: Disclosure) -> Fields {
    let given = Layer::ALL.iter().filter(|layer| layer.needs() <= level);
    let mut fields: Vec<Field> = given.map(|layer| layer.field()).collect();
    fields.push(Field::Facts);
    Fields::of(&fields)
}
