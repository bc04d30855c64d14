//! Making a replay: outside any transaction, its result kept in one.

use super::STEPS;
use crate::error::{Error, Outcome};
use crate::exchange::EvidenceOf;
use crate::files::{FileLeave, open_file};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{
    BUNDLE_TYPE, RecordingTrouble, ReplayAt, ReplayRow, ReplayTarget, ReplayedStep, ReportRecord, TargetRow,
};
use crate::report::Change;
use crate::target::{InstanceAt, LetInstanceGo, open_settings_unnoted, want};
use crate::unit::{Unit, place};
use authorization::action::VerifyReport;
use authorization::{Acting, Permitted, SystemKind};
use domain::ids::{InstanceId, TargetId};
use domain::instance::{InstancePurpose, InstanceState};
use domain::replay::{ReplayFacts, ReplayRefusal, ReplayResult, may_replay};
use domain::snapshot::fingerprint_of_target;
use domain::target::{TargetEngine, Upstream};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Duration;
use uuid::Uuid;

/// How often it is looked whether a clean instance answers, and how long between.
const TRIES: u32 = 450;
const PAUSE: Duration = Duration::from_millis(200);

/// Leave to send the recorded requests of a report again.
pub struct ReplayLeave {
    file: FileLeave,
    targets: Vec<Asked>,
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
        allowed(unit, &proof, false).await?;
        Ok(ReplayLeave {
            file: unit.file_leave(&proof, row.blob).await?,
            targets: targets(unit, &proof).await?,
        })
    }
}

/// Refuses a replay that may not be made now.
async fn allowed(unit: &mut Unit, report: &ReportRecord, stopped: bool) -> Outcome<()> {
    let campaign = unit.store.campaign(report.report.campaign, &unit.reader).await?;
    let campaign = campaign.ok_or(Error::NotFound)?;
    let facts = ReplayFacts {
        report: report.report.state,
        campaign: campaign.peek().state_at(unit.now),
        authorised: campaign.peek().authorised_at(unit.now),
        stopped,
        before: unit.store.replays(report.report.id).await?.len(),
        most: unit.app.settings.limits.replays,
    };
    may_replay(&facts).map_err(|refusal| {
        Error::Conflict(match refusal {
            ReplayRefusal::NotVerified => "error-not-in-this-state",
            ReplayRefusal::CampaignStopped => "replay-error-campaign",
            ReplayRefusal::NotAuthorised => "replay-error-authorised",
            ReplayRefusal::TargetStopped => "replay-error-no-target",
            ReplayRefusal::TooOften => "replay-error-too-often",
        })
    })
}

/// A target as a replay may ask it.
struct Asked {
    id: TargetId,
    fingerprint: String,
    /// Where somebody else keeps it; nothing for one that is hosted here.
    upstream: Option<Upstream>,
    public_host: String,
}

/// Gives the targets of a report's campaign; a stopped one is not asked.
async fn targets(unit: &mut Unit, proof: &Permitted<VerifyReport, ReportRecord>) -> Outcome<Vec<Asked>> {
    let mut targets = Vec::new();
    for row in unit.store.targets(proof.report.campaign).await? {
        if row.target.stopped_at.is_some() {
            continue;
        }
        let (settings, fingerprint) = open_settings_unnoted(unit, &row).await?;
        targets.push(Asked {
            id: row.target.id,
            fingerprint,
            upstream: match row.target.engine {
                TargetEngine::External => Some(settings.upstream()?),
                TargetEngine::Container => None,
            },
            public_host: settings.public_host,
        });
    }
    Ok(targets)
}

/// Sends the recorded requests of a report again, and keeps what came of it; gives the replay.
///
/// A target that is hosted here gets a clean instance of its own for it, which goes afterwards.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not verify the report; [`Error::Conflict`] where its target is
/// no longer there, is stopped, or does not start.
pub async fn replay_evidence(context: &Context, asked: EvidenceOf) -> Outcome<Uuid> {
    // In a task of its own: a browser that closes leaves neither half a replay nor a copy that nobody lets go.
    let context = context.clone();
    let tasks = context.app.tasks.clone();
    let made = tasks.spawn(async move { replay(&context, asked).await });
    made.await
        .unwrap_or_else(|stopped| Err(Error::Internal(stopped.to_string())))
}

