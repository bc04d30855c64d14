//! A dump of a database, as somebody who copies it takes it along.

use crate::app::TestApp;
use crate::cluster::{MISSING, programs};
use std::process::Command;

impl TestApp {
    /// Dumps the database as text, on PostgreSQL.
    ///
    /// # Panics
    /// Where it cannot be dumped.
    #[must_use]
    pub fn dump(&self) -> Option<String> {
        let url = self.postgres_url()?;
        let program = programs().expect(MISSING).join("pg_dump");
        let done = Command::new(program).arg(url).output().expect(MISSING);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Some(String::from_utf8(done.stdout).expect("a dump in UTF-8"))
    }
}
