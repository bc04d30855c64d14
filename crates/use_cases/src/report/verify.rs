//! A report that is verified opens a vulnerability or joins one; and taking that back.

use super::change::{Change, reason, refused};
use super::notify;
use super::proposal::leave_vulnerability;
use super::text::{contents, title};
use super::{cvss, text};
use crate::error::{Error, FieldError, Outcome};
use crate::perform::UseCase;
use crate::ports::{BUNDLE_TYPE, ReportRecord, ReproductionRow};
use crate::unit::{Unit, place};
use crate::vulnerability::{Choice, Verdict, VerifiedReport};
use authorization::Permitted;
use authorization::action::VerifyReport as Verify;
use domain::ids::{ReportId, VulnerabilityId};
use domain::report::{Rating, ReportEvent};
use domain::severity::Severity;
use domain::verification::{may_resume_verification, may_verify};
use domain::vulnerability::Reach;
use serde_json::json;

/// What a verified report establishes.
#[derive(Clone, Copy, Debug)]
pub enum Joining {
    /// A new vulnerability with this reach.
    Open(Reach),
    /// One that is known already.
    Join(VulnerabilityId),
}

/// Verifies a report that was reproduced on the campaign's target.
#[derive(Clone, Debug)]
pub struct VerifyReport {
    /// The report.
    pub report: ReportId,
    /// The verifier's CVSS vector.
    pub vector: String,
    /// Why it is rated so.
    pub reason: String,
    /// Whether it opens a vulnerability or joins one.
    pub joining: Joining,
    /// Whether the one it joins was fixed and came back, as the report shows.
    pub regression: bool,
    /// Whether the verifier finds that it gets around no fix, whatever its author says.
    pub no_bypass: bool,
}

impl UseCase for VerifyReport {
    type Output = VulnerabilityId;

    async fn run(&self, unit: &mut Unit) -> Outcome<VulnerabilityId> {
        let found = unit.store.take_report(self.report).await?;
        let proof = unit.permit_found::<Verify, _>(found)?;
        let why = reason(unit, "rating_reason", &self.reason)?;
        let (vector, rating) = self.rating()?;
        let reproductions = unit.store.reproductions(self.report).await?;
        let facts: Vec<_> = reproductions.iter().map(|row| row.facts).collect();
        may_verify(&facts, recorded(unit, self.report).await?).map_err(refused)?;
        let verdict = verdict(unit, &proof, &reproductions, &why).await?;
        let evidence = VerifiedReport {
            verdict,
            ..evidence(unit, &proof, rating, &vector).await?
        };
        let mut change = Change::of(proof);
        change.hold(unit)?;
        change.on(ReportEvent::Verify, unit.now)?;
        change.record.report.claim = None;
        change.record.proposal = None;
        change.record.report.rating = Some(rating);
        change.record.verified_vector = Some(change.seal(unit, "verified_vector_sealed", &vector).await?);
        change.record.rating_reason = Some(change.seal(unit, "rating_sealed", &why).await?);
        let choice = match self.joining {
            Joining::Open(reach) => Choice::Open { reach },
            Joining::Join(vulnerability) => Choice::Join(vulnerability),
        };
        let vulnerability = crate::vulnerability::join_or_open(unit, &change.acting, evidence, choice).await?;
        if self.regression {
            let report = change.record.report.id;
            crate::vulnerability::regress(unit, &change.acting, vulnerability, report, &why).await?;
        }
        if self.no_bypass {
            unit.store.refute_bypass(self.report, Some(unit.now)).await?;
        } else if let Some(bypassed) = unit.store.bypass_of(self.report).await? {
            crate::vulnerability::link_bypass(unit, &change.acting, vulnerability, bypassed).await?;
        }
        change.record.report.vulnerability = Some(vulnerability);
        let body =
            json!({"vector": vector, "score": rating.score_tenths, "reason": why, "vulnerability": vulnerability});
        let record = change.keep(unit, "report.verified", body).await?;
        notify::authors(unit, &record, "news", &format!("verified/{}", unit.now.0)).await?;
        if rating.band == Severity::Critical {
            crate::vulnerability::tell_observers(unit, vulnerability, self.report.0, record.report.campaign).await?;
        }
        Ok(vulnerability)
    }
}

