//! Data keys, wrapped.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use use_cases::ports::{KeyRow, Keys, Stored};
use uuid::Uuid;

fn key(row: &Row) -> Stored<KeyRow> {
    Ok(KeyRow {
        id: row.get("id")?,
        holder_kind: row.get("holder_kind")?,
        holder_id: row.get("holder_id")?,
        wrapped: row.get("wrapped_sealed")?,
        instance_key_id: row.get("instance_key_id")?,
        destroyed_at: row.get("destroyed_at")?,
    })
}

#[async_trait]
impl Keys for SqlSession {
    async fn holder_key(&mut self, holder_kind: &str, holder_id: Uuid) -> Stored<Option<KeyRow>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT * FROM data_key WHERE holder_kind = $1 AND holder_id = $2 ORDER BY version DESC LIMIT 1",
                values![holder_kind, holder_id],
            )
            .await?;
        row.as_ref().map(key).transpose()
    }

    async fn key(&mut self, id: Uuid) -> Stored<Option<KeyRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM data_key WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(key).transpose()
    }

    async fn insert_key(&mut self, key: &KeyRow, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO data_key (id, holder_kind, holder_id, version, wrapped_sealed, instance_key_id, created_at)
                 VALUES ($1, $2, $3, 1, $4, $5, $6)
                 ON CONFLICT (holder_kind, holder_id, version) DO NOTHING",
                values![key.id, &key.holder_kind, key.holder_id, key.wrapped.clone(), key.instance_key_id, at],
            )
            .await?;
        Ok(())
    }

    async fn destroy_keys(&mut self, holder_kind: &str, holder_id: Uuid, at: Timestamp) -> Stored<Vec<Uuid>> {
        let rows = self
            .sql
            .fetch(
                "UPDATE data_key SET wrapped_sealed = NULL, destroyed_at = $3
                 WHERE holder_kind = $1 AND holder_id = $2 AND destroyed_at IS NULL RETURNING id",
                values![holder_kind, holder_id, at],
            )
            .await?;
        self.forget_documents(holder_kind, holder_id).await?;
        rows.iter().map(|row| row.get("id")).collect()
    }

    async fn all_keys(&mut self) -> Stored<Vec<KeyRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM data_key WHERE destroyed_at IS NULL ORDER BY id",
                values![],
            )
            .await?;
        rows.iter().map(key).collect()
    }

    async fn rewrap_key(&mut self, id: Uuid, wrapped: &[u8], instance_key_id: i64) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE data_key SET wrapped_sealed = $2, instance_key_id = $3 WHERE id = $1 AND destroyed_at IS NULL",
                values![id, wrapped, instance_key_id],
            )
            .await
    }
}
