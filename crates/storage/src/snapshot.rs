//! Kept states of instances.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::ids::{SnapshotId, TargetId};
use domain::snapshot::{SnapshotProblem, SnapshotState};
use use_cases::ports::{SnapshotRow, Snapshots, Stored};

fn snapshot(row: &Row) -> Stored<SnapshotRow> {
    Ok(SnapshotRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        target: row.get("target_id")?,
        instance: row.get("instance_id")?,
        name: row.get("name_sealed")?,
        state: row.code("state", SnapshotState::from_code)?,
        problem: row.maybe_code("problem", SnapshotProblem::from_code)?,
        by: row.get("kept_by")?,
        created_at: row.get("created_at")?,
        since: row.get("since")?,
    })
}

#[async_trait]
impl Snapshots for SqlSession {
    async fn insert_snapshot(&mut self, s: &SnapshotRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO target_snapshot (id, campaign_id, target_id, instance_id, name_sealed, state, kept_by, created_at,
                     since)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                values![
                    s.id,
                    s.campaign,
                    s.target,
                    s.instance,
                    &s.name,
                    s.state.code(),
                    s.by,
                    s.created_at,
                    s.since
                ],
            )
            .await?;
        Ok(())
    }

    async fn move_snapshot(&mut self, s: &SnapshotRow, before: SnapshotState) -> Stored<()> {
        let ended = (s.state == SnapshotState::Ended).then_some(s.since);
        self.sql
            .execute_one(
                "UPDATE target_snapshot SET state = $3, since = $4, ended_at = $5, problem = $6 WHERE id = $1 AND state = $2",
                values![
                    s.id,
                    before.code(),
                    s.state.code(),
                    s.since,
                    ended,
                    s.problem.map(SnapshotProblem::code)
                ],
            )
            .await
    }

    async fn target_snapshot(&mut self, id: SnapshotId) -> Stored<Option<SnapshotRow>> {
        let sql = "SELECT * FROM target_snapshot WHERE id = $1";
        let row = self.sql.fetch_optional(sql, values![id]).await?;
        row.as_ref().map(snapshot).transpose()
    }

    async fn snapshots_of(&mut self, target: TargetId) -> Stored<Vec<SnapshotRow>> {
        let sql = "SELECT * FROM target_snapshot WHERE target_id = $1 AND ended_at IS NULL ORDER BY created_at, id LIMIT 1000";
        let rows = self.sql.fetch(sql, values![target]).await?;
        rows.iter().map(snapshot).collect()
    }

    async fn snapshots_ever_of(&mut self, target: TargetId) -> Stored<Vec<SnapshotRow>> {
        let sql = "SELECT * FROM target_snapshot WHERE target_id = $1 ORDER BY created_at, id LIMIT 10000";
        let rows = self.sql.fetch(sql, values![target]).await?;
        rows.iter().map(snapshot).collect()
    }

    async fn target_snapshots(&mut self) -> Stored<Vec<SnapshotRow>> {
        let sql = "SELECT * FROM target_snapshot WHERE ended_at IS NULL ORDER BY created_at, id LIMIT 10000";
        let rows = self.sql.fetch(sql, values![]).await?;
        rows.iter().map(snapshot).collect()
    }
}
