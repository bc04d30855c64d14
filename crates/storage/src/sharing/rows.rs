//! Reads the rows of sharing: cases, deployers, their positions.

use crate::engine::Row;
use crate::vulnerability::delays;
use authorization::Loaded;
use domain::concern::Rated;
use domain::position::PositionState;
use domain::programme::NoticeKind;
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use domain::{DeploymentState, Timestamp};
use use_cases::ports::{CircleRow, OwnRow, PositionRow, RiskRow, SharingCase, StoreError, Stored, VendorOpinion};

/// What is read of a case.
pub(super) const CASE: &str = "SELECT v.id, v.number, v.campaign_id, v.product_id, v.programme_id, v.notified_at, v.reach, v.organisation_id, v.state,
        v.origin, v.band, v.score, v.opened_at, v.phase, v.phase_at, v.tlp, v.embargo_until, v.embargo_lifted_at,
        v.vendor_allows_details, v.exploited_at, v.public_approved_by, v.vendor_opinion, v.vendor_opinion_sealed,
        v.vendor_opinion_due, v.vendor_opinion_at, v.reminded_at, v.revision, p.name AS product_name, p.slug AS product_slug, p.vendor_id, o.name AS vendor_name,
        g.name AS programme_name, g.slug AS programme_slug, g.owner_id, g.notice_kind, g.settings AS programme_settings,
        f.version AS announced_version,
        (SELECT MAX(t.confirmed_at) FROM retest t WHERE t.vulnerability_id = v.id AND t.round = v.round
             AND t.state = 'confirmed' AND t.outcome = 'fixed') AS fixing_retest_at,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM vulnerability_evidence e WHERE e.vulnerability_id = v.id) AS reports
    FROM vulnerability v
    JOIN product p ON p.id = v.product_id
    JOIN organisation o ON o.id = p.vendor_id
    JOIN programme g ON g.id = v.programme_id
    LEFT JOIN product_version f ON f.id = v.fixed_version_id";

/// Reads one case, without its campaigns, the people named for it and the other products.
pub(super) fn case(row: &Row) -> Stored<SharingCase> {
    let settings = delays(row)?;
    let reach: String = row.get("reach")?;
    let until: Option<Timestamp> = row.get("embargo_until")?;
    let retest_confirmed_at: Option<Timestamp> = row.get("fixing_retest_at")?;
    Ok(SharingCase {
        id: row.get("id")?,
        number: row.get("number")?,
        product: row.get("product_id")?,
        product_name: row.get("product_name")?,
        product_slug: row.get("product_slug")?,
        vendor: row.get("vendor_id")?,
        vendor_name: row.get("vendor_name")?,
        programme: row.get("programme_id")?,
        programme_name: row.get("programme_name")?,
        programme_slug: row.get("programme_slug")?,
        owner: row.get("owner_id")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        opinion_days: settings.opinion_days,
        position_days: settings.position_days,
        campaigns: Vec::new(),
        notified: row.get::<Option<Timestamp>>("notified_at")?.is_some(),
        reach: Reach::from_parts(&reach, row.get("organisation_id")?)
            .ok_or_else(|| StoreError::Corrupt("a vulnerability has an unknown reach".to_owned()))?,
        state: row.code("state", VulnerabilityState::from_code)?,
        origin: row.code("origin", Origin::from_code)?,
        reports: row.get("reports")?,
        band: row.code("band", Severity::from_code)?,
        score: row.get("score")?,
        opened_at: row.get("opened_at")?,
        announced_version: row.get("announced_version")?,
        retest_confirmed: retest_confirmed_at.is_some(),
        retest_confirmed_at,
        phase: row.code("phase", Phase::from_code)?,
        phase_at: row.get("phase_at")?,
        tlp: row.code("tlp", Tlp::from_code)?,
        embargo: Embargo::from_parts(until, row.get("embargo_lifted_at")?, row.get("vendor_allows_details")?),
        exploited_at: row.get("exploited_at")?,
        approved_by: row.get("public_approved_by")?,
        opinion: VendorOpinion {
            due: row.get("vendor_opinion_due")?,
            given_at: row.get("vendor_opinion_at")?,
            says: row.get("vendor_opinion")?,
            reason: row.get("vendor_opinion_sealed")?,
        },
        reminded_at: row.get("reminded_at")?,
        named: Vec::new(),
        linked: Vec::new(),
        revision: row.get("revision")?,
    })
}

pub(super) fn circle_row(row: &Row) -> Stored<CircleRow> {
    Ok(CircleRow {
        id: row.get("id")?,
        organisation: row.get("organisation_id")?,
        product: row.get("product_id")?,
        state: row.code("state", DeploymentState::from_code)?,
        from: row.get("from_at")?,
    })
}

/// Reads one position.
pub(crate) fn position(row: &Row) -> Stored<PositionRow> {
    Ok(PositionRow {
        id: row.get("id")?,
        vulnerability: row.get("vulnerability_id")?,
        organisation: row.get("organisation_id")?,
        state: row.code("state", PositionState::from_code)?,
        informed_at: row.get("informed_at")?,
        read_at: row.get("read_at")?,
        answered_at: row.get("answered_at")?,
        answered_by: row.get("answered_by")?,
        reason: row.get("reason_sealed")?,
        acceptance: row.get("acceptance_sealed")?,
        acceptance_until: row.get("acceptance_until")?,
        proposal: proposal(row)?,
        own: own(row)?,
        declared_late: row.get("declared_late")?,
        left_at: row.get("left_at")?,
        revision: row.get("revision")?,
    })
}

fn own(row: &Row) -> Stored<Option<OwnRow>> {
    let sealed: Option<Vec<u8>> = row.get("own_sealed")?;
    sealed
        .map(|sealed| {
            Ok(OwnRow {
                rated: Rated {
                    band: row.code("own_band", Severity::from_code)?,
                    score_tenths: row.get("own_score")?,
                },
                sealed,
                by: row.get("own_by")?,
                at: row.get("own_at")?,
            })
        })
        .transpose()
}

fn proposal(row: &Row) -> Stored<Option<RiskRow>> {
    let sealed: Option<Vec<u8>> = row.get("proposal_sealed")?;
    sealed
        .map(|sealed| {
            Ok(RiskRow {
                sealed,
                until: row.get("proposal_until")?,
                by: row.get("proposed_by")?,
                at: row.get("proposed_at")?,
            })
        })
        .transpose()
}

pub(super) fn loaded(row: &Row) -> Stored<Loaded<PositionRow>> {
    let position = position(row)?;
    let revision = position.revision;
    Ok(Loaded::from_row(position, revision))
}
