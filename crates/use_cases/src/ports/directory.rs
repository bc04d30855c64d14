//! Ports of the directory as a whole: many organisations and affiliations at once.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::directory::Held;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, Organisation};

/// The directory as a whole.
#[async_trait]
pub trait Directories {
    /// Gives authorities of a territory, by identifier: those after one, at most so many.
    async fn authorities(&mut self, after: OrganisationId, limit: i64) -> Stored<Vec<Organisation>>;
    /// Gives the affiliations by territory of several organisations that hold.
    async fn territories_of(&mut self, ids: &[OrganisationId]) -> Stored<Vec<(OrganisationId, Held)>>;
    /// Gives those of several organisations for which somebody holds a role.
    async fn peopled(&mut self, ids: &[OrganisationId]) -> Stored<Vec<OrganisationId>>;
    /// Adds organisations.
    async fn insert_organisations(&mut self, organisations: &[Organisation], at: Timestamp) -> Stored<()>;
    /// Writes an organisation's name, codes, end and successor anew.
    async fn correct_organisation(&mut self, organisation: &Organisation) -> Stored<()>;
    /// Adds affiliations.
    async fn insert_affiliations(&mut self, affiliations: &[Affiliation]) -> Stored<()>;
    /// Ends affiliations that hold.
    async fn end_affiliations(&mut self, ids: &[AffiliationId], at: Timestamp) -> Stored<()>;
}
