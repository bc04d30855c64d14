//! Ports of what a vendor says of a vulnerability in its own words.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, VersionId, VulnerabilityId};
use uuid::Uuid;

/// A vendor's advisory in one language.
#[derive(Clone, Debug)]
pub struct AdvisoryRow {
    /// Its identifier, to which its text is sealed.
    pub id: Uuid,
    /// The language.
    pub language: String,
    /// The text, sealed under the vulnerability.
    pub text_sealed: Vec<u8>,
    /// Who published it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// What a vendor answers of one version.
#[derive(Clone, Debug)]
pub struct VersionAnswerRow {
    /// Its identifier, to which it is sealed.
    pub id: Uuid,
    /// The version.
    pub version: VersionId,
    /// The answer and its reason, sealed under the vulnerability.
    pub answer_sealed: Vec<u8>,
    /// Who answered.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// The rows of vendors' own words.
#[async_trait]
pub trait Advisories {
    /// Gives the vendor's advisory in each language.
    async fn advisories(&mut self, id: VulnerabilityId) -> Stored<Vec<AdvisoryRow>>;
    /// Publishes an advisory in place of the one of its language.
    async fn publish_advisory(&mut self, id: VulnerabilityId, row: &AdvisoryRow) -> Stored<()>;
    /// Takes the advisory of a language back.
    async fn withdraw_advisory(&mut self, id: VulnerabilityId, language: &str) -> Stored<()>;
    /// Gives what the vendor answers of each version.
    async fn version_answers(&mut self, id: VulnerabilityId) -> Stored<Vec<VersionAnswerRow>>;
    /// Keeps an answer in place of the one of its version.
    async fn answer_version(&mut self, id: VulnerabilityId, row: &VersionAnswerRow) -> Stored<()>;
    /// Takes the answer of a version back.
    async fn withdraw_answer(&mut self, id: VulnerabilityId, version: VersionId) -> Stored<()>;
    /// Forgets all that the vendor said, with the contents of which it speaks.
    async fn forget_vendor_words(&mut self, id: VulnerabilityId) -> Stored<()>;
}
