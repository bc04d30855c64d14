//! A machine of its own for each test: namespaces of network, mounts and processes, with Podman in them.
//!
//! The test starts its own binary again within the namespaces. When that ends, however it ends, the kernel takes every
//! process, network and mount of it away; only a folder and empty control groups are left to remove.

use crate::namespace::{self, sh};
pub use crate::namespace::{is_docker, socket};
use crate::tools::engine;
use domain::ids::{InstanceId, SnapshotId, TargetId};
use domain::recipe::Digest;
use domain::{Recipe, RecipeLimits};
use futures_util::stream::{self, StreamExt};
use hosting::{
    Engine, EngineSettings, Guard, ImageArchive, Instance, Manager, Plan, Pool, Provider, SeedStream, Seeds,
    single_program,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// What tells a run that it is there to be killed, and its number.
const VICTIM: &str = "BEFFROI_TEST_VICTIM";
/// What a test works with.
pub struct Machine {
    /// The engine, as the platform has it.
    pub engine: Arc<Engine>,
    /// The manager over it.
    pub manager: Manager,
    /// The image of the practice target.
    pub image: ImageArchive,
    /// The practice program, to run it on the host.
    pub program: PathBuf,
    /// The archives that fill volumes.
    pub seeds: Arc<Shelf>,
    /// The folder that goes with the machine.
    pub folder: PathBuf,
}

/// Archives in memory, one of which may break off.
#[derive(Default)]
pub struct Shelf {
    archives: Mutex<HashMap<Digest, bytes::Bytes>>,
    breaks: AtomicBool,
    fails: AtomicBool,
}

impl Shelf {
    /// Makes archives break off in their middle, or not any more.
    pub fn set_breaks(&self, breaks: bool) {
        self.breaks.store(breaks, Ordering::Relaxed);
    }

    /// Makes archives that are there impossible to open.
    pub fn fail(&self) {
        self.fails.store(true, Ordering::Relaxed);
    }

    /// Keeps an archive and gives its digest.
    pub fn put(&self, archive: Vec<u8>) -> Digest {
        let digest = Digest::of_hash(sealing::content_digest(&archive));
        self.archives.lock().unwrap().insert(digest.clone(), archive.into());
        digest
    }
}

#[async_trait::async_trait]
impl Seeds for Shelf {
    async fn open(&self, _: domain::ids::TargetId, digest: &Digest) -> Result<Option<SeedStream>, std::io::Error> {
        if self.fails.load(Ordering::Relaxed) {
            return Err(std::io::Error::other("no disk"));
        }
        let Some(archive) = self.archives.lock().unwrap().get(digest).cloned() else {
            return Ok(None);
        };
        if self.breaks.load(Ordering::Relaxed) {
            let half = archive.slice(..archive.len() / 2);
            return Ok(Some(
                stream::iter([Ok(half), Err(std::io::Error::other("broken off"))]).boxed(),
            ));
        }
        Ok(Some(stream::iter([Ok(archive)]).boxed()))
    }
}

/// Runs a test on a machine of its own.
pub fn run(name: &str, test: impl AsyncFnOnce(Machine)) {
    match namespace::folder() {
        Some(folder) if victim().is_some() => again(&folder, test),
        Some(folder) => within(&folder, test),
        None => namespace::outside(name.split_once("::").unwrap().1, |folder| {
            std::fs::write(folder.join("practice"), practice::program().unwrap()).unwrap();
            sh(&format!("chmod +x {}", folder.join("practice").display()));
        }),
    }
}

/// Gives the number of a run that is there to be killed; nothing for the test itself.
pub fn victim() -> Option<u128> {
    std::env::var_os(VICTIM)?.to_str()?.parse().ok()
}

/// Starts this test once more on its machine, as a process of its own that can be killed.
pub fn start_victim(name: &str, number: u128) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(VICTIM, number.to_string())
        .spawn()
        .unwrap()
}

/// Runs a victim: on the machine and with the engine that are there.
fn again(folder: &Path, test: impl AsyncFnOnce(Machine)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async { test(machine(folder).await).await });
}

/// Runs a test within its namespaces.
fn within(folder: &Path, test: impl AsyncFnOnce(Machine)) {
    let child = namespace::start_engine(folder);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        runtime.block_on(async {
            let machine = machine(folder).await;
            let engine = Arc::clone(&machine.engine);
            test(machine).await;
            engine.sweep(&hosting::Keep::default()).await.unwrap();
        });
    }));
    namespace::end_engine(folder, child, done);
}

async fn machine(folder: &Path) -> Machine {
    let program = folder.join("practice");
    let image = single_program(&std::fs::read(&program).unwrap(), &["probe"]);
    let seeds = Arc::new(Shelf::default());
    let engine = Engine::connect(settings(folder, &seeds, Uuid::from_u128(0xbeff)));
    let engine = Arc::new(engine.await.unwrap());
    engine.load(&image).await.unwrap();
    Machine {
        manager: Manager::new(Arc::clone(&engine) as Arc<dyn Provider>),
        engine,
        image,
        program,
        seeds,
        folder: folder.to_owned(),
    }
}

/// Gives what the platform would be set to.
pub fn settings(folder: &Path, seeds: &Arc<Shelf>, installation: Uuid) -> EngineSettings {
    EngineSettings {
        socket: socket(folder),
        installation,
        pool: Pool::default(),
        guard: Guard::new("nft".into(), true),
        seeds: Arc::clone(seeds) as Arc<dyn Seeds>,
        tls: None,
    }
}

impl Machine {
    /// Makes an instance of a recipe in which `IMAGE` stands for the practice image.
    pub fn instance(&self, number: u128, recipe: &str) -> Instance {
        let text = recipe.replace("IMAGE", &self.image.image.to_string());
        let recipe = Recipe::parse(&text, &RecipeLimits::default());
        let recipe = recipe.unwrap_or_else(|problems| panic!("{problems:?}"));
        Instance::new(
            id(number),
            TargetId(Uuid::from_u128(7)),
            Plan::Recipe(Arc::new(recipe)),
            &sealing::content_digest,
        )
    }

    /// Counts what the engine holds: containers, volumes and networks beside its own one.
    pub async fn holdings(&self) -> (usize, usize, usize) {
        let list = |what: &'static str| engine(&self.folder, what).lines().count();
        (
            list("container ls --all --quiet"),
            list("volume ls --quiet"),
            list("network ls --quiet --filter name=beffroi"),
        )
    }
}

/// The probing target: one service, one address.
pub const PROBE: &str = r#"
version = "1"
entry = { service = "web", port = 8080 }
[services.web]
image = "IMAGE"
command = ["probe"]
health = { tcp = 8080, every = "500 ms", within = "20 s" }
"#;

/// The town hall's portal, its data in memory.
pub const PORTAL: &str = r#"
version = "1"
entry = { service = "web", port = 8080 }
[services.web]
image = "IMAGE"
command = ["serve"]
tmpfs = { "/data" = "4 MiB" }
health = { http = "/sante", every = "500 ms", within = "20 s" }
resources = { memory = "64 MiB", cpu = 0.5, processes = 64 }
"#;

/// Makes the identifier of an instance.
pub fn id(number: u128) -> InstanceId {
    InstanceId(Uuid::from_u128(number))
}

/// Makes the identifier of a snapshot.
pub fn snapshot(number: u128) -> SnapshotId {
    SnapshotId(Uuid::from_u128(number))
}
