//! What the clock does: places not confirmed and returns not answered in time lapse.

use super::change::{change, promote, take};
use super::letter;
use crate::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform};
use crate::ports::JobRow;
use crate::unit::Unit;
use authorization::SystemKind;
use authorization::action::InstructCandidacies;
use domain::candidacy::{CandidacyEvent, CandidacyState};
use domain::ids::CallId;
use serde_json::json;

/// Lapses what has run out in a call, and gives the freed places on.
pub struct LapseOverdue(pub CallId);

impl UseCase for LapseOverdue {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let found = unit.store.take_candidacy_call(self.0).await?;
        let proof = unit.permit_found::<InstructCandidacies, _>(found)?;
        let acting = proof.acting().clone();
        let frame = proof.into_value();
        let overdue = unit.store.overdue_candidacies(self.0, unit.now).await?;
        for id in &overdue {
            let mut row = take(unit, *id).await?;
            let had_place = row.candidacy.state == CandidacyState::Selected;
            change(unit, &acting, &mut row, CandidacyEvent::Lapse, json!({})).await?;
            if had_place {
                letter::issue(unit, &acting, &frame, &row, "lapsed", "").await?;
            }
        }
        promote(unit, &frame).await?;
        Ok(overdue.len())
    }
}

/// Does the job that an instant to answer has enqueued.
pub(crate) async fn lapse(app: &App, job: &JobRow) -> Outcome<()> {
    let call = job
        .subject
        .ok_or_else(|| Error::Internal("a lapse without a call".to_owned()))?;
    let context = Context::system(app, SystemKind::Clock);
    perform(&context, LapseOverdue(CallId(call))).await?;
    Ok(())
}
