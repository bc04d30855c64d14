//! A programme's results in other sites: the sites that may frame them, and the keys.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::embedding::KeyKind;
use domain::ids::{PersonId, ProgrammeId};
use use_cases::ports::{EmbeddingKeyRow, Embeddings, Stored};
use uuid::Uuid;

fn key(row: &Row) -> Stored<EmbeddingKeyRow> {
    Ok(EmbeddingKeyRow {
        id: row.get("id")?,
        programme: row.get("programme_id")?,
        owner: row.get("owner_id")?,
        organisation: row.get("organisation_id")?,
        organisation_name: row.get("organisation_name")?,
        kind: row.code("kind", KeyKind::from_code)?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        expires_at: row.get("expires_at")?,
        ended_at: row.get("ended_at")?,
    })
}

#[async_trait]
impl Embeddings for SqlSession {
    async fn embedding_sites(&mut self, programme: ProgrammeId) -> Stored<Vec<String>> {
        let rows = self
            .sql
            .fetch(
                "SELECT site FROM embedding_site WHERE programme_id = $1 AND ended_at IS NULL ORDER BY site LIMIT 100",
                values![programme],
            )
            .await?;
        rows.iter().map(|row| row.get("site")).collect()
    }

    async fn insert_embedding_site(
        &mut self,
        id: Uuid,
        programme: ProgrammeId,
        site: &str,
        by: PersonId,
        at: Timestamp,
    ) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO embedding_site (id, programme_id, site, added_by, added_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING",
                values![id, programme, site, by, at],
            )
            .await?;
        Ok(())
    }

    async fn end_embedding_site(&mut self, programme: ProgrammeId, site: &str, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE embedding_site SET ended_at = $3 WHERE programme_id = $1 AND site = $2 AND ended_at IS NULL",
                values![programme, site, at],
            )
            .await?;
        Ok(())
    }

    async fn insert_embedding_key(&mut self, key: &EmbeddingKeyRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO embedding_key (id, programme_id, organisation_id, kind, made_by, made_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    key.id,
                    key.programme,
                    key.organisation,
                    key.kind.code(),
                    key.by,
                    key.at,
                    key.expires_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn embedding_key(&mut self, id: Uuid) -> Stored<Option<Loaded<EmbeddingKeyRow>>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT k.*, g.owner_id, o.name AS organisation_name FROM embedding_key k
                 JOIN programme g ON g.id = k.programme_id JOIN organisation o ON o.id = k.organisation_id
                 WHERE k.id = $1",
                values![id],
            )
            .await?;
        let found = row.as_ref().map(key).transpose()?;
        Ok(found.map(|key| Loaded::from_row(key, 1)))
    }

    async fn embedding_keys(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<EmbeddingKeyRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT k.*, g.owner_id, o.name AS organisation_name FROM embedding_key k
                 JOIN programme g ON g.id = k.programme_id JOIN organisation o ON o.id = k.organisation_id
                 WHERE k.programme_id = $1 AND k.ended_at IS NULL AND k.expires_at > $2
                 ORDER BY k.made_at DESC, k.id DESC LIMIT 500",
                values![programme, now],
            )
            .await?;
        rows.iter().map(key).collect()
    }

    async fn end_embedding_key(&mut self, id: Uuid, by: PersonId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE embedding_key SET ended_at = $3, ended_by = $2 WHERE id = $1 AND ended_at IS NULL",
                values![id, by, at],
            )
            .await
    }
}
