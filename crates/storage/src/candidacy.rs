//! Candidacies: their contents, receptions, places, proposals, paper, letters, appeals.

mod rows;

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::candidacy::CandidacyState;
use domain::ids::{CallId, CandidacyId, OrganisationId, PersonId, ProgrammeId};
use domain::organisation::Organisation;
use domain::seats::Numbered;
use use_cases::ports::{
    AppealRow, CallFrame, Candidacies, CandidacyLine, CandidacyRow, LetterRow, OfferRow, OwnCandidacy, PaperRow,
    ProposalRow, PublicReception, ReceptionRow, Stored, Waiting,
};
use uuid::Uuid;

/// The most rows that a list within one candidacy or desk gives.
const MANY: i64 = 500;

const CANDIDACY: &str = "SELECT c.*, l.programme_id, p.owner_id FROM candidacy c
    JOIN call l ON l.id = c.call_id JOIN programme p ON p.id = l.programme_id WHERE c.id = $1";

fn by(pair: Option<&(PersonId, Timestamp)>) -> Option<PersonId> {
    pair.map(|(by, _)| *by)
}

fn at(pair: Option<&(PersonId, Timestamp)>) -> Option<Timestamp> {
    pair.map(|(_, at)| *at)
}

impl SqlSession {
    /// Runs a statement whose last part is a list of organisations.
    async fn of_organisations(
        &mut self,
        start: &str,
        end: &str,
        first: Vec<Value>,
        ids: &[OrganisationId],
    ) -> Stored<Vec<Row>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = ids.get(..256).unwrap_or(ids);
        let (list, size) = placeholders(first.len() + 1, ids.len());
        let mut values = first;
        values.extend(padded(ids, size).into_iter().map(Value::from));
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

