//! The shards that a node holds open: bounded, and caught up with before each answer.

use crate::error::{Error, Outcome};
use crate::ports::{SearchRow, ShardHead, TextKind};
use crate::unit::{Unit, place};
use domain::ids::ProductId;
use domain::search::{Document, Indexed};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A text as a node holds it open.
#[derive(Clone)]
pub(crate) struct OpenText {
    pub(crate) kind: TextKind,
    pub(crate) id: Uuid,
    pub(crate) indexed: Arc<Indexed>,
}

/// A shard as a node holds it open.
#[derive(Default)]
pub(crate) struct OpenShard {
    seq: i64,
    pub(crate) texts: Vec<OpenText>,
    bytes: usize,
}

type Name = (ProductId, Uuid);

#[derive(Default)]
struct Held {
    shards: HashMap<Name, (Arc<OpenShard>, u64)>,
    bytes: usize,
    asked: u64,
}

/// The shards that a node holds open, within a bound; those not asked for the longest are let go.
pub struct OpenTexts {
    held: Mutex<Held>,
    most_bytes: usize,
}

impl OpenTexts {
    /// Holds nothing yet, and at most about so many bytes.
    #[must_use]
    pub fn new(most_bytes: usize) -> Self {
        Self {
            held: Mutex::default(),
            most_bytes,
        }
    }

    /// Gives how many shards are held open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).shards.len()
    }

    /// Says whether nothing is held open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn get(&self, name: Name) -> Arc<OpenShard> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.asked += 1;
        let now = held.asked;
        held.shards.get_mut(&name).map_or_else(Arc::default, |(shard, asked)| {
            *asked = now;
            shard.clone()
        })
    }

    /// Holds a shard, unless a later state of it is held already.
    fn put(&self, name: Name, shard: Arc<OpenShard>) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.shards.get(&name).is_some_and(|(known, _)| known.seq >= shard.seq) {
            return;
        }
        held.asked += 1;
        let now = held.asked;
        held.bytes += shard.bytes;
        if let Some((before, _)) = held.shards.insert(name, (shard, now)) {
            held.bytes -= before.bytes;
        }
        while held.bytes > self.most_bytes && held.shards.len() > 1 {
            let oldest = held.shards.iter().min_by_key(|(_, (_, asked))| *asked);
            let Some(name) = oldest.map(|(name, _)| *name) else {
                return;
            };
            if let Some((gone, _)) = held.shards.remove(&name) {
                held.bytes -= gone.bytes;
            }
        }
    }
}

/// Gives a shard as it is at the number of its head, or later; opens what changed since it was held.
pub(super) async fn caught_up(unit: &mut Unit, head: &ShardHead) -> Outcome<Arc<OpenShard>> {
    let name = (head.product, head.holder);
    let held = unit.app.search.get(name);
    if held.seq >= head.last_seq {
        return Ok(held);
    }
    let mut texts: Vec<OpenText> = held.texts.clone();
    let mut places: HashMap<Uuid, usize> = texts.iter().enumerate().map(|(at, text)| (text.id, at)).collect();
    let mut gone = HashSet::new();
    for row in unit.store.documents_after(head, held.seq).await? {
        let indexed = match &row.tokens {
            Some(sealed) => opened(unit, row.id, sealed).await?,
            None => None,
        };
        let Some(indexed) = indexed else {
            gone.insert(row.id);
            continue;
        };
        let text = OpenText {
            kind: row.kind,
            id: row.id,
            indexed: Arc::new(indexed),
        };
        match places.get(&row.id) {
            Some(at) => texts[*at] = text,
            None => {
                places.insert(row.id, texts.len());
                texts.push(text);
            }
        }
    }
    texts.retain(|text| !gone.contains(&text.id));
    let shard = Arc::new(OpenShard {
        seq: head.last_seq,
        bytes: texts
            .iter()
            .map(|text| text.indexed.bytes() + size_of::<OpenText>())
            .sum(),
        texts,
    });
    unit.app.search.put(name, shard.clone());
    Ok(shard)
}

/// Opens some documents for one answer only: nothing of them is held.
pub(super) async fn loose(unit: &mut Unit, rows: Vec<SearchRow>) -> Outcome<Arc<OpenShard>> {
    let mut texts = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(sealed) = &row.tokens else { continue };
        if let Some(indexed) = opened(unit, row.id, sealed).await? {
            texts.push(OpenText {
                kind: row.kind,
                id: row.id,
                indexed: Arc::new(indexed),
            });
        }
    }
    Ok(Arc::new(OpenShard {
        texts,
        ..OpenShard::default()
    }))
}

/// Opens what is kept of a text; nothing where its key was destroyed, or where it is of another form.
async fn opened(unit: &mut Unit, id: Uuid, sealed: &[u8]) -> Outcome<Option<Indexed>> {
    let at = place("search_document", "tokens_sealed", id);
    match unit.open_unnoted(at, sealed).await {
        Ok(plain) => Ok(Document::from_bytes(&plain).ok().map(|document| Indexed::of(&document))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
