//! Ports of organisations and their affiliations.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind, Organisation, OrganisationKind};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An organisation with what policies ask about it.
#[derive(Clone, Debug)]
pub struct OrganisationRecord {
    /// The organisation.
    pub organisation: Organisation,
    /// Organisations that administer it by delegation.
    pub administered_by: Vec<OrganisationId>,
}

impl Resource for OrganisationRecord {
    const TYPE: &'static str = "Organisation";

    fn id(&self) -> Uuid {
        self.organisation.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("id", Attr::organisation(self.organisation.id)),
            ("kind", Attr::code(self.organisation.kind.code())),
            ("administered_by", Attr::ids(self.administered_by.iter().copied())),
        ]
    }
}

/// What narrows a list of organisations.
#[derive(Clone, Debug, Default)]
pub struct OrganisationFilter {
    /// Only these kinds; none narrows nothing.
    pub kinds: Vec<OrganisationKind>,
    /// Only those affiliated with this one now.
    pub within: Option<OrganisationId>,
    /// Only names that start so, folded.
    pub prefix: Option<String>,
    /// Only names in which each of these begins a word, folded.
    pub words: BTreeSet<String>,
    /// After this folded name and identifier, for the next page.
    pub after: Option<(String, OrganisationId)>,
    /// At most so many.
    pub limit: i64,
}

/// Organisations and affiliations.
#[async_trait]
pub trait Organisations {
    /// Gives an organisation.
    async fn organisation(&mut self, id: OrganisationId) -> Stored<Option<Loaded<OrganisationRecord>>>;
    /// Gives several organisations, in people's order; missing ones are left out.
    async fn organisations(&mut self, ids: &[OrganisationId]) -> Stored<Vec<Organisation>>;
    /// Finds an organisation by its SIREN.
    async fn organisation_by_siren(&mut self, siren: &str) -> Stored<Option<Organisation>>;
    /// Lists organisations in people's order.
    async fn list_organisations(&mut self, filter: &OrganisationFilter) -> Stored<Vec<Organisation>>;
    /// Counts the organisations of a filter, whatever its page, up to [`super::COUNTED_TO`].
    async fn count_listed(&mut self, filter: &OrganisationFilter) -> Stored<i64>;
    /// Counts all organisations.
    async fn count_organisations(&mut self) -> Stored<i64>;
    /// Adds an organisation.
    async fn insert_organisation(&mut self, organisation: &Organisation, at: Timestamp) -> Stored<()>;
    /// Adds an affiliation.
    async fn insert_affiliation(&mut self, affiliation: &Affiliation) -> Stored<()>;
    /// Gives an affiliation.
    async fn affiliation(&mut self, id: AffiliationId) -> Stored<Option<Affiliation>>;
    /// Gives an organisation's affiliations that hold at an instant.
    async fn open_affiliations(&mut self, id: OrganisationId, at: Timestamp) -> Stored<Vec<Affiliation>>;
    /// Ends an affiliation.
    async fn end_affiliation(&mut self, id: AffiliationId, at: Timestamp) -> Stored<()>;
    /// Says whether another organisation has an INSEE code of a kind.
    async fn insee_is_taken(&mut self, kind: OrganisationKind, insee: &str) -> Stored<bool>;
    /// Gives what an organisation belongs to at an instant.
    async fn affiliations_of(
        &mut self,
        id: OrganisationId,
        at: Timestamp,
    ) -> Stored<Vec<(Organisation, AffiliationKind)>>;
    /// Gives the organisations that belong to this one at an instant.
    async fn affiliated_with(&mut self, within: OrganisationId, at: Timestamp) -> Stored<Vec<Organisation>>;
}
