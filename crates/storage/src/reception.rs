//! Receptions: their numbers, and the places given by them.

use crate::candidacy::{MANY, rows};
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::candidacy::CandidacyState;
use domain::ids::{CallId, CandidacyId};
use domain::seats::Numbered;
use use_cases::ports::{PublicReception, ReceptionRow, Receptions, Stored};
use uuid::Uuid;

#[async_trait]
impl Receptions for SqlSession {
    async fn set_last_order(&mut self, id: CallId, order: i64, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE call SET last_order = $2, last_received_at = $3 WHERE id = $1 AND last_order = $2 - 1",
                values![id, order, at],
            )
            .await
    }

    async fn insert_reception(&mut self, row: &ReceptionRow) -> Stored<()> {
        let r = &row.reception;
        self.sql
            .execute(
                "INSERT INTO reception (id, candidacy_id, call_id, order_number, received_at, stated_arrival_at,
                     form_version, form_blob_id, journal_entry_id, receipt, dead_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)",
                values![
                    r.id,
                    r.candidacy,
                    r.call,
                    r.order_number,
                    r.received_at,
                    row.stated_arrival,
                    row.form_version,
                    r.form,
                    row.entry,
                    &row.receipt,
                ],
            )
            .await?;
        Ok(())
    }

    async fn receptions(&mut self, id: CandidacyId) -> Stored<Vec<ReceptionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM reception WHERE candidacy_id = $1 ORDER BY order_number DESC LIMIT $2",
                values![id, MANY],
            )
            .await?;
        rows.iter().map(rows::reception).collect()
    }

    async fn end_reception(&mut self, id: CandidacyId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE reception SET dead_at = $2 WHERE candidacy_id = $1 AND dead_at IS NULL",
                values![id, at],
            )
            .await?;
        Ok(())
    }

    async fn revive_reception(&mut self, id: CandidacyId) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE reception SET dead_at = NULL WHERE candidacy_id = $1 AND order_number =
                     (SELECT MAX(n.order_number) FROM reception n WHERE n.candidacy_id = $1)",
                values![id],
            )
            .await
    }

    async fn living_numbers(&mut self, call: CallId) -> Stored<Vec<i64>> {
        let rows = self
            .sql
            .fetch(
                "SELECT order_number FROM reception WHERE call_id = $1 AND dead_at IS NULL ORDER BY order_number LIMIT 100000",
                values![call],
            )
            .await?;
        rows.iter().map(|row| row.get("order_number")).collect()
    }

    async fn numbered(&mut self, call: CallId, state: CandidacyState) -> Stored<Vec<Numbered>> {
        let rows = self
            .sql
            .fetch(
                "SELECT c.id, r.order_number FROM candidacy c JOIN reception r ON r.candidacy_id = c.id AND r.dead_at IS NULL
                 WHERE c.call_id = $1 AND c.state = $2 ORDER BY r.order_number LIMIT 100000",
                values![call, state.code()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Numbered {
                    candidacy: row.get("id")?,
                    order_number: row.get("order_number")?,
                })
            })
            .collect()
    }

    async fn public_receptions(&mut self, call: CallId, after: i64, limit: i64) -> Stored<Vec<PublicReception>> {
        let rows = self
            .sql
            .fetch(
                "SELECT r.*, o.name AS organisation FROM reception r JOIN candidacy c ON c.id = r.candidacy_id
                 JOIN organisation o ON o.id = c.organisation_id
                 WHERE r.call_id = $1 AND r.order_number > $2 ORDER BY r.order_number LIMIT $3",
                values![call, after, limit],
            )
            .await?;
        rows.iter().map(rows::public_reception).collect()
    }

    async fn taken_seats(&mut self, call: CallId) -> Stored<Vec<i64>> {
        let rows = self
            .sql
            .fetch(
                "SELECT number FROM seat WHERE call_id = $1 AND released_at IS NULL ORDER BY number LIMIT 10000",
                values![call],
            )
            .await?;
        rows.iter().map(|row| row.get("number")).collect()
    }

    async fn insert_seat(
        &mut self,
        id: Uuid,
        call: CallId,
        number: i64,
        candidacy: CandidacyId,
        at: Timestamp,
    ) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO seat (id, call_id, number, candidacy_id, from_at) VALUES ($1, $2, $3, $4, $5)",
                values![id, call, number, candidacy, at],
            )
            .await?;
        Ok(())
    }

    async fn release_seat(&mut self, candidacy: CandidacyId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE seat SET released_at = $2 WHERE candidacy_id = $1 AND released_at IS NULL",
                values![candidacy, at],
            )
            .await?;
        Ok(())
    }
}
