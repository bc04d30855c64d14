//! The claim of a verifier, so that two do not work on the same report.

use super::change::Change;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::VerifyReport as Verify;
use domain::ids::ReportId;
use domain::report::ReportState;
use serde_json::json;

/// Claims a report, or renews one's own claim; a submitted one enters verification.
#[derive(Clone, Copy, Debug)]
pub struct ClaimReport {
    /// The report.
    pub report: ReportId,
}

impl UseCase for ClaimReport {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let state = change.record.report.state;
        if !matches!(
            state,
            ReportState::Submitted | ReportState::InVerification | ReportState::NeedsInformation
        ) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        change.hold(unit)?;
        let until = change.record.report.claim.map(|claim| claim.until);
        let kind = if state == ReportState::Submitted {
            "report.started"
        } else {
            "report.claimed"
        };
        change.keep(unit, kind, json!({"until": until})).await?;
        Ok(())
    }
}

/// Gives one's claim up.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseReport {
    /// The report.
    pub report: ReportId,
}

impl UseCase for ReleaseReport {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let who = change.person()?;
        if change.record.report.claim.is_none_or(|claim| claim.by != who) {
            return Err(Error::Conflict("report-error-not-claimed"));
        }
        change.record.report.claim = None;
        change.keep(unit, "report.released", json!({})).await?;
        Ok(())
    }
}