/// Says whether what passed the gateway was attached to a report.
pub(super) async fn recorded(unit: &mut Unit, report: ReportId) -> Outcome<bool> {
    let files = unit.store.attachments("report", report.0).await?;
    Ok(files.iter().any(|file| file.media_type == BUNDLE_TYPE))
}

impl VerifyReport {
    fn rating(&self) -> Outcome<(String, Rating)> {
        let scored = cvss::scored("vector", &self.vector).map_err(|error| Error::Invalid(vec![error]))?;
        let (vector, scored) = scored.ok_or_else(|| {
            Error::Invalid(vec![FieldError {
                field: "vector".to_owned(),
                message: "report-error-vector-needed",
                detail: None,
            }])
        })?;
        let rating = Rating {
            score_tenths: scored.score_tenths,
            band: scored.band,
        };
        Ok((vector, rating))
    }
}

/// Opens what the report says, so that it can be sealed anew under the vulnerability.
async fn evidence(
    unit: &mut Unit,
    proof: &Permitted<Verify, ReportRecord>,
    rating: Rating,
    vector: &str,
) -> Outcome<VerifiedReport> {
    let text: text::ReportText = contents(unit, proof).await?;
    Ok(VerifiedReport {
        report: proof.report.id,
        campaign: proof.report.campaign,
        programme: proof.programme,
        product: proof.report.product,
        reporter: proof.report.reporter,
        title: title(unit, proof).await?,
        summary: String::new(),
        details: text.impact,
        exploit: [text.steps.trim(), text.proof.trim()].join("\n\n"),
        cwe: text::weakness(unit, proof).await?,
        vector: Some(vector.to_owned()),
        rating: Some(rating),
        verdict: Verdict::default(),
    })
}

/// Gives what the verification adds for those who handle the vulnerability.
async fn verdict(
    unit: &mut Unit,
    proof: &Permitted<Verify, ReportRecord>,
    reproductions: &[ReproductionRow],
    rating: &str,
) -> Outcome<Verdict> {
    let mut verdict = Verdict {
        rating: rating.to_owned(),
        ..Verdict::default()
    };
    let counts = |row: &&ReproductionRow| row.facts.succeeded && row.facts.on_campaign_target;
    if let Some(row) = reproductions.iter().rev().find(counts) {
        verdict.reproduction = unit
            .open_text(proof, place("reproduction", "text_sealed", row.id), &row.text)
            .await?;
    }
    if let Some(asset) = proof.asset {
        let assets = unit.store.scope_assets(proof.report.campaign).await?;
        if let Some(row) = assets.into_iter().find(|row| row.id == asset) {
            verdict.asset = unit
                .open_text(proof, place("scope_asset", "value_sealed", asset.0), &row.value)
                .await?;
        }
    }
    Ok(verdict)
}

/// Takes a verification back, with a reason, before the vendor acknowledges.
#[derive(Clone, Debug)]
pub struct ResumeVerification {
    /// The report.
    pub report: ReportId,
    /// Why.
    pub reason: String,
}

impl UseCase for ResumeVerification {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let why = reason(unit, "reason", &self.reason)?;
        may_resume_verification(change.record.vendor_acknowledged, &why).map_err(refused)?;
        change.on(ReportEvent::ResumeVerification, unit.now)?;
        change.record.proposal = None;
        leave_vulnerability(unit, &mut change).await?;
        // What its author said stands again, until somebody verifies it anew.
        unit.store.refute_bypass(self.report, None).await?;
        let record = change.keep(unit, "report.resumed", json!({"reason": why})).await?;
        notify::authors(unit, &record, "news", &format!("resumed/{}", unit.now.0)).await
    }
}
