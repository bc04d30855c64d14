//! Namespaces of network, mounts and processes for one test, with an engine of containers in them.
//!
//! The test starts its own binary again within the namespaces. When that ends, however it ends, the kernel takes every
//! process, network and mount of it away; only a folder and empty control groups are left to remove.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

/// What tells the inner run its folder.
const FOLDER: &str = "BEFFROI_TEST_MACHINE";
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

/// Gives the folder of the namespaces that this process runs in; nothing outside of them.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Starts the test again within its namespaces, and takes what it leaves; `prepare` puts into its folder what it needs.
pub fn outside(name: &str, prepare: impl FnOnce(&Path)) {
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
    prepare(folder.path());
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

/// Makes the namespaces fit for an engine, and starts it; the caller ends it.
pub fn start_engine(folder: &Path) -> Child {
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
    let engine = if is_docker() {
        start_docker(folder)
    } else {
        start_podman(folder)
    };
    wait("the engine's socket", || socket(folder).exists());
    engine
}

/// Ends an engine; where a test failed, what the engine said is shown and the failure goes on.
pub fn end_engine(folder: &Path, mut engine: Child, done: std::thread::Result<()>) {
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
fn start_podman(folder: &Path) -> Child {
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
        // Where memory runs out, conmon leaves a file `oom` in the folder it was started in.
        .current_dir(folder)
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
fn start_docker(folder: &Path) -> Child {
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

/// Runs a command of the shell on the machine.
pub fn sh(command: &str) {
    let status = Command::new("sh").args(["-ec", command]).status().unwrap();
    assert!(status.success(), "{command}");
}

/// Waits until something holds, for some seconds at most.
pub fn wait(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..200 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{what} did not come");
}