async fn replay(context: &Context, asked: EvidenceOf) -> Outcome<Uuid> {
    let leave = read(context, MayReplay(asked)).await?;
    let bytes = open_file(&context.app, &leave.file).await?;
    let shown = context.app.recordings.read_bundle(bytes.clone(), true).await?;
    let print = shown
        .exchanges
        .first()
        .map(|one| one.fingerprint.clone())
        .unwrap_or_default();
    let target = leave
        .targets
        .into_iter()
        .find(|one| one.fingerprint == fingerprint_of_target(&print));
    let target = target.ok_or(Error::Conflict("replay-error-no-target"))?;
    let begin = BeginReplay {
        asked,
        target: target.id,
    };
    let begun = perform(context, begin).await?;
    let done = match (target.upstream.clone(), begun) {
        (Some(upstream), _) => send(context, bytes, &target, ReplayAt::Elsewhere(upstream)).await,
        (None, Some(instance)) => on_clean_instance(context, bytes, &target, instance).await,
        (None, None) => Err(Error::Conflict("target-error-no-engine")),
    };
    // What came of it is kept before anything else can fail.
    let kept = match done {
        Ok(steps) => perform(context, KeepReplay { asked, steps }).await,
        Err(error) => Err(error),
    };
    if let Some(instance) = begun {
        let system = Context::system(&context.app, SystemKind::Gateway);
        perform(&system, LetInstanceGo(instance)).await?;
    }
    kept
}

async fn send(context: &Context, bytes: Vec<u8>, target: &Asked, at: ReplayAt) -> Outcome<Vec<ReplayedStep>> {
    let target = ReplayTarget {
        fingerprint: target.fingerprint.clone(),
        at,
        public_host: target.public_host.clone(),
    };
    match context.app.replayer.replay(bytes, vec![target]).await {
        Err(RecordingTrouble::Missing) => Err(Error::Conflict("replay-error-no-target")),
        other => Ok(other?),
    }
}

/// Replays on an instance that nobody else works on.
async fn on_clean_instance(
    context: &Context,
    bytes: Vec<u8>,
    target: &Asked,
    instance: InstanceId,
) -> Outcome<Vec<ReplayedStep>> {
    let system = Context::system(&context.app, SystemKind::Gateway);
    let address = answering(&system, instance).await?;
    send(context, bytes, target, ReplayAt::Hosted(address)).await
}

/// Waits until an instance answers.
async fn answering(system: &Context, instance: InstanceId) -> Outcome<SocketAddr> {
    for _ in 0..TRIES {
        match read(system, InstanceAt(instance)).await? {
            Some(address) => return Ok(address),
            None => tokio::time::sleep(PAUSE).await,
        }
    }
    Err(Error::Conflict("replay-error-not-started"))
}

/// Begins a replay: from here on the report is whoever's verifies it, and the journal says that requests left.
///
/// Gives the clean instance on which it is made, for a target that is hosted here.
struct BeginReplay {
    asked: EvidenceOf,
    target: TargetId,
}

impl UseCase for BeginReplay {
    type Output = Option<InstanceId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<InstanceId>> {
        let mut change = Change::take::<VerifyReport>(unit, self.asked.report).await?;
        change.hold(unit)?;
        let row = unit.store.target(self.target).await?.ok_or(Error::NotFound)?;
        let gone = row.target.stopped_at.is_some() || row.target.ended_at.is_some();
        allowed(unit, &change.record, gone).await?;
        let instance = match row.target.engine {
            TargetEngine::External => None,
            TargetEngine::Container => Some(clean(unit, &change.acting, &row).await?),
        };
        let body = json!({"attachment": self.asked.attachment, "target": self.target, "instance": instance});
        change.keep(unit, "report.replay_begun", body).await?;
        Ok(instance)
    }
}

/// Asks for a clean instance of a target; one at a time for each verifier.
async fn clean(unit: &mut Unit, acting: &Acting, row: &TargetRow) -> Outcome<InstanceId> {
    if !unit.app.settings.hosting {
        return Err(Error::Conflict("target-error-no-engine"));
    }
    let whose = unit.actor.person();
    let there = unit.store.instances_of(row.target.id).await?;
    let mut own = there.iter().filter(|one| one.person == whose);
    if own.any(|one| one.purpose == InstancePurpose::Replay && one.state != InstanceState::Leaving) {
        return Err(Error::Conflict("replay-error-under-way"));
    }
    // A replay is judged from the pristine state, whatever state the hunter worked on.
    want(unit, acting, row, (InstancePurpose::Replay, whose), None).await
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
