//! Contesting a closing, once, and the decision of another verifier, which is final.

use super::change::{Change, reason};
use super::notify;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::{AnswerReport, DecideAppeal};
use domain::appeal::{AppealRefusal, decide_appeal, may_appeal};
use domain::ids::ReportId;
use domain::report::ReportEvent;
use serde_json::json;

/// Contests a closing within fifteen days.
#[derive(Clone, Debug)]
pub struct AppealClosing {
    /// The report.
    pub report: ReportId,
    /// Why the closing is contested.
    pub grounds: String,
}

impl UseCase for AppealClosing {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<AnswerReport>(unit, self.report).await?;
        let grounds = reason(unit, "grounds", &self.grounds)?;
        let times = unit.app.settings.limits.report_times();
        may_appeal(&change.record.report, change.person()?, unit.now, &times).map_err(refused)?;
        change.on(ReportEvent::Appeal, unit.now)?;
        change.record.report.appealed_at = Some(unit.now);
        change.record.appeal = Some(change.seal(unit, "appeal_sealed", &grounds).await?);
        let record = change.keep(unit, "report.appealed", json!({"reason": grounds})).await?;
        notify::verifiers(unit, &record, "appeal", "appealed").await
    }
}

/// Decides an appeal; whoever closed the report cannot.
#[derive(Clone, Debug)]
pub struct DecideReportAppeal {
    /// The report.
    pub report: ReportId,
    /// Whether it must be verified anew.
    pub allowed: bool,
    /// Why.
    pub reason: String,
}

impl UseCase for DecideReportAppeal {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<DecideAppeal>(unit, self.report).await?;
        let why = reason(unit, "reason", &self.reason)?;
        let by = change.person()?;
        let event = decide_appeal(&change.record.report, by, self.allowed, &why).map_err(refused)?;
        change.on(event, unit.now)?;
        if self.allowed {
            change.record.report.closing = None;
            change.record.report.original = None;
            change.record.closing_reason = None;
        }
        change.record.decision = Some(change.seal(unit, "decision_sealed", &why).await?);
        let kind = if self.allowed {
            "report.appeal_allowed"
        } else {
            "report.appeal_upheld"
        };
        let record = change.keep(unit, kind, json!({"reason": why})).await?;
        notify::authors(unit, &record, "news", "appeal-decided").await
    }
}

fn refused(refusal: AppealRefusal) -> Error {
    match refusal {
        AppealRefusal::NotAnAuthor => Error::NotFound,
        AppealRefusal::SameVerifier => Error::Conflict("report-error-same-verifier"),
        AppealRefusal::ReasonMissing => Error::field("reason", "error-required"),
        AppealRefusal::TooLate => Error::Conflict("report-error-too-late"),
        AppealRefusal::AlreadyAppealed => Error::Conflict("report-error-already-appealed"),
        AppealRefusal::NotClosed | AppealRefusal::TooEarly | AppealRefusal::NotAppealed => {
            Error::Conflict("error-not-in-this-state")
        }
    }
}
