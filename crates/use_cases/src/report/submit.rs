//! Handing a report in, taking it back, throwing a draft away.

use super::change::Change;
use super::notify;
use super::text::{contents, title};
use super::writing::permit_writing;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::search::Text;
use crate::unit::Unit;
use authorization::action::AnswerReport;
use domain::Machine as _;
use domain::ids::ReportId;
use domain::report::ReportEvent;
use domain::time::DAY;
use serde_json::json;

/// Hands a draft in: it gets its number within the campaign, which is what is given back.
#[derive(Clone, Copy, Debug)]
pub struct SubmitReport {
    /// The draft.
    pub report: ReportId,
}

impl UseCase for SubmitReport {
    type Output = i64;

    async fn run(&self, unit: &mut Unit) -> Outcome<i64> {
        let campaign = self.check(unit).await?;
        permit_writing(unit, campaign, true).await?;
        // The campaign's row is taken before the report's, always in this order.
        let number = unit.store.next_report_number(campaign).await?;
        let mut change = Change::take::<AnswerReport>(unit, self.report).await?;
        let reporter = change.record.report.reporter;
        let since = unit.now.plus(-DAY);
        let today = unit.store.count_submitted(reporter, campaign, since).await?;
        if today >= i64::try_from(unit.app.settings.limits.reports_per_day).unwrap_or(i64::MAX) {
            return Err(Error::Conflict("report-error-too-many-today"));
        }
        unit.store.forget_unanswered(self.report).await?;
        change.on(ReportEvent::Submit, unit.now)?;
        change.record.report.number = number;
        change.record.report.submitted_at = Some(unit.now);
        let score = change.record.claimed.map(|rating| rating.score_tenths);
        let record = change
            .keep(unit, "report.submitted", json!({"number": number, "score": score}))
            .await?;
        unit.read_for_search(Text::Report(self.report));
        notify::verifiers(unit, &record, "waiting", "submitted").await?;
        Ok(number)
    }
}

impl SubmitReport {
    /// Checks that the draft says what a verifier needs, and gives its campaign.
    async fn check(&self, unit: &mut Unit) -> Outcome<domain::ids::CampaignId> {
        let found = unit.store.report(self.report).await?;
        let proof = unit.permit_found::<AnswerReport, _>(found)?;
        if !proof.report.state.allows(ReportEvent::Submit) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let text = contents(unit, &proof).await?;
        let title = title(unit, &proof).await?;
        let mut fields = Fields::new();
        for (field, text) in [("title", &title), ("steps", &text.steps), ("impact", &text.impact)] {
            if text.trim().is_empty() {
                fields.add(field, "error-required");
            }
        }
        if proof.vector.is_none() {
            fields.add("vector", "report-error-vector-needed");
        }
        if proof.cwe.is_none() {
            fields.add("cwe", "report-error-cwe");
        }
        fields.done()?;
        Ok(proof.report.campaign)
    }
}

/// Takes a submitted report back.
#[derive(Clone, Debug)]
pub struct WithdrawReport {
    /// The report.
    pub report: ReportId,
    /// Why, where the hunter says so.
    pub reason: String,
}

impl UseCase for WithdrawReport {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<AnswerReport>(unit, self.report).await?;
        let mut fields = Fields::new();
        let reason = fields.optional("reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        change.on(ReportEvent::Withdraw, unit.now)?;
        change.record.report.claim = None;
        change.record.proposal = None;
        change.keep(unit, "report.withdrawn", json!({"reason": reason})).await?;
        Ok(())
    }
}

/// Throws a draft away.
#[derive(Clone, Copy, Debug)]
pub struct DiscardDraft {
    /// The draft.
    pub report: ReportId,
}

impl UseCase for DiscardDraft {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<AnswerReport>(unit, self.report).await?;
        change.on(ReportEvent::Discard, unit.now)?;
        change.keep(unit, "report.discarded", json!({})).await?;
        Ok(())
    }
}
