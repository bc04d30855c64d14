//! What concerns one organisation, in one statement.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::sharing;
use crate::values;
use crate::vulnerability::delays;
use async_trait::async_trait;
use domain::Standing;
use domain::Timestamp;
use domain::concern::Rated;
use domain::ids::{OrganisationId, PersonId, VulnerabilityId};
use domain::position::PositionState;
use domain::programme::NoticeKind;
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use use_cases::ports::{ConcernPosition, ConcernRow, Concerns, PositionRow, StoreError, Stored};

/// The vulnerabilities of what an organisation runs, with the best standing of its deployments.
const CONCERNS: &str = "WITH own (product_id, standing, from_at) AS (
        SELECT d.product_id, CAST(CASE WHEN d.state = 'confirmed' THEN 2 ELSE 1 END AS BIGINT), d.from_at FROM deployment d
            WHERE d.organisation_id = $1 AND d.until_at IS NULL AND d.state <> 'ended'),
    near (vulnerability_id, standing, from_at) AS (
        SELECT f.id, n.standing, n.from_at FROM own n JOIN vulnerability f ON f.product_id = n.product_id
        UNION ALL SELECT l.vulnerability_id, n.standing, n.from_at FROM own n
            JOIN vulnerability_product l ON l.product_id = n.product_id WHERE l.until_at IS NULL),
    found (vulnerability_id, standing, since) AS (
        SELECT vulnerability_id, MAX(standing), MIN(from_at) FROM near GROUP BY vulnerability_id)
    SELECT v.id, v.product_id, v.reach, v.organisation_id, v.state, v.origin, v.band, v.score, v.opened_at, v.phase, v.phase_at,
        v.tlp, v.embargo_until, v.embargo_lifted_at, v.vendor_allows_details, v.exploited_at,
        p.name AS product_name, p.name_sort AS product_sort, g.notice_kind, g.settings AS programme_settings,
        r.version AS announced_version, n.standing, n.since,
        EXISTS (SELECT 1 FROM retest t WHERE t.vulnerability_id = v.id AND t.round = v.round
             AND t.state = 'confirmed' AND t.outcome = 'fixed') AS retest_confirmed,
        EXISTS (SELECT 1 FROM vulnerability_evidence e WHERE e.vulnerability_id = v.id) AS supported,
        EXISTS (SELECT 1 FROM vulnerability_named m WHERE m.vulnerability_id = v.id AND m.person_id = $2
             AND m.until_at IS NULL) AS named,
        s.state AS position_state, s.informed_at, s.answered_at, s.acceptance_until, s.declared_late, s.own_band, s.own_score
    FROM found n
    JOIN vulnerability v ON v.id = n.vulnerability_id
    JOIN product p ON p.id = v.product_id
    JOIN programme g ON g.id = v.programme_id
    LEFT JOIN product_version r ON r.id = v.fixed_version_id
    LEFT JOIN position s ON s.vulnerability_id = v.id AND s.organisation_id = $1 AND s.left_at IS NULL
    WHERE v.phase <> 'restricted' AND (v.organisation_id IS NULL OR v.organisation_id = $1)
    ORDER BY v.opened_at DESC, v.id DESC LIMIT 2000";

fn concern(row: &Row) -> Stored<ConcernRow> {
    let reach: String = row.get("reach")?;
    let until: Option<Timestamp> = row.get("embargo_until")?;
    let (retest_confirmed, supported): (bool, bool) = (row.get("retest_confirmed")?, row.get("supported")?);
    Ok(ConcernRow {
        vulnerability: row.get("id")?,
        product: row.get("product_id")?,
        product_name: row.get("product_name")?,
        product_sort: row.get("product_sort")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        position_days: delays(row)?.position_days,
        reach: Reach::from_parts(&reach, row.get("organisation_id")?)
            .ok_or_else(|| StoreError::Corrupt("a vulnerability has an unknown reach".to_owned()))?,
        state: row.code("state", VulnerabilityState::from_code)?,
        origin: row.code("origin", Origin::from_code)?,
        reports: i64::from(supported),
        base: Rated {
            band: row.code("band", Severity::from_code)?,
            score_tenths: row.get("score")?,
        },
        opened_at: row.get("opened_at")?,
        announced_version: row.get("announced_version")?,
        retest_confirmed,
        phase: row.code("phase", Phase::from_code)?,
        phase_at: row.get("phase_at")?,
        tlp: row.code("tlp", Tlp::from_code)?,
        embargo: Embargo::from_parts(until, row.get("embargo_lifted_at")?, row.get("vendor_allows_details")?),
        exploited_at: row.get("exploited_at")?,
        named: row.get("named")?,
        standing: match row.get::<i64>("standing")? {
            2 => Standing::Confirmed,
            _ => Standing::Declared,
        },
        since: row.get("since")?,
        position: position(row)?,
    })
}

fn position(row: &Row) -> Stored<Option<ConcernPosition>> {
    let Some(code) = row.get::<Option<String>>("position_state")? else {
        return Ok(None);
    };
    let unknown = || StoreError::Corrupt("a position is in an unknown state".to_owned());
    let own: Option<String> = row.get("own_band")?;
    let band = own
        .map(|code| Severity::from_code(&code).ok_or_else(unknown))
        .transpose()?;
    let score_tenths = row.get("own_score")?;
    Ok(Some(ConcernPosition {
        state: PositionState::from_code(&code).ok_or_else(unknown)?,
        informed_at: row.get("informed_at")?,
        answered_at: row.get("answered_at")?,
        acceptance_until: row.get("acceptance_until")?,
        declared_late: row.get("declared_late")?,
        own: band.map(|band| Rated { band, score_tenths }),
    }))
}

#[async_trait]
impl Concerns for SqlSession {
    async fn rated_positions(&mut self, vulnerability: VulnerabilityId, limit: i64) -> Stored<Vec<PositionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM position WHERE vulnerability_id = $1 AND own_at IS NOT NULL AND left_at IS NULL
                 ORDER BY own_at DESC, id LIMIT $2",
                values![vulnerability, limit],
            )
            .await?;
        rows.iter().map(sharing::position).collect()
    }

    async fn concerns(&mut self, organisation: OrganisationId, reader: Option<PersonId>) -> Stored<Vec<ConcernRow>> {
        let rows = self.sql.fetch(CONCERNS, values![organisation, reader]).await?;
        rows.iter().map(concern).collect()
    }
}
