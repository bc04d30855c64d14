//! Candidacies: their call, their state, what they offer.

pub(crate) mod rows;

use crate::engine::{Row, Value};
use crate::session::{SqlSession, listed};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::candidacy::CandidacyState;
use domain::ids::{CallId, CandidacyId, OrganisationId, ProgrammeId};
use domain::{Date, Timestamp};
use use_cases::ports::{CallFrame, Candidacies, CandidacyLine, CandidacyRow, OfferRow, OwnCandidacy, Stored};

/// The most rows that a list within one candidacy or desk gives.
pub(crate) const MANY: i64 = 500;

const CANDIDACY: &str = "SELECT c.*, l.programme_id, p.owner_id FROM candidacy c
    JOIN call l ON l.id = c.call_id JOIN programme p ON p.id = l.programme_id WHERE c.id = $1";

impl SqlSession {
    /// Runs a statement whose last part is a list of organisations.
    pub(crate) async fn of_organisations(
        &mut self,
        start: &str,
        end: &str,
        first: Vec<Value>,
        ids: &[OrganisationId],
    ) -> Stored<Vec<Row>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = first;
        let list = listed(ids, &mut values);
        self.sql.fetch_built(format!("{start} IN ({list}) {end}"), values).await
    }
}

#[async_trait]
impl Candidacies for SqlSession {
    async fn candidacy_call(&mut self, id: CallId) -> Stored<Option<Loaded<CallFrame>>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT p.owner_id, p.slug, p.name, p.legal_basis, p.notice_kind, p.settings, l.*
                 FROM call l JOIN programme p ON p.id = l.programme_id WHERE l.id = $1",
                values![id],
            )
            .await?;
        row.map(|row| Ok(Loaded::from_row(rows::frame(&row)?, row.get("revision")?)))
            .transpose()
    }

    async fn take_candidacy_call(&mut self, id: CallId) -> Stored<Option<Loaded<CallFrame>>> {
        let taken = self
            .sql
            .execute("UPDATE call SET revision = revision + 1 WHERE id = $1", values![id])
            .await?;
        if taken == 0 {
            Ok(None)
        } else {
            self.candidacy_call(id).await
        }
    }

    async fn set_call_decided(&mut self, id: CallId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE call SET state = 'decided', decided_at = $2 WHERE id = $1 AND decided_at IS NULL",
                values![id, at],
            )
            .await
    }

    async fn completed_tracks(
        &mut self,
        programme: ProgrammeId,
        organisation: OrganisationId,
        today: Date,
    ) -> Stored<Vec<String>> {
        let rows = self
            .sql
            .fetch(
                "SELECT track FROM completion
                 WHERE programme_id = $1 AND organisation_id = $2 AND completed_on <= $3 ORDER BY track LIMIT 500",
                values![programme, organisation, today.to_string()],
            )
            .await?;
        rows.iter().map(|row| row.get("track")).collect()
    }

    async fn count_attempts(&mut self, call: CallId, organisation: OrganisationId) -> Stored<i64> {
        self.sql
            .fetch_one(
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM candidacy WHERE call_id = $1 AND organisation_id = $2",
                values![call, organisation],
            )
            .await?
            .get("n")
    }

    async fn living_candidacy(&mut self, call: CallId, organisation: OrganisationId) -> Stored<Option<CandidacyId>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id FROM candidacy WHERE call_id = $1 AND organisation_id = $2 AND living",
                values![call, organisation],
            )
            .await?;
        row.map(|row| row.get("id")).transpose()
    }

    async fn insert_candidacy(&mut self, row: &CandidacyRow) -> Stored<Loaded<CandidacyRow>> {
        let c = &row.candidacy;
        self.sql
            .execute(
                "INSERT INTO candidacy (id, call_id, organisation_id, attempt, state, living, channel, state_at, revision, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)",
                values![
                    c.id, c.call, c.organisation, c.attempt, c.state.code(), c.state.is_living(), &row.channel, row.state_at,
                    row.created_by, row.created_at,
                ],
            )
            .await?;
        let row = self.sql.fetch_one(CANDIDACY, values![c.id]).await?;
        Ok(Loaded::from_row(rows::candidacy(&row)?, row.get("revision")?))
    }

    async fn candidacy(&mut self, id: CandidacyId) -> Stored<Option<Loaded<CandidacyRow>>> {
        let row = self.sql.fetch_optional(CANDIDACY, values![id]).await?;
        row.map(|row| Ok(Loaded::from_row(rows::candidacy(&row)?, row.get("revision")?)))
            .transpose()
    }

    async fn take_candidacy(&mut self, id: CandidacyId) -> Stored<Option<Loaded<CandidacyRow>>> {
        let taken = self
            .sql
            .execute(
                "UPDATE candidacy SET revision = revision + 1 WHERE id = $1",
                values![id],
            )
            .await?;
        if taken == 0 { Ok(None) } else { self.candidacy(id).await }
    }

    async fn save_candidacy(&mut self, row: &CandidacyRow) -> Stored<()> {
        let c = &row.candidacy;
        self.sql
            .execute_one(
                "UPDATE candidacy SET state = $3, living = $4, answers_sealed = $5, signatory_sealed = $6,
                     signed_form_blob_id = $7, signed_answers_hmac = $8, first_deposited_at = $9, answer_by = $10,
                     state_at = $11, channel = $12
                 WHERE id = $1 AND revision = $2",
                values![
                    c.id,
                    c.revision,
                    c.state.code(),
                    c.state.is_living(),
                    row.answers.clone(),
                    row.signatory.clone(),
                    row.signed_form,
                    row.signed_answers_hmac.clone(),
                    c.first_deposited_at,
                    row.answer_by,
                    row.state_at,
                    &row.channel,
                ],
            )
            .await
    }

    async fn candidacies_of_call(
        &mut self,
        call: CallId,
        state: Option<CandidacyState>,
        after: i64,
        limit: i64,
    ) -> Stored<Vec<CandidacyLine>> {
        let mut sql = "SELECT c.*, o.name AS organisation, r.order_number, r.received_at, r.dead_at FROM candidacy c
            JOIN organisation o ON o.id = c.organisation_id
            JOIN reception r ON r.candidacy_id = c.id AND r.order_number =
                (SELECT MAX(n.order_number) FROM reception n WHERE n.candidacy_id = c.id)
            WHERE c.call_id = $1 AND r.order_number > $2"
            .to_owned();
        let mut values = values![call, after, limit];
        if let Some(state) = state {
            sql += " AND c.state = $4";
            values.push(state.code().into());
        }
        sql += " ORDER BY r.order_number LIMIT $3";
        self.sql
            .fetch_built(sql, values)
            .await?
            .iter()
            .map(rows::line)
            .collect()
    }

    async fn count_candidacies(&mut self, call: CallId) -> Stored<Vec<(CandidacyState, i64)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT state, CAST(COUNT(*) AS BIGINT) AS n FROM candidacy
                 WHERE call_id = $1 AND first_deposited_at IS NOT NULL GROUP BY state",
                values![call],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((row.code("state", CandidacyState::from_code)?, row.get("n")?)))
            .collect()
    }

    async fn candidacies_of(&mut self, organisations: &[OrganisationId]) -> Stored<Vec<OwnCandidacy>> {
        let start = "SELECT c.*, l.title, l.closes_at, g.notice_kind, o.name AS organisation FROM candidacy c
            JOIN call l ON l.id = c.call_id JOIN programme g ON g.id = l.programme_id
            JOIN organisation o ON o.id = c.organisation_id WHERE c.organisation_id";
        let end = "ORDER BY c.created_at DESC, c.id DESC LIMIT $1";
        let rows = self.of_organisations(start, end, values![MANY], organisations).await?;
        rows.iter().map(rows::own).collect()
    }

    async fn overdue_candidacies(&mut self, call: CallId, now: Timestamp) -> Stored<Vec<CandidacyId>> {
        let rows = self
            .sql
            .fetch(
                "SELECT id FROM candidacy c WHERE call_id = $1 AND state IN ('selected', 'returned') AND answer_by <= $2
                 AND NOT EXISTS (SELECT 1 FROM candidacy_proposal p WHERE p.candidacy_id = c.id
                     AND p.contested_at IS NOT NULL AND p.contest_decided_at IS NULL
                     AND NOT EXISTS (SELECT 1 FROM candidacy_proposal later WHERE later.candidacy_id = c.id
                         AND later.confirmed_at > p.confirmed_at))
                 ORDER BY answer_by, id LIMIT 500",
                values![call, now],
            )
            .await?;
        rows.iter().map(|row| row.get("id")).collect()
    }

    async fn offers(&mut self, id: CandidacyId) -> Stored<Vec<OfferRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM candidacy_product WHERE candidacy_id = $1 ORDER BY position LIMIT $2",
                values![id, MANY],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(OfferRow {
                    id: row.get("id")?,
                    product: row.get("product_id")?,
                    offer: row.get("offer_sealed")?,
                })
            })
            .collect()
    }

    async fn replace_offers(&mut self, id: CandidacyId, offers: &[OfferRow]) -> Stored<()> {
        self.sql
            .execute("DELETE FROM candidacy_product WHERE candidacy_id = $1", values![id])
            .await?;
        for (position, offer) in (1_i64..).zip(offers) {
            self.sql
                .execute(
                    "INSERT INTO candidacy_product (id, candidacy_id, product_id, offer_sealed, position)
                     VALUES ($1, $2, $3, $4, $5)",
                    values![offer.id, id, offer.product, &offer.offer, position],
                )
                .await?;
        }
        Ok(())
    }
}
