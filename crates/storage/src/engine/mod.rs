//! The two engines behind one small typed seam.
//!
//! Every statement of the floor is written once, in the portable subset that `STYLE.md`
//! describes, and given to [`Connection`] with typed [`Value`]s. What differs between SQLite and
//! PostgreSQL stands in `sqlite.rs`, `postgres.rs` and `dialect.rs`, and nowhere else.

pub mod dialect;
mod kept;
pub mod postgres;
pub mod sqlite;
mod value;

pub(crate) use kept::Kept;
pub use value::{Field, Row, Value};

use sqlx::SqlSafeStr;
use std::borrow::Cow;
use std::time::{Duration, Instant};
use use_cases::ports::StoreError;

/// The target of the log that tells the statements that run.
pub const STATEMENTS: &str = "storage::statement";

/// How long a statement may take before the log warns of it.
const SLOW: Duration = Duration::from_secs(1);

/// Which engine serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL, for several nodes.
    Postgres,
}

impl Engine {
    /// Gives the name by which its makers call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The transaction of either engine.
enum Open {
    Sqlite(sqlite::Transaction),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// An open transaction on either engine.
pub struct Connection {
    open: Open,
    /// What was read, where the transaction reads one snapshot: the same statement gives the same rows there.
    kept: Option<Kept>,
}

impl Connection {
    pub(crate) const fn of_sqlite(open: sqlite::Transaction, kept: Option<Kept>) -> Self {
        let open = Open::Sqlite(open);
        Self { open, kept }
    }

    pub(crate) const fn of_postgres(open: sqlx::Transaction<'static, sqlx::Postgres>, kept: Option<Kept>) -> Self {
        let open = Open::Postgres(open);
        Self { open, kept }
    }

    /// Says which engine serves.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.open {
            Open::Sqlite(_) => Engine::Sqlite,
            Open::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and gives its rows.
    ///
    /// # Errors
    /// [`StoreError`], classified for the engine.
    pub async fn fetch(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.fetch_any(Cow::Borrowed(sql), values).await
    }

    /// Runs a statement that was put together from constant parts and gives its rows.
    ///
    /// # Errors
    /// [`StoreError`], classified for the engine.
    pub async fn fetch_built(&mut self, sql: String, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.fetch_any(Cow::Owned(sql), values).await
    }

    async fn fetch_any(&mut self, sql: Cow<'static, str>, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let key = self.kept.as_ref().and_then(|_| kept::Asked::of(sql.clone(), &values));
        if let (Some(key), Some(kept)) = (&key, &self.kept)
            && let Some(rows) = kept.rows(key)
        {
            return Ok(rows);
        }
        let begun = Instant::now();
        let rows = match &mut self.open {
            Open::Sqlite(tx) => sqlite::fetch(tx, &sql, &values),
            Open::Postgres(tx) => {
                let text = match &sql {
                    Cow::Borrowed(text) => text.into_sql_str(),
                    Cow::Owned(text) => sqlx::AssertSqlSafe(text.clone()).into_sql_str(),
                };
                postgres::fetch(tx, text, values).await
            }
        };
        self.tell(&sql, begun);
        if let (Some(key), Some(kept), Ok(rows)) = (key, &mut self.kept, &rows) {
            kept.keep(key, rows);
        }
        rows
    }

    /// Runs a statement that gives one row or none.
    ///
    /// # Errors
    /// [`StoreError`], classified for the engine.
    pub async fn fetch_optional(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch(sql, values).await?.into_iter().next())
    }

    /// Runs a statement that gives exactly one row.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none; else classified for the engine.
    pub async fn fetch_one(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Row, StoreError> {
        self.fetch_optional(sql, values).await?.ok_or(StoreError::Missing)
    }

    /// Runs a statement and gives how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`], classified for the engine.
    pub async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, StoreError> {
        let begun = Instant::now();
        let changed = match &mut self.open {
            Open::Sqlite(tx) => sqlite::execute(tx, sql, &values),
            Open::Postgres(tx) => postgres::execute(tx, sql, values).await,
        };
        self.tell(sql, begun);
        changed
    }

    /// Runs a statement that must change exactly one row, such as a save that names its revision.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where it changed none.
    pub async fn execute_one(&mut self, sql: &'static str, values: Vec<Value>) -> Result<(), StoreError> {
        match self.execute(sql, values).await? {
            1 => Ok(()),
            _ => Err(StoreError::Stale),
        }
    }

    /// Logs a statement, without its values: all when debugging, slow ones as a warning.
    fn tell(&self, sql: &str, begun: Instant) {
        let took = begun.elapsed();
        let (engine, seconds) = (self.engine().name(), took.as_secs_f64());
        if took > SLOW {
            tracing::warn!(target: STATEMENTS, engine, sql, seconds, "a slow statement");
        } else {
            tracing::debug!(target: STATEMENTS, engine, sql, seconds, "a statement");
        }
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self.open {
            Open::Sqlite(tx) => tx.commit().await,
            Open::Postgres(tx) => tx.commit().await.map_err(postgres::classify),
        }
    }
}

/// Makes the list of values of a statement.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::engine::Value::from($value)),*] };
}
