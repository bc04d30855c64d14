//! Replays of what was recorded.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::ids::ReportId;
use domain::replay::ReplayResult;
use use_cases::ports::{ReplayRow, Replays, Stored};
use uuid::Uuid;

fn replay(row: &Row) -> Stored<ReplayRow> {
    Ok(ReplayRow {
        id: row.get("id")?,
        report: row.get("report_id")?,
        attachment: row.get("attachment_id")?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        result: row.code("result", ReplayResult::from_code)?,
        steps: row.get("steps_sealed")?,
    })
}

#[async_trait]
impl Replays for SqlSession {
    async fn insert_replay(&mut self, r: &ReplayRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO replay (id, report_id, attachment_id, made_by, made_at, result, steps_sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![r.id, r.report, r.attachment, r.by, r.at, r.result.code(), &r.steps],
            )
            .await?;
        Ok(())
    }

    async fn replay(&mut self, id: Uuid) -> Stored<Option<ReplayRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM replay WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(replay).transpose()
    }

    async fn replays(&mut self, report: ReportId) -> Stored<Vec<ReplayRow>> {
        let sql = "SELECT * FROM replay WHERE report_id = $1 ORDER BY made_at DESC, id DESC LIMIT 500";
        let rows = self.sql.fetch(sql, values![report]).await?;
        rows.iter().map(replay).collect()
    }
}
