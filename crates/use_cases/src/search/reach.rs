//! What somebody may search as a whole: every shard is chosen by their rights before any is opened.
//!
//! Those who handle a vulnerability read all of it in every phase, so that which of them these are
//! is asked of the database alone; so is whose text the others get, who all get the same of it. A
//! hunter's own reports are opened one by one: the texts of others of the campaign have no part in
//! the answer, nor in the time that it takes.

use super::portions::fields;
use super::{Opened, Portion, caught_up, open};
use crate::error::Outcome;
use crate::ports::ShardHead;
use crate::report::campaigns_to;
use crate::unit::Unit;
use crate::vulnerability::{handling, learning};
use authorization::action::SearchReports;
use domain::disclosure::Disclosure;
use domain::ids::ProductId;
use domain::role::{GrantScope, Role};
use domain::search::Fields;
use std::collections::HashSet;
use uuid::Uuid;

/// The most vulnerabilities that somebody handles which are looked through, the newest first.
const HANDLED: i64 = 5_000;
/// The most vulnerabilities that somebody learned of which are looked through, the newest first.
const LEARNED: i64 = 200;
/// The most public vulnerabilities that are looked through, the newest first.
const PUBLIC: i64 = 200;
/// The most of one's own reports that are looked through, the newest first.
const OWN: i64 = 500;

/// Opens the reports that the actor may search: those of the campaigns whose reports they read, and their own.
pub(super) async fn reports(unit: &mut Unit, product: Option<ProductId>) -> Outcome<Vec<Opened>> {
    let of_product = |one: &ProductId| product.is_none_or(|only| only == *one);
    let campaigns = campaigns_to::<SearchReports>(unit).await?;
    let holders: Vec<Uuid> = campaigns.iter().map(|campaign| campaign.campaign.0).collect();
    let shards = unit.store.shards_held_by(&holders).await?;
    let portions: Vec<Portion> = shards
        .into_iter()
        .filter(|shard| of_product(&shard.product))
        .map(|shard| Portion {
            shard,
            fields: Fields::ALL,
        })
        .collect();
    let mut opened = caught_up(unit, &portions).await?;
    let hunts: HashSet<Uuid> = unit.actor.grants().iter().filter_map(hunted).collect();
    if let Some(me) = unit.actor.person().filter(|_| !hunts.is_empty()) {
        let mut own = unit.store.own_documents(me, OWN).await?;
        own.retain(|row| hunts.contains(&row.holder) && !holders.contains(&row.holder) && of_product(&row.product));
        opened.push((open::loose(unit, own).await?, Fields::ALL));
    }
    Ok(opened)
}

/// Gives the campaign that a grant lets its holder hunt in.
fn hunted(grant: &domain::role::Grant) -> Option<Uuid> {
    match (grant.role, grant.scope) {
        (Role::Hunter, GrantScope::Campaign(id)) => Some(id.0),
        _ => None,
    }
}

/// Opens the vulnerabilities that the actor may search: those they handle, those whose title they were told, and those
/// that everybody reads.
pub(super) async fn vulnerabilities(unit: &mut Unit, product: Option<ProductId>) -> Outcome<Vec<Opened>> {
    let mut known = HashSet::new();
    let mut portions: Vec<Portion> = Vec::new();
    let mut add = |shards: Vec<ShardHead>, fields: Fields| {
        for shard in shards {
            if known.insert(shard.holder) {
                portions.push(Portion { shard, fields });
            }
        }
    };
    let handled = unit
        .store
        .shards_handled(&handling(unit), product, unit.now, HANDLED)
        .await?;
    add(newest(handled, HANDLED), Fields::ALL);
    let learned = unit
        .store
        .shards_learned(&learning(unit), product, unit.now, LEARNED)
        .await?;
    let told = fields(Disclosure::Details);
    add(newest(learned, LEARNED), told);
    let public = unit.store.shards_public(product, unit.now, PUBLIC).await?;
    add(public, told);
    caught_up(unit, &portions).await
}

/// Gives the newest of the shards that several ways led to, each once.
fn newest(mut shards: Vec<ShardHead>, most: i64) -> Vec<ShardHead> {
    // Identifiers grow with time: what is equally alike comes in the same order from every node.
    shards.sort_unstable_by_key(|shard| std::cmp::Reverse(shard.holder));
    shards.dedup_by_key(|shard| (shard.holder, shard.product));
    shards.truncate(usize::try_from(most).unwrap_or_default());
    shards
}
