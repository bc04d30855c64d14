//! Hosted targets: what the database wants of instances is brought about on the engine, and told back.

use crate::settings::Settings;
use crate::trouble::Trouble;
use async_trait::async_trait;
use authorization::SystemKind;
use bytes::Bytes;
use domain::ids::InstanceId;
use domain::instance::InstanceState;
use domain::recipe::Digest;
use futures_util::stream::BoxStream;
use hosting::{Engine, EngineSettings, Guard, HostingError, Instance, Keep, Manager, Plan, Pool, Probe, Seeds};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use use_cases::target::{Driven, InstanceToDrive, InstancesToDrive, TellInstance};
use use_cases::{App, Context, perform, read};
use uuid::Uuid;

/// How often it is looked whether an instance wants something.
const LOOK: Duration = Duration::from_millis(500);

/// After how many looks the health of what runs is asked.
const HEALTH: u32 = 20;

/// How long it is waited before the engine is looked for again.
const AGAIN: Duration = Duration::from_secs(15);

/// The file of the installation's name, within its folder.
pub const INSTALLATION: &str = "hosting.id";

/// Archives that fill volumes: none are kept by the platform yet.
struct NoSeeds;

#[async_trait]
impl Seeds for NoSeeds {
    async fn open(&self, _digest: &Digest) -> Option<BoxStream<'static, Result<Bytes, std::io::Error>>> {
        None
    }
}

/// Gives how the engine of the settings is reached; nothing where none is named.
///
/// # Errors
/// [`Trouble`] where the settings do not read or the installation has no name yet and none can be made.
pub fn engine_settings(settings: &Settings) -> Result<Option<EngineSettings>, Trouble> {
    let of = &settings.hosting;
    let Some(socket) = of.socket.clone() else {
        return Ok(None);
    };
    let bad = || {
        Trouble::new(
            format!("« {} », dans hosting.pool, n’est pas un bloc d’adresses IPv4", of.pool),
            "écrivez par exemple 10.213.0.0/16 : un bloc que rien d’autre n’utilise, entre /8 et /28",
        )
    };
    let (base, prefix) = of.pool.split_once('/').ok_or_else(bad)?;
    let base: Ipv4Addr = base.parse().map_err(|_| bad())?;
    let prefix: u8 = prefix.parse().map_err(|_| bad())?;
    Ok(Some(EngineSettings {
        socket,
        installation: installation(&settings.folder.join(INSTALLATION))?,
        pool: Pool::new(base, prefix).ok_or_else(bad)?,
        guard: Guard::new(PathBuf::from(&of.nft), of.install_guard),
        seeds: Arc::new(NoSeeds),
        tls: None,
    }))
}

/// Reads the name of the installation, by which everything that it starts is known; makes it the first time.
fn installation(path: &Path) -> Result<Uuid, Trouble> {
    let unusable = |error: &dyn std::fmt::Display| {
        Trouble::new(
            format!("le nom de l’installation, {}, ne sert pas : {error}", path.display()),
            "donnez au compte qui lance Beffroi le droit d’écrire dans ce dossier",
        )
    };
    if let Ok(text) = std::fs::read_to_string(path) {
        return text.trim().parse().map_err(|error| unusable(&error));
    }
    let mut bytes = [0; 16];
    use_cases::ports::Chance::fill(&crate::system::SystemChance, &mut bytes);
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    std::fs::write(path, id.to_string()).map_err(|error| unusable(&error))?;
    Ok(id)
}

/// What drives the engine.
struct Driver {
    app: App,
    manager: Manager,
    busy: Mutex<BTreeSet<InstanceId>>,
}

/// Keeps instances as they are wanted, until it is stopped; what runs goes on running.
pub async fn keep(app: App, settings: EngineSettings, stop: CancellationToken) {
    let Some(engine) = connected(&settings, &stop).await else {
        return;
    };
    let driver = Arc::new(Driver {
        app,
        manager: Manager::new(Arc::new(engine)),
        busy: Mutex::default(),
    });
    if let Err(error) = driver.take_over().await {
        tracing::warn!(%error, "hosted targets could not be taken over as they were left");
    }
    let mut looks = 0u32;
    while stop.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
        looks = looks.wrapping_add(1);
        match read(&driver.context(), InstancesToDrive).await {
            Ok(all) => driver.drive(all, looks.is_multiple_of(HEALTH)),
            Err(error) => tracing::warn!(%error, "what is wanted of hosted targets cannot be read"),
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

    /// Removes what a crash left and nobody wants; starts anew what should run and does not.
    async fn take_over(&self) -> Result<(), Trouble> {
        let all = read(&self.context(), InstancesToDrive).await?;
        let keep = Keep {
            instances: all.iter().map(|one| one.row.id).collect(),
            snapshots: BTreeSet::new(),
        };
        let found = self.manager.reconcile(&keep).await;
        let found = found.map_err(|error| Trouble::new(error.to_string(), ""))?;
        if !found.removed.is_empty() {
            tracing::info!(removed = ?found.removed, "what a crash left of hosted targets was removed");
        }
        for one in all.iter().filter(|one| one.row.state == InstanceState::Running) {
            self.resume(one).await?;
        }
        Ok(())
    }

    /// Brings back what ran before a restart; what cannot be is started anew.
    async fn resume(&self, one: &InstanceToDrive) -> Result<(), Trouble> {
        let instance = plan(one)?;
        let driven = match self.manager.resume(&instance).await {
            Ok(running) => Driven::Again(Some(running.endpoint.address)),
            Err(_) => Driven::Again(None),
        };
        let instance = one.row.id;
        Ok(perform(&self.context(), TellInstance { instance, driven }).await?)
    }

    /// Begins what is due and not under way.
    fn drive(self: &Arc<Self>, all: Vec<InstanceToDrive>, health: bool) {
        for one in all {
            let due = one.row.state.is_due() || (health && one.row.state == InstanceState::Running);
            if !due || !self.busy().insert(one.row.id) {
                continue;
            }
            let driver = Arc::clone(self);
            self.app.tasks.spawn(async move {
                let id = one.row.id;
                if let Err(error) = driver.act(one).await {
                    tracing::warn!(instance = %id, %error, "a hosted target could not be brought about; it is tried again");
                }
                driver.busy().remove(&id);
            });
        }
    }

    fn busy(&self) -> std::sync::MutexGuard<'_, BTreeSet<InstanceId>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
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
