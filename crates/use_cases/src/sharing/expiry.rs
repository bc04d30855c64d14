//! The reminder that the acceptance of a risk comes to its end.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform};
use crate::ports::{JobRow, PositionRow};
use crate::unit::Unit;
use authorization::SystemKind;
use domain::position::{PositionState, reminder_at};
use domain::role::{GrantScope, Role};
use uuid::Uuid;

/// Puts the reminder of an acceptance in the queue, for when its end comes near.
pub(super) async fn enqueue(unit: &mut Unit, row: &PositionRow) -> Outcome<()> {
    let Some(until) = row.acceptance_until else {
        return Ok(());
    };
    let at = reminder_at(unit.now, until, unit.app.settings.limits.risk_reminder_days);
    let key = format!("risk.expires/{}/{}", row.id, until.0);
    unit.enqueue("risk.expires", key, Some(row.id), None, at).await
}

/// Reminds the organisation's officers and signatories, where the acceptance still holds.
struct Remind(Uuid);

impl UseCase for Remind {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let Some(found) = unit.store.position_by_id(self.0).await? else {
            return Ok(());
        };
        let row = found.peek().clone();
        let Some(until) = row.acceptance_until.filter(|_| row.left_at.is_none()) else {
            return Ok(());
        };
        let (now, days) = (unit.now, unit.app.settings.limits.risk_reminder_days);
        // One that was signed anew since has a later end, and a reminder of its own.
        if row.state_at(now) != PositionState::RiskAccepted
            || reminder_at(row.answered_at.unwrap_or(now), until, days) > now
        {
            return Ok(());
        }
        for grant in unit.store.grants_of_organisation(row.organisation, now).await? {
            let reads = matches!(grant.role, Role::SecurityOfficer | Role::Signatory);
            if reads && grant.scope == GrantScope::Organisation {
                let key = format!("mail.risk_expires/{}/{}/{}", row.id, until.0, grant.person);
                unit.enqueue("mail.risk_expires", key, Some(row.id), Some(grant.person), now)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Does the job that reminds of an acceptance.
pub(crate) async fn risk_expires(app: &App, job: &JobRow) -> Outcome<()> {
    let position = job
        .subject
        .ok_or_else(|| Error::Internal("a reminder without a position".to_owned()))?;
    perform(&Context::system(app, SystemKind::Clock), Remind(position)).await
}
