//! Seeds that come in: sealed and looked through as they come, kept once they are whole.

use super::{SeedAbout, about_place, opened};
use crate::campaign::{entry, taken};
use crate::error::{Error, FieldError, Outcome};
use crate::files::{GrowingFile, discard, plain_name};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{SeedFound, SeedLook, SeedRow, SeedTrouble};
use crate::target::corrected::refuse_unstarted;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::PrepareScope;
use domain::ids::{BlobId, CampaignId, SeedId};
use domain::recipe::Digest;
use domain::seed::SeedProblem;
use serde_json::json;
use std::sync::Arc;

/// What a seed's file is kept as; nothing but an engine ever gets it.
const SEED_TYPE: &str = "application/x-tar";

/// Says why a seed is not taken.
const fn message(problem: SeedProblem) -> &'static str {
    match problem {
        SeedProblem::Empty => "target-seed-error-empty",
        SeedProblem::Malformed => "target-seed-error-malformed",
        SeedProblem::Truncated => "target-seed-error-truncated",
        SeedProblem::Trailing => "target-seed-error-trailing",
        SeedProblem::TooLarge => "target-seed-error-too-large",
        SeedProblem::Bomb => "target-seed-error-bomb",
        SeedProblem::TooMany => "target-seed-error-too-many",
        SeedProblem::Absolute => "target-seed-error-absolute",
        SeedProblem::Climbs => "target-seed-error-climbs",
        SeedProblem::Name => "target-seed-error-name",
        SeedProblem::Device => "target-seed-error-device",
        SeedProblem::Kind => "target-seed-error-kind",
        SeedProblem::Link => "target-seed-error-link",
        SeedProblem::BehindLink => "target-seed-error-behind-link",
    }
}

/// A seed that comes in; what is neither kept nor given up is swept.
pub struct SeedUpload {
    context: Context,
    campaign: CampaignId,
    name: String,
    file: GrowingFile,
    look: Box<dyn SeedLook>,
}

/// Says whether a seed may be sent to a campaign, before its bytes are read.
pub struct MaySendSeed(pub CampaignId);

impl UseCase for MaySendSeed {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<PrepareScope, _>(found)?;
        refuse_unstarted(&proof, unit.now)?;
        has_room(unit, self.0).await
    }
}

async fn has_room(unit: &mut Unit, campaign: CampaignId) -> Outcome<()> {
    if !unit.app.settings.hosting {
        return Err(Error::Conflict("target-error-no-engine"));
    }
    if unit.app.settings.cluster {
        return Err(Error::Conflict("target-seed-error-cluster"));
    }
    let most = unit.app.settings.limits.seeds;
    if unit.store.seeds(campaign).await?.len() < most {
        return Ok(());
    }
    Err(of_field("target-seed-error-seeds", most.to_string()))
}

fn of_field(message: &'static str, detail: String) -> Error {
    Error::Invalid(vec![FieldError {
        field: "seed".to_owned(),
        message,
        detail: Some(detail),
    }])
}

/// Begins a seed of a campaign.
///
/// # Errors
/// [`Error::Invalid`] for the field `seed` where there is no room for another; [`Error::Conflict`] where nothing is hosted.
pub async fn begin_seed(context: &Context, campaign: CampaignId, name: &str) -> Outcome<SeedUpload> {
    read(context, MaySendSeed(campaign)).await?;
    let limits = context.app.settings.limits.seed();
    Ok(SeedUpload {
        context: context.clone(),
        campaign,
        name: plain_name(name),
        file: GrowingFile::begin(context, KeyHolder::Campaign(campaign), SEED_TYPE).await?,
        look: context.app.seeds.begin(limits),
    })
}

impl SeedUpload {
    /// Takes more of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the field `seed`, with the entry that is wrong.
    pub async fn take(&mut self, bytes: Vec<u8>) -> Outcome<()> {
        let bytes = Arc::new(bytes);
        let looked = self.look.take(Arc::clone(&bytes)).await;
        looked.map_err(|trouble| self.refused(trouble))?;
        self.file.take(&bytes).await
    }

