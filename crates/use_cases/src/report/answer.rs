//! What a hunter answers: to a question, in time or, within thirty days, after all.

use super::attach::{keep_files, may_add};
use super::change::Change;
use super::comment::{Audience, append};
use super::notify;
use crate::error::{Error, Fields, Outcome};
use crate::files::StagedFile;
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::AnswerReport;
use domain::appeal::may_reopen;
use domain::ids::ReportId;
use domain::report::ReportEvent;
use serde_json::json;

/// Answers the verifier's question.
#[derive(Clone, Debug)]
pub struct AnswerInformation {
    /// The report.
    pub report: ReportId,
    /// The answer, in Markdown.
    pub text: String,
    /// What is joined to it, staged before.
    pub files: Vec<StagedFile>,
}

impl UseCase for AnswerInformation {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        answer(unit, self.report, &self.text, Some(&self.files)).await
    }
}

/// Answers after the report was closed unanswered, and opens it again.
#[derive(Clone, Debug)]
pub struct ReopenReport {
    /// The report.
    pub report: ReportId,
    /// The answer, in Markdown.
    pub text: String,
}

impl UseCase for ReopenReport {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        answer(unit, self.report, &self.text, None).await
    }
}

/// Answers with files in time, or without any after all.
async fn answer(unit: &mut Unit, report: ReportId, text: &str, in_time: Option<&[StagedFile]>) -> Outcome<()> {
    let mut change = Change::take::<AnswerReport>(unit, report).await?;
    let mut fields = Fields::new();
    let text = fields.required("text", text, unit.app.settings.limits.comment);
    fields.done()?;
    let late = in_time.is_none();
    if let Some(files) = in_time {
        may_add(change.record.report.state)?;
        keep_files(unit, &change, "report", report.0, files).await?;
        change.on(ReportEvent::AnswerInformation, unit.now)?;
    } else {
        let times = unit.app.settings.limits.report_times();
        may_reopen(&change.record.report, change.person()?, unit.now, &times)
            .map_err(|_| Error::Conflict("report-error-too-late"))?;
        change.on(ReportEvent::Reopen, unit.now)?;
        change.record.report.closing = None;
        change.record.closing_reason = None;
    }
    append(unit, &change, Audience::Shared, &text).await?;
    let kind = if late { "report.reopened" } else { "report.answered" };
    let record = change.keep(unit, kind, json!({})).await?;
    notify::verifiers(unit, &record, "waiting", &format!("answered/{}", unit.now.0)).await
}
