//! Asking for information, and the closings that one verifier decides.

use super::change::{Change, reason};
use super::comment::{Audience, append};
use super::notify;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::ReportRecord;
use crate::unit::Unit;
use authorization::action::VerifyReport as Verify;
use domain::ids::ReportId;
use domain::report::{ReportEvent, ReportState};
use domain::verification::{DuplicateFacts, DuplicateRefusal, may_be_duplicate};
use serde_json::json;

/// Asks the hunter for more; they have thirty days.
#[derive(Clone, Debug)]
pub struct AskInformation {
    /// The report.
    pub report: ReportId,
    /// The question, in Markdown; the hunter reads it.
    pub question: String,
}

impl UseCase for AskInformation {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let mut fields = Fields::new();
        let question = fields.required("question", &self.question, unit.app.settings.limits.comment);
        fields.done()?;
        change.hold(unit)?;
        change.on(ReportEvent::AskInformation, unit.now)?;
        change.record.report.asked_at = Some(unit.now);
        change.record.report.claim = None;
        append(unit, &change, Audience::Shared, &question).await?;
        let due = unit.now.plus_days(unit.app.settings.limits.information_days);
        let record = change.keep(unit, "report.asked", json!({"due": due})).await?;
        let key = format!("report.unanswered/{}/{}", self.report, unit.now.0);
        unit.enqueue("report.unanswered", key, Some(self.report.0), None, due)
            .await?;
        notify::remind(unit, &record).await?;
        notify::authors(unit, &record, "question", &format!("asked/{}", unit.now.0)).await
    }
}

/// Closes a report with a reason that its hunter reads, and may contest.
#[derive(Clone, Debug)]
pub struct CloseReport {
    /// The report.
    pub report: ReportId,
    /// `not_reproduced`, `out_of_scope`, `informative` or `duplicate`.
    pub closing: ReportState,
    /// Why; for a duplicate only verifiers read it.
    pub reason: String,
    /// The earlier report, for a duplicate.
    pub original: Option<ReportId>,
}

impl UseCase for CloseReport {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let why = reason(unit, "reason", &self.reason)?;
        let event = match self.closing {
            ReportState::NotReproduced => ReportEvent::CloseNotReproduced,
            ReportState::OutOfScope => ReportEvent::CloseOutOfScope,
            ReportState::Informative => ReportEvent::CloseInformative,
            ReportState::Duplicate => ReportEvent::CloseDuplicate,
            _ => return Err(Error::field("closing", "error-choose")),
        };
        if self.closing == ReportState::Duplicate {
            let original = original(unit, &change.record, self.original).await?;
            change.record.report.original = Some(original);
        }
        change.hold(unit)?;
        change.on(event, unit.now)?;
        let by = change.person()?;
        change.closed(Some(by), None, unit.now);
        change.record.proposal = None;
        change.record.closing_reason = Some(change.seal(unit, "closing_sealed", &why).await?);
        let body = json!({"state": self.closing, "reason": why, "original": change.record.report.original});
        let record = change.keep(unit, "report.closed", body).await?;
        notify::authors(unit, &record, "closed", &format!("closed/{}", unit.now.0)).await
    }
}

/// Checks the earlier report that a duplicate needs: one that the verifier may read too.
pub(super) async fn original(unit: &mut Unit, record: &ReportRecord, chosen: Option<ReportId>) -> Outcome<ReportId> {
    let id = chosen.ok_or_else(|| Error::field("original", "report-error-original"))?;
    let found = unit
        .store
        .report(id)
        .await?
        .ok_or_else(|| Error::field("original", "report-error-original"))?;
    if !unit.may::<authorization::action::ReadReport, _>(found.peek()) {
        return Err(Error::field("original", "report-error-original"));
    }
    let chain = unit.store.originals_of(id).await?;
    may_be_duplicate(&facts(record), &facts(found.peek()), &chain).map_err(|refusal| match refusal {
        DuplicateRefusal::Later => Error::field("original", "report-error-original-later"),
        _ => Error::field("original", "report-error-original"),
    })?;
    Ok(id)
}

/// Gives what of a report decides whether it repeats another.
pub(super) fn facts(record: &ReportRecord) -> DuplicateFacts {
    DuplicateFacts {
        id: record.report.id,
        product: record.report.product,
        state: record.report.state,
        submitted_at: record.report.submitted_at,
        original: record.report.original,
    }
}
