//! Ports of templates for answers.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, ProgrammeId};
use uuid::Uuid;

/// A template of a programme.
#[derive(Clone, Debug)]
pub struct TemplateRow {
    /// Its identifier, to which it is sealed.
    pub id: Uuid,
    /// The programme.
    pub programme: ProgrammeId,
    /// What it is for, its title and text, sealed under the programme.
    pub content_sealed: Vec<u8>,
    /// The revision of its row.
    pub revision: i64,
    /// Who wrote it first.
    pub by: PersonId,
    /// When it was written first.
    pub created_at: Timestamp,
    /// When it was written last.
    pub changed_at: Timestamp,
}

/// The rows of templates for answers.
#[async_trait]
pub trait AnswerTemplates {
    /// Lists a programme's templates that are not ended, the oldest first.
    async fn templates(&mut self, programme: ProgrammeId) -> Stored<Vec<TemplateRow>>;
    /// Adds a template.
    async fn insert_template(&mut self, row: &TemplateRow) -> Stored<()>;
    /// Saves a template that was loaded at this revision.
    async fn save_template(&mut self, row: &TemplateRow) -> Stored<()>;
    /// Ends a template.
    async fn end_template(&mut self, id: Uuid, at: Timestamp) -> Stored<()>;
}
