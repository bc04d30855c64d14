//! Ports of the people who are named in person for a vulnerability that is TLP:RED.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{OrganisationId, PersonId, VulnerabilityId};
use domain::role::Role;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Somebody who is, or was, named for a vulnerability.
#[derive(Clone, Debug)]
pub struct NamedRow {
    /// Its identifier, to which the reason is sealed.
    pub id: Uuid,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// Who is named.
    pub person: PersonId,
    /// Why, sealed under the vulnerability.
    pub reason: Vec<u8>,
    /// Who named them.
    pub by: PersonId,
    /// Since when.
    pub at: Timestamp,
    /// Until when; none while it holds.
    pub until: Option<Timestamp>,
}

/// Somebody who can be named: their role in an organisation of the circle, the vendor's or a campaign's.
#[derive(Clone, Debug)]
pub struct NamedCandidate {
    /// Who.
    pub person: PersonId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Their role there.
    pub role: Role,
}

/// Among whom those are looked for who can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedAmong {
    /// All of them: the circle, the vendor and the parties of the campaigns.
    All,
    /// The vendor and the parties of the campaigns, not the circle.
    Handlers,
    /// Those in whose organisation's name each of these begins a word, folded.
    Words(BTreeSet<String>),
    /// One person.
    Person(PersonId),
}

/// The rows of the people who are named.
#[async_trait]
pub trait NamedPeople {
    /// Lists who is and was named for a vulnerability, oldest first.
    async fn named(&mut self, id: VulnerabilityId) -> Stored<Vec<NamedRow>>;
    /// Lists who can be named, by organisation, each role of a person apart.
    async fn named_candidates(
        &mut self,
        id: VulnerabilityId,
        among: &NamedAmong,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<NamedCandidate>>;
    /// Names somebody.
    async fn insert_named(&mut self, row: &NamedRow) -> Stored<()>;
    /// Ends a naming that holds.
    async fn end_named(&mut self, id: Uuid, by: PersonId, at: Timestamp) -> Stored<()>;
}
