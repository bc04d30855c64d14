//! The instruction of candidacies: proposals of two people, paper, appeals, letters.

use crate::candidacy::{MANY, rows};
use crate::session::{SqlSession, listed};
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CallId, CandidacyId, OrganisationId, PersonId};
use domain::organisation::Organisation;
use use_cases::ports::{AppealRow, InstructionKind, Instructions, LetterRow, PaperRow, ProposalRow, Stored, Waiting};
use uuid::Uuid;

fn by(pair: Option<&(PersonId, Timestamp)>) -> Option<PersonId> {
    pair.map(|(by, _)| *by)
}

fn at(pair: Option<&(PersonId, Timestamp)>) -> Option<Timestamp> {
    pair.map(|(_, at)| *at)
}

/// What is told of a call and of a candidacy to whoever instructs it.
const TOLD: &str = "l.title, l.id AS call_id, l.programme_id, g.owner_id, o.name AS organisation";
/// The candidacy `c`, its call, its programme and its organisation.
const OF_CANDIDACY: &str = "JOIN call l ON l.id = c.call_id JOIN programme g ON g.id = l.programme_id
    JOIN organisation o ON o.id = c.organisation_id";

/// Selects what waits of a kind, with the columns of all kinds, and says in which order.
fn waiting_of(kind: InstructionKind) -> (String, &'static str) {
    let name = kind.code();
    let proposal = format!(
        "SELECT '{name}' AS kind, {TOLD}, c.id AS candidacy_id, p.proposed_by AS first_by, p.confirmed_by AS second_by,
             p.contest_by AS third_by"
    );
    let proposals = format!("FROM candidacy_proposal p JOIN candidacy c ON c.id = p.candidacy_id {OF_CANDIDACY}");
    match kind {
        InstructionKind::Proposal => (
            format!(
                "{proposal}, p.proposed_at AS rank, p.id AS row_id {proposals}
                 WHERE p.confirmed_at IS NULL AND p.refused_at IS NULL"
            ),
            "p.proposed_at, p.id",
        ),
        InstructionKind::Objection => (
            format!(
                "{proposal}, p.contested_at AS rank, p.id AS row_id {proposals}
                 WHERE p.contested_at IS NOT NULL AND p.contest_decided_at IS NULL"
            ),
            "p.contested_at, p.id",
        ),
        InstructionKind::Paper => (
            format!(
                "SELECT '{name}' AS kind, {TOLD}, d.candidacy_id, d.entered_by AS first_by, d.confirmed_by AS second_by,
                     d.refused_by AS third_by, d.entered_at AS rank, d.id AS row_id
                 FROM paper_deposit d JOIN call l ON l.id = d.call_id JOIN programme g ON g.id = l.programme_id
                 JOIN organisation o ON o.id = d.organisation_id WHERE d.confirmed_at IS NULL AND d.refused_at IS NULL"
            ),
            "d.entered_at, d.id",
        ),
        InstructionKind::Promotion => (
            format!(
                "SELECT '{name}' AS kind, {TOLD}, c.id AS candidacy_id, NULLIF(c.created_by, c.created_by) AS first_by,
                     NULLIF(c.created_by, c.created_by) AS second_by, NULLIF(c.created_by, c.created_by) AS third_by,
                     -d.issued_at AS rank, d.id AS row_id
                 FROM decision_letter d JOIN candidacy c ON c.id = d.candidacy_id {OF_CANDIDACY}
                 WHERE d.kind = 'promoted' AND d.issued_at >= $2"
            ),
            "d.issued_at DESC, d.id",
        ),
    }
}

#[async_trait]
impl Instructions for SqlSession {
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

    async fn instructions_waiting(
        &mut self,
        owners: &[OrganisationId],
        since: Timestamp,
    ) -> Stored<Vec<(InstructionKind, Waiting)>> {
        if owners.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = values![MANY, since];
        let list = listed(owners, &mut values);
        let kinds: Vec<String> = InstructionKind::ALL
            .iter()
            .map(|kind| {
                let (select, order) = waiting_of(*kind);
                format!(
                    "SELECT * FROM ({select} AND g.owner_id IN ({list}) ORDER BY {order} LIMIT $1) {}",
                    kind.code()
                )
            })
            .collect();
        let sql = format!("{} ORDER BY kind, rank, row_id", kinds.join(" UNION ALL "));
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.code("kind", InstructionKind::from_code)?, rows::waiting(row)?)))
            .collect()
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
