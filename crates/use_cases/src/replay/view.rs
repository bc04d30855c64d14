//! What a replay showed, for those who verify.

use super::STEPS;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{ReplayRow, ReplayedStep, ReportRecord};
use crate::unit::{Unit, place};
use authorization::action::{ReadReportHistory, VerifyReport};
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::ids::{AttachmentId, ReportId};
use domain::replay::ReplayResult;
use domain::report::ReportState;
use uuid::Uuid;

/// A replay in a list.
#[derive(Clone, Debug)]
pub struct ReplayLine {
    /// Its identifier.
    pub id: Uuid,
    /// Who had it made.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What its answers come to.
    pub result: ReplayResult,
}

/// What the page of a replay shows.
#[derive(Clone, Debug)]
pub struct ReplayPage {
    /// The replay.
    pub line: ReplayLine,
    /// The bundle whose requests were sent.
    pub attachment: AttachmentId,
    /// Each step with both answers.
    pub steps: Vec<ReplayedStep>,
    /// Whether the reader may say what it shows.
    pub may_judge: bool,
}

/// Shows a replay to those who verify the report; the reading is journaled.
#[derive(Clone, Copy, Debug)]
pub struct ViewReplay {
    /// The report.
    pub report: ReportId,
    /// The replay.
    pub replay: Uuid,
}

impl UseCase for ViewReplay {
    type Output = ReplayPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReplayPage> {
        let found = unit.store.report(self.report).await?;
        let proof = unit.permit_found::<ReadReportHistory, _>(found)?;
        let row = unit.store.replay(self.replay).await?.ok_or(Error::NotFound)?;
        if row.report != self.report {
            return Err(Error::NotFound);
        }
        let plain = unit.open(&proof, place(STEPS.0, STEPS.1, row.id), &row.steps).await?;
        let steps = serde_json::from_slice(&plain).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(ReplayPage {
            attachment: row.attachment,
            may_judge: proof.report.state == ReportState::InVerification && unit.may::<VerifyReport, _>(&*proof),
            line: line(unit, row).await?,
            steps,
        })
    }
}

async fn line(unit: &mut Unit, row: ReplayRow) -> Outcome<ReplayLine> {
    Ok(ReplayLine {
        id: row.id,
        by: unit.name_of(row.by).await?,
        at: row.at,
        result: row.result,
    })
}

/// Gives the replays of a report to those who read what verifiers tried.
pub(crate) async fn replays<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
) -> Outcome<Vec<ReplayLine>> {
    let mut lines = Vec::new();
    for row in unit.store.replays(proof.report.id).await? {
        lines.push(line(unit, row).await?);
    }
    Ok(lines)
}
