//! PostgreSQL as production runs it: the tests' cluster promises nothing after a power cut, and is faster for it.

use std::path::{Path, PathBuf};
use std::process::Command;
use testkit::TestApp;

/// What the tests turn off and production does not.
const SETTINGS: [&str; 4] = [
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "autovacuum=on",
];

/// Restarts the cluster of a filled instance, whose connections were closed, so that what it acknowledges is durable.
///
/// # Errors
/// What the restart said.
pub fn restart(app: &TestApp) -> Result<(), String> {
    let url = app.postgres_url().unwrap_or_default();
    let Some(folder) = url.split("?host=").nth(1).map(PathBuf::from) else {
        return Ok(());
    };
    let data = folder.join("data");
    let started = std::fs::read_to_string(data.join("postmaster.opts")).map_err(|error| error.to_string())?;
    let server = started.split(' ').next().unwrap_or_default();
    let control = Path::new(server).with_file_name("pg_ctl");
    let mut options = format!(
        "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200",
        folder.display()
    );
    for setting in SETTINGS {
        options += &format!(" -c {setting}");
    }
    // As root the cluster belongs to the account of its package (see the testkit's guard).
    let script = "as=; if [ \"$(id -u)\" = 0 ]; then as='setpriv --reuid=postgres --regid=postgres --clear-groups'; fi; \
                  cd \"$3\" && $as \"$0\" -D \"$1\" -l \"$3/server.log\" -w -t 60 -m fast -o \"$2\" restart";
    let said = Command::new("sh")
        .args(["-c", script])
        .args([&control, &data])
        .arg(options)
        .arg(&folder)
        .output()
        .map_err(|error| error.to_string())?;
    if said.status.success() {
        return Ok(());
    }
    Err(format!(
        "PostgreSQL did not restart: {}{}",
        String::from_utf8_lossy(&said.stdout),
        String::from_utf8_lossy(&said.stderr)
    ))
}
