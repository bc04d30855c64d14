//! What is known of the sharing of vulnerabilities, and where deployers stand.

mod cases;
mod rows;
mod waiting;

pub(crate) use rows::position;
pub(crate) use waiting::owned;

use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use cases::{NEWEST, UNANSWERED, among};
use domain::Timestamp;
use domain::ids::{OrganisationId, ProductId, VulnerabilityId};
use rows::{circle_row, loaded};
use std::collections::BTreeMap;
use use_cases::ports::{CaseFilter, CircleRow, PhaseMoveRow, PositionRow, Positions, SharingCase, Stored};
use uuid::Uuid;

#[async_trait]
impl Positions for SqlSession {
    async fn sharing_case(&mut self, id: VulnerabilityId) -> Stored<Option<Loaded<SharingCase>>> {
        let found = self
            .list_cases(("v.id = $1", NEWEST), values![id], 1)
            .await?
            .into_iter()
            .next();
        Ok(found.map(|case| {
            let revision = case.revision;
            Loaded::from_row(case, revision)
        }))
    }

    async fn take_sharing_case(&mut self, id: VulnerabilityId) -> Stored<Option<Loaded<SharingCase>>> {
        self.sql
            .execute(
                "UPDATE vulnerability SET revision = revision + 1 WHERE id = $1",
                values![id],
            )
            .await?;
        self.sharing_case(id).await
    }

    async fn save_sharing(&mut self, case: &SharingCase) -> Stored<()> {
        let (until, lifted_at, consented) = case.embargo.parts();
        self.sql
            .execute_one(
                "UPDATE vulnerability SET phase = $1, phase_at = $2, tlp = $3, embargo_until = $4, embargo_lifted_at = $5,
                     vendor_allows_details = $6, public_approved_by = $7, vendor_opinion = $8, vendor_opinion_sealed = $9,
                     vendor_opinion_due = $10, vendor_opinion_at = $11, reminded_at = $12
                 WHERE id = $13 AND revision = $14",
                values![
                    case.phase.code(), case.phase_at, case.tlp.code(), until, lifted_at, consented, case.approved_by,
                    case.opinion.says.clone(), case.opinion.reason.clone(), case.opinion.due, case.opinion.given_at, case.reminded_at, case.id,
                    case.revision,
                ],
            )
            .await
    }

    async fn sharing_cases(&mut self, filter: &CaseFilter) -> Stored<Vec<SharingCase>> {
        self.cases_of(filter).await
    }

    async fn count_late(
        &mut self,
        cases: &[(VulnerabilityId, Timestamp)],
    ) -> Stored<Vec<(VulnerabilityId, i64, Timestamp)>> {
        let mut by_instant: BTreeMap<Timestamp, Vec<VulnerabilityId>> = BTreeMap::new();
        for (id, informed_before) in cases {
            by_instant.entry(*informed_before).or_default().push(*id);
        }
        let mut late = Vec::new();
        for (informed_before, ids) in by_instant {
            let mut values = values![informed_before];
            let of = among("s.vulnerability_id", &ids, &mut values);
            let sql = format!(
                "SELECT s.vulnerability_id, CAST(COUNT(*) AS BIGINT) AS n, MIN(s.informed_at) AS since FROM position s
                 WHERE {of} AND {UNANSWERED} AND s.informed_at <= $1 GROUP BY s.vulnerability_id"
            );
            for row in self.sql.fetch_built(sql, values).await? {
                late.push((row.get("vulnerability_id")?, row.get("n")?, row.get("since")?));
            }
        }
        Ok(late)
    }

