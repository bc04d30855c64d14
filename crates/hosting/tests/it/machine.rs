//! A machine of its own for each test: namespaces of network, mounts and processes, with Podman in them.
//!
//! The test starts its own binary again within the namespaces. When that ends, however it ends, the kernel takes every
//! process, network and mount of it away; only a folder and empty control groups are left to remove.

use crate::tools::{engine, sh, wait};
use domain::ids::{InstanceId, SnapshotId, TargetId};
use domain::recipe::Digest;
use domain::{Recipe, RecipeLimits};
use futures_util::stream::{self, BoxStream, StreamExt};
use hosting::{
    Engine, EngineSettings, Guard, ImageArchive, Instance, Manager, Plan, Pool, Provider, Seeds, single_program,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use uuid::Uuid;

/// What tells the inner run its folder.
const FOLDER: &str = "BEFFROI_TEST_MACHINE";
/// What tells a run that it is there to be killed, and its number.
const VICTIM: &str = "BEFFROI_TEST_VICTIM";
/// What the machine tells of its surroundings.
const HOSTS: &str = "127.0.0.1 localhost\n10.66.0.9 secret.interne\n";
const RESOLVER: &str = "search secret.interne\nnameserver 10.66.0.8\n";
/// What must be installed, by program and by Debian's package.
const NEEDED: &[(&str, &str)] = &[
    ("podman", "podman"),
    ("conmon", "conmon"),
    ("runc", "runc"),
    ("/usr/lib/podman/netavark", "netavark"),
    ("iptables", "iptables"),
    ("nft", "nftables"),
    ("ip", "iproute2"),
    ("unshare", "util-linux"),
];

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
}

impl Shelf {
    /// Makes archives break off in their middle, or not any more.
    pub fn set_breaks(&self, breaks: bool) {
        self.breaks.store(breaks, Ordering::Relaxed);
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
    async fn open(&self, digest: &Digest) -> Option<BoxStream<'static, Result<bytes::Bytes, std::io::Error>>> {
        let archive = self.archives.lock().unwrap().get(digest).cloned()?;
        if self.breaks.load(Ordering::Relaxed) {
            let half = archive.slice(..archive.len() / 2);
            return Some(stream::iter([Ok(half), Err(std::io::Error::other("broken off"))]).boxed());
        }
        Some(stream::iter([Ok(archive)]).boxed())
    }
}

/// Runs a test on a machine of its own.
pub fn run(name: &str, test: impl AsyncFnOnce(Machine)) {
    match std::env::var_os(FOLDER) {
        Some(folder) if victim().is_some() => again(Path::new(&folder), test),
        Some(folder) => within(Path::new(&folder), test),
        None => outside(name.split_once("::").unwrap().1),
    }
}

/// Starts the test again within its namespaces, and takes what it leaves.
fn outside(name: &str) {
    let missing: Vec<&str> = NEEDED
        .iter()
        .filter(|(program, _)| !is_there(program))
        .map(|(_, package)| *package)
        .collect();
    assert!(
        missing.is_empty(),
        "the tests of hosting need: apt-get install --no-install-recommends {}",
        missing.join(" ")
    );
    assert!(is_root(), "the tests of hosting make namespaces and need root");
    *MACHINES.lock().unwrap() += 1;
    let folder = tempfile::Builder::new().prefix("beffroi-machine-").tempdir().unwrap();
    let program = practice();
    std::fs::copy(program, folder.path().join("practice")).unwrap();
    let status = Command::new("unshare")
        .args([
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--propagation",
            "private",
            "--mount-proc",
        ])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .status()
        .unwrap();
    remove_control_groups(folder.path());
    assert!(status.success(), "{name} failed on its machine: see above");
}

fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    program.starts_with('/') && Path::new(program).exists()
        || folders.into_iter().any(|folder: PathBuf| folder.join(program).exists())
}

fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    status.lines().any(|line| line.starts_with("Uid:\t0\t"))
}

/// Builds the practice target once, as one static file.
pub fn practice() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let target = root.join("target/practice");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args([
                "build",
                "--quiet",
                "--release",
                "--package",
                "beffroi-practice",
                "--target-dir",
            ])
            .arg(&target)
            .env("RUSTFLAGS", "-C target-feature=+crt-static -C strip=symbols")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .current_dir(&root)
            .status()
            .unwrap();
        assert!(status.success(), "the practice target does not build");
        target.join("release/beffroi-practice")
    })
}

/// How many machines there are at the moment.
static MACHINES: Mutex<u32> = Mutex::new(0);

