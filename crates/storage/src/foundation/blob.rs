//! Records of sealed files.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::BlobId;
use use_cases::ports::{BlobRow, Blobs, Stored};

fn blob(row: &Row) -> Stored<BlobRow> {
    Ok(BlobRow {
        id: row.get("id")?,
        holder_kind: row.get("holder_kind")?,
        holder_id: row.get("holder_id")?,
        name_hmac: row.get("name_hmac")?,
        bytes: row.get("bytes")?,
        media_type: row.get("media_type")?,
    })
}

#[async_trait]
impl Blobs for SqlSession {
    async fn stage_blob(&mut self, b: &BlobRow, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO blob (id, holder_kind, holder_id, name_hmac, bytes, media_type, state, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 'staged', $7)",
                values![
                    b.id,
                    &b.holder_kind,
                    b.holder_id,
                    &b.name_hmac,
                    b.bytes,
                    &b.media_type,
                    at
                ],
            )
            .await?;
        Ok(())
    }

    async fn keep_blob(&mut self, id: BlobId) -> Stored<()> {
        self.sql
            .execute_one("UPDATE blob SET state = 'kept' WHERE id = $1", values![id])
            .await
    }

    async fn blob(&mut self, id: BlobId) -> Stored<Option<BlobRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM blob WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(blob).transpose()
    }

    async fn is_staged(&mut self, id: BlobId) -> Stored<bool> {
        let row = self
            .sql
            .fetch_optional("SELECT id FROM blob WHERE id = $1 AND state = 'staged'", values![id])
            .await?;
        Ok(row.is_some())
    }

    async fn staged_blobs(&mut self, before: Timestamp) -> Stored<Vec<BlobRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM blob WHERE state = 'staged' AND created_at < $1 ORDER BY created_at LIMIT 100",
                values![before],
            )
            .await?;
        rows.iter().map(blob).collect()
    }

    async fn forget_blob(&mut self, id: BlobId) -> Stored<()> {
        self.sql
            .execute("DELETE FROM blob WHERE id = $1 AND state = 'staged'", values![id])
            .await?;
        Ok(())
    }
}
