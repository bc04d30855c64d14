//! A PostgreSQL that the tests start themselves: one cluster for each test program, on a socket
//! in a temporary folder, and a database for each test cloned from a migrated template.
//!
//! A guard process (`guard.sh`) starts the cluster and waits on a pipe that this process holds;
//! however this process ends, the pipe closes and the guard stops the cluster and removes it.

use domain::Timestamp;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use storage::Database;
use tokio::sync::OnceCell;

const GUARD: &str = include_str!("guard.sh");
pub(crate) const MISSING: &str = "PostgreSQL is missing and these tests need it: apt-get install postgresql";

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
/// Further options of the cluster.
static OPTIONS: OnceLock<&str> = OnceLock::new();
static NUMBER: AtomicU64 = AtomicU64::new(0);
/// Databases that no test needs any more.
static FINISHED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A cluster that lives as long as this process.
pub(crate) struct Cluster {
    folder: PathBuf,
    /// Closed by the end of the process, which is what the guard waits for.
    _pipe: ChildStdin,
}

/// A database of its own for one test; the next test removes it.
pub(crate) struct Cloned {
    pub(crate) url: String,
    name: String,
}

impl Drop for Cloned {
    fn drop(&mut self) {
        FINISHED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(self.name.clone());
    }
}

/// Has PostgreSQL started with further options, before this process first asks for an instance on it.
///
/// # Panics
/// Where options were said before.
pub fn postgres_options(options: &'static str) {
    OPTIONS.set(options).expect("options are said once");
}

/// Clones the migrated template.
pub(crate) async fn clone(now: Timestamp) -> Cloned {
    made(now, "template_beffroi").await
}

/// Makes a database without any table.
pub(crate) async fn blank(now: Timestamp) -> Cloned {
    made(now, "template0").await
}

async fn made(now: Timestamp, template: &str) -> Cloned {
    let cluster = CLUSTER.get_or_init(|| Cluster::start(now)).await;
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::SeqCst));
    let finished = std::mem::take(&mut *FINISHED.lock().unwrap_or_else(PoisonError::into_inner));
    let mut statements: Vec<String> = finished
        .into_iter()
        .map(|name| format!("DROP DATABASE {name} WITH (FORCE)"))
        .collect();
    statements.push(format!("CREATE DATABASE {name} TEMPLATE {template}"));
    cluster.run(statements).await;
    Cloned {
        url: cluster.url(&name),
        name,
    }
}

impl Cluster {
    async fn start(now: Timestamp) -> Self {
        let cluster = Self::launch(folder(), OPTIONS.get().copied().unwrap_or_default());
        cluster.run(vec!["CREATE DATABASE template_beffroi".to_owned()]).await;
        let template = Database::open_postgres(&cluster.url("template_beffroi"), 1)
            .await
            .expect("the template opens");
        template.migrate(now).await.expect("the migrations apply on PostgreSQL");
        template.close().await;
        cluster
    }

    /// Starts a cluster in a folder, with further options of the server.
    pub(crate) fn launch(folder: PathBuf, options: &str) -> Self {
        let programs = programs().expect(MISSING);
        #[expect(clippy::zombie_processes, reason = "it outlives this process to clean up after it")]
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&folder)
            .arg(&programs)
            .arg(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell starts");
        let mut said = String::new();
        BufReader::new(guard.stdout.take().expect("a pipe"))
            .read_line(&mut said)
            .expect("the guard speaks");
        assert!(
            said.trim() == "ready",
            "PostgreSQL did not start: {said}{}",
            log(&folder)
        );
        Self {
            folder,
            _pipe: guard.stdin.take().expect("a pipe"),
        }
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://beffroi@localhost/{database}?host={}", self.folder.display())
    }

    async fn run(&self, statements: Vec<String>) {
        let options = sqlx::postgres::PgConnectOptions::from_str(&self.url("postgres")).expect("an address");
        let mut connection = options.connect().await.expect("the cluster answers");
        for statement in statements {
            sqlx::query(AssertSqlSafe(statement.clone()))
                .execute(&mut connection)
                .await
                .unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        connection.close().await.expect("the connection closes");
    }
}

/// Makes the folder of a cluster; sockets have short names, so it stands directly in /tmp.
pub(crate) fn folder() -> PathBuf {
    let made = tempfile::Builder::new().prefix("beffroi-pg-").tempdir_in("/tmp");
    made.expect("a folder").keep()
}

/// Finds the folder that holds PostgreSQL's programs: Debian keeps them out of the PATH.
pub(crate) fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = debian.map(|entry| entry.path().join("bin")).collect();
    found.sort_by_key(|path| {
        let version = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        std::cmp::Reverse(version.and_then(|version| version.parse::<u32>().ok()))
    });
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path));
    found
        .into_iter()
        .find(|path| path.join("initdb").exists() && path.join("pg_ctl").exists())
}

fn log(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log")).unwrap_or_default()
}
