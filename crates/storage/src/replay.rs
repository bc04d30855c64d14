//! Replays of what was recorded.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{InstanceId, PersonId, ReportId, RetestId};
use domain::instance::InstanceProblem;
use domain::replay::{ReplayFailure, ReplayResult, ReplayState};
use use_cases::ports::{ReplayOf, ReplayRow, Replays, StoreError, Stored};
use uuid::Uuid;

fn replay(row: &Row) -> Stored<ReplayRow> {
    let (report, retest) = (row.get("report_id")?, row.get("retest_id")?);
    let of = match (report, retest) {
        (Some(report), None) => ReplayOf::Report(ReportId(report)),
        (None, Some(retest)) => ReplayOf::Retest(RetestId(retest)),
        _ => {
            return Err(StoreError::Corrupt(
                "a replay is of one report or of one retest".to_owned(),
            ));
        }
    };
    Ok(ReplayRow {
        id: row.get("id")?,
        of,
        attachment: row.get("attachment_id")?,
        campaign: row.get("campaign_id")?,
        target: row.get("target_id")?,
        instance: row.get("instance_id")?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        state: row.code("state", ReplayState::from_code)?,
        until: row.get("until_at")?,
        failure: row.maybe_code("failure", ReplayFailure::from_code)?,
        problem: row.maybe_code("problem", InstanceProblem::from_code)?,
        result: row.maybe_code("result", ReplayResult::from_code)?,
        about: row.get("about_sealed")?,
        steps: row.get("steps_sealed")?,
    })
}

#[async_trait]
impl Replays for SqlSession {
    async fn insert_replay(&mut self, r: &ReplayRow) -> Stored<()> {
        let (report, retest) = match r.of {
            ReplayOf::Report(report) => (Some(report), None),
            ReplayOf::Retest(retest) => (None, Some(retest)),
        };
        self.sql
            .execute(
                "INSERT INTO replay (id, report_id, retest_id, attachment_id, campaign_id, target_id, instance_id, made_by,
                     made_at, state, until_at, about_sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                values![
                    r.id,
                    report,
                    retest,
                    r.attachment,
                    r.campaign,
                    r.target,
                    r.instance,
                    r.by,
                    r.at,
                    r.state.code(),
                    r.until,
                    &r.about
                ],
            )
            .await?;
        Ok(())
    }

    async fn move_replay(&mut self, r: &ReplayRow, before: ReplayState) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE replay SET state = $3, until_at = $4, failure = $5, problem = $6, result = $7, steps_sealed = $8
                 WHERE id = $1 AND state = $2",
                values![
                    r.id,
                    before.code(),
                    r.state.code(),
                    r.until,
                    r.failure.map(ReplayFailure::code),
                    r.problem.map(InstanceProblem::code),
                    r.result.map(ReplayResult::code),
                    r.steps.clone()
                ],
            )
            .await
    }

    async fn hold_replay(&mut self, id: Uuid, now: Timestamp, until: Timestamp) -> Stored<bool> {
        let held = self
            .sql
            .execute(
                "UPDATE replay SET until_at = $4 WHERE id = $1 AND state = $2 AND until_at > $3",
                values![id, ReplayState::Sending.code(), now, until],
            )
            .await?;
        Ok(held == 1)
    }

    async fn replay(&mut self, id: Uuid) -> Stored<Option<ReplayRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM replay WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(replay).transpose()
    }

    async fn replay_waiting_on(&mut self, instance: InstanceId) -> Stored<Option<Uuid>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id FROM replay WHERE instance_id = $1 AND state = $2",
                values![instance, ReplayState::Waiting.code()],
            )
            .await?;
        row.map(|row| row.get("id")).transpose()
    }

    async fn replays(&mut self, of: ReplayOf) -> Stored<Vec<ReplayRow>> {
        let (sql, id) = match of {
            ReplayOf::Report(id) => (
                "SELECT * FROM replay WHERE report_id = $1 ORDER BY made_at DESC, id DESC LIMIT 500",
                id.0,
            ),
            ReplayOf::Retest(id) => (
                "SELECT * FROM replay WHERE retest_id = $1 ORDER BY made_at DESC, id DESC LIMIT 500",
                id.0,
            ),
        };
        let rows = self.sql.fetch(sql, values![id]).await?;
        rows.iter().map(replay).collect()
    }

    async fn has_replay_under_way(&mut self, person: PersonId, now: Timestamp) -> Stored<bool> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id FROM replay WHERE made_by = $1 AND state IN ($2, $3) AND until_at > $4 LIMIT 1",
                values![person, ReplayState::Waiting.code(), ReplayState::Sending.code(), now],
            )
            .await?;
        Ok(row.is_some())
    }
}
