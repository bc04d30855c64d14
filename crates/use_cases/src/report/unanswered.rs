//! The clock closes what nobody answered within thirty days.

use super::change::Change;
use super::notify;
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform};
use crate::ports::JobRow;
use crate::unit::Unit;
use authorization::SystemKind;
use authorization::action::CloseUnanswered as Close;
use domain::appeal::{AppealRefusal, may_close_unanswered};
use domain::ids::ReportId;
use domain::report::ReportEvent;
use serde_json::json;

struct CloseUnanswered(ReportId);

impl UseCase for CloseUnanswered {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.report(self.0).await?.ok_or(Error::NotFound)?;
        let report = found.peek().report.clone();
        let times = unit.app.settings.limits.report_times();
        match may_close_unanswered(&report, unit.now, &times) {
            Ok(()) => {}
            // The administrator gave people longer since the question was asked.
            Err(AppealRefusal::TooEarly) => {
                let due = report.asked_at.unwrap_or(unit.now).plus_days(times.answer_days);
                let key = format!("report.unanswered/{}/{}", self.0, due.0);
                return unit.enqueue("report.unanswered", key, Some(self.0.0), None, due).await;
            }
            Err(_) => return Ok(()),
        }
        let mut change = Change::take::<Close>(unit, self.0).await?;
        change.on(ReportEvent::CloseUnanswered, unit.now)?;
        change.closed(None, None, unit.now);
        let record = change.keep(unit, "report.unanswered", json!({})).await?;
        notify::authors(unit, &record, "closed", &format!("unanswered/{}", unit.now.0)).await
    }
}

/// Closes the report of a job, where its question is still without an answer.
pub(crate) async fn close(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a job without a report".to_owned()))?;
    let context = Context::system(app, SystemKind::Clock);
    perform(&context, CloseUnanswered(ReportId(id))).await
}
