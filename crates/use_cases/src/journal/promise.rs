//! What somebody takes home of an entry that a receipt promises: the receipt, and the proof once there is one.

use super::{Log, proof_of_entry};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::Session;
use domain::Timestamp;
use domain::ids::EntryId;
use sealing::Receipt;

/// What shows, without the instance, that an entry is in its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPromise {
    /// SHA-256 of what the log commits to.
    pub content_digest: [u8; 32],
    /// When it was received.
    pub received_at: Timestamp,
    /// The name of the log.
    pub origin: String,
    /// The signed receipt.
    pub receipt: String,
    /// The proof of inclusion with its signed checkpoint (C2SP tlog-proof); nothing before a checkpoint covers it.
    pub inclusion: Option<String>,
    /// The index of its leaf, once a checkpoint covers it.
    pub leaf_index: Option<u64>,
    /// The public key of the log, as signed notes write it.
    pub verifier: String,
}

/// Gives the promise of an entry, signed anew: the same entry and key give the same receipt, byte for byte (RFC 8032).
///
/// # Errors
/// [`Error::NotFound`] where there is no such entry, or it is none that a receipt promises.
pub(crate) async fn promise_of_entry(app: &App, session: &mut dyn Session, id: EntryId) -> Outcome<LogPromise> {
    let receipt = receipt_of(app, session, id).await?;
    let text = sealing::sign_receipt(&app.signer, &receipt).map_err(|error| Error::Internal(error.to_string()))?;
    let proof = match proof_of_entry(session, id).await {
        Ok(proof) => Some(proof),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    Ok(LogPromise {
        content_digest: receipt.content_digest,
        received_at: Timestamp(receipt.received_at_micros),
        origin: receipt.origin,
        receipt: text,
        leaf_index: proof.as_ref().map(|proof| proof.leaf_index),
        inclusion: proof.map(|proof| proof.to_text()),
        verifier: app.signer.verifier().to_text(),
    })
}

async fn receipt_of(app: &App, session: &mut dyn Session, id: EntryId) -> Outcome<Receipt> {
    let entry = session.entry(id).await?.ok_or(Error::NotFound)?;
    let (salt, content) = crate::unit::open_entry(app, session, &entry).await?;
    let log = match entry.log.as_str() {
        "public" => Log::Public,
        _ => Log::Sealed,
    };
    let text = std::str::from_utf8(&content).map_err(|_| Error::NotFound)?;
    Receipt::from_entry(&log.name(app), salt, text).ok_or(Error::NotFound)
}
