//! The end of a replay: its answers are kept, or it says why there are none; its clean copy goes either way.

use super::STEPS;
use super::judged::{Judged, Told, Wanted, still_judged};
use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::{ReplayOf, ReplayRow, ReplayedStep};
use crate::target::release;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::GuardTargets;
use authorization::{Acting, Actor, PersonActor};
use domain::Machine as _;
use domain::ids::CampaignId;
use domain::instance::InstanceProblem;
use domain::replay::{ReplayEvent, ReplayFailure, ReplayResult, ReplayState};
use serde_json::json;
use uuid::Uuid;

/// Gives the system leave to do what is asked of a campaign's targets.
pub(super) async fn guard(unit: &mut Unit, campaign: CampaignId) -> Outcome<Acting> {
    let found = unit.store.campaign(campaign, &unit.reader).await?;
    Ok(unit.permit_found::<GuardTargets, _>(found)?.acting().clone())
}

/// Asks the rights of whoever has a replay made once more, with what they hold now; says why it ends where they ended.
pub(super) async fn still(unit: &mut Unit, row: &ReplayRow) -> Outcome<Result<Judged, ReplayFailure>> {
    let system = unit.actor.clone();
    let grants = unit.store.grants(row.by, unit.now).await?;
    let (person, under) = (row.by, None);
    unit.acts_as(Actor::Person(PersonActor { person, grants, under }));
    let found = rights(unit, row).await;
    unit.acts_as(system);
    match found {
        Err(Error::NotFound | Error::Conflict(_)) => Ok(Err(ReplayFailure::RightsEnded)),
        found => found,
    }
}

async fn rights(unit: &mut Unit, row: &ReplayRow) -> Outcome<Result<Judged, ReplayFailure>> {
    let judged = still_judged(unit, row.of, row.attachment).await?;
    let target = unit.store.target(row.target).await?.ok_or(Error::NotFound)?;
    let wanted = Wanted {
        target: &target,
        // This one is under way, and was counted when it began.
        under_way: false,
        before: 0,
    };
    Ok(match judged.refusal(unit, wanted).await? {
        Some(refusal) => Err(refusal.into()),
        None => Ok(judged),
    })
}

/// Ends a replay that came to nothing, and lets its clean copy go.
pub(super) async fn end(
    unit: &mut Unit,
    system: &Acting,
    mut row: ReplayRow,
    why: ReplayFailure,
    problem: Option<InstanceProblem>,
) -> Outcome<()> {
    let before = row.state;
    row.state = before.after(ReplayEvent::Fail)?;
    row.failure = Some(why);
    row.problem = problem;
    unit.store.move_replay(&row, before).await?;
    let entry = failed(unit, &row).await?;
    unit.record(system, entry).await?;
    let_copy_go(unit, system, &row).await
}

/// Makes the entry that says why a replay came to nothing.
async fn failed(unit: &mut Unit, row: &ReplayRow) -> Outcome<NewEntry> {
    let mut body = json!({"replay": row.id, "failure": row.failure.map(ReplayFailure::code), "problem": row.problem});
    let (stream_kind, stream_id, holder) = match row.of {
        ReplayOf::Report(report) => ("report", report.0, KeyHolder::Campaign(row.campaign)),
        ReplayOf::Retest(retest) => {
            body["retest"] = json!(retest);
            let found = unit.store.retest(retest, unit.now).await?.ok_or(Error::NotFound)?;
            let flaw = found.peek().retest.vulnerability;
            ("vulnerability", flaw.0, KeyHolder::Vulnerability(flaw))
        }
    };
    Ok(NewEntry {
        stream_kind,
        stream_id,
        kind: Told::Failed.kind(row.of),
        log: Log::Sealed,
        holder,
        body,
    })
}

async fn let_copy_go(unit: &mut Unit, system: &Acting, row: &ReplayRow) -> Outcome<()> {
    match row.instance {
        Some(instance) => release(unit, system, instance).await,
        None => Ok(()),
    }
}

/// Keeps what came of a replay, unless it was ended meanwhile.
pub(super) struct KeepReplay {
    pub id: Uuid,
    pub came: Result<Vec<ReplayedStep>, ReplayFailure>,
}

impl UseCase for KeepReplay {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let row = unit.store.replay(self.id).await?.ok_or(Error::NotFound)?;
        if row.state.at(row.until, unit.now).0 != ReplayState::Sending {
            return Ok(());
        }
        let system = guard(unit, row.campaign).await?;
        let steps = match &self.came {
            Ok(steps) => steps,
            Err(why) => return end(unit, &system, row, *why, None).await,
        };
        match still(unit, &row).await? {
            Ok(judged) => keep(unit, &system, row, judged, steps).await,
            Err(why) => end(unit, &system, row, why, None).await,
        }
    }
}

async fn keep(
    unit: &mut Unit,
    system: &Acting,
    mut row: ReplayRow,
    judged: Judged,
    steps: &[ReplayedStep],
) -> Outcome<()> {
    let results = steps.iter().map(|step| ReplayResult::from_code(&step.result));
    let result = ReplayResult::of(results.map(|one| one.unwrap_or(ReplayResult::NoAnswer)));
    let plain = serde_json::to_vec(steps).map_err(|error| Error::Internal(error.to_string()))?;
    let at = place(STEPS.0, STEPS.1, row.id);
    let before = row.state;
    row.state = before.after(ReplayEvent::Keep)?;
    row.result = Some(result);
    row.steps = Some(unit.seal(judged.holder(), at, &plain).await?);
    unit.store.move_replay(&row, before).await?;
    let body = json!({"replay": row.id, "attachment": row.attachment, "target": row.target, "result": result.code(), "steps": steps.len()});
    judged.keep(unit, row.of, Told::Made, body).await?;
    let_copy_go(unit, system, &row).await
}
