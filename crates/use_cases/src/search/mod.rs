//! Search over texts that are kept sealed.
//!
//! What is compared of a text is a [`domain::search::Document`], sealed under the same key as the
//! text and written in the same transaction ([`Unit::read_for_search`]). The documents of one holder
//! about one product are a *shard*, with a number that grows with each change. A node holds shards
//! open in its memory ([`OpenTexts`]) and catches up with that number before it answers, so that
//! every node answers alike. Who searches says which shards they may read: no other is opened,
//! compared or counted, and what they get can say nothing of it.

mod keep;
mod open;
mod portions;
mod reach;
mod words;

pub use keep::Text;
pub use open::OpenTexts;
pub use words::{Group, Results, Search};

pub(crate) use keep::{keep, read_finding, read_report};
pub(crate) use portions::of_product;

use crate::error::Outcome;
use crate::ports::{ShardHead, TextKind};
use crate::unit::Unit;
use domain::search::{Fields, Query, Reason, Seen, rank};
use open::OpenShard;
use std::sync::Arc;
use uuid::Uuid;

/// A shard that somebody may read, and what of its texts they get.
pub(crate) struct Portion {
    /// The shard, at the number with which it has to be answered.
    pub(crate) shard: ShardHead,
    /// What of its texts.
    pub(crate) fields: Fields,
}

/// A text that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What it is of.
    pub(crate) kind: TextKind,
    /// The report, vulnerability or finding.
    pub(crate) id: Uuid,
    /// How alike it is.
    pub(crate) likeness: f64,
    /// Why.
    pub(crate) reasons: Vec<Reason>,
}

/// Looks through the shards that somebody may read for the texts of some kinds that are most alike.
pub(crate) async fn find(
    unit: &mut Unit,
    query: &Query,
    portions: &[Portion],
    kinds: &[TextKind],
    most: usize,
) -> Outcome<Vec<Found>> {
    let open = caught_up(unit, portions).await?;
    Ok(find_in(&open, query, kinds, most))
}

/// A shard that is open, and what of its texts somebody may read.
type Opened = (Arc<OpenShard>, Fields);

/// Opens shards as they are now.
async fn caught_up(unit: &mut Unit, portions: &[Portion]) -> Outcome<Vec<Opened>> {
    let mut open = Vec::with_capacity(portions.len());
    for portion in portions {
        open.push((open::caught_up(unit, &portion.shard).await?, portion.fields));
    }
    Ok(open)
}

/// Looks through what was opened for somebody.
fn find_in(open: &[Opened], query: &Query, kinds: &[TextKind], most: usize) -> Vec<Found> {
    let texts: Vec<_> = open
        .iter()
        .flat_map(|(shard, fields)| shard.texts.iter().map(|text| (text, *fields)))
        .filter(|(text, _)| kinds.contains(&text.kind))
        .collect();
    let seen: Vec<Seen<'_>> = texts
        .iter()
        .map(|(text, fields)| Seen {
            document: &text.indexed,
            fields: *fields,
        })
        .collect();
    let found = rank(query, &seen, most).into_iter().map(|hit| Found {
        kind: texts[hit.place].0.kind,
        id: texts[hit.place].0.id,
        likeness: hit.likeness,
        reasons: hit.reasons,
    });
    found.collect()
}
