//! Ports of the other products that a vulnerability affects.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{OrganisationId, PersonId, ProductId, VulnerabilityId};
use uuid::Uuid;

/// A product that is, or was, linked to a vulnerability.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// Its identifier, to which its texts are sealed.
    pub id: Uuid,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// Who makes it.
    pub vendor: OrganisationId,
    /// The vendor's name.
    pub vendor_name: String,
    /// Which versions are affected, sealed under the vulnerability.
    pub ranges: Vec<u8>,
    /// Why it is linked, sealed under the vulnerability.
    pub reason: Vec<u8>,
    /// Who linked it.
    pub by: PersonId,
    /// Since when.
    pub at: Timestamp,
}

/// The rows of linked products.
#[async_trait]
pub trait LinkedProducts {
    /// Lists the products that are linked to a vulnerability now, oldest first.
    async fn links(&mut self, id: VulnerabilityId) -> Stored<Vec<LinkRow>>;
    /// Links a product.
    async fn insert_link(&mut self, row: &LinkRow) -> Stored<()>;
    /// Ends a link that holds.
    async fn end_link(&mut self, id: Uuid, by: PersonId, at: Timestamp) -> Stored<()>;
}
