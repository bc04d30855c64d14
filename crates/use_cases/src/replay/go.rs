//! Going on with a replay that was asked for: its requests leave once its target answers.

use super::GO;
use super::finish::{KeepReplay, end, guard, still};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::files::{FileLeave, open_file};
use crate::perform::{Context, UseCase, perform};
use crate::ports::{JobRow, RecordingTrouble, ReplayAt, ReplayRow, ReplayTarget, ReplayTurn, ReplayedStep};
use crate::target::{endpoint, open_settings_unnoted};
use crate::unit::Unit;
use authorization::{Acting, SystemKind};
use domain::Machine as _;
use domain::ids::InstanceId;
use domain::instance::{InstanceProblem, InstanceState};
use domain::replay::{HELD, ReplayEvent, ReplayFailure, ReplayState};
use std::time::Duration;
use uuid::Uuid;

/// How often whoever sends says that they still do, and asks whether they still may.
const SAID_AGAIN: Duration = Duration::from_micros(HELD.unsigned_abs() / 12);

/// Has the replay looked at again that waits for an instance of which there is news.
pub(crate) async fn look_again(unit: &mut Unit, instance: InstanceId) -> Outcome<()> {
    if let Some(id) = unit.store.replay_waiting_on(instance).await? {
        let (key, now) = (format!("{GO}/{id}/{}", unit.fresh_id()), unit.now);
        unit.enqueue(GO, key, Some(id), None, now).await?;
    }
    Ok(())
}

/// Goes on with a replay, or ends it; what takes long is done beside the queue.
pub(crate) async fn go(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a replay's job without its replay".to_owned()))?;
    let system = Context::system(app, SystemKind::Gateway);
    if let Some(due) = perform(&system, Go(id)).await? {
        app.tasks.spawn(async move {
            // Where even that fails, nobody answers for it any more, and the queue ends it.
            if let Err(error) = send(&system, due).await {
                tracing::error!(replay = %id, %error, "what came of a replay could not be kept");
            }
        });
    }
    Ok(())
}

/// What is to be sent, and where.
struct Due {
    id: Uuid,
    file: FileLeave,
    target: ReplayTarget,
}

/// Looks where a replay stands, and says what is to be sent once its target answers.
struct Go(Uuid);

impl UseCase for Go {
    type Output = Option<Due>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<Due>> {
        let row = unit.store.replay(self.0).await?.ok_or(Error::NotFound)?;
        let system = guard(unit, row.campaign).await?;
        match row.state.at(row.until, unit.now) {
            (_, Some(why)) => end(unit, &system, row, why, None).await.map(|()| None),
            (ReplayState::Waiting, _) => begin(unit, &system, row).await,
            // Somebody sends: it is looked at again when they have said nothing for too long.
            (ReplayState::Sending, _) => look_later(unit, &row).await.map(|()| None),
            _ => Ok(None),
        }
    }
}

async fn look_later(unit: &mut Unit, row: &ReplayRow) -> Outcome<()> {
    let key = format!("{GO}/{}/{}", row.id, row.until.0);
    unit.enqueue(GO, key, Some(row.id), None, row.until).await
}

/// How the clean copy of a replay is.
enum Copied {
    Answers(ReplayAt),
    Awaited,
    Not(Option<InstanceProblem>),
}

/// Says how the clean copy is.
async fn copied(unit: &mut Unit, id: InstanceId) -> Outcome<Copied> {
    let copy = unit.store.target_instance(id).await?.ok_or(Error::NotFound)?;
    Ok(match copy.state {
        InstanceState::Running => match endpoint(unit, &copy).await? {
            Some(address) => Copied::Answers(ReplayAt::Hosted(address)),
            None => Copied::Awaited,
        },
        InstanceState::Wanted | InstanceState::Resetting => Copied::Awaited,
        InstanceState::Failed | InstanceState::Leaving | InstanceState::Ended => Copied::Not(copy.problem),
    })
}

