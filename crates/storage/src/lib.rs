//! SQL, each statement written once for SQLite and PostgreSQL.
//!
//! This floor carries sealed bytes and never holds a key. Each file implements the port of the
//! same name; what differs between the engines stands in [`engine`] only.

mod advisory;
mod already_tested;
mod authorisation;
mod bypass;
mod call;
mod campaign;
mod candidacy;
mod concern;
mod corrected;
mod coverage;
mod declared_test;
mod directory;
mod embedding;
pub mod engine;
mod finding;
mod foundation;
mod group;
mod instruction;
mod join;
mod linked;
mod mail_choice;
pub mod migrations;
mod named;
mod organisation;
mod outcome;
mod person;
mod programme;
mod reception;
mod register;
mod replay;
mod report;
mod search;
mod seed;
mod session;
mod sharing;
mod snapshot;
mod target;
mod template;
mod vulnerability;

pub use session::SqlSession;

use async_trait::async_trait;
use domain::Timestamp;
use engine::{Connection, Engine, Kept, postgres, sqlite};
use std::path::Path;
use use_cases::ports::{Session, Store, Stored};

/// A database of either engine, with its migrations applied.
#[derive(Clone)]
pub enum Database {
    /// SQLite, one file.
    Sqlite(sqlite::SqlitePools),
    /// PostgreSQL.
    Postgres(sqlx::postgres::PgPool),
}

impl Database {
    /// Opens an SQLite file, making it where it is missing.
    ///
    /// # Errors
    /// [`use_cases::ports::StoreError`] where it cannot be opened.
    pub async fn open_sqlite(path: &Path, readers: u32) -> Stored<Self> {
        Ok(Self::Sqlite(sqlite::open(path, readers).await?))
    }

    /// Reaches a PostgreSQL database by its address.
    ///
    /// # Errors
    /// [`use_cases::ports::StoreError`] where it does not answer.
    pub async fn open_postgres(url: &str, connections: u32) -> Stored<Self> {
        Ok(Self::Postgres(postgres::open(url, connections).await?))
    }

    /// Says which engine serves.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Applies the migrations that are missing and gives their names.
    ///
    /// # Errors
    /// [`use_cases::ports::StoreError`] where one fails; then none of them is applied.
    pub async fn migrate(&self, now: Timestamp) -> Stored<Vec<&'static str>> {
        self.migrate_by(migrations::ALL, now).await
    }

    /// Applies those of some migrations that are missing and gives their names.
    ///
    /// # Errors
    /// [`use_cases::ports::StoreError`] where one fails; then none of them is applied.
    pub async fn migrate_by(
        &self,
        migrations: &[(&'static str, &'static str)],
        now: Timestamp,
    ) -> Stored<Vec<&'static str>> {
        let mut connection = self.connection(true).await?;
        let applied = migrations::apply(&mut connection, migrations, now).await?;
        connection.commit().await?;
        Ok(applied)
    }

    /// Closes the connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pools) => {
                pools.readers.close().await;
                pools.writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Begins a transaction, for writing or for reading one snapshot.
    ///
    /// # Errors
    /// [`use_cases::ports::StoreError::Busy`] where no connection is free in time.
    pub async fn connection(&self, write: bool) -> Stored<Connection> {
        let kept = (!write).then(Kept::default);
        Ok(match (self, write) {
            (Self::Sqlite(pools), true) => Connection::of_sqlite(sqlite::begin_write(pools).await?, kept),
            (Self::Sqlite(pools), false) => Connection::of_sqlite(sqlite::begin_read(pools).await?, kept),
            (Self::Postgres(pool), true) => Connection::of_postgres(postgres::begin_write(pool).await?, kept),
            (Self::Postgres(pool), false) => Connection::of_postgres(postgres::begin_read(pool).await?, kept),
        })
    }
}

#[async_trait]
impl Store for Database {
    async fn begin(&self) -> Stored<Box<dyn Session>> {
        Ok(Box::new(SqlSession::new(self.connection(true).await?)))
    }

    async fn snapshot(&self) -> Stored<Box<dyn Session>> {
        Ok(Box::new(SqlSession::new(self.connection(false).await?)))
    }

    fn engine_name(&self) -> &'static str {
        self.engine().name()
    }
}
