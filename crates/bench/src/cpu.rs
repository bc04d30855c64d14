//! Processor time, of this process and of the PostgreSQL that it started.

use std::path::{Path, PathBuf};
use std::time::Duration;
use testkit::TestApp;

/// Reads how much processor time the instance has used.
pub struct Meter {
    postgres: Option<String>,
}

impl Meter {
    /// Makes one for an instance.
    pub fn new(app: &TestApp) -> Self {
        let folder = app
            .postgres_url()
            .and_then(|url| url.split("?host=").nth(1).map(PathBuf::from));
        let master = folder.and_then(|folder| std::fs::read_to_string(folder.join("data/postmaster.pid")).ok());
        Self {
            postgres: master.and_then(|text| text.lines().next().map(str::to_owned)),
        }
    }

    /// Gives the time used so far: this process, and the backends of PostgreSQL.
    pub fn used(&self) -> Duration {
        of_process(std::process::id()) + self.database()
    }

    /// Gives the time that the backends of PostgreSQL used so far; none on SQLite.
    pub fn database(&self) -> Duration {
        let Some(master) = &self.postgres else {
            return Duration::ZERO;
        };
        let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let backends = processes.filter_map(|entry| {
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.to_owned();
            (parent == *master).then(|| used(&entry.path()))?
        });
        backends.sum()
    }
}

/// Gives the time that a process used so far.
pub fn of_process(id: u32) -> Duration {
    used(&Path::new("/proc").join(id.to_string())).unwrap_or_default()
}

/// Reads what the scheduler counted for each thread that still lives, in nanoseconds (Linux's `schedstat`).
fn used(process: &Path) -> Option<Duration> {
    let threads = std::fs::read_dir(process.join("task")).ok()?.flatten();
    let counted = threads.filter_map(|thread| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    });
    Some(counted.sum())
}
