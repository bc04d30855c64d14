//! Seeds: archives that fill the volumes of hosted targets, as they are known and listed.

mod open;
mod remove;
mod send;

pub use open::open_seed;
pub use remove::{RemoveSeed, remove_seed};
pub use send::{MaySendSeed, SeedUpload, begin_seed};

pub(crate) use remove::end_all;

use super::corrected::living;
use super::open_settings;
use crate::campaign::refuse_over;
use crate::error::{Error, Outcome};
use crate::ports::{CampaignRecord, SeedRow};
use crate::unit::{Unit, place};
use authorization::action::PrepareScope;
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::ids::SeedId;
use domain::recipe::Digest;
use domain::seed::PersonalFinds;
use domain::target::TargetEngine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