/// Removes the empty control groups of a machine that is gone, and with the last machine those above them.
fn remove_control_groups(folder: &Path) {
    let list = |name: &str| std::fs::read_dir(folder.join(name)).into_iter().flatten().flatten();
    let podman = list("root/overlay-containers").filter_map(|entry| entry.file_name().into_string().ok());
    let podman = podman.flat_map(|id| {
        [
            format!("libpod_parent/libpod-{id}"),
            format!("libpod_parent/libpod-conmon-{id}"),
        ]
    });
    let docker = list("root/containers").filter_map(|entry| entry.file_name().into_string().ok());
    let mut groups: Vec<String> = podman.chain(docker.map(|id| format!("docker/{id}"))).collect();
    let mut machines = MACHINES.lock().unwrap();
    *machines -= 1;
    if *machines == 0 {
        groups.extend(["libpod_parent/conmon", "libpod_parent", "docker"].map(str::to_owned));
        // Where the host has a Podman of its own, this is not empty and stays.
        let _ = std::fs::remove_dir("/var/lib/containers");
    }
    let controllers: Vec<_> = std::fs::read_dir("/sys/fs/cgroup")
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    for group in groups {
        for controller in &controllers {
            // One that is not there, or that somebody else still uses, stays as it is.
            let _ = std::fs::remove_dir(controller.path().join(&group));
        }
        let _ = std::fs::remove_dir(Path::new("/sys/fs/cgroup").join(&group));
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
    // Its own /run too: there the engine keeps which addresses are taken; and its own place of what Podman remembers of
    // images, which no setting moves.
    sh("ip link set lo up
        mount -t tmpfs tmpfs /run
        mkdir -p /var/lib/containers
        mount -t tmpfs tmpfs /var/lib/containers");
    // And names of its surroundings, which no target may read.
    for (name, text) in [("hosts", HOSTS), ("resolv.conf", RESOLVER)] {
        std::fs::write(folder.join(name), text).unwrap();
        sh(&format!("mount --bind {} /etc/{name}", folder.join(name).display()));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut engine = if is_docker() {
        start_docker(folder)
    } else {
        start_podman(folder)
    };
    wait("the engine's socket", || socket(folder).exists());
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        runtime.block_on(async {
            let machine = machine(folder).await;
            let engine = Arc::clone(&machine.engine);
            test(machine).await;
            engine.sweep(&hosting::Keep::default()).await.unwrap();
        });
    }));
    engine.kill().unwrap();
    engine.wait().unwrap();
    if let Err(panic) = done {
        println!(
            "the engine said:\n{}",
            std::fs::read_to_string(folder.join("engine.log")).unwrap_or_default()
        );
        std::panic::resume_unwind(panic);
    }
}

/// Starts Podman's Docker-compatible service, everything of it within the folder.
fn start_podman(folder: &Path) -> std::process::Child {
    let place = folder.display();
    std::fs::create_dir_all(folder.join("networks")).unwrap();
    let conf = format!(
        "[containers]\ndefault_ulimits = [\"nofile=4096:4096\", \"nproc=4096:4096\"]\n\
         base_hosts_file = \"none\"\nhost_containers_internal_ip = \"none\"\nhttp_proxy = false\n\
         [engine]\ncgroup_manager = \"cgroupfs\"\nevents_logger = \"file\"\nruntime = \"runc\"\n\
         [network]\nnetwork_backend = \"netavark\"\nnetwork_config_dir = \"{place}/networks\"\n"
    );
    std::fs::write(folder.join("containers.conf"), conf).unwrap();
    let log = std::fs::File::create(folder.join("engine.log")).unwrap();
    Command::new("podman")
        .args([
            "--root",
            &format!("{place}/root"),
            "--runroot",
            &format!("{place}/runroot"),
        ])
        .args(["--tmpdir", &format!("{place}/tmp"), "system", "service", "--time=0"])
        .arg(format!("unix://{place}/engine.sock"))
        .env("CONTAINERS_CONF", folder.join("containers.conf"))
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// Says whether the tests run on Docker instead: `BEFFROI_TEST_ENGINE=docker`, with Debian's `docker.io` installed.
pub fn is_docker() -> bool {
    std::env::var_os("BEFFROI_TEST_ENGINE").is_some_and(|engine| engine == "docker")
}

pub fn socket(folder: &Path) -> PathBuf {
    folder.join("engine.sock")
}

/// Starts Docker, everything of it within the folder.
fn start_docker(folder: &Path) -> std::process::Child {
    let place = folder.display();
    let log = std::fs::File::create(folder.join("engine.log")).unwrap();
    Command::new("dockerd")
        .args([
            "--data-root",
            &format!("{place}/root"),
            "--exec-root",
            &format!("{place}/exec"),
        ])
        .args([
            "--pidfile",
            &format!("{place}/pid"),
            "--host",
            &format!("unix://{place}/engine.sock"),
        ])
        .args([
            "--bip",
            "10.89.60.1/24",
            "--default-address-pool",
            "base=10.89.64.0/18,size=24",
        ])
        .args(["--storage-driver", "overlay2", "--oom-score-adjust", "0"])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
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
