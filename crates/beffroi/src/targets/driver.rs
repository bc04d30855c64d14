//! What drives the engine: looks what is wanted of instances, does it, and tells what became of it.

use crate::trouble::Trouble;
use authorization::SystemKind;
use domain::ids::InstanceId;
use domain::instance::{InstancePurpose, InstanceState};
use hosting::{Engine, EngineSettings, HostingError, Instance, Keep, Manager, Plan, Probe};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use use_cases::target::{Driven, GatewayMark, InstanceToDrive, InstancesToDrive, LetInstanceGo, TellInstance};
use use_cases::{App, Context, perform, read};

/// How often it is looked whether anything happened.
const LOOK: Duration = Duration::from_millis(500);

/// After how many looks the health of what runs is asked, whatever happened.
const HEALTH: u32 = 20;

/// How long it is waited before the engine is looked for again.
const AGAIN: Duration = Duration::from_secs(15);

/// How long what cannot be done rests at most before it is tried again.
const REST: Duration = Duration::from_mins(5);

/// What drives the engine.
struct Driver {
    app: App,
    manager: Manager,
    under_way: Mutex<UnderWay>,
    /// Whether something ended since the last look, which its own journal entry told too early.
    ended: AtomicBool,
}

/// What is done at present, and what rests because it could not be done.
#[derive(Default)]
struct UnderWay {
    busy: BTreeSet<InstanceId>,
    resting: BTreeMap<InstanceId, Rest>,
}

/// A thing that could not be done.
struct Rest {
    /// How often it was tried in vain.
    tries: u32,
    /// When it is tried again.
    until: Instant,
}

impl UnderWay {
    /// Says whether something may begin for an instance now, and takes it as begun.
    fn begins(&mut self, id: InstanceId, now: Instant) -> bool {
        let rests = self.resting.get(&id).is_some_and(|rest| now < rest.until);
        !rests && self.busy.insert(id)
    }

    /// Takes it as done.
    fn done(&mut self, id: InstanceId) {
        self.busy.remove(&id);
        self.resting.remove(&id);
    }

    /// Takes it as failed, to rest twice as long each time; says how often it failed.
    fn failed(&mut self, id: InstanceId, now: Instant) -> u32 {
        self.busy.remove(&id);
        let tries = self.resting.get(&id).map_or(0, |rest| rest.tries).saturating_add(1);
        let rest = LOOK.saturating_mul(2_u32.saturating_pow(tries)).min(REST);
        let until = now + rest;
        self.resting.insert(id, Rest { tries, until });
        tries
    }
}

/// Keeps instances as they are wanted, until it is stopped; what runs goes on running.
pub async fn keep(app: App, settings: EngineSettings, stop: CancellationToken) {
    let Some(engine) = connected(&settings, &stop).await else {
        return;
    };
    let driver = Arc::new(Driver {
        app,
        manager: Manager::new(Arc::new(engine)),
        under_way: Mutex::default(),
        ended: AtomicBool::new(true),
    });
    if let Err(error) = driver.take_over().await {
        tracing::warn!(%error, "hosted targets could not be taken over as they were left");
    }
    let mut looks = 0u32;
    let mut seen = 0;
    while stop.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
        looks = looks.wrapping_add(1);
        if let Err(error) = driver.look(looks.is_multiple_of(HEALTH), &mut seen).await {
            tracing::warn!(%error, "what is wanted of hosted targets cannot be read");
        }
    }
}

/// Waits for an engine; said once while there is none.
async fn connected(settings: &EngineSettings, stop: &CancellationToken) -> Option<Engine> {
    let mut said = false;
    loop {
        match Engine::connect(settings.clone()).await {
            Ok(engine) => return Some(engine),
            Err(error) if !said => {
                said = true;
                tracing::warn!(%error, "no target can be hosted until the engine answers");
            }
            Err(_) => {}
        }
        stop.run_until_cancelled(tokio::time::sleep(AGAIN)).await?;
    }
}

