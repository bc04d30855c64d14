//! How long recordings are kept, and how they end: their key is destroyed with an entry of the journal, then the files
//! that nothing opens any more are removed.

use crate::app::App;
use crate::campaign::{entry, taken};
use crate::error::{Error, Outcome};
use crate::files::discard;
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{CampaignRecord, JobRow};
use crate::target::end_seeds;
use crate::unit::Unit;
use crate::vault::{self, KeyHolder};
use authorization::SystemKind;
use authorization::action::DestroyRecordings;
use domain::Timestamp;
use domain::ids::{BlobId, CampaignId};
use domain::retention::recordings_are_over;
use sealing::DataKey;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// The job that ends a campaign's recordings.
pub(crate) const DESTROY: &str = "recordings.destroy";

/// For how long a campaign's recordings are kept, as its pages say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingsKept {
    /// Until when.
    pub until: Timestamp,
    /// How many days after its end that is.
    pub days: i64,
    /// When they were destroyed, where they were.
    pub destroyed_at: Option<Timestamp>,
}

impl RecordingsKept {
    /// Says it of a campaign.
    pub(crate) fn of(record: &CampaignRecord, key: &RecordingsKey) -> Self {
        Self {
            until: record.recordings_until(),
            days: record.recording_days,
            destroyed_at: key.destroyed_at(),
        }
    }
}

/// The key of a campaign's recordings.
pub(crate) enum RecordingsKey {
    /// Nobody ever took a way to a target: nothing was recorded.
    Never,
    /// It opens them.
    Opens(Arc<DataKey>),
    /// It was destroyed.
    Destroyed(Timestamp),
}

impl RecordingsKey {
    /// Looks the key up, without making one.
    pub(crate) async fn of(unit: &mut Unit, campaign: CampaignId) -> Outcome<Self> {
        let (kind, id) = KeyHolder::Recordings(campaign).parts();
        let Some(row) = unit.store.holder_key(kind, id).await? else {
            return Ok(Self::Never);
        };
        match row.destroyed_at {
            Some(at) => Ok(Self::Destroyed(at)),
            None => Ok(Self::Opens(vault::unwrap(&unit.app, row)?)),
        }
    }

    /// Says when it was destroyed.
    pub(crate) fn destroyed_at(&self) -> Option<Timestamp> {
        match self {
            Self::Destroyed(at) => Some(*at),
            Self::Never | Self::Opens(_) => None,
        }
    }
}

/// Makes the key of a campaign's recordings where there is none yet, and the job that ends them: before anybody has
/// a way to its targets.
pub(crate) async fn begin(unit: &mut Unit, record: &CampaignRecord) -> Outcome<()> {
    let holder = KeyHolder::Recordings(record.campaign.id);
    vault::key_of(&unit.app, unit.store.as_mut(), holder, unit.now).await?;
    arm(unit, record).await
}

/// Puts the job in the queue that ends a campaign's recordings, its seeds and what is hosted for retests with them.
pub(crate) async fn arm(unit: &mut Unit, record: &CampaignRecord) -> Outcome<()> {
    let (id, until) = (record.campaign.id, record.recordings_until());
    let key = format!("{DESTROY}/{id}/{}", until.0);
    unit.enqueue(DESTROY, key, Some(id.0), None, until).await
}

/// What goes with the recordings of a campaign once their transaction is through.
struct Gone {
    keys: Vec<Uuid>,
    /// The files of its seeds.
    files: Vec<BlobId>,
}

/// Destroys the key of a campaign's recordings, and ends its seeds and what is hosted for retests, where their time is over;
/// says what goes with them.
struct Destroy(CampaignId);

impl UseCase for Destroy {
    type Output = Option<Gone>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<Gone>> {
        let proof = taken::<DestroyRecordings>(unit, self.0).await?;
        if !recordings_are_over(proof.campaign.window, proof.recording_days, unit.now) {
            arm(unit, &proof).await?;
            return Ok(None);
        }
        let acting = proof.acting().clone();
        crate::target::end_corrected(unit, &acting, self.0).await?;
        let (kind, id) = KeyHolder::Recordings(self.0).parts();
        let keys = unit.store.destroy_keys(kind, id, unit.now).await?;
        if !keys.is_empty() {
            let segments = unit
                .store
                .last_segment(self.0)
                .await?
                .map_or(0, |last| last.sequence + 1);
            let body = json!({"days": proof.recording_days, "segments": segments, "keys": &keys});
            unit.record(&acting, entry(self.0, "campaign.recordings_destroyed", body))
                .await?;
        }
        let files = end_seeds(unit, &acting, self.0).await?;
        Ok(Some(Gone { keys, files }))
    }
}

/// Ends a campaign's recordings once their time is over. It may be run again after whatever came between: a key is
/// destroyed once, with one entry, and files are removed until none is left.
pub(crate) async fn destroy(app: &App, job: &JobRow) -> Outcome<()> {
    let campaign = job
        .subject
        .map(CampaignId)
        .ok_or_else(|| Error::Internal("recordings without a campaign".to_owned()))?;
    let context = Context::system(app, SystemKind::Clock);
    if let Some(gone) = perform(&context, Destroy(campaign)).await? {
        app.vault.forget(&gone.keys);
        for file in gone.files {
            discard(app, file).await;
        }
        app.recordings.remove(campaign).await?;
    }
    Ok(())
}

/// Says whether a campaign's recordings were destroyed.
struct WereDestroyed(CampaignId);

impl UseCase for WereDestroyed {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let key = RecordingsKey::of(unit, self.0).await?;
        Ok(key.destroyed_at().is_some())
    }
}

/// Removes files of recordings that were destroyed and that appeared since, as those of a gateway that was cut off or of
/// a backup; gives how many. Nothing opens them; they only take room.
///
/// # Errors
/// [`Error`] where the store or the disk fails.
pub async fn sweep(app: &App) -> Outcome<usize> {
    let context = Context::system(app, SystemKind::Clock);
    let mut removed = 0;
    for campaign in app.recordings.campaigns().await? {
        if read(&context, WereDestroyed(campaign)).await? {
            removed += app.recordings.remove(campaign).await?;
        }
    }
    Ok(removed)
}
