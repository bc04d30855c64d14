//! The public log: its newest checkpoint and what entered it last, never what an entry says.

use crate::error::Outcome;
use crate::journal::Log;
use crate::perform::UseCase;
use crate::unit::Unit;
use domain::Timestamp;

/// Entries that the page of the public log shows.
const SHOWN: i64 = 30;

/// What everybody may see of the public log.
#[derive(Clone, Debug)]
pub struct PublicLog {
    /// Its name in checkpoints.
    pub origin: String,
    /// Leaves it has.
    pub size: i64,
    /// The newest signed checkpoint; empty before the first.
    pub checkpoint: String,
    /// When it was signed.
    pub checkpoint_at: Option<Timestamp>,
    /// The key by which anybody checks checkpoints and receipts.
    pub verifier: String,
    /// The newest entries: kind, instant, index once numbered.
    pub entries: Vec<(String, Timestamp, Option<i64>)>,
}

/// Shows the public log.
pub struct ViewLog;

impl UseCase for ViewLog {
    type Output = PublicLog;

    async fn run(&self, unit: &mut Unit) -> Outcome<PublicLog> {
        let origin = unit.store.origin(Log::Public.code()).await?;
        let newest = match &origin {
            Some(origin) => unit.store.newest_checkpoint(origin.id).await?,
            None => None,
        };
        let (checkpoint_at, checkpoint) = newest.map(|(_, at, note)| (Some(at), note)).unwrap_or_default();
        Ok(PublicLog {
            size: origin.as_ref().map_or(0, |origin| origin.size),
            origin: origin.map_or_else(|| unit.name_of_log(Log::Public), |origin| origin.name),
            checkpoint,
            checkpoint_at,
            verifier: unit.app.signer.verifier().to_text(),
            entries: unit.store.newest_public_entries(SHOWN).await?,
        })
    }
}
