//! The job queue and leases.

use crate::engine::{Engine, Row};
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::JobId;
use use_cases::ports::{FailingJob, JobRow, Jobs, Stored};
use uuid::Uuid;

fn job(row: &Row) -> Stored<JobRow> {
    Ok(JobRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        dedup_key: row.get("dedup_key")?,
        subject: row.get("subject_id")?,
        person: row.get("person_id")?,
        run_at: row.get("run_at")?,
        attempt: row.get("attempt")?,
        fence: row.get("fence")?,
    })
}

/// The next due job; PostgreSQL passes over those that another node is claiming.
const NEXT_SQLITE: &str = "SELECT id FROM job
    WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
    ORDER BY run_at, id LIMIT 1";
const NEXT_POSTGRES: &str = "SELECT id FROM job
    WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
    ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED";

#[async_trait]
impl Jobs for SqlSession {
    async fn enqueue(&mut self, j: &JobRow, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO job (id, kind, dedup_key, subject_id, person_id, run_at, attempt, fence, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7) ON CONFLICT (dedup_key) DO NOTHING",
                values![j.id, &j.kind, &j.dedup_key, j.subject, j.person, j.run_at, at],
            )
            .await?;
        Ok(())
    }

    async fn claim_job(&mut self, now: Timestamp, until: Timestamp) -> Stored<Option<JobRow>> {
        let next = match self.sql.engine() {
            Engine::Sqlite => NEXT_SQLITE,
            Engine::Postgres => NEXT_POSTGRES,
        };
        let Some(row) = self.sql.fetch_optional(next, values![now]).await? else {
            return Ok(None);
        };
        let id: JobId = row.get("id")?;
        let row = self
            .sql
            .fetch_one(
                "UPDATE job SET claimed_until = $2, attempt = attempt + 1, fence = fence + 1 WHERE id = $1 RETURNING *",
                values![id, until],
            )
            .await?;
        job(&row).map(Some)
    }

    async fn job_done(&mut self, id: JobId, fence: i64, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE job SET done_at = $3, claimed_until = NULL WHERE id = $1 AND fence = $2 AND done_at IS NULL",
                values![id, fence, at],
            )
            .await
    }

    async fn job_failed(
        &mut self,
        id: JobId,
        fence: i64,
        error: &str,
        again: Option<Timestamp>,
        at: Timestamp,
    ) -> Stored<()> {
        let failed_at = again.is_none().then_some(at);
        self.sql
            .execute_one(
                "UPDATE job SET run_at = $3, failed_at = $4, last_error = $5, claimed_until = NULL
                 WHERE id = $1 AND fence = $2 AND done_at IS NULL",
                values![id, fence, again.unwrap_or(at), failed_at, error],
            )
            .await
    }

    async fn failing_jobs(&mut self, limit: i64) -> Stored<Vec<FailingJob>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM job WHERE done_at IS NULL AND last_error IS NOT NULL
                 ORDER BY failed_at NULLS LAST, run_at, id LIMIT $1",
                values![limit],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let given_up: Option<Timestamp> = row.get("failed_at")?;
                let run_at: Timestamp = row.get("run_at")?;
                Ok(FailingJob {
                    id: row.get("id")?,
                    kind: row.get("kind")?,
                    trouble: row.get("last_error")?,
                    attempts: row.get("attempt")?,
                    since: row.get("created_at")?,
                    next: given_up.is_none().then_some(run_at),
                })
            })
            .collect()
    }

    async fn try_jobs_again(&mut self, id: Option<JobId>, now: Timestamp) -> Stored<i64> {
        let rows = match id {
            Some(id) => {
                self.sql
                    .fetch(
                        "UPDATE job SET run_at = $1, failed_at = NULL, attempt = 0
                         WHERE id = $2 AND done_at IS NULL AND last_error IS NOT NULL AND claimed_until IS NULL
                         RETURNING id",
                        values![now, id],
                    )
                    .await?
            }
            None => {
                self.sql
                    .fetch(
                        "UPDATE job SET run_at = $1, failed_at = NULL, attempt = 0
                         WHERE done_at IS NULL AND last_error IS NOT NULL AND claimed_until IS NULL
                         RETURNING id",
                        values![now],
                    )
                    .await?
            }
        };
        Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
    }

    async fn job_counts(&mut self) -> Stored<(i64, i64)> {
        let row = self
            .sql
            .fetch_one(
                "SELECT CAST(COUNT(*) AS BIGINT) AS waiting FROM job WHERE done_at IS NULL AND failed_at IS NULL",
                values![],
            )
            .await?;
        let failed = self
            .sql
            .fetch_one(
                "SELECT CAST(COUNT(*) AS BIGINT) AS failed FROM job WHERE failed_at IS NOT NULL",
                values![],
            )
            .await?;
        Ok((row.get("waiting")?, failed.get("failed")?))
    }

    async fn job_counts_of(&mut self, word: &str) -> Stored<(i64, i64)> {
        let row = self
            .sql
            .fetch_one(
                "SELECT CAST(COALESCE(SUM(CASE WHEN failed_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
                     CAST(COALESCE(SUM(CASE WHEN failed_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS failed
                 FROM job WHERE done_at IS NULL AND kind >= $1 AND kind < $2",
                values![format!("{word}."), format!("{word}/")],
            )
            .await?;
        Ok((row.get("waiting")?, row.get("failed")?))
    }

    async fn take_lease(&mut self, name: &str, holder: Uuid, now: Timestamp, until: Timestamp) -> Stored<Option<i64>> {
        let row = self
            .sql
            .fetch_optional(
                "INSERT INTO lease (name, holder, fence, until_at) VALUES ($1, $2, 1, $4)
                 ON CONFLICT (name) DO UPDATE SET holder = $2, fence = lease.fence + 1, until_at = $4
                 WHERE lease.holder = $2 OR lease.until_at < $3
                 RETURNING fence",
                values![name, holder, now, until],
            )
            .await?;
        row.map(|row| row.get("fence")).transpose()
    }
}
