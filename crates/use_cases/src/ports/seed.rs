//! Ports of seeds: the archives that fill volumes of hosted targets, and who looks through them.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{BlobId, CampaignId, PersonId, SeedId};
use domain::seed::{PersonalFinds, SeedLimits, SeedProblem};
use std::sync::Arc;

/// A seed as stored.
#[derive(Clone, Debug)]
pub struct SeedRow {
    /// Its identifier.
    pub id: SeedId,
    /// The campaign whose targets may name it.
    pub campaign: CampaignId,
    /// Its file.
    pub blob: BlobId,
    /// Its bytes.
    pub bytes: i64,
    /// Its name, its digest and what was found in it, sealed under the campaign.
    pub about: Vec<u8>,
    /// Who sent it.
    pub by: PersonId,
    /// When it was sent.
    pub at: Timestamp,
}

/// The rows of seeds.
#[async_trait]
pub trait SeedRows {
    /// Adds a seed, and keeps its staged file, whose size is known now.
    async fn insert_seed(&mut self, seed: &SeedRow) -> Stored<()>;
    /// Gives the seeds of a campaign that were not taken away, oldest first.
    async fn seeds(&mut self, campaign: CampaignId) -> Stored<Vec<SeedRow>>;
    /// Takes a seed away; its file is swept with those that nothing names.
    async fn remove_seed(&mut self, campaign: CampaignId, id: SeedId, at: Timestamp) -> Stored<()>;
}

/// What was found in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedFound {
    /// SHA-256 of its bytes, as they were sent.
    pub digest: [u8; 32],
    /// How many entries it has.
    pub entries: u64,
    /// The bytes of its files, unpacked.
    pub unpacked: u64,
    /// What looks like personal data in its texts.
    pub personal: PersonalFinds,
}

/// Why an archive could not be looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedTrouble {
    /// It is not taken.
    Refused {
        /// Why.
        problem: SeedProblem,
        /// The path of the entry that is wrong; empty where it is the archive.
        entry: String,
    },
    /// Something of ours failed.
    Failed(String),
}

/// Who looks through archives while they come in.
pub trait SeedReader: Send + Sync {
    /// Begins to look through one.
    fn begin(&self, limits: SeedLimits) -> Box<dyn SeedLook>;
}

/// A look through one archive.
#[async_trait]
pub trait SeedLook: Send {
    /// Looks at the next bytes.
    async fn take(&mut self, bytes: Arc<Vec<u8>>) -> Result<(), SeedTrouble>;
    /// Ends the archive, and says what was found.
    async fn finish(self: Box<Self>) -> Result<SeedFound, SeedTrouble>;
}
