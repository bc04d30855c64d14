//! Processes of the real program, which serve what was filled.

use crate::cpu;
use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use testkit::TestApp;
use testkit::browse::Visitor;
use testkit::browser::free_port;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Finds the program that was built beside this one, in the same profile.
///
/// # Errors
/// What to do where it was not built.
pub fn program() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    // A test stands one folder deeper than the programs.
    let folders = here.ancestors().skip(1).take(2);
    let found = folders.map(|folder| folder.join("beffroi")).find(|file| file.is_file());
    found.ok_or_else(|| {
        format!(
            "the program « beffroi » was not built beside {}: cargo build --workspace --bins, with --release where this one was",
            here.display()
        )
    })
}

/// How the program is run on an instance.
pub struct Program {
    file: PathBuf,
    folder: PathBuf,
    database: Option<String>,
}

impl Program {
    /// Runs the program on a filled instance.
    ///
    /// # Panics
    /// Where it was not built.
    pub fn on(app: &TestApp) -> Self {
        Self {
            file: program().unwrap_or_else(|missing| panic!("{missing}")),
            folder: app.folder().to_owned(),
            database: app.postgres_url(),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.file);
        command.current_dir(&self.folder);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BEFFROI_") {
                command.env_remove(name);
            }
        }
        command.arg("--folder").arg(&self.folder);
        command.env("BEFFROI_CONSOLE__FILTER", "warn");
        if let Some(url) = &self.database {
            command.env("BEFFROI_DATABASE", url);
        }
        command
    }

    /// Runs a command on what the servers left.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().expect("the program runs")
    }

    /// Starts a server and waits until it answers.
    ///
    /// # Panics
    /// Where it does not, with what it said.
    pub fn serve(&self) -> Server {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let log = self.folder.join(format!("server-{}.log", address.port()));
        let mut command = self.command();
        command.arg("serve").arg("--listen").arg(address.to_string());
        let child = command
            .stdout(Stdio::null())
            .stderr(append(&log))
            .spawn()
            .expect("the program starts");
        let mut server = Server { address, log, child };
        let until = Instant::now() + PATIENCE;
        while Visitor::new(address).get("/connexion").is_err() {
            let ended = server.child.try_wait().expect("a process");
            assert!(ended.is_none(), "the server ended: {ended:?}\n{}", server.said());
            assert!(Instant::now() < until, "the server does not answer\n{}", server.said());
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

fn append(log: &Path) -> File {
    OpenOptions::new().create(true).append(true).open(log).expect("a file")
}

/// A server that answers.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    log: PathBuf,
    child: Child,
}

impl Server {
    /// Gives the processor time it has used.
    pub fn used(&self) -> Duration {
        cpu::of_process(self.child.id())
    }

    /// Gives the MiB of memory it has now, and had at most.
    pub fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kibibytes = |name: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|rest| rest.split_whitespace().next());
            number.and_then(|text| text.parse().ok()).unwrap_or_default()
        };
        (kibibytes("VmRSS:") / 1024, kibibytes("VmHWM:") / 1024)
    }

    /// Asks it to stop, waits for its orderly end, and gives what it said and whether it ended well.
    pub fn stop(mut self) -> (String, bool) {
        let id = self.child.id().to_string();
        let sent = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status();
        let well = sent.is_ok_and(|sent| sent.success()) && self.child.wait().is_ok_and(|end| end.success());
        (self.said(), well)
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail where it has ended already, which is what they are for.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
