//! One process of the program, which is started, killed and started again.

use crate::{beffroi, free_port};
use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use testkit::browse::Visitor;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server.
pub struct Node {
    pub address: SocketAddr,
    folder: PathBuf,
    database: Option<String>,
    child: Option<Child>,
}

impl Node {
    pub fn new(folder: &Path, database: Option<String>) -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], free_port())),
            folder: folder.to_owned(),
            database,
            child: None,
        }
    }

    fn command(&self) -> Command {
        let mut command = beffroi(&self.folder);
        command
            .arg("--folder")
            .arg(&self.folder)
            .env("BEFFROI_CONSOLE__FILTER", "warn");
        if let Some(url) = &self.database {
            command.env("BEFFROI_DATABASE", url);
        }
        command
    }

    fn log(&self) -> PathBuf {
        self.folder.join(format!("node-{}.log", self.address.port()))
    }

    /// Starts the process and does not wait for it.
    pub fn start(&mut self) {
        let log = OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let mut command = self.command();
        command.arg("serve").arg("--listen").arg(self.address.to_string());
        self.child = Some(command.stdout(Stdio::null()).stderr(log).spawn().unwrap());
    }

    /// Waits until the process answers.
    pub fn wait(&mut self) {
        let until = Instant::now() + PATIENCE;
        while Visitor::new(self.address).get("/connexion").is_err() {
            let ended = self.child.as_mut().and_then(|child| child.try_wait().unwrap());
            assert!(ended.is_none(), "the server ended: {ended:?}\n{}", self.said());
            assert!(Instant::now() < until, "the server does not answer\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills the process as the power would: it learns nothing of it.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Runs a command on what the process left.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// Gives what the processes wrote to their consoles.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}