impl Driver {
    fn context(&self) -> Context {
        Context::system(&self.app, SystemKind::Gateway)
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes what a crash left and nobody wants; starts anew what should run and does not.
    async fn take_over(&self) -> Result<(), Trouble> {
        let all = read(&self.context(), InstancesToDrive { all: true }).await?;
        let keep = Keep {
            instances: all.iter().map(|one| one.row.id).collect(),
            snapshots: BTreeSet::new(),
        };
        let found = self.manager.reconcile(&keep).await;
        let found = found.map_err(|error| Trouble::new(error.to_string(), ""))?;
        if !found.removed.is_empty() {
            tracing::info!(removed = ?found.removed, "what a crash left of hosted targets was removed");
        }
        for one in &all {
            let done = match (one.row.purpose, one.row.state) {
                // Whoever replayed on it went with the process that was.
                (InstancePurpose::Replay, _) => Ok(perform(&self.context(), LetInstanceGo(one.row.id)).await?),
                (_, InstanceState::Running) => self.resume(one).await,
                _ => Ok(()),
            };
            if let Err(error) = done {
                tracing::warn!(instance = %one.row.id, %error, "a hosted target could not be taken over");
            }
        }
        Ok(())
    }

    /// Brings back what ran before a restart; what cannot be is started anew.
    async fn resume(&self, one: &InstanceToDrive) -> Result<(), Trouble> {
        let driven = match self.manager.resume(&plan(one)?).await {
            Ok(running) => Driven::Again(Some(running.endpoint.address)),
            Err(_) => Driven::Again(None),
        };
        let instance = one.row.id;
        Ok(perform(&self.context(), TellInstance { instance, driven }).await?)
    }

    /// Looks what is to be done, where anything happened since the last time or health is due, and begins it.
    async fn look(self: &Arc<Self>, health: bool, seen: &mut i64) -> Result<(), Trouble> {
        let ended = self.ended.swap(false, Ordering::Relaxed);
        let mark = read(&self.context(), GatewayMark).await?;
        if mark == *seen && !ended && !health {
            return Ok(());
        }
        let all = read(&self.context(), InstancesToDrive { all: health }).await?;
        // Only once it was read: a look that fails is made again.
        *seen = mark;
        for one in all {
            let due = one.row.state.is_due() || one.row.state == InstanceState::Running;
            if due && self.under_way().begins(one.row.id, Instant::now()) {
                self.begin(one);
            }
        }
        Ok(())
    }

    fn begin(self: &Arc<Self>, one: InstanceToDrive) {
        let driver = Arc::clone(self);
        self.app.tasks.spawn(async move {
            let id = one.row.id;
            match driver.act(one).await {
                Ok(()) => driver.under_way().done(id),
                Err(error) => {
                    let tries = driver.under_way().failed(id, Instant::now());
                    // A trouble that lasts is told less and less often.
                    if tries.is_power_of_two() {
                        tracing::warn!(instance = %id, tries, %error, "a hosted target could not be brought about; it is tried again");
                    }
                }
            }
            driver.ended.store(true, Ordering::Relaxed);
        });
    }

    async fn act(&self, one: InstanceToDrive) -> Result<(), Trouble> {
        let instance = plan(&one)?;
        let driven = match one.row.state {
            InstanceState::Wanted => runs(self.manager.start(&instance).await.map(|up| up.endpoint.address)),
            InstanceState::Resetting => runs(self.manager.reset(&instance).await.map(|up| up.endpoint.address)),
            InstanceState::Leaving => match self.manager.remove(one.row.id).await {
                Ok(()) => Driven::Gone,
                Err(error) => return Err(Trouble::new(error.to_string(), "")),
            },
            InstanceState::Running => match self.sick(&instance).await {
                Some(driven) => driven,
                None => return Ok(()),
            },
            InstanceState::Failed | InstanceState::Ended => return Ok(()),
        };
        let instance = one.row.id;
        Ok(perform(&self.context(), TellInstance { instance, driven }).await?)
    }

    /// Says whether something that should run does not.
    async fn sick(&self, instance: &Instance) -> Option<Driven> {
        match self.manager.health(instance).await {
            Ok(found) if found.values().all(|probe| matches!(probe, Probe::Healthy)) => None,
            Ok(found) => {
                let memory = found
                    .values()
                    .any(|probe| matches!(probe, Probe::Ended(exit) if exit.is_memory()));
                Some(Driven::Fails(if memory { "memory" } else { "not_healthy" }.to_owned()))
            }
            Err(HostingError::NoInstance(_)) => Some(Driven::Again(None)),
            // An engine that does not answer says nothing of what runs on it.
            Err(_) => None,
        }
    }
}

/// Gives an instance as the engine knows it.
fn plan(one: &InstanceToDrive) -> Result<Instance, Trouble> {
    let recipe = one.settings.hosted()?;
    let plan = Plan::Recipe(Arc::new(recipe));
    Ok(Instance::new(
        one.row.id,
        one.row.target,
        plan,
        &sealing::content_digest,
    ))
}

fn runs(done: Result<std::net::SocketAddr, HostingError>) -> Driven {
    match done {
        Ok(address) => Driven::Runs(address),
        Err(error) => {
            tracing::warn!(%error, "a hosted target does not start");
            Driven::Fails(code(&error).to_owned())
        }
    }
}

/// Names why a target does not run.
const fn code(error: &HostingError) -> &'static str {
    match error {
        HostingError::EngineUnreachable { .. } => "engine_unreachable",
        HostingError::NotIsolated(_) => "not_isolated",
        HostingError::ImagesMissing(_) => "images_missing",
        HostingError::SeedsMissing(_) => "seeds_missing",
        HostingError::PoolEmpty(_) => "pool_empty",
        HostingError::NotHealthy { .. } => "not_healthy",
        HostingError::Ended { .. } => "ended",
        HostingError::Engine { .. }
        | HostingError::NoInstance(_)
        | HostingError::NoSnapshot(_)
        | HostingError::NotPossible(_)
        | HostingError::WrongPlan => "engine",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_rests_longer_each_time_and_not_for_ever() {
        let mut under_way = UnderWay::default();
        let id = InstanceId(uuid::Uuid::from_u128(1));
        let begun = Instant::now();
        assert!(under_way.begins(id, begun));
        assert!(!under_way.begins(id, begun), "it is under way");
        let mut now = begun;
        let mut rests = Vec::new();
        for tries in 1..=40 {
            assert_eq!(under_way.failed(id, now), tries);
            let until = under_way.resting[&id].until;
            assert!(!under_way.begins(id, until - Duration::from_millis(1)));
            assert!(under_way.begins(id, until));
            rests.push(until - now);
            now = until;
        }
        assert!(
            rests.is_sorted() && rests[0] == LOOK * 2 && rests[39] == REST,
            "{rests:?}"
        );
        under_way.done(id);
        assert!(under_way.begins(id, now) && under_way.resting.is_empty());
    }
}
