//! Reminding the deployers whose answer is late: one press of the organiser, once a day at most.

use super::case::{changing, record};
use super::circle::{level, members};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform};
use crate::ports::{JobRow, PositionRow, SharingCase};
use crate::unit::Unit;
use authorization::SystemKind;
use authorization::action::{KeepCircle, MovePhase};
use domain::ids::VulnerabilityId;
use domain::progress::may_remind;
use domain::role::{GrantScope, Role};
use domain::{Disclosure, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Positions that one transaction looks at.
const CHUNK: usize = 50;

/// Says whether the answer of a position is late.
fn is_late(case: &SharingCase, row: &PositionRow, now: Timestamp) -> bool {
    let since = row.unanswered_since().filter(|_| row.left_at.is_none());
    since.is_some_and(|since| since.plus_days(case.position_days) <= now)
}

/// Reminds everybody whose answer on a vulnerability is late.
#[derive(Clone, Debug)]
pub struct RemindLate {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
}

impl UseCase for RemindLate {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        let rows = unit.store.positions(case.id).await?;
        let late = rows.iter().filter(|row| is_late(&case, row, unit.now)).count();
        if late == 0 || !case.lives() {
            return Err(Error::Conflict("sharing-error-nobody-late"));
        }
        if !may_remind(case.reminded_at, unit.now) {
            return Err(Error::Conflict("sharing-error-reminded-today"));
        }
        case.reminded_at = Some(unit.now);
        unit.store.save_sharing(&case).await?;
        let key = format!("remind/{}/{}", case.id, unit.now.0);
        unit.enqueue("sharing.remind", key, Some(case.id.0), None, unit.now)
            .await?;
        record(
            unit,
            taken.acting(),
            &case,
            "sharing.reminded",
            json!({"to": late.to_string()}),
        )
        .await
    }
}

/// Puts the reminders of the next positions in the queue, and gives the last that was looked at where more follow.
struct RemindChunk {
    vulnerability: VulnerabilityId,
    after: Option<Uuid>,
}

impl UseCase for RemindChunk {
    type Output = Option<Uuid>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<Uuid>> {
        let found = unit.store.take_sharing_case(self.vulnerability).await?;
        let case = unit.permit_found::<KeepCircle, _>(found)?;
        let Some(reminded_at) = case.reminded_at else {
            return Ok(None);
        };
        let runs = unit.store.circle(&case.products()).await?;
        let circle = members(&case, &runs);
        let rows = unit.store.positions(case.id).await?;
        let late: BTreeMap<Uuid, PositionRow> = rows
            .into_iter()
            .filter(|row| is_late(&case, row, unit.now) && self.after.is_none_or(|after| row.id > after))
            .map(|row| (row.id, row))
            .collect();
        for row in late.values().take(CHUNK) {
            let Some(deployer) = circle.get(&row.organisation) else {
                continue;
            };
            for grant in unit.store.grants_of_organisation(row.organisation, unit.now).await? {
                let officer = grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation;
                let named = case.named.contains(&grant.person);
                if officer && level(&case, row.organisation, *deployer, named, unit.now) >= Disclosure::Alert {
                    let key = format!("remind/{}/{}/{}", row.id, reminded_at.0, grant.person);
                    unit.enqueue(
                        "mail.position_reminder",
                        key,
                        Some(row.id),
                        Some(grant.person),
                        unit.now,
                    )
                    .await?;
                }
            }
        }
        let more = late.len() > CHUNK;
        Ok(late.keys().nth(CHUNK - 1).copied().filter(|_| more))
    }
}

/// Does the job that reminds those whose answer is late.
pub(crate) async fn remind(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a reminder without a vulnerability".to_owned()))?;
    let context = Context::system(app, SystemKind::Clock);
    let mut after = None;
    loop {
        let vulnerability = VulnerabilityId(id);
        after = perform(&context, RemindChunk { vulnerability, after }).await?;
        if after.is_none() {
            return Ok(());
        }
    }
}
