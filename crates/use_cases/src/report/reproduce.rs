//! Recording a reproduction: what was done, when, and on which target.

use super::attach::keep_files;
use super::change::Change;
use crate::error::{Error, Fields, Outcome};
use crate::files::StagedFile;
use crate::perform::UseCase;
use crate::ports::{ReplayOf, ReproductionRow};
use crate::unit::{Unit, place};
use authorization::action::VerifyReport as Verify;
use domain::Timestamp;
use domain::ids::ReportId;
use domain::replay::ReplayResult;
use domain::report::ReportState;
use domain::verification::Reproduction;
use serde_json::json;
use uuid::Uuid;

/// Records that a verifier tried to reproduce a report.
#[derive(Clone, Debug)]
pub struct RecordReproduction {
    /// The report.
    pub report: ReportId,
    /// What was done and seen, in Markdown.
    pub text: String,
    /// When; now where it is none.
    pub made_at: Option<Timestamp>,
    /// Whether it was made on the campaign's target.
    pub on_campaign_target: bool,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// The replay that it judges, where it does.
    pub replay: Option<Uuid>,
    /// Why a replay cannot show it, in a sentence; empty where it is one, or nothing was recorded.
    pub unreplayed: String,
    /// What was recorded of it, staged before.
    pub files: Vec<StagedFile>,
}

impl UseCase for RecordReproduction {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let mut fields = Fields::new();
        let text = fields.required("text", &self.text, unit.app.settings.limits.text);
        let why = fields.optional("unreplayed", &self.unreplayed, unit.app.settings.limits.reason);
        let made_at = self.made_at.unwrap_or(unit.now);
        if made_at > unit.now {
            fields.add("made_at", "report-error-future");
        }
        let result = self.result(unit).await?;
        let answered = result.is_some_and(ReplayResult::is_answered);
        // A target that did not answer showed nothing: somebody who saw it anyway says how.
        if self.succeeded && result.is_some() && !answered && why.is_empty() {
            fields.add("unreplayed", "replay-error-no-answer");
        }
        fields.done()?;
        change.hold(unit)?;
        if change.record.report.state != ReportState::InVerification {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let text = match why.is_empty() {
            true => text,
            false => format!("{text}\n\n{why}"),
        };
        let id = unit.fresh_id();
        let row = ReproductionRow {
            id,
            report: self.report,
            facts: Reproduction {
                by: change.person()?,
                at: made_at,
                on_campaign_target: self.on_campaign_target,
                succeeded: self.succeeded,
                replayed: answered,
                explained: !why.is_empty(),
            },
            replay: self.replay,
            text: unit
                .seal(
                    change.holder(),
                    place("reproduction", "text_sealed", id),
                    text.as_bytes(),
                )
                .await?,
            created_at: unit.now,
        };
        unit.store.insert_reproduction(&row).await?;
        keep_files(unit, &change, "reproduction", id, &self.files).await?;
        let body = json!({"reproduction": id, "succeeded": self.succeeded, "on_target": self.on_campaign_target, "replay": self.replay});
        change.keep(unit, "report.reproduced", body).await?;
        Ok(id)
    }
}

impl RecordReproduction {
    /// Gives what the replay that is judged came to; it is one of this report's.
    async fn result(&self, unit: &mut Unit) -> Outcome<Option<ReplayResult>> {
        let Some(id) = self.replay else { return Ok(None) };
        let found = unit.store.replay(id).await?;
        let own = found.filter(|row| row.of == ReplayOf::Report(self.report));
        // What is under way, or came to nothing, showed nothing yet.
        let done = own.filter(|row| row.result.is_some());
        done.map(|row| row.result).ok_or(Error::NotFound)
    }
}
