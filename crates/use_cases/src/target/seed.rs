//! Seeds: archives that fill the volumes of hosted targets, sent, listed, taken away, handed to the engine.

use super::corrected::{living, refuse_unstarted};
use super::{open_settings, open_settings_unnoted};
use crate::campaign::{entry, refuse_over, taken};
use crate::error::{Error, FieldError, Outcome};
use crate::files::{GrowingFile, OpenedFile, plain_name};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{BlobRow, CampaignRecord, SeedFound, SeedLook, SeedRow, SeedTrouble};
use crate::unit::{Unit, place};
use crate::vault::{self, KeyHolder};
use authorization::action::{GuardTargets, PrepareScope};
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::ids::{BlobId, CampaignId, SeedId, TargetId};
use domain::recipe::Digest;
use domain::seed::{PersonalFinds, SeedProblem};
use domain::target::TargetEngine;
use sealing::DataKey;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a seed's file is kept as; nothing but an engine ever gets it.
const SEED_TYPE: &str = "application/x-tar";

/// What is known of a seed, as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedAbout {
    /// Its name, as it was sent.
    pub name: String,
    /// The digest of its bytes, as a recipe writes it.
    pub digest: String,
    /// How many entries it has.
    pub entries: u64,
    /// The bytes of its files, unpacked.
    pub unpacked: u64,
    /// What looks like personal data in its texts.
    pub personal: PersonalFinds,
}

/// A seed as those who prepare targets see it.
#[derive(Clone, Debug)]
pub struct SeedLine {
    /// The seed.
    pub id: SeedId,
    /// What is known of it.
    pub about: SeedAbout,
    /// Its bytes as they were sent.
    pub bytes: i64,
    /// Who sent it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The names of the targets whose recipes name it.
    pub used_by: Vec<String>,
}

/// A warning that was shown to whoever certified that a target holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedWarning {
    /// The seed.
    pub seed: SeedId,
    /// Its name.
    pub name: String,
    /// What was found in it.
    pub personal: PersonalFinds,
}

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

/// A seed that comes in; what is not kept at its end is swept.
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

    /// Ends it, and keeps it.
    ///
    /// # Errors
    /// As [`SeedUpload::take`]; and where the same bytes are there already.
    pub async fn keep(self) -> Outcome<()> {
        if self.file.bytes() == 0 && self.name.is_empty() {
            return Err(Error::field("seed", "error-file-missing"));
        }
        let (context, campaign, name) = (self.context.clone(), self.campaign, self.name.clone());
        let limits = context.app.settings.limits.seed();
        let found = self
            .look
            .finish()
            .await
            .map_err(|trouble| refused(trouble, limits.bytes, limits.unpacked))?;
        let (blob, bytes) = self.file.finish().await?;
        let keep = KeepSeed {
            campaign,
            name,
            blob,
            bytes,
            found,
        };
        perform(&context, keep).await
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
        Ok(())
    }
}

fn about_place(id: SeedId) -> sealing::Place<'static> {
    place("target_seed", "about_sealed", id.0)
}

/// Opens what is known of a campaign's seeds.
async fn opened<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
) -> Outcome<Vec<(SeedRow, SeedAbout)>> {
    let mut all = Vec::new();
    for row in unit.store.seeds(proof.campaign.id).await? {
        let plain = unit.open(proof, about_place(row.id), &row.about).await?;
        all.push((row, read_about(&plain)?));
    }
    Ok(all)
}

fn read_about(plain: &[u8]) -> Outcome<SeedAbout> {
    serde_json::from_slice(plain).map_err(|error| Error::Internal(format!("what is known of a seed: {error}")))
}

/// Gives the targets of a campaign that may still be started by the digests of the seeds that they name.
async fn users(
    unit: &mut Unit,
    proof: &Permitted<PrepareScope, CampaignRecord>,
) -> Outcome<BTreeMap<String, Vec<String>>> {
    let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let hunted = match refuse_over(proof, unit.now) {
        Ok(()) => unit.store.targets(proof.campaign.id).await?,
        // Once nothing is tested any more, hunters start nothing from it either.
        Err(_) => Vec::new(),
    };
    let corrected = living(unit, proof.campaign.id).await?;
    for row in hunted.into_iter().chain(corrected.into_iter().map(|one| one.target)) {
        if row.target.engine == TargetEngine::External {
            continue;
        }
        let settings = open_settings(unit, proof, &row).await?;
        for digest in settings.hosted()?.seeds() {
            let named = users.entry(digest.to_string()).or_default();
            if !named.contains(&settings.name) {
                named.push(settings.name.clone());
            }
        }
    }
    Ok(users)
}

