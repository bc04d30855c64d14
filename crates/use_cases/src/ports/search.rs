//! Ports of what search keeps of sealed texts.

use super::{Stored, VulnerabilityVisibility};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, PersonId, ProductId};
use uuid::Uuid;

domain::coded! {
    /// What a text is of.
    pub enum TextKind {
        /// A report that was handed in.
        Report = "report",
        /// A vulnerability.
        Vulnerability = "vulnerability",
        /// A finding that was imported.
        Finding = "finding",
    }
}

/// The texts of one holder about one product, and how often they have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardHead {
    /// The product.
    pub product: ProductId,
    /// Whose key seals them: `campaign` or `vulnerability`.
    pub holder_kind: String,
    /// The campaign or vulnerability.
    pub holder: Uuid,
    /// Grows with each change; what is committed later has a greater one.
    pub last_seq: i64,
}

/// What search keeps of one text.
#[derive(Clone, Debug)]
pub struct SearchRow {
    /// The report, vulnerability or finding.
    pub id: Uuid,
    /// Which of them.
    pub kind: TextKind,
    /// The product it is about.
    pub product: ProductId,
    /// Whose key seals it: `campaign` or `vulnerability`.
    pub holder_kind: String,
    /// The campaign or vulnerability.
    pub holder: Uuid,
    /// Its terms, sealed; none once the text is gone.
    pub tokens: Option<Vec<u8>>,
}

/// What search keeps.
#[async_trait]
pub trait Searches {
    /// Keeps what search has of a text, in place of what it had.
    async fn keep_document(&mut self, document: &SearchRow) -> Stored<()>;
    /// Lists the shards of a product.
    async fn shards_of(&mut self, product: ProductId) -> Stored<Vec<ShardHead>>;
    /// Lists the shards of some holders.
    async fn shards_held_by(&mut self, holders: &[Uuid]) -> Stored<Vec<ShardHead>>;
    /// Lists the shards of the newest vulnerabilities that the reader handles, of one product or of all: those who handle
    /// one read all of it in every phase. What they learn of in another way is not among them; one may come twice.
    async fn shards_handled(
        &mut self,
        reader: &VulnerabilityVisibility,
        product: Option<ProductId>,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<ShardHead>>;
    /// Lists the shards of the newest vulnerabilities that the reader does not handle and whose text they get, of one
    /// product or of all: everything but the exploit. One may come twice.
    async fn shards_learned(
        &mut self,
        reader: &VulnerabilityVisibility,
        product: Option<ProductId>,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<ShardHead>>;
    /// Lists the shards of the vulnerabilities that everybody may read, the newest first.
    async fn shards_public(&mut self, product: Option<ProductId>, now: Timestamp, limit: i64)
    -> Stored<Vec<ShardHead>>;
    /// Gives what is kept of the reports that a person wrote or helped to write, the newest first.
    async fn own_documents(&mut self, author: PersonId, limit: i64) -> Stored<Vec<SearchRow>>;
    /// Lists what changed in a shard after a number, in its order.
    async fn documents_after(&mut self, shard: &ShardHead, seq: i64) -> Stored<Vec<SearchRow>>;
    /// Names the version of a product that a campaign tests, where it is known.
    async fn tested_version(&mut self, campaign: CampaignId, product: ProductId) -> Stored<Option<String>>;
}
