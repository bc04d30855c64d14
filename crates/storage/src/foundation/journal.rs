//! The journal and its logs.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{AttachmentId, EntryId, ReceptionId};
use use_cases::ports::{BrokenStream, EntryRow, Journals, OriginRow, PromiseRow, Stored};
use uuid::Uuid;

pub(crate) fn entry(row: &Row) -> Stored<EntryRow> {
    Ok(EntryRow {
        id: row.get("id")?,
        stream_kind: row.get("stream_kind")?,
        stream_id: row.get("stream_id")?,
        stream_seq: row.get("stream_seq")?,
        kind: row.get("kind")?,
        actor: row.get("actor_person_id")?,
        system: row.get("actor_system")?,
        grant: row.get("grant_id")?,
        role: row.get("role")?,
        at: row.get("at")?,
        body: row.get("body_sealed")?,
        leaf: row.get("leaf_hash")?,
        log: row.get("log")?,
        leaf_index: row.get("leaf_index")?,
    })
}

fn origin(row: &Row) -> Stored<OriginRow> {
    Ok(OriginRow {
        id: row.get("id")?,
        log: row.get("log")?,
        name: row.get("name")?,
        size: row.get("size")?,
    })
}

#[async_trait]
impl Journals for SqlSession {
    async fn next_stream_seq(&mut self, kind: &str, id: Uuid) -> Stored<i64> {
        self.sql
            .fetch_one(
                "INSERT INTO journal_stream (kind, id, last_seq) VALUES ($1, $2, 1)
                 ON CONFLICT (kind, id) DO UPDATE SET last_seq = journal_stream.last_seq + 1
                 RETURNING last_seq",
                values![kind, id],
            )
            .await?
            .get("last_seq")
    }

    async fn lock_stream(&mut self, kind: &str, id: Uuid) -> Stored<()> {
        self.sql
            .fetch_one(
                "INSERT INTO journal_stream (kind, id, last_seq) VALUES ($1, $2, 0)
                 ON CONFLICT (kind, id) DO UPDATE SET last_seq = journal_stream.last_seq
                 RETURNING last_seq",
                values![kind, id],
            )
            .await?;
        Ok(())
    }

