//! Ports of reports that get around a fix, and of the vulnerabilities they establish.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, ProductId, ReportId, VulnerabilityId};

/// A vulnerability that a hunter reported or retested.
#[derive(Clone, Debug)]
pub struct KnownRow {
    /// The vulnerability.
    pub id: VulnerabilityId,
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Whether they retested it.
    pub retested: bool,
}

/// The rows of bypasses.
#[async_trait]
pub trait Bypasses {
    /// Gives the vulnerability whose fix a report says it gets around; none where a verifier found otherwise.
    async fn bypass_of(&mut self, report: ReportId) -> Stored<Option<VulnerabilityId>>;
    /// Says of a report whose fix it gets around, or that it gets around none.
    async fn set_bypass(&mut self, report: ReportId, of: Option<VulnerabilityId>, at: Timestamp) -> Stored<()>;
    /// Notes since when a verifier finds that a report gets around no fix, or that nobody finds so any more.
    async fn refute_bypass(&mut self, report: ReportId, at: Option<Timestamp>) -> Stored<()>;
    /// What reports say of one vulnerability, they say of another from now on.
    async fn move_bypasses(&mut self, from: VulnerabilityId, into: VulnerabilityId) -> Stored<()>;
    /// Lists the vulnerabilities that verified bypasses of one established.
    async fn bypasses(&mut self, id: VulnerabilityId) -> Stored<Vec<VulnerabilityId>>;
    /// Lists the vulnerabilities whose fixes the reports of one get around.
    async fn bypassed(&mut self, id: VulnerabilityId) -> Stored<Vec<VulnerabilityId>>;
    /// Lists the vulnerabilities of some products with a fix to get around that a person reported or retested,
    /// the newest first: only those found by a campaign in which they hunt at `now`.
    async fn known_to(&mut self, person: PersonId, products: &[ProductId], now: Timestamp) -> Stored<Vec<KnownRow>>;
}