    async fn insert_phase_move(&mut self, row: &PhaseMoveRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO phase_move (id, vulnerability_id, from_phase, to_phase, reason_sealed, moved_by, moved_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    row.id,
                    row.vulnerability,
                    row.from.code(),
                    row.to.code(),
                    row.reason.clone(),
                    row.by,
                    row.at
                ],
            )
            .await?;
        Ok(())
    }

    async fn circle(&mut self, products: &[ProductId]) -> Stored<Vec<CircleRow>> {
        let mut values = Vec::new();
        let of = among("product_id", products, &mut values);
        let sql = format!(
            "SELECT id, organisation_id, product_id, state, from_at FROM deployment
             WHERE {of} AND until_at IS NULL AND state <> 'ended'"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(circle_row).collect()
    }

    async fn count_circle(&mut self, products: &[ProductId], only: Option<OrganisationId>) -> Stored<i64> {
        let mut values = Vec::new();
        let mut of = among("product_id", products, &mut values);
        if let Some(only) = only {
            values.push(only.into());
            of += &format!(" AND organisation_id = ${}", values.len());
        }
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT DISTINCT organisation_id FROM deployment
                 WHERE {of} AND until_at IS NULL AND state <> 'ended') t"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    async fn run_by(&mut self, organisation: OrganisationId) -> Stored<Vec<CircleRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT id, organisation_id, product_id, state, from_at FROM deployment
                 WHERE organisation_id = $1 AND until_at IS NULL AND state <> 'ended' ORDER BY from_at, id LIMIT 2000",
                values![organisation],
            )
            .await?;
        rows.iter().map(circle_row).collect()
    }

    async fn position(
        &mut self,
        vulnerability: VulnerabilityId,
        organisation: OrganisationId,
    ) -> Stored<Option<Loaded<PositionRow>>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT * FROM position WHERE vulnerability_id = $1 AND organisation_id = $2
                 ORDER BY CASE WHEN left_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1",
                values![vulnerability, organisation],
            )
            .await?;
        row.as_ref().map(loaded).transpose()
    }

    async fn position_by_id(&mut self, id: Uuid) -> Stored<Option<Loaded<PositionRow>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM position WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(loaded).transpose()
    }

    async fn count_answered(&mut self, vulnerability: VulnerabilityId) -> Stored<i64> {
        self.sql
            .fetch_one(
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM position
                 WHERE vulnerability_id = $1 AND left_at IS NULL AND answered_at IS NOT NULL",
                values![vulnerability],
            )
            .await?
            .get("n")
    }

    async fn positions(&mut self, vulnerability: VulnerabilityId) -> Stored<Vec<PositionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM position WHERE vulnerability_id = $1 ORDER BY id",
                values![vulnerability],
            )
            .await?;
        rows.iter().map(position).collect()
    }

    async fn positions_of(&mut self, organisation: OrganisationId) -> Stored<Vec<PositionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM position WHERE organisation_id = $1 ORDER BY id DESC LIMIT 2000",
                values![organisation],
            )
            .await?;
        rows.iter().map(position).collect()
    }

    async fn insert_position(&mut self, row: &PositionRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO position (id, vulnerability_id, organisation_id, state, informed_at, declared_late, revision)
                 VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING",
                values![row.id, row.vulnerability, row.organisation, row.state.code(), row.informed_at, row.declared_late],
            )
            .await?;
        Ok(())
    }

    async fn save_position(&mut self, row: &PositionRow) -> Stored<()> {
        let (proposal, own) = (row.proposal.as_ref(), row.own.as_ref());
        self.sql
            .execute_one(
                "UPDATE position SET state = $1, informed_at = $2, read_at = $3, answered_at = $4, answered_by = $5,
                     reason_sealed = $6, acceptance_sealed = $7, acceptance_until = $8, declared_late = $9, left_at = $10,
                     proposal_sealed = $11, proposal_until = $12, proposed_by = $13, proposed_at = $14, own_band = $15,
                     own_score = $16, own_sealed = $17, own_by = $18, own_at = $19, revision = revision + 1
                 WHERE id = $20 AND revision = $21",
                values![
                    row.state.code(), row.informed_at, row.read_at, row.answered_at, row.answered_by, row.reason.clone(),
                    row.acceptance.clone(), row.acceptance_until, row.declared_late, row.left_at,
                    proposal.map(|one| one.sealed.clone()), proposal.map(|one| one.until), proposal.map(|one| one.by),
                    proposal.map(|one| one.at), own.map(|one| one.rated.band.code()),
                    own.and_then(|one| one.rated.score_tenths), own.map(|one| one.sealed.clone()), own.map(|one| one.by),
                    own.map(|one| one.at), row.id, row.revision,
                ],
            )
            .await
    }
}