    async fn set_last_order(&mut self, id: CallId, order: i64, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE call SET last_order = $2, last_received_at = $3 WHERE id = $1 AND last_order = $2 - 1",
                values![id, order, at],
            )
            .await
    }

    async fn set_call_decided(&mut self, id: CallId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE call SET state = 'decided', decided_at = $2 WHERE id = $1 AND decided_at IS NULL",
                values![id, at],
            )
            .await
    }

    async fn completed_tracks(&mut self, programme: ProgrammeId, organisation: OrganisationId) -> Stored<Vec<String>> {
        let rows = self
            .sql
            .fetch(
                "SELECT track FROM completion WHERE programme_id = $1 AND organisation_id = $2 ORDER BY track LIMIT 500",
                values![programme, organisation],
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

    async fn insert_proposal(&mut self, row: &ProposalRow) -> Stored<()> {
        let (proposed_by, proposed_at) = row.proposed;
        self.sql
            .execute(
                "INSERT INTO candidacy_proposal (id, candidacy_id, kind, reason_sealed, proposed_by, proposed_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![
                    row.id.0,
                    row.candidacy,
                    row.kind.code(),
                    &row.reason,
                    proposed_by,
                    proposed_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn proposals(&mut self, id: CandidacyId) -> Stored<Vec<ProposalRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM candidacy_proposal WHERE candidacy_id = $1 ORDER BY proposed_at, id LIMIT $2",
                values![id, MANY],
            )
            .await?;
        rows.iter().map(rows::proposal).collect()
    }

    async fn save_proposal(&mut self, row: &ProposalRow) -> Stored<()> {
        let contest = row.contest.as_ref();
        let decision = row.decision.as_ref();
        self.sql
            .execute_one(
                "UPDATE candidacy_proposal SET confirmed_by = $2, confirmed_at = $3, refused_by = $4, refused_at = $5,
                     contest_by = $6, contested_at = $7, contest_sealed = $8, contest_decided_by = $9,
                     contest_decided_at = $10, contest_upheld = $11, contest_reason_sealed = $12 WHERE id = $1",
                values![
                    row.id.0,
                    by(row.confirmed.as_ref()),
                    at(row.confirmed.as_ref()),
                    by(row.refused.as_ref()),
                    at(row.refused.as_ref()),
                    contest.map(|c| c.0),
                    contest.map(|c| c.1),
                    contest.map(|c| c.2.clone()),
                    decision.map(|d| d.0),
                    decision.map(|d| d.1),
                    decision.map(|d| d.2),
                    decision.map(|d| d.3.clone()),
                ],
            )
            .await
    }

    async fn count_undecided(&mut self, call: CallId) -> Stored<i64> {
        let row = self
            .sql
            .fetch_one(
                "SELECT CAST((SELECT COUNT(*) FROM candidacy_proposal p JOIN candidacy c ON c.id = p.candidacy_id
                     WHERE c.call_id = $1 AND p.confirmed_at IS NULL AND p.refused_at IS NULL)
                   + (SELECT COUNT(*) FROM candidacy_proposal p JOIN candidacy c ON c.id = p.candidacy_id
                     WHERE c.call_id = $1 AND c.state IN ('returned', 'ineligible')
                     AND p.contested_at IS NOT NULL AND p.contest_decided_at IS NULL
                     AND NOT EXISTS (SELECT 1 FROM candidacy_proposal later WHERE later.candidacy_id = c.id
                         AND later.confirmed_at > p.confirmed_at))
                   + (SELECT COUNT(*) FROM paper_deposit d
                     WHERE d.call_id = $1 AND d.confirmed_at IS NULL AND d.refused_at IS NULL) AS BIGINT) AS n",
                values![call],
            )
            .await?;
        row.get("n")
    }

    async fn proposals_waiting(&mut self, owners: &[OrganisationId]) -> Stored<Vec<Waiting>> {
        let start =
            "SELECT l.title, l.id AS call_id, l.programme_id, g.owner_id, o.name AS organisation, c.id AS candidacy_id,
                p.proposed_by AS first_by, p.confirmed_by AS second_by, p.contest_by AS third_by
            FROM candidacy_proposal p JOIN candidacy c ON c.id = p.candidacy_id JOIN call l ON l.id = c.call_id
            JOIN programme g ON g.id = l.programme_id JOIN organisation o ON o.id = c.organisation_id
            WHERE p.confirmed_at IS NULL AND p.refused_at IS NULL AND g.owner_id";
        let rows = self
            .of_organisations(start, "ORDER BY p.proposed_at, p.id LIMIT $1", values![MANY], owners)
            .await?;
        rows.iter().map(rows::waiting).collect()
    }

    async fn objections_waiting(&mut self, owners: &[OrganisationId]) -> Stored<Vec<Waiting>> {
        let start =
            "SELECT l.title, l.id AS call_id, l.programme_id, g.owner_id, o.name AS organisation, c.id AS candidacy_id,
                p.proposed_by AS first_by, p.confirmed_by AS second_by, p.contest_by AS third_by
            FROM candidacy_proposal p JOIN candidacy c ON c.id = p.candidacy_id JOIN call l ON l.id = c.call_id
            JOIN programme g ON g.id = l.programme_id JOIN organisation o ON o.id = c.organisation_id
            WHERE p.contested_at IS NOT NULL AND p.contest_decided_at IS NULL AND g.owner_id";
        let rows = self
            .of_organisations(start, "ORDER BY p.contested_at, p.id LIMIT $1", values![MANY], owners)
            .await?;
        rows.iter().map(rows::waiting).collect()
    }

    async fn papers_waiting(&mut self, owners: &[OrganisationId]) -> Stored<Vec<Waiting>> {
        let start =
            "SELECT l.title, l.id AS call_id, l.programme_id, g.owner_id, o.name AS organisation, d.candidacy_id,
                d.entered_by AS first_by, d.confirmed_by AS second_by, d.refused_by AS third_by
            FROM paper_deposit d JOIN call l ON l.id = d.call_id JOIN programme g ON g.id = l.programme_id
            JOIN organisation o ON o.id = d.organisation_id
            WHERE d.confirmed_at IS NULL AND d.refused_at IS NULL AND g.owner_id";
        let rows = self
            .of_organisations(start, "ORDER BY d.entered_at, d.id LIMIT $1", values![MANY], owners)
            .await?;
        rows.iter().map(rows::waiting).collect()
    }

    async fn promoted_since(&mut self, owners: &[OrganisationId], since: Timestamp) -> Stored<Vec<Waiting>> {
        let start =
            "SELECT l.title, l.id AS call_id, l.programme_id, g.owner_id, o.name AS organisation, c.id AS candidacy_id,
                NULLIF(c.created_by, c.created_by) AS first_by, NULLIF(c.created_by, c.created_by) AS second_by,
                NULLIF(c.created_by, c.created_by) AS third_by
            FROM decision_letter d JOIN candidacy c ON c.id = d.candidacy_id JOIN call l ON l.id = c.call_id
            JOIN programme g ON g.id = l.programme_id JOIN organisation o ON o.id = c.organisation_id
            WHERE d.kind = 'promoted' AND d.issued_at >= $2 AND g.owner_id";
        let rows = self
            .of_organisations(
                start,
                "ORDER BY d.issued_at DESC, d.id LIMIT $1",
                values![MANY, since],
                owners,
            )
            .await?;
        rows.iter().map(rows::waiting).collect()
    }

    async fn insert_paper(&mut self, row: &PaperRow) -> Stored<()> {
        let (entered_by, entered_at) = row.entered;
        self.sql
            .execute(
                "INSERT INTO paper_deposit (id, call_id, organisation_id, stated_arrival_at, scan_blob_id, content_sealed,
                     entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                values![
                    row.id, row.call, row.organisation, row.stated_arrival, row.scan, &row.content, entered_by, entered_at,
                ],
            )
            .await?;
        Ok(())
    }

    async fn paper(&mut self, id: Uuid) -> Stored<Option<PaperRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM paper_deposit WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(rows::paper).transpose()
    }

    async fn papers(&mut self, call: CallId) -> Stored<Vec<(PaperRow, Organisation)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM paper_deposit WHERE call_id = $1 ORDER BY entered_at DESC, id DESC LIMIT $2",
                values![call, MANY],
            )
            .await?;
        let papers = rows.iter().map(rows::paper).collect::<Stored<Vec<_>>>()?;
        let ids: Vec<_> = papers.iter().map(|paper| paper.organisation).collect();
        let organisations = use_cases::ports::Organisations::organisations(self, &ids).await?;
        Ok(papers
            .into_iter()
            .filter_map(|paper| {
                let organisation = organisations.iter().find(|o| o.id == paper.organisation)?.clone();
                Some((paper, organisation))
            })
            .collect())
    }

    async fn save_paper(&mut self, row: &PaperRow) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE paper_deposit SET candidacy_id = $2, confirmed_by = $3, confirmed_at = $4, refused_by = $5,
                     refused_at = $6 WHERE id = $1 AND confirmed_at IS NULL AND refused_at IS NULL",
                values![
                    row.id,
                    row.candidacy,
                    by(row.confirmed.as_ref()),
                    at(row.confirmed.as_ref()),
                    by(row.refused.as_ref()),
                    at(row.refused.as_ref()),
                ],
            )
            .await
    }

    async fn insert_appeal(&mut self, row: &AppealRow) -> Stored<()> {
        let (recorded_by, recorded_at) = row.recorded;
        self.sql
            .execute(
                "INSERT INTO appeal (id, candidacy_id, recorded_by, recorded_at, kind, lodged_on, reference, text_sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                values![
                    row.id, row.candidacy, recorded_by, recorded_at, &row.kind, &row.lodged_on, row.reference.clone(),
                    &row.text,
                ],
            )
            .await?;
        Ok(())
    }

    async fn appeals(&mut self, id: CandidacyId) -> Stored<Vec<AppealRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM appeal WHERE candidacy_id = $1 ORDER BY recorded_at, id LIMIT $2",
                values![id, MANY],
            )
            .await?;
        rows.iter().map(rows::appeal).collect()
    }

    async fn insert_letter(&mut self, row: &LetterRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO decision_letter (id, candidacy_id, kind, number, body_sealed, journal_entry_id, issued_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    row.id,
                    row.candidacy,
                    &row.kind,
                    row.number,
                    &row.body,
                    row.entry,
                    row.issued_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn letters(&mut self, id: CandidacyId) -> Stored<Vec<LetterRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM decision_letter WHERE candidacy_id = $1 ORDER BY number LIMIT $2",
                values![id, MANY],
            )
            .await?;
        rows.iter().map(rows::letter).collect()
    }
}
