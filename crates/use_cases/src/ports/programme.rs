//! Ports of programmes, their documents, members and completions.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::date::Date;
use domain::document::{DocumentKind, DocumentSubject};
use domain::ids::{BlobId, DocumentId, OrganisationId, PersonId, ProgrammeId};
use domain::organisation::Organisation;
use domain::programme::Programme;
use uuid::Uuid;

/// A programme with what policies and pages ask about it.
#[derive(Clone, Debug)]
pub struct ProgrammeRecord {
    /// The programme.
    pub programme: Programme,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it was opened on the platform.
    pub created_at: Timestamp,
    /// The organisations that are members, by their own word, at the instant it was loaded for.
    pub members: Vec<OrganisationId>,
}

impl Resource for ProgrammeRecord {
    const TYPE: &'static str = "Programme";

    fn id(&self) -> Uuid {
        self.programme.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("id", Attr::id(self.programme.id)),
            ("owner", Attr::organisation(self.programme.owner)),
            ("published", Attr::Bool(self.published_at.is_some())),
            ("members", Attr::ids(self.members.iter().copied())),
        ]
    }
}

/// What narrows a list of programmes.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeFilter {
    /// Those that are published.
    pub published: bool,
    /// Also those of these owners, published or not.
    pub owners: Vec<OrganisationId>,
    /// After this name and identifier, for the next page.
    pub after: Option<(String, ProgrammeId)>,
    /// At most so many.
    pub limit: i64,
}

/// A document as stored.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Its identifier.
    pub id: DocumentId,
    /// The programme whose key seals it.
    pub programme: ProgrammeId,
    /// The kind of thing it is about.
    pub subject: DocumentSubject,
    /// The thing it is about.
    pub subject_id: Uuid,
    /// What it is.
    pub kind: DocumentKind,
    /// Title, number, signatory, function, delegation and file name, sealed under the programme.
    pub details: Vec<u8>,
    /// The day it bears.
    pub dated_on: Option<Date>,
    /// The day it was sent to the prefecture.
    pub transmitted_on: Option<Date>,
    /// The day it was published.
    pub published_on: Option<Date>,
    /// The first day it holds.
    pub valid_from: Option<Date>,
    /// The last day it holds.
    pub valid_until: Option<Date>,
    /// Whether everybody may read it.
    pub public: bool,
    /// Its file.
    pub blob: Option<BlobId>,
    /// Who added it.
    pub created_by: Option<PersonId>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was taken away.
    pub ended_at: Option<Timestamp>,
}

/// A membership as a page shows it.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// The membership's identifier.
    pub id: Uuid,
    /// The member.
    pub organisation: Organisation,
    /// From when.
    pub from: Timestamp,
    /// Until when, where it ends or has ended.
    pub until: Option<Timestamp>,
    /// When the member said yes; until then the membership gives no right to anybody.
    pub accepted_at: Option<Timestamp>,
}

/// A membership of a published programme that waits for the member's answer.
#[derive(Clone, Debug)]
pub struct MembershipOffer {
    /// The programme's readable address.
    pub slug: String,
    /// The programme's name.
    pub programme: String,
    /// The name of the organisation that would be a member.
    pub organisation: String,
}

/// A completion of a course, as stored.
#[derive(Clone, Debug)]
pub struct CompletionRow {
    /// Its identifier.
    pub id: Uuid,
    /// The programme.
    pub programme: ProgrammeId,
    /// Who completed it.
    pub organisation: Organisation,
    /// The key of the course.
    pub track: String,
    /// The day it was completed.
    pub completed_on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// Programmes, documents, members, completions.
#[async_trait]
pub trait Programmes {
    /// Gives a programme with its members at an instant.
    async fn programme(&mut self, id: ProgrammeId, at: Timestamp) -> Stored<Option<Loaded<ProgrammeRecord>>>;
    /// Gives the programme of an address.
    async fn programme_by_slug(&mut self, slug: &str, at: Timestamp) -> Stored<Option<Loaded<ProgrammeRecord>>>;
    /// Takes a programme for a change: locks it and counts its revision up.
    async fn programme_for_change(&mut self, id: ProgrammeId, at: Timestamp)
    -> Stored<Option<Loaded<ProgrammeRecord>>>;
    /// Adds a programme.
    async fn insert_programme(&mut self, programme: &Programme, at: Timestamp) -> Stored<()>;
    /// Saves what was changed of a programme that was taken for a change.
    async fn save_programme(&mut self, record: &ProgrammeRecord) -> Stored<()>;
    /// Lists programmes by name, without their members.
    async fn list_programmes(&mut self, filter: &ProgrammeFilter) -> Stored<Vec<ProgrammeRecord>>;

    /// Adds a document.
    async fn insert_document(&mut self, document: &DocumentRow) -> Stored<()>;
    /// Gives a document that was not taken away.
    async fn document(&mut self, id: DocumentId) -> Stored<Option<DocumentRow>>;
    /// Gives a thing's documents that were not taken away, oldest first.
    async fn documents(&mut self, subject: DocumentSubject, subject_id: Uuid) -> Stored<Vec<DocumentRow>>;
    /// Takes a document away from its lists.
    async fn end_document(&mut self, id: DocumentId, at: Timestamp) -> Stored<()>;

    /// Gives a programme's memberships, present ones first, by name.
    async fn programme_members(&mut self, programme: ProgrammeId) -> Stored<Vec<MemberRow>>;
    /// Adds a member; one that is there already changes nothing and gives false.
    async fn insert_member(
        &mut self,
        id: Uuid,
        programme: ProgrammeId,
        organisation: OrganisationId,
        from: Timestamp,
        until: Option<Timestamp>,
    ) -> Stored<bool>;
    /// Notes that a member said yes.
    async fn accept_member(&mut self, id: Uuid, programme: ProgrammeId, by: PersonId, at: Timestamp) -> Stored<()>;
    /// Lists the memberships of published programmes that some organisations have not answered.
    async fn memberships_to_answer(
        &mut self,
        organisations: &[OrganisationId],
        at: Timestamp,
    ) -> Stored<Vec<MembershipOffer>>;
    /// Ends a membership of a programme.
    async fn end_member(&mut self, id: Uuid, programme: ProgrammeId, at: Timestamp) -> Stored<()>;

    /// Gives a programme's completions by course and name, at most so many.
    async fn completions(&mut self, programme: ProgrammeId, limit: i64) -> Stored<Vec<CompletionRow>>;
    /// Adds a completion; one that is there already changes nothing and gives false.
    async fn insert_completion(&mut self, completion: &CompletionRow, by: Option<PersonId>) -> Stored<bool>;
    /// Takes back a completion that was recorded by mistake, and gives it.
    async fn remove_completion(&mut self, id: Uuid, programme: ProgrammeId)
    -> Stored<Option<(OrganisationId, String)>>;
    /// Finds organisations by their SIREN or INSEE codes.
    async fn organisations_by_codes(&mut self, codes: &[String]) -> Stored<Vec<Organisation>>;
}
