//! Calls for candidacies.

use crate::engine::{Row, Value};
use crate::programme::{from_json, to_json};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::call::{Call, CallState};
use domain::ids::{CallId, OrganisationId, ProgrammeId};
use domain::programme::NoticeKind;
use domain::time::Window;
use use_cases::ports::{CallRecord, Calls, Stored};

const SELECT: &str = "SELECT c.*, p.owner_id, p.slug AS programme_slug, p.name AS programme_name, p.notice_kind,
    p.published_at AS programme_published_at FROM call c JOIN programme p ON p.id = c.programme_id";

fn call(row: &Row) -> Stored<Call> {
    let eligibility: String = row.get("eligibility")?;
    Ok(Call {
        id: row.get("id")?,
        programme: row.get("programme_id")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        places: row.get("places")?,
        max_waiting: row.get("waiting_places")?,
        window: Window {
            opens_at: row.get("opens_at")?,
            closes_at: row.get("closes_at")?,
        },
        form_version: row.get("form_version")?,
        state: row.code("state", CallState::from_code)?,
        confirm_within_days: row.get("confirm_within_days")?,
        last_order: row.get("last_order")?,
        last_received_at: row.get("last_received_at")?,
        eligibility: from_json("eligibility", &eligibility)?,
        revision: row.get("revision")?,
    })
}

fn record(row: &Row) -> Stored<CallRecord> {
    let form: String = row.get("form")?;
    let published: Option<Timestamp> = row.get("programme_published_at")?;
    Ok(CallRecord {
        call: call(row)?,
        form: from_json("form", &form)?,
        form_frozen_at: row.get("form_frozen_at")?,
        owner: row.get("owner_id")?,
        programme_slug: row.get("programme_slug")?,
        programme_name: row.get("programme_name")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        programme_published: published.is_some(),
        created_at: row.get("created_at")?,
        published_at: row.get("published_at")?,
        decided_at: row.get("decided_at")?,
        ended_at: row.get("ended_at")?,
        end_reason: row.get("end_reason")?,
    })
}

#[async_trait]
impl Calls for SqlSession {
    async fn call(&mut self, id: CallId) -> Stored<Option<Loaded<CallRecord>>> {
        let rows = self
            .sql
            .fetch_built(format!("{SELECT} WHERE c.id = $1"), values![id])
            .await?;
        let record = rows.first().map(record).transpose()?;
        Ok(record.map(|record| {
            let revision = record.call.revision;
            Loaded::from_row(record, revision)
        }))
    }

    async fn call_for_change(&mut self, id: CallId) -> Stored<Option<Loaded<CallRecord>>> {
        self.sql
            .execute("UPDATE call SET revision = revision + 1 WHERE id = $1", values![id])
            .await?;
        self.call(id).await
    }

    async fn insert_call(&mut self, record: &CallRecord) -> Stored<()> {
        let c = &record.call;
        let numbered = self
            .sql
            .fetch_one(
                "UPDATE programme SET last_call = last_call + 1 WHERE id = $1 RETURNING last_call",
                values![c.programme],
            )
            .await?;
        let number: i64 = numbered.get("last_call")?;
        self.sql
            .execute(
                "INSERT INTO call (id, programme_id, title, summary, state, places, waiting_places, opens_at, closes_at,
                 confirm_within_days, form, form_version, eligibility, last_order, revision, created_at, number)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 1, $14, $15)",
                values![
                    c.id, c.programme, &c.title, &c.summary, c.state.code(), c.places, c.max_waiting, c.window.opens_at,
                    c.window.closes_at, c.confirm_within_days, to_json(&record.form)?, c.form_version,
                    to_json(&c.eligibility)?, record.created_at, number,
                ],
            )
            .await?;
        Ok(())
    }

    async fn save_call(&mut self, record: &CallRecord) -> Stored<()> {
        let c = &record.call;
        self.sql
            .execute_one(
                "UPDATE call SET title = $2, summary = $3, state = $4, places = $5, waiting_places = $6, opens_at = $7,
                 closes_at = $8, confirm_within_days = $9, form = $10, form_version = $11, form_frozen_at = $12,
                 eligibility = $13, published_at = $14, decided_at = $15, ended_at = $16, end_reason = $17
                 WHERE id = $1 AND revision = $18",
                values![
                    c.id,
                    &c.title,
                    &c.summary,
                    c.state.code(),
                    c.places,
                    c.max_waiting,
                    c.window.opens_at,
                    c.window.closes_at,
                    c.confirm_within_days,
                    to_json(&record.form)?,
                    c.form_version,
                    record.form_frozen_at,
                    to_json(&c.eligibility)?,
                    record.published_at,
                    record.decided_at,
                    record.ended_at,
                    record.end_reason.clone(),
                    c.revision,
                ],
            )
            .await
    }

    async fn calls_of_programme(&mut self, programme: ProgrammeId) -> Stored<Vec<CallRecord>> {
        let sql = format!("{SELECT} WHERE c.programme_id = $1 ORDER BY c.opens_at DESC, c.id DESC LIMIT 200");
        self.sql
            .fetch_built(sql, values![programme])
            .await?
            .iter()
            .map(record)
            .collect()
    }

    async fn living_calls_of(&mut self, owners: &[OrganisationId]) -> Stored<Vec<CallRecord>> {
        if owners.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(1, owners.len());
        let values = padded(owners, size).into_iter().map(Value::from).collect();
        let sql = format!(
            "{SELECT} WHERE p.owner_id IN ({list}) AND c.state NOT IN ('decided', 'cancelled')
             ORDER BY c.closes_at, c.id LIMIT 200"
        );
        self.sql.fetch_built(sql, values).await?.iter().map(record).collect()
    }
}
