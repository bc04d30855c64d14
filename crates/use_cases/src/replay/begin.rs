//! Asking for a replay: one transaction, and the browser goes on.

use super::judged::{Told, Wanted, judged};
use super::{ABOUT, GO, Replayed};
use crate::error::{Error, Outcome};
use crate::exchange::EvidenceOf;
use crate::files::{FileLeave, open_file};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{BUNDLE_TYPE, ReplayOf, ReplayRow, ShownExchange, TargetRow};
use crate::target::{open_fingerprint_unnoted, open_settings_unnoted, want};
use crate::unit::{Unit, place};
use authorization::Acting;
use authorization::action::VerifyReport;
use domain::ids::{AttachmentId, CampaignId, InstanceId, ProductId, TargetId};
use domain::instance::InstancePurpose;
use domain::replay::{ReplayRefusal, ReplayState, STARTING};
use domain::snapshot::fingerprint_of_target;
use domain::target::{TargetEngine, TargetPurpose, TargetScope};
use serde_json::json;
use uuid::Uuid;

/// A target as somebody may choose it for a replay.
pub(super) struct Askable {
    pub id: TargetId,
    pub campaign: CampaignId,
    /// Whether it is a corrected version, hosted for retests alone.
    pub corrected: bool,
    pub told: Replayed,
}

impl Askable {
    /// Says which target that is.
    pub async fn of(unit: &mut Unit, row: &TargetRow) -> Outcome<Self> {
        Ok(Self {
            id: row.target.id,
            campaign: row.target.campaign,
            corrected: row.target.purpose == TargetPurpose::Retest,
            told: told(unit, row).await?.0,
        })
    }
}

/// Gives the targets of a campaign that may be asked and run a wanted product; a stopped one is not, and what is hosted
/// for retests alone neither.
pub(super) async fn askable(
    unit: &mut Unit,
    campaign: CampaignId,
    wanted: impl Fn(ProductId) -> bool,
) -> Outcome<Vec<Askable>> {
    let mut targets = Vec::new();
    for row in unit.store.targets(campaign).await? {
        if row.target.stopped_at.is_none() && wanted(row.target.product) {
            targets.push(Askable::of(unit, &row).await?);
        }
    }
    Ok(targets)
}

/// Says which target that is, with what may be asked of it.
async fn told(unit: &mut Unit, row: &TargetRow) -> Outcome<(Replayed, TargetScope)> {
    let settings = open_settings_unnoted(unit, row).await?;
    let version = match row.target.engine {
        TargetEngine::External => String::new(),
        TargetEngine::Container => settings.hosted()?.version,
    };
    let told = Replayed {
        name: settings.name,
        version,
        fingerprint: open_fingerprint_unnoted(unit, row).await?,
    };
    Ok((told, settings.scope))
}

/// What a bundle holds: the target to which its requests went, and what they asked.
pub(super) struct Recorded {
    /// The fingerprint of the target.
    pub fingerprint: String,
    /// The method and the path of each request.
    pub requests: Vec<(String, String)>,
}

/// Gives the target to which the requests of a bundle went, and what they asked.
///
/// # Errors
/// [`Error::Conflict`] where they went to none, or to several, or the bundle does not read.
pub(super) async fn recorded(context: &Context, file: &FileLeave) -> Outcome<Recorded> {
    let unreadable = |error: &dyn std::fmt::Display| {
        tracing::warn!(%error, "a bundle of exchanges does not read");
        Error::Conflict("replay-error-unreadable")
    };
    let bytes = open_file(&context.app, file).await.map_err(|e| unreadable(&e))?;
    let shown = context.app.recordings.read_bundle(bytes, true).await;
    let shown = shown.map_err(|error| unreadable(&error))?;
    // What somebody kept and went on from is the same target.
    let of_target = |print: &str| fingerprint_of_target(print).to_owned();
    let mut prints = shown.exchanges.iter().map(|one| of_target(&one.fingerprint));
    let fingerprint = prints.next().ok_or(Error::Conflict("replay-error-no-target"))?;
    if prints.any(|print| print != fingerprint) {
        return Err(Error::Conflict("replay-error-several-targets"));
    }
    let asked = |one: ShownExchange| (one.line.method, one.line.path);
    Ok(Recorded {
        fingerprint,
        requests: shown.exchanges.into_iter().map(asked).collect(),
    })
}

/// Gives leave to whoever verifies a report to read which target was recorded, with the targets that may be asked.
struct MayReplay(EvidenceOf);

impl UseCase for MayReplay {
    type Output = (FileLeave, Vec<Askable>);

    async fn run(&self, unit: &mut Unit) -> Outcome<(FileLeave, Vec<Askable>)> {
        let row = unit.store.attachment(self.0.attachment).await?.ok_or(Error::NotFound)?;
        let found = unit.store.report(self.0.report).await?;
        let proof = unit.permit_found::<VerifyReport, _>(found)?;
        let theirs = row.subject_kind == "report" && row.subject == self.0.report.0;
        if !theirs || row.media_type != BUNDLE_TYPE {
            return Err(Error::NotFound);
        }
        let leave = unit.file_leave(&proof, row.blob).await?;
        Ok((leave, askable(unit, proof.report.campaign, |_| true).await?))
    }
}