/// Gives a campaign's seeds for the page of its targets.
pub(super) async fn lines(unit: &mut Unit, proof: &Permitted<PrepareScope, CampaignRecord>) -> Outcome<Vec<SeedLine>> {
    let all = opened(unit, proof).await?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let users = users(unit, proof).await?;
    let mut lines = Vec::new();
    for (row, about) in all {
        lines.push(SeedLine {
            id: row.id,
            bytes: row.bytes,
            by: unit.name_of(row.by).await?,
            at: row.at,
            used_by: users.get(&about.digest).cloned().unwrap_or_default(),
            about,
        });
    }
    Ok(lines)
}

/// The seeds that recipes of a campaign may name.
pub(super) struct KnownSeeds(Vec<(SeedId, SeedAbout)>);

impl KnownSeeds {
    pub(super) async fn of(unit: &mut Unit, proof: &Permitted<PrepareScope, CampaignRecord>) -> Outcome<Self> {
        let all = opened(unit, proof).await?;
        Ok(Self(all.into_iter().map(|(row, about)| (row.id, about)).collect()))
    }

    /// Gives their digests, each with its bytes once it is unpacked.
    pub(super) fn sizes(&self) -> BTreeMap<Digest, u64> {
        let all = self.0.iter();
        all.filter_map(|(_, about)| Some((Digest::parse(&about.digest)?, about.unpacked)))
            .collect()
    }

    /// Gives the warnings that whoever certifies a target with these seeds has to see.
    pub(super) fn warnings<'d>(&self, named: impl Iterator<Item = &'d Digest>) -> Vec<SeedWarning> {
        let named: Vec<&str> = named.map(Digest::as_str).collect();
        let of = |(_, about): &&(SeedId, SeedAbout)| named.contains(&about.digest.as_str()) && about.personal.warn();
        let warning = |(seed, about): &(SeedId, SeedAbout)| SeedWarning {
            seed: *seed,
            name: about.name.clone(),
            personal: about.personal.clone(),
        };
        self.0.iter().filter(of).map(warning).collect()
    }
}

/// Takes a seed away that no target names, or of a campaign that is over.
#[derive(Clone, Copy, Debug)]
pub struct RemoveSeed {
    /// The campaign.
    pub campaign: CampaignId,
    /// The seed.
    pub seed: SeedId,
}

impl UseCase for RemoveSeed {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        let all = opened(unit, &proof).await?;
        let found = all.into_iter().find(|(row, _)| row.id == self.seed);
        let (row, about) = found.ok_or(Error::NotFound)?;
        if users(unit, &proof).await?.contains_key(&about.digest) {
            return Err(Error::Conflict("target-seed-error-used"));
        }
        unit.store.remove_seed(self.campaign, row.id, unit.now).await?;
        let body = json!({"seed": row.id, "digest": about.digest});
        let acting = proof.acting().clone();
        unit.record(&acting, entry(self.campaign, "campaign.seed_removed", body))
            .await?;
        Ok(())
    }
}

/// Finds the file of a seed for the engine: one of the campaign of the target that names it.
struct FindSeed {
    target: TargetId,
    digest: Digest,
}

impl UseCase for FindSeed {
    type Output = Option<(BlobRow, Arc<DataKey>)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let target = unit.store.target(self.target).await?.ok_or(Error::NotFound)?;
        let campaign = unit.store.campaign(target.target.campaign, &unit.reader).await?;
        unit.permit_found::<GuardTargets, _>(campaign)?;
        // A target gets what its own recipe names, and nothing else of its campaign.
        let (settings, _) = open_settings_unnoted(unit, &target).await?;
        if !settings.hosted()?.seeds().any(|named| *named == self.digest) {
            return Ok(None);
        }
        for row in unit.store.seeds(target.target.campaign).await? {
            let plain = unit.open_unnoted(about_place(row.id), &row.about).await?;
            if read_about(&plain)?.digest != self.digest.as_str() {
                continue;
            }
            let blob = unit.store.blob(row.blob).await?.ok_or(Error::NotFound)?;
            let key = unit.store.holder_key(&blob.holder_kind, blob.holder_id).await?;
            let key = vault::unwrap(&unit.app, key.ok_or(Error::NotFound)?)?;
            return Ok(Some((blob, key)));
        }
        Ok(None)
    }
}

/// Opens a seed that a target's recipe names, for whoever drives the engine; none where it is not there.
///
/// # Errors
/// [`Error::NotFound`] where there is no such target, or its key is gone; [`Error::Internal`] where the store fails.
pub async fn open_seed(context: &Context, target: TargetId, digest: &Digest) -> Outcome<Option<OpenedFile>> {
    let digest = digest.clone();
    match read(context, FindSeed { target, digest }).await? {
        Some((blob, key)) => OpenedFile::begin(&context.app, &blob, &key).await.map(Some),
        None => Ok(None),
    }
}
