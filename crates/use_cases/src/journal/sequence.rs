//! The sequencer: it numbers the entries of both logs and signs a checkpoint over them.

use super::Log;
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::{EntryRow, OriginRow, Session};
use domain::Timestamp;
use domain::ids::EntryId;
use domain::time::SECOND;
use sealing::{Checkpoint, Frontier, ReceiptProof};
use std::collections::HashMap;
use uuid::Uuid;

/// Entries that one round numbers at most.
const ROUND: i64 = 500;

/// Numbers what waits in both logs and signs a checkpoint for each that grew.
///
/// Only the holder of the lease `sequencer` does it; another node answers with zero.
///
/// # Errors
/// [`Error`] where the store fails; nothing is then numbered by halves.
pub async fn sequence(app: &App, node: Uuid) -> Outcome<usize> {
    let mut numbered = 0;
    for log in [Log::Public, Log::Sealed] {
        numbered += round(app, node, log).await?;
    }
    Ok(numbered)
}

async fn round(app: &App, node: Uuid, log: Log) -> Outcome<usize> {
    if app
        .store
        .snapshot()
        .await?
        .waiting_entries(log.code(), 1)
        .await?
        .is_empty()
    {
        return Ok(0);
    }
    let now = app.clock.now();
    let mut session = app.store.begin().await?;
    let lease = session
        .take_lease("sequencer", node, now, now.plus(10 * SECOND))
        .await?;
    if lease.is_none() {
        return Ok(0);
    }
    let waiting = session.waiting_entries(log.code(), ROUND).await?;
    let name = log.name(app);
    let origin = session
        .open_origin(log.code(), &name, crate::unit::fresh_id(app, now), now)
        .await?;
    let size = append(session.as_mut(), &origin, &waiting).await?;
    sign(app, session.as_mut(), &origin, size, now).await?;
    session.commit().await?;
    Ok(waiting.len())
}

async fn append(session: &mut dyn Session, origin: &OriginRow, waiting: &[EntryRow]) -> Outcome<u64> {
    let mut frontier = frontier(session, origin.id, size_of(origin)?).await?;
    for entry in waiting {
        let index = frontier.size();
        for (level, position, hash) in frontier.push(leaf(entry)?) {
            session
                .insert_node(origin.id, i64::from(level), stored(position)?, &hash)
                .await?;
        }
        session.number_entry(entry.id, origin.id, stored(index)?).await?;
    }
    session.set_origin_size(origin.id, stored(frontier.size())?).await?;
    Ok(frontier.size())
}

async fn sign(app: &App, session: &mut dyn Session, origin: &OriginRow, size: u64, now: Timestamp) -> Outcome<()> {
    let root = frontier(session, origin.id, size).await?.root();
    let checkpoint = Checkpoint {
        origin: origin.name.clone(),
        size,
        root,
    };
    let note = sealing::sign_checkpoint(&app.signer, &checkpoint).map_err(|e| Error::Internal(e.to_string()))?;
    session.insert_checkpoint(origin.id, stored(size)?, &note, now).await?;
    Ok(())
}

/// Gives the proof that an entry is in its log, once it is numbered.
///
/// # Errors
/// [`Error::NotFound`] where the entry is not numbered yet.
pub async fn proof_of_entry(session: &mut dyn Session, id: EntryId) -> Outcome<ReceiptProof> {
    let entry = session.entry(id).await?.ok_or(Error::NotFound)?;
    let index = entry.leaf_index.ok_or(Error::NotFound)?;
    let origin = session.origin(&entry.log).await?.ok_or(Error::NotFound)?;
    let (size, _, note) = session.newest_checkpoint(origin.id).await?.ok_or(Error::NotFound)?;
    let (index, size) = (unstored(index)?, unstored(size)?);
    let wanted = sealing::merkle::nodes_for_inclusion(index, size).map_err(|e| Error::Internal(e.to_string()))?;
    let nodes = nodes(session, origin.id, &wanted).await?;
    let proof =
        sealing::merkle::inclusion_proof(&|level, position| nodes.get(&(level, position)).copied(), index, size)
            .map_err(|e| Error::Internal(e.to_string()))?;
    Ok(ReceiptProof {
        leaf_index: index,
        proof,
        checkpoint_text: note,
    })
}

pub(super) async fn frontier(session: &mut dyn Session, origin: Uuid, size: u64) -> Outcome<Frontier> {
    let nodes = nodes(session, origin, &sealing::merkle::nodes_for_root(size)).await?;
    Frontier::load(size, &|level, position| nodes.get(&(level, position)).copied())
        .map_err(|e| Error::Internal(e.to_string()))
}

async fn nodes(session: &mut dyn Session, origin: Uuid, wanted: &[(u8, u64)]) -> Outcome<HashMap<(u8, u64), [u8; 32]>> {
    let wanted: Vec<(i64, i64)> = wanted
        .iter()
        .map(|(level, position)| Ok((i64::from(*level), stored(*position)?)))
        .collect::<Outcome<_>>()?;
    session
        .nodes(origin, &wanted)
        .await?
        .into_iter()
        .map(|(level, position, hash)| {
            let level = u8::try_from(level).map_err(|_| Error::Internal("a node's level".to_owned()))?;
            let hash = <[u8; 32]>::try_from(hash).map_err(|_| Error::Internal("a node's hash".to_owned()))?;
            Ok(((level, unstored(position)?), hash))
        })
        .collect()
}

pub(super) fn leaf(entry: &EntryRow) -> Outcome<[u8; 32]> {
    <[u8; 32]>::try_from(entry.leaf.as_slice()).map_err(|_| Error::Internal("a leaf's hash".to_owned()))
}

fn size_of(origin: &OriginRow) -> Outcome<u64> {
    unstored(origin.size)
}

fn stored(number: u64) -> Outcome<i64> {
    i64::try_from(number).map_err(|_| Error::Internal("a log grew too large".to_owned()))
}

fn unstored(number: i64) -> Outcome<u64> {
    u64::try_from(number).map_err(|_| Error::Internal("a negative number in a log".to_owned()))
}
