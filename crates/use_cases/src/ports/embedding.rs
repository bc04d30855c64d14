//! Ports of a programme's results in other sites: the sites that may frame them, and the keys.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::embedding::KeyKind;
use domain::ids::{OrganisationId, PersonId, ProgrammeId};
use uuid::Uuid;

/// A key to what the members of a programme read.
#[derive(Clone, Debug)]
pub struct EmbeddingKeyRow {
    /// Its identifier, which every token of it names.
    pub id: Uuid,
    /// The programme.
    pub programme: ProgrammeId,
    /// Who owns the programme.
    pub owner: OrganisationId,
    /// The organisation that it was given to.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// To whom it was given.
    pub kind: KeyKind,
    /// Who made it; it holds no longer than their own rights.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Until when it holds.
    pub expires_at: Timestamp,
    /// When somebody ended it.
    pub ended_at: Option<Timestamp>,
}

impl Resource for EmbeddingKeyRow {
    const TYPE: &'static str = "EmbeddingKey";

    fn id(&self) -> Uuid {
        self.id
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("owner", Attr::organisation(self.owner)),
            ("programme", Attr::id(self.programme)),
            ("organisation", Attr::organisation(self.organisation)),
            ("maker", Attr::maybe_person(Some(self.by))),
        ]
    }
}

/// The sites that may frame results, and the keys.
#[async_trait]
pub trait Embeddings {
    /// Gives the origins that may frame a programme's results.
    async fn embedding_sites(&mut self, programme: ProgrammeId) -> Stored<Vec<String>>;
    /// Adds an origin that may frame them, unless it is there.
    async fn insert_embedding_site(
        &mut self,
        id: Uuid,
        programme: ProgrammeId,
        site: &str,
        by: PersonId,
        at: Timestamp,
    ) -> Stored<()>;
    /// Ends the leave of an origin.
    async fn end_embedding_site(&mut self, programme: ProgrammeId, site: &str, at: Timestamp) -> Stored<()>;
    /// Keeps a key.
    async fn insert_embedding_key(&mut self, key: &EmbeddingKeyRow) -> Stored<()>;
    /// Gives a key, whether it still holds or not.
    async fn embedding_key(&mut self, id: Uuid) -> Stored<Option<Loaded<EmbeddingKeyRow>>>;
    /// Lists the keys of a programme that nobody ended and that hold at an instant, newest first.
    async fn embedding_keys(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<EmbeddingKeyRow>>;
    /// Ends a key.
    async fn end_embedding_key(&mut self, id: Uuid, by: PersonId, at: Timestamp) -> Stored<()>;
}
