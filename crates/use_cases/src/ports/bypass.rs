//! Ports of reports that get around a fix, and of the vulnerabilities they establish.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, ProductId, ReportId, VulnerabilityId};
use domain::vulnerability::VulnerabilityState;

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
    /// Where it stands.
    pub state: VulnerabilityState,
    /// The round of fix and retest.
    pub round: i64,
    /// Whether they retested it.
    pub retested: bool,
}

/// The rows of bypasses.
#[async_trait]
pub trait Bypasses {
    /// Gives the vulnerability whose fix a report says it gets around.
    async fn bypass_of(&mut self, report: ReportId) -> Stored<Option<VulnerabilityId>>;
    /// Says of a report whose fix it gets around, or that it gets around none.
    async fn set_bypass(&mut self, report: ReportId, of: Option<VulnerabilityId>, at: Timestamp) -> Stored<()>;
    /// Lists the vulnerabilities that verified bypasses of one established.
    async fn bypasses(&mut self, id: VulnerabilityId) -> Stored<Vec<VulnerabilityId>>;
    /// Lists the vulnerabilities whose fixes the reports of one get around.
    async fn bypassed(&mut self, id: VulnerabilityId) -> Stored<Vec<VulnerabilityId>>;
    /// Lists the vulnerabilities that a person reported or retested, the newest first.
    async fn known_to(&mut self, person: PersonId) -> Stored<Vec<KnownRow>>;
}
