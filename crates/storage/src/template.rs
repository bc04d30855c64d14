//! Templates for answers.

use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::ProgrammeId;
use use_cases::ports::{AnswerTemplates, Stored, TemplateRow};
use uuid::Uuid;

#[async_trait]
impl AnswerTemplates for SqlSession {
    async fn templates(&mut self, programme: ProgrammeId) -> Stored<Vec<TemplateRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM answer_template WHERE programme_id = $1 AND ended_at IS NULL
                 ORDER BY created_at, id LIMIT 500",
                values![programme],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(TemplateRow {
                    id: row.get("id")?,
                    programme: row.get("programme_id")?,
                    content_sealed: row.get("content_sealed")?,
                    revision: row.get("revision")?,
                    by: row.get("created_by")?,
                    created_at: row.get("created_at")?,
                    changed_at: row.get("changed_at")?,
                })
            })
            .collect()
    }

    async fn insert_template(&mut self, row: &TemplateRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO answer_template (id, programme_id, content_sealed, revision, created_by, created_at, changed_at)
                 VALUES ($1, $2, $3, 1, $4, $5, $6)",
                values![
                    row.id,
                    row.programme,
                    row.content_sealed.clone(),
                    row.by,
                    row.created_at,
                    row.changed_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn save_template(&mut self, row: &TemplateRow) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE answer_template SET content_sealed = $1, changed_at = $2, revision = revision + 1
                 WHERE id = $3 AND revision = $4 AND ended_at IS NULL",
                values![row.content_sealed.clone(), row.changed_at, row.id, row.revision],
            )
            .await
    }

    async fn end_template(&mut self, id: Uuid, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE answer_template SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
                values![at, id],
            )
            .await?;
        Ok(())
    }
}
