//! A flaw came back: those who were up to date with it are affected again.

use super::circle::{members, note, tell};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform};
use crate::ports::JobRow;
use crate::unit::Unit;
use authorization::SystemKind;
use authorization::action::KeepCircle;
use domain::Machine as _;
use domain::ids::VulnerabilityId;
use domain::position::{PositionEvent, PositionState};
use serde_json::json;

/// Positions that one transaction moves at most.
const CHUNK: usize = 50;

/// Does the job that moves every position that is up to date, a chunk in each transaction.
pub(crate) async fn reopen(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a circle without a vulnerability".to_owned()))?;
    let context = Context::system(app, SystemKind::Clock);
    loop {
        let chunk = ReopenChunk {
            vulnerability: VulnerabilityId(id),
            news: job.dedup_key.clone(),
        };
        if perform(&context, chunk).await? < CHUNK {
            return Ok(());
        }
    }
}

/// Moves the next positions that are up to date, and gives how many.
struct ReopenChunk {
    vulnerability: VulnerabilityId,
    /// What tells this news from others.
    news: String,
}

impl UseCase for ReopenChunk {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let found = unit.store.take_sharing_case(self.vulnerability).await?;
        let case = unit.permit_found::<KeepCircle, _>(found)?;
        let runs = unit.store.circle(&case.products()).await?;
        let circle = members(&case, &runs);
        let rows = unit.store.positions(self.vulnerability).await?.into_iter();
        let fixed = rows.filter(|row| row.state == PositionState::UpToDate);
        let mut moved = 0;
        for mut row in fixed.take(CHUNK) {
            row.state = row.state.after(PositionEvent::Reopen)?;
            row.reason = None;
            // Nobody gave this answer; what was read before it is no longer what stands.
            row.answered_at = Some(unit.now);
            row.answered_by = None;
            unit.store.save_position(&row).await?;
            let body = json!({"from": PositionState::UpToDate, "to": row.state});
            note(unit, case.acting(), &row, "position.reopened", body).await?;
            if let Some(deployer) = circle.get(&row.organisation) {
                let to = (row.organisation, *deployer);
                tell(unit, case.acting(), &case, to, Some(&self.news)).await?;
            }
            moved += 1;
        }
        Ok(moved)
    }
}
