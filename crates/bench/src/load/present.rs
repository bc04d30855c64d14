//! The filled instance, made ready for the program: its times brought to the present, its key in its file.

use crate::size::NOW;
use authorization::SystemKind;
use domain::Timestamp;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::time::{SystemTime, UNIX_EPOCH};
use testkit::TestApp;
use use_cases::people::SetUpDemo;
use use_cases::{Context, perform};

/// What depends on how long ago it was: the fill lives in a day of its own.
const TIMES: [(&str, &[&str]); 5] = [
    ("campaign", &["opens_at", "closes_at"]),
    ("authorisation", &["requested_at", "signed_at", "expires_at"]),
    ("report", &["created_at", "submitted_at", "closed_at", "state_at"]),
    (
        "vulnerability",
        &[
            "opened_at",
            "state_at",
            "phase_at",
            "notified_at",
            "acknowledge_due",
            "acknowledged_at",
            "fix_due",
        ],
    ),
    ("position", &["informed_at", "read_at", "answered_at"]),
];

#[expect(
    clippy::disallowed_methods,
    reason = "the program that serves the instance lives in the present"
)]
fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Timestamp(i64::try_from(since.as_micros()).expect("before the year 290000"))
}

/// Sets the instance up and brings its times to the present.
pub async fn bring(app: &TestApp) {
    let now = machine_time();
    app.clock.set(now);
    for (table, columns) in TIMES {
        let moved: Vec<String> = columns
            .iter()
            .map(|column| format!("{column} = {column} + {}", now.0 - NOW))
            .collect();
        // The testkit takes constant statements; these few live as long as the program.
        app.tamper(Box::leak(
            format!("UPDATE {table} SET {}", moved.join(", ")).into_boxed_str(),
        ))
        .await;
    }
    let instance = "Beffroi, essai de charge".to_owned();
    perform(&Context::system(app, SystemKind::Installer), SetUpDemo { instance })
        .await
        .expect("the instance can be set up");
}

/// Writes the key of the instance where the program reads it; the key of the log is made by the program.
pub fn write_key(app: &TestApp) {
    let folder = app.folder().join("keys");
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .expect("a folder");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(folder.join("instance.key"))
        .expect("a file");
    file.write_all(app.keys.to_text().as_bytes()).expect("a key");
}
