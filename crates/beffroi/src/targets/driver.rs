//! What drives the engine: looks what is wanted of instances, does it, and tells what became of it.

mod act;
mod care;
mod connect;
mod outcome;
mod round;
mod states;

use super::{Host, Pace};
use crate::duty::OwnDuty;
use crate::trouble::Trouble;
use authorization::SystemKind;
use care::Care;
use connect::connected;
use domain::instance::InstanceState;
use hosting::{Keep, Manager};
use states::there;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio_util::sync::CancellationToken;
use use_cases::target::{
    Driven, Duty, GatewayMark, InstanceToDrive, InstancesToDrive, LetInstanceGo, SnapshotsToDrive, TellInstance,
};
use use_cases::{App, Context, perform, read};

/// What drives the engine.
struct Driver {
    app: App,
    manager: Manager,
    pace: Pace,
    care: Mutex<Care>,
    /// Whether something ended since the last look, which its own journal entry told too early.
    ended: AtomicBool,
    /// Whether walls and sizes are being looked at.
    rounding: AtomicBool,
}

/// What is to be done for an instance.
#[derive(Clone, Copy)]
enum Task {
    /// Bringing about what is wanted, or asking after its health.
    Drive,
    /// Bringing back what ran before a restart.
    Resume,
}

/// Keeps instances as they are wanted, until it is stopped; what runs goes on running.
/// Of several servers on one database only one drives; the others follow when it ends.
pub async fn keep(app: App, host: impl Into<Host>, pace: Pace, stop: CancellationToken) {
    let host = host.into();
    let duty = OwnDuty::new(app.clone(), Duty::Hosting, host.installation());
    let Some(provider) = connected(&host, &app, &stop).await else {
        return;
    };
    let driver = Arc::new(Driver {
        app,
        manager: Manager::new(provider),
        pace,
        care: Mutex::new(Care::new(pace.restarts)),
        ended: AtomicBool::new(true),
        rounding: AtomicBool::new(false),
    });
    stop.run_until_cancelled(driver.drive(duty)).await;
}

impl Driver {
    fn context(&self) -> Context {
        Context::system(&self.app, SystemKind::Gateway)
    }

    fn care(&self) -> MutexGuard<'_, Care> {
        self.care.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what was left, then looks again and again.
    async fn drive(self: Arc<Self>, mut duty: OwnDuty) {
        let (mut taken, mut failing) = (false, false);
        let (mut looks, mut seen) = (0u32, 0);
        loop {
            if !duty.is_held().await {
                // Whoever drives meanwhile leaves it otherwise.
                (taken, looks) = (false, 0);
                tokio::time::sleep(self.pace.look).await;
                continue;
            }
            let (round, sweep) = self.pace.due(looks);
            let looked = match taken || !round {
                true if sweep => self.swept_look(&mut seen).await,
                true => self.look(round, &mut seen).await,
                false => self.take_over().await,
            };
            match looked {
                Ok(()) => {
                    taken |= round;
                    failing = false;
                }
                Err(error) => {
                    // Said once, until it is well again.
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, "hosted targets cannot be looked after; it is tried again");
                    }
                }
            }
            looks = looks.wrapping_add(1);
            tokio::time::sleep(self.pace.look).await;
        }
    }

    /// Brings back what should run, removes what nobody wants.
    async fn take_over(self: &Arc<Self>) -> Result<(), Trouble> {
        let all = read(&self.context(), InstancesToDrive { all: true }).await?;
        for one in all {
            // The copy of a replay too: a server that goes on may send to it, and its job lets it go.
            if one.row.state == InstanceState::Running {
                self.begin(one, Task::Resume);
            }
        }
        self.sweep().await
    }

    /// Removes what nobody wants, then looks at all that runs.
    async fn swept_look(self: &Arc<Self>, seen: &mut i64) -> Result<(), Trouble> {
        self.sweep().await?;
        self.look(true, seen).await
    }

    /// Removes what nobody wants. Nothing is begun meanwhile, so that what is begun is always known to be wanted.
    async fn sweep(&self) -> Result<(), Trouble> {
        let all = read(&self.context(), InstancesToDrive { all: true }).await?;
        let kept = read(&self.context(), SnapshotsToDrive).await?;
        let keep = Keep {
            instances: all.iter().map(|one| one.row.id).collect(),
            snapshots: kept.iter().map(|one| one.id).collect(),
        };
        let found = self.manager.reconcile(&keep).await;
        let found = found.map_err(|error| Trouble::new(error.to_string(), ""))?;
        if !found.removed.is_empty() {
            tracing::info!(removed = ?found.removed, "what a crash left of hosted targets was removed");
        }
        Ok(())
    }

    /// Looks what is to be done, where anything happened since the last time or a round is due, and begins it.
    async fn look(self: &Arc<Self>, round: bool, seen: &mut i64) -> Result<(), Trouble> {
        let ended = self.ended.swap(false, Ordering::Relaxed);
        let mark = read(&self.context(), GatewayMark).await?;
        if mark == *seen && !ended && !round {
            return Ok(());
        }
        let all = read(&self.context(), InstancesToDrive { all: round }).await?;
        let states = read(&self.context(), SnapshotsToDrive).await?;
        // Only once it was read: a look that fails is made again.
        *seen = mark;
        if round {
            for one in all.iter().filter(|one| one.idle) {
                perform(&self.context(), LetInstanceGo(one.row.id)).await?;
            }
            self.care().keep_only(&there(&all, &states));
            self.begin_round(&all);
        }
        self.begin_states(states);
        let due = |one: &InstanceToDrive| one.row.state.is_due() || one.row.state == InstanceState::Running;
        for one in all.into_iter().filter(due) {
            self.begin(one, Task::Drive);
        }
        Ok(())
    }

    /// Begins what is to be done for an instance, unless something is under way for it or rests.
    fn begin(self: &Arc<Self>, one: InstanceToDrive, task: Task) {
        let id = one.row.id;
        if !self.care().begins(id.0, Instant::now()) {
            return;
        }
        let driver = Arc::clone(self);
        self.app.tasks.spawn(async move {
            let done = match task {
                Task::Drive => driver.act(&one).await,
                Task::Resume => driver.resume(&one).await,
            };
            let told = match done {
                Ok(Some(driven)) => driver.tell(&one, driven).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            match told {
                Ok(()) => driver.care().done(id.0),
                Err(error) => {
                    let tries = driver.care().failed(id.0, Instant::now());
                    // A trouble that lasts is told less and less often.
                    if tries.is_power_of_two() {
                        tracing::warn!(instance = %id, tries, %error, "a hosted target could not be brought about; it is tried again");
                    }
                }
            }
            driver.ended.store(true, Ordering::Relaxed);
        });
    }

    async fn tell(&self, one: &InstanceToDrive, driven: Driven) -> Result<(), Trouble> {
        let told = TellInstance {
            instance: one.row.id,
            state: one.row.state,
            since: one.row.since,
            driven,
        };
        Ok(perform(&self.context(), told).await?)
    }
}