    async fn insert_entry(&mut self, e: &EntryRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO journal_entry (id, stream_kind, stream_id, stream_seq, kind, actor_person_id, actor_system,
                     grant_id, role, at, body_sealed, leaf_hash, log)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                values![
                    e.id, &e.stream_kind, e.stream_id, e.stream_seq, &e.kind, e.actor, e.system.clone(), e.grant,
                    e.role.clone(), e.at, &e.body, &e.leaf, &e.log,
                ],
            )
            .await?;
        Ok(())
    }

    async fn entry_exists(&mut self, id: EntryId) -> Stored<bool> {
        let row = self
            .sql
            .fetch_optional("SELECT id FROM journal_entry WHERE id = $1", values![id])
            .await?;
        Ok(row.is_some())
    }

    async fn entry(&mut self, id: EntryId) -> Stored<Option<EntryRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM journal_entry WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(entry).transpose()
    }

    async fn stream(&mut self, kind: &str, id: Uuid) -> Stored<Vec<EntryRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM journal_entry WHERE stream_kind = $1 AND stream_id = $2 ORDER BY stream_seq",
                values![kind, id],
            )
            .await?;
        rows.iter().map(entry).collect()
    }

    async fn gateway_refusals(&mut self, campaign: Uuid, since: Timestamp, limit: i64) -> Stored<Vec<EntryRow>> {
        let sql = "SELECT * FROM journal_entry WHERE kind = 'gateway.refused' AND stream_id = $1 AND at >= $2
             ORDER BY at DESC LIMIT $3";
        let rows = self.sql.fetch(sql, values![campaign, since, limit]).await?;
        rows.iter().map(entry).collect()
    }

    async fn waiting_entries(&mut self, log: &str, limit: i64) -> Stored<Vec<EntryRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM journal_entry WHERE log = $1 AND leaf_index IS NULL ORDER BY id LIMIT $2",
                values![log, limit],
            )
            .await?;
        rows.iter().map(entry).collect()
    }

    async fn numbered_entries(&mut self, origin: Uuid, from: i64, limit: i64) -> Stored<Vec<EntryRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM journal_entry WHERE origin_id = $1 AND leaf_index >= $2 ORDER BY leaf_index LIMIT $3",
                values![origin, from, limit],
            )
            .await?;
        rows.iter().map(entry).collect()
    }

    async fn number_entry(&mut self, id: EntryId, origin: Uuid, index: i64) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE journal_entry SET origin_id = $2, leaf_index = $3 WHERE id = $1 AND leaf_index IS NULL",
                values![id, origin, index],
            )
            .await
    }

    async fn open_origin(&mut self, log: &str, name: &str, id: Uuid, at: Timestamp) -> Stored<OriginRow> {
        self.sql
            .execute(
                "INSERT INTO log_origin (id, log, name, size, started_at) VALUES ($1, $2, $3, 0, $4)
                 ON CONFLICT DO NOTHING",
                values![id, log, name, at],
            )
            .await?;
        let row = self
            .sql
            .fetch_one(
                "SELECT * FROM log_origin WHERE log = $1 AND ended_at IS NULL",
                values![log],
            )
            .await?;
        origin(&row)
    }

    async fn origin(&mut self, log: &str) -> Stored<Option<OriginRow>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT * FROM log_origin WHERE log = $1 AND ended_at IS NULL",
                values![log],
            )
            .await?;
        row.as_ref().map(origin).transpose()
    }

    async fn set_origin_size(&mut self, origin: Uuid, size: i64) -> Stored<()> {
        self.sql
            .execute_one("UPDATE log_origin SET size = $2 WHERE id = $1", values![origin, size])
            .await
    }

    async fn insert_node(&mut self, origin: Uuid, level: i64, position: i64, hash: &[u8]) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO log_node (origin_id, level, position, hash) VALUES ($1, $2, $3, $4)",
                values![origin, level, position, hash],
            )
            .await?;
        Ok(())
    }

    async fn nodes(&mut self, origin: Uuid, wanted: &[(i64, i64)]) -> Stored<Vec<(i64, i64, Vec<u8>)>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        // Positions are looked up together and the pairs matched here: row values differ too
        // much between the engines, and few nodes share a position.
        let positions: Vec<i64> = wanted.iter().map(|(_, position)| *position).collect();
        let (list, size) = placeholders(2, positions.len());
        let mut values = vec![Value::from(origin)];
        values.extend(padded(&positions, size).into_iter().map(Value::from));
        let sql = format!("SELECT level, position, hash FROM log_node WHERE origin_id = $1 AND position IN ({list})");
        let rows = self.sql.fetch_built(sql, values).await?;
        let mut nodes = Vec::new();
        for row in rows {
            let key = (row.get("level")?, row.get("position")?);
            if wanted.contains(&key) {
                nodes.push((key.0, key.1, row.get("hash")?));
            }
        }
        Ok(nodes)
    }

    async fn insert_checkpoint(&mut self, origin: Uuid, size: i64, note: &str, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO log_checkpoint (origin_id, size, at, note) VALUES ($1, $2, $3, $4)",
                values![origin, size, at, note],
            )
            .await?;
        Ok(())
    }

    async fn newest_checkpoint(&mut self, origin: Uuid) -> Stored<Option<(i64, Timestamp, String)>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT size, at, note FROM log_checkpoint WHERE origin_id = $1 ORDER BY size DESC LIMIT 1",
                values![origin],
            )
            .await?;
        row.map(|row| Ok((row.get("size")?, row.get("at")?, row.get("note")?)))
            .transpose()
    }

    async fn checkpoints(&mut self, origin: Uuid) -> Stored<Vec<(i64, String)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT size, note FROM log_checkpoint WHERE origin_id = $1 ORDER BY size",
                values![origin],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("size")?, row.get("note")?)))
            .collect()
    }
    async fn journal_mark(&mut self) -> Stored<i64> {
        let sql = "SELECT COALESCE((SELECT CAST(SUM(size) AS BIGINT) FROM log_origin), 0)
                       + (SELECT COUNT(*) FROM journal_entry WHERE leaf_index IS NULL) AS mark";
        let row = self.sql.fetch_optional(sql, values![]).await?;
        row.map_or(Ok(0), |row| row.get("mark"))
    }

    async fn broken_streams(&mut self, limit: i64) -> Stored<Vec<BrokenStream>> {
        let rows = self
            .sql
            .fetch(
                "SELECT s.kind, s.id, s.last_seq AS numbered, CAST(COUNT(e.id) AS BIGINT) AS found
                 FROM journal_stream s LEFT JOIN journal_entry e ON e.stream_kind = s.kind AND e.stream_id = s.id
                 GROUP BY s.kind, s.id, s.last_seq
                 HAVING COUNT(e.id) <> s.last_seq OR COALESCE(MAX(e.stream_seq), 0) <> s.last_seq
                 UNION ALL
                 SELECT e.stream_kind, e.stream_id, 0, CAST(COUNT(e.id) AS BIGINT)
                 FROM journal_entry e LEFT JOIN journal_stream s ON s.kind = e.stream_kind AND s.id = e.stream_id
                 WHERE s.id IS NULL GROUP BY e.stream_kind, e.stream_id
                 ORDER BY 1, 2 LIMIT $1",
                values![limit],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(BrokenStream {
                    kind: row.get("kind")?,
                    id: row.get("id")?,
                    numbered: row.get("numbered")?,
                    found: row.get("found")?,
                })
            })
            .collect()
    }

    async fn promised_bundles(
        &mut self,
        after: Option<AttachmentId>,
        limit: i64,
    ) -> Stored<Vec<(AttachmentId, EntryId)>> {
        let after = after.unwrap_or(AttachmentId(Uuid::nil()));
        let sql = "SELECT id, promise_id FROM attachment
             WHERE promise_id IS NOT NULL AND subject_kind = 'report' AND id > $1 ORDER BY id LIMIT $2";
        let rows = self.sql.fetch(sql, values![after, limit]).await?;
        rows.iter()
            .map(|row| Ok((row.get("id")?, row.get("promise_id")?)))
            .collect()
    }

    async fn promises(&mut self, after: Option<ReceptionId>, limit: i64) -> Stored<Vec<PromiseRow>> {
        let after = after.unwrap_or(ReceptionId(Uuid::nil()));
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM reception WHERE id > $1 ORDER BY id LIMIT $2",
                values![after, limit],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(PromiseRow {
                    id: row.get("id")?,
                    candidacy: row.get("candidacy_id")?,
                    call: row.get("call_id")?,
                    order_number: row.get("order_number")?,
                    received_at: row.get("received_at")?,
                    form_version: row.get("form_version")?,
                    entry: row.get("journal_entry_id")?,
                    receipt: row.get("receipt")?,
                    dead_at: row.get("dead_at")?,
                })
            })
            .collect()
    }
}
