//! One report's row, written and saved.

use crate::engine::Connection;
use crate::values;
use domain::report::Rating;
use use_cases::ports::{ReportRecord, Stored};

fn score(rating: Option<Rating>) -> Option<i64> {
    rating.map(|rating| rating.score_tenths)
}

/// Adds a draft's row.
pub(super) async fn insert(sql: &mut Connection, r: &ReportRecord) -> Stored<()> {
    sql.execute(
        "INSERT INTO report (id, campaign_id, product_id, reporter_id, reporter_organisation_id, state, title_sealed,
             contents_sealed, asset_id, cwe_sealed, vector_sealed, score, revision, created_at, state_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14)",
        values![
            r.report.id,
            r.report.campaign,
            r.report.product,
            r.report.reporter,
            r.reporter_organisation,
            r.report.state.code(),
            &r.title,
            &r.contents,
            r.asset,
            r.cwe.clone(),
            r.vector.clone(),
            score(r.claimed),
            r.created_at,
            r.state_at,
        ],
    )
    .await?;
    Ok(())
}

/// Saves everything of a report that can change.
pub(super) async fn save(sql: &mut Connection, r: &ReportRecord, revision: i64) -> Stored<()> {
    let report = &r.report;
    let closing = report.closing;
    let proposal = r.proposal.as_ref();
    let number = (report.number > 0).then_some(report.number);
    sql.execute_one(
        "UPDATE report SET product_id = $3, number = $4, state = $5, title_sealed = $6, contents_sealed = $7,
             asset_id = $8, cwe_sealed = $9, vector_sealed = $10, score = $11, verified_vector_sealed = $12, verified_score = $13,
             rating_sealed = $14, original_id = $15, vulnerability_id = $16, claimed_by = $17, claimed_until = $18,
             asked_at = $19, closed_state = $20, closed_by = $21, closed_second = $22, closed_at = $23,
             closing_sealed = $24, appealed_at = $25, appeal_sealed = $26, decision_sealed = $27, proposal = $28,
             proposed_by = $29, proposed_at = $30, proposed_original = $31, proposal_sealed = $32,
             submitted_at = $33, state_at = $34
         WHERE id = $1 AND revision = $2",
        values![
            report.id,
            revision,
            report.product,
            number,
            report.state.code(),
            &r.title,
            &r.contents,
            r.asset,
            r.cwe.clone(),
            r.vector.clone(),
            score(r.claimed),
            r.verified_vector.clone(),
            score(report.rating),
            r.rating_reason.clone(),
            report.original,
            report.vulnerability,
            report.claim.map(|claim| claim.by),
            report.claim.map(|claim| claim.until.0),
            report.asked_at.map(|at| at.0),
            closing.map(|closing| closing.state.code()),
            closing.and_then(|closing| closing.by),
            closing.and_then(|closing| closing.second),
            closing.map(|closing| closing.at.0),
            r.closing_reason.clone(),
            report.appealed_at.map(|at| at.0),
            r.appeal.clone(),
            r.decision.clone(),
            proposal.map(|p| p.kind.as_str()),
            proposal.map(|p| p.by),
            proposal.map(|p| p.at.0),
            proposal.and_then(|p| p.original),
            proposal.map(|p| p.reason.clone()),
            report.submitted_at.map(|at| at.0),
            r.state_at,
        ],
    )
    .await
}