    /// Gives it up: nothing stays of what came.
    pub async fn abandon(self) {
        self.file.abandon(&self.context).await;
    }

    /// Ends it, and keeps it; where it is refused, nothing stays of it.
    ///
    /// # Errors
    /// As [`SeedUpload::take`]; and where the same bytes are there already.
    pub async fn keep(self) -> Outcome<()> {
        let Self {
            context,
            campaign,
            name,
            file,
            look,
        } = self;
        let limits = context.app.settings.limits.seed();
        let whole = match file.bytes() == 0 && name.is_empty() {
            true => Err(Error::field("seed", "error-file-missing")),
            false => look
                .finish()
                .await
                .map_err(|trouble| refused(trouble, limits.bytes, limits.unpacked)),
        };
        let found = match whole {
            Ok(found) => found,
            Err(error) => {
                file.abandon(&context).await;
                return Err(error);
            }
        };
        let (blob, bytes) = file.finish().await?;
        let keep = KeepSeed {
            campaign,
            name,
            blob,
            bytes,
            found,
        };
        let kept = perform(&context, keep).await;
        if kept.is_err() {
            discard(&context.app, blob).await;
        }
        kept
    }

    fn refused(&self, trouble: SeedTrouble) -> Error {
        let limits = self.context.app.settings.limits.seed();
        refused(trouble, limits.bytes, limits.unpacked)
    }
}

/// Says what is wrong with an archive: the entry, or how large it may be.
fn refused(trouble: SeedTrouble, bytes: u64, unpacked: u64) -> Error {
    match trouble {
        SeedTrouble::Failed(why) => Error::Internal(why),
        SeedTrouble::Refused { problem, entry } => {
            let megabytes = |bytes: u64| format!("{} Mo", bytes >> 20);
            let entry: String = entry.chars().filter(|c| !c.is_control()).take(300).collect();
            let detail = match problem {
                SeedProblem::TooLarge => megabytes(bytes),
                SeedProblem::Bomb => format!("{} : {entry}", megabytes(unpacked)),
                _ => entry,
            };
            of_field(message(problem), detail)
        }
    }
}

/// Keeps a seed that came in whole.
struct KeepSeed {
    campaign: CampaignId,
    name: String,
    blob: BlobId,
    bytes: i64,
    found: SeedFound,
}

impl UseCase for KeepSeed {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_unstarted(&proof, unit.now)?;
        has_room(unit, self.campaign).await?;
        let about = SeedAbout {
            name: self.name.clone(),
            digest: Digest::of_hash(self.found.digest).to_string(),
            entries: self.found.entries,
            unpacked: self.found.unpacked,
            personal: self.found.personal.clone(),
        };
        let known = opened(unit, &proof).await?;
        if let Some((_, same)) = known.iter().find(|(_, there)| there.digest == about.digest) {
            return Err(of_field("target-seed-error-same", same.name.clone()));
        }
        let id = SeedId(unit.fresh_id());
        let plain = serde_json::to_vec(&about).map_err(|error| Error::Internal(error.to_string()))?;
        let holder = KeyHolder::Campaign(self.campaign);
        let row = SeedRow {
            id,
            campaign: self.campaign,
            blob: self.blob,
            bytes: self.bytes,
            about: unit.seal(holder, about_place(id), &plain).await?,
            by: unit.person()?,
            at: unit.now,
        };
        unit.store.insert_seed(&row).await?;
        let body = json!({"seed": id, "digest": about.digest, "bytes": self.bytes, "warned": about.personal.warn()});
        let acting = proof.acting().clone();
        unit.record(&acting, entry(self.campaign, "campaign.seed_kept", body))
            .await?;
        // It goes with what was recorded, even where nobody ever takes a way to a target.
        crate::exchange::arm(unit, &proof).await
    }
}
