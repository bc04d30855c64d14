//! A database without any table, for the tests of migrations.

use crate::app::START;
use crate::cluster::{self, Cloned};
use sqlx::AssertSqlSafe;
use storage::Database;
use storage::engine::Row;
use tempfile::TempDir;

/// A database that no migration was applied to.
pub struct Blank {
    /// The database.
    pub database: Database,
    folder: TempDir,
    _cloned: Option<Cloned>,
}

impl Blank {
    /// Makes one on SQLite.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = Database::open_sqlite(&folder.path().join("blank.sqlite"), 1).await;
        Self {
            database: opened.expect("SQLite opens"),
            folder,
            _cloned: None,
        }
    }

    /// Makes one on PostgreSQL.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn postgres() -> Self {
        let cloned = cluster::blank(START).await;
        let opened = Database::open_postgres(&cloned.url, 2).await;
        Self {
            database: opened.expect("PostgreSQL answers"),
            folder: tempfile::tempdir().expect("a folder"),
            _cloned: Some(cloned),
        }
    }

    /// Runs a statement that writes, and says what was wrong with it.
    ///
    /// # Errors
    /// What the database answered.
    ///
    /// # Panics
    /// Where the database does not open.
    pub async fn write(&self, sql: &str) -> Result<(), String> {
        match &self.database {
            Database::Sqlite(_) => {
                let file = self.folder.path().join("blank.sqlite");
                let connection = rusqlite::Connection::open(file).expect("the file opens");
                connection.execute_batch("PRAGMA foreign_keys = ON").expect("a setting");
                connection
                    .execute(sql, [])
                    .map(|_| ())
                    .map_err(|error| error.to_string())
            }
            Database::Postgres(pool) => {
                let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(pool).await;
                done.map(|_| ()).map_err(|error| error.to_string())
            }
        }
    }

    /// Runs a statement that reads.
    ///
    /// # Panics
    /// Where it fails.
    pub async fn read(&self, sql: &str) -> Vec<Row> {
        let mut connection = self.database.connection(false).await.expect("a connection");
        let rows = connection.fetch_built(sql.to_owned(), Vec::new()).await;
        rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}
