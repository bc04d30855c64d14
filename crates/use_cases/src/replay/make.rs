//! Making a replay: outside any transaction, its result kept in one.

use super::STEPS;
use crate::error::{Error, Outcome};
use crate::exchange::EvidenceOf;
use crate::files::{FileLeave, open_file};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{BUNDLE_TYPE, ReplayRow, ReplayTarget, ReplayedStep, ReportRecord};
use crate::report::Change;
use crate::target::open_settings_unnoted;
use crate::unit::{Unit, place};
use authorization::Permitted;
use authorization::action::VerifyReport;
use domain::replay::ReplayResult;
use domain::report::ReportState;
use serde_json::json;
use uuid::Uuid;

/// Leave to send the recorded requests of a report again.
pub struct ReplayLeave {
    file: FileLeave,
    targets: Vec<ReplayTarget>,
}

/// Gives leave to whoever verifies the report; reading its exchanges is journaled.
struct MayReplay(EvidenceOf);

impl UseCase for MayReplay {
    type Output = ReplayLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReplayLeave> {
        let row = unit.store.attachment(self.0.attachment).await?.ok_or(Error::NotFound)?;
        let found = unit.store.report(self.0.report).await?;
        let proof = unit.permit_found::<VerifyReport, _>(found)?;
        let theirs = row.subject_kind == "report" && row.subject == self.0.report.0;
        if !theirs || row.media_type != BUNDLE_TYPE {
            return Err(Error::NotFound);
        }
        if !matches!(proof.report.state, ReportState::Submitted | ReportState::InVerification) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        Ok(ReplayLeave {
            file: unit.file_leave(&proof, row.blob).await?,
            targets: targets(unit, &proof).await?,
        })
    }
}

/// Gives where the targets of a report's campaign answer; a stopped one is not asked.
async fn targets(unit: &mut Unit, proof: &Permitted<VerifyReport, ReportRecord>) -> Outcome<Vec<ReplayTarget>> {
    let mut targets = Vec::new();
    for row in unit.store.targets(proof.report.campaign).await? {
        if row.target.stopped_at.is_some() {
            continue;
        }
        let (settings, fingerprint) = open_settings_unnoted(unit, &row).await?;
        targets.push(ReplayTarget {
            fingerprint,
            upstream: settings.upstream()?,
            public_host: settings.public_host,
        });
    }
    Ok(targets)
}

/// Sends the recorded requests of a report again, and keeps what came of it; gives the replay.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not verify the report; [`Error::Conflict`] where its target is
/// no longer there, or is stopped.
pub async fn replay_evidence(context: &Context, asked: EvidenceOf) -> Outcome<Uuid> {
    let leave = read(context, MayReplay(asked)).await?;
    if leave.targets.is_empty() {
        return Err(Error::Conflict("replay-error-no-target"));
    }
    let bytes = open_file(&context.app, &leave.file).await?;
    let steps = context.app.replayer.replay(bytes, leave.targets).await;
    let steps = match steps {
        Err(crate::ports::RecordingTrouble::Missing) => return Err(Error::Conflict("replay-error-no-target")),
        other => other?,
    };
    perform(context, KeepReplay { asked, steps }).await
}

/// Keeps what came of a replay.
struct KeepReplay {
    asked: EvidenceOf,
    steps: Vec<ReplayedStep>,
}

impl UseCase for KeepReplay {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let mut change = Change::take::<VerifyReport>(unit, self.asked.report).await?;
        change.hold(unit)?;
        let id = unit.fresh_id();
        let results = self.steps.iter().map(|step| ReplayResult::from_code(&step.result));
        let result = ReplayResult::of(results.map(|one| one.unwrap_or(ReplayResult::NoAnswer)));
        let plain = serde_json::to_vec(&self.steps).map_err(|error| Error::Internal(error.to_string()))?;
        let at = place(STEPS.0, STEPS.1, id);
        let row = ReplayRow {
            id,
            report: self.asked.report,
            attachment: self.asked.attachment,
            by: change.person()?,
            at: unit.now,
            result,
            steps: unit.seal(change.holder(), at, &plain).await?,
        };
        unit.store.insert_replay(&row).await?;
        let body = json!({"replay": id, "attachment": self.asked.attachment, "result": result.code(), "steps": self.steps.len()});
        change.keep(unit, "report.replayed", body).await?;
        Ok(id)
    }
}