/// Has the recorded requests of a report sent again; gives the replay, which a job makes.
///
/// A target that is hosted here gets a clean instance of its own for it, which goes afterwards.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not verify the report; [`Error::Conflict`] where its target is
/// no longer there or is stopped, or another replay of theirs is under way.
pub async fn begin_replay(context: &Context, asked: EvidenceOf) -> Outcome<Uuid> {
    let (leave, targets) = read(context, MayReplay(asked)).await?;
    let recorded = recorded(context, &leave).await?;
    let target = targets
        .into_iter()
        .find(|one| one.told.fingerprint == recorded.fingerprint);
    let begin = BeginReplay {
        of: ReplayOf::Report(asked.report),
        attachment: asked.attachment,
        target: target.map(|one| one.id),
        recorded,
    };
    perform(context, begin).await
}

/// Begins a replay: from here on the report is whoever's verifies it, and the journal says that requests are to leave.
pub(super) struct BeginReplay {
    pub of: ReplayOf,
    pub attachment: AttachmentId,
    /// The target to ask; nothing where none of those that may be asked is the one that was recorded.
    pub target: Option<TargetId>,
    /// What was recorded.
    pub recorded: Recorded,
}

impl UseCase for BeginReplay {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let judged = judged(unit, self.of, self.attachment).await?;
        let by = judged.acting.person().ok_or(Error::NotFound)?;
        // One at a time for each person, whoever of their pages asks at the same instant.
        unit.store.lock_stream("replay", by.0).await?;
        let gone = Error::Conflict("replay-error-no-target");
        let target = unit.store.target(self.target.ok_or(gone)?).await?;
        let target = target.ok_or(Error::NotFound)?;
        let wanted = Wanted {
            target: &target,
            under_way: unit.store.has_replay_under_way(by, unit.now).await?,
            before: unit.store.replays(self.of).await?.len(),
        };
        if let Some(refusal) = judged.refusal(unit, wanted).await? {
            return Err(Error::Conflict(said(refusal)));
        }
        let (told, scope) = told(unit, &target).await?;
        self.fits(&told, &scope)?;
        let row = ReplayRow {
            id: unit.fresh_id(),
            of: self.of,
            attachment: self.attachment,
            campaign: target.target.campaign,
            target: target.target.id,
            instance: clean(unit, &judged.acting, &target).await?,
            by,
            at: unit.now,
            state: ReplayState::Waiting,
            until: unit.now.plus(STARTING),
            failure: None,
            problem: None,
            result: None,
            about: Vec::new(),
            steps: None,
        };
        let plain = serde_json::to_vec(&told).map_err(|error| Error::Internal(error.to_string()))?;
        let about = unit
            .seal(judged.holder(), place(ABOUT.0, ABOUT.1, row.id), &plain)
            .await?;
        let row = ReplayRow { about, ..row };
        unit.store.insert_replay(&row).await?;
        enqueue(unit, &row).await?;
        let body =
            json!({"replay": row.id, "attachment": row.attachment, "target": row.target, "instance": row.instance});
        judged.keep(unit, self.of, Told::Begun, body).await?;
        Ok(row.id)
    }
}

impl BeginReplay {
    /// A report is judged by the target that was recorded, a retest by another version, of which nothing is asked that
    /// hunters may not ask.
    fn fits(&self, told: &Replayed, scope: &TargetScope) -> Outcome<()> {
        let same = told.fingerprint == self.recorded.fingerprint;
        let mut requests = self.recorded.requests.iter();
        match self.of {
            ReplayOf::Report(_) if !same => Err(Error::Conflict("replay-error-no-target")),
            ReplayOf::Retest(_) if same => Err(Error::Conflict("replay-error-same-version")),
            ReplayOf::Retest(_) if !requests.all(|(method, path)| scope.surely_admits(method, path)) => {
                Err(Error::Conflict("replay-error-scope"))
            }
            _ => Ok(()),
        }
    }
}

/// Puts the jobs in the queue that make the replay, or end it where nobody could.
///
/// A clean copy is awaited: it is told when it answers ([`super::look_again`]).
async fn enqueue(unit: &mut Unit, row: &ReplayRow) -> Outcome<()> {
    if row.instance.is_none() {
        let now = unit.now;
        unit.enqueue(GO, format!("{GO}/{}", row.id), Some(row.id), None, now)
            .await?;
    }
    let key = format!("{GO}/{}/{}", row.id, row.until.0);
    unit.enqueue(GO, key, Some(row.id), None, row.until).await
}

/// Asks for a clean instance of a target that is hosted here.
async fn clean(unit: &mut Unit, acting: &Acting, row: &TargetRow) -> Outcome<Option<InstanceId>> {
    if row.target.engine == TargetEngine::External {
        return Ok(None);
    }
    if !unit.app.settings.hosting {
        return Err(Error::Conflict("target-error-no-engine"));
    }
    let whose = unit.actor.person();
    let instance = want(unit, acting, row, (InstancePurpose::Replay, whose), None).await?;
    Ok(Some(instance))
}

/// Says why no replay is made.
pub(super) const fn said(refusal: ReplayRefusal) -> &'static str {
    match refusal {
        ReplayRefusal::NotDue => "error-not-in-this-state",
        ReplayRefusal::CampaignStopped => "replay-error-campaign",
        ReplayRefusal::NotAuthorised => "replay-error-authorised",
        ReplayRefusal::NotAgreed => "replay-error-agreed",
        ReplayRefusal::TargetStopped => "replay-error-no-target",
        ReplayRefusal::UnderWay => "replay-error-under-way",
        ReplayRefusal::TooOften => "replay-error-too-often",
    }
}