/// Lets the requests leave, where the target answers and whoever asked for it still may.
async fn begin(unit: &mut Unit, system: &Acting, mut row: ReplayRow) -> Outcome<Option<Due>> {
    let copy = match row.instance {
        Some(instance) => Some(copied(unit, instance).await?),
        None => None,
    };
    let at = match copy {
        None => None,
        Some(Copied::Answers(at)) => Some(at),
        Some(Copied::Awaited) => return Ok(None),
        Some(Copied::Not(problem)) => {
            // A campaign that is stopped takes its copies with it: that is said first.
            let why = still(unit, &row).await?.err().unwrap_or(ReplayFailure::NotStarted);
            return end(unit, system, row, why, problem).await.map(|()| None);
        }
    };
    let judged = match still(unit, &row).await? {
        Ok(judged) => judged,
        Err(why) => return end(unit, system, row, why, None).await.map(|()| None),
    };
    let target = unit.store.target(row.target).await?.ok_or(Error::NotFound)?;
    let settings = open_settings_unnoted(unit, &target).await?;
    let at = match at {
        Some(at) => at,
        None => ReplayAt::Elsewhere(settings.upstream()?),
    };
    let before = row.state;
    row.state = before.after(ReplayEvent::Send)?;
    row.until = unit.now.plus(HELD);
    unit.store.move_replay(&row, before).await?;
    look_later(unit, &row).await?;
    let public_host = settings.public_host;
    Ok(Some(Due {
        id: row.id,
        file: judged.file,
        target: ReplayTarget { at, public_host },
    }))
}

/// Waits for its turn, sends the requests, says meanwhile that somebody does, and keeps what came of them.
async fn send(system: &Context, due: Due) -> Outcome<()> {
    let id = due.id;
    let Some(turn) = answered_for(system, id, system.app.replayer.turn()).await else {
        return Ok(());
    };
    // Who waited for their turn is asked for their rights once more, right before the first request leaves.
    if !perform(system, Hold(id)).await? {
        return Ok(());
    }
    let came = match turn {
        Ok(turn) => answered_for(system, id, answers(&system.app, turn, due)).await,
        Err(trouble) => Some(Err(broken(id, &trouble))),
    };
    match came {
        Some(came) => perform(system, KeepReplay { id, came }).await,
        None => Ok(()),
    }
}

/// Does something long for a replay and says meanwhile that somebody does; nothing where the replay was ended, since
/// what else would come of it is nobody's.
async fn answered_for<T>(system: &Context, id: Uuid, work: impl Future<Output = T>) -> Option<T> {
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Some(done),
            () = tokio::time::sleep(SAID_AGAIN) => {
                match perform(system, Hold(id)).await {
                    Ok(true) => {}
                    Ok(false) => return None,
                    // A word that is lost is said again; after too many of them the queue ends it.
                    Err(error) => tracing::warn!(replay = %id, %error, "a replay under way could not be told"),
                }
            }
        }
    }
}

/// Gives the answers, or why there are none.
async fn answers(app: &App, turn: Box<dyn ReplayTurn>, due: Due) -> Result<Vec<ReplayedStep>, ReplayFailure> {
    let opened = open_file(app, &due.file).await;
    let bytes = opened.map_err(|error| broken(due.id, &error))?;
    match turn.replay(bytes, due.target).await {
        Ok(steps) => Ok(steps),
        Err(RecordingTrouble::Missing) => Err(ReplayFailure::TargetGone),
        Err(trouble) => Err(broken(due.id, &trouble)),
    }
}

/// Tells the log why recorded requests could not be sent.
fn broken(id: Uuid, error: &dyn std::fmt::Display) -> ReplayFailure {
    tracing::warn!(replay = %id, %error, "recorded requests could not be sent again");
    ReplayFailure::Broken
}

/// Answers for a replay for some time longer; says whether somebody still did, and still may: who is stopped sends no more.
struct Hold(Uuid);

impl UseCase for Hold {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let until = unit.now.plus(HELD);
        if !unit.store.hold_replay(self.0, unit.now, until).await? {
            return Ok(false);
        }
        let row = unit.store.replay(self.0).await?.ok_or(Error::NotFound)?;
        let Err(why) = still(unit, &row).await? else {
            return Ok(true);
        };
        let system = guard(unit, row.campaign).await?;
        end(unit, &system, row, why, None).await?;
        Ok(false)
    }
}
