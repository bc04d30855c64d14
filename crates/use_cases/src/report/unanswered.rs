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
use domain::appeal::may_close_unanswered;
use domain::ids::ReportId;
use domain::report::ReportEvent;
use serde_json::json;

struct CloseUnanswered(ReportId);

impl UseCase for CloseUnanswered {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.report(self.0).await?.ok_or(Error::NotFound)?;
        if may_close_unanswered(&found.peek().report, unit.now).is_err() {
            return Ok(());
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
