//! What is SQLite's own: how to open it, begin a write, and read its errors.
//!
//! Statements run where they are asked for, on the thread of the caller: a page's reads find their
//! pages in memory and cost microseconds a row, less than the way to another thread and back. What
//! may wait for a disk or for another process, the beginning and the end of a write, runs on a
//! thread where waiting is allowed (`docs/decisions/0022-sqlite-without-a-thread-between.md`).

use super::{Row, Value};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value as Cell, ValueRef};
use rusqlite::{Connection, ErrorCode, Statement, ToSql};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use use_cases::ports::StoreError;

/// How long a use case waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(30);
/// How long SQLite waits for a lock that another process holds.
const LOCKED: Duration = Duration::from_secs(10);
/// Statements that a connection keeps prepared.
const PREPARED: usize = 400;

/// One writer and several readers on one file.
#[derive(Clone)]
pub struct SqlitePools {
    pub(crate) writer: Arc<Pool>,
    pub(crate) readers: Arc<Pool>,
}

/// Connections that wait for their next use, all made when the file is opened.
pub(crate) struct Pool {
    path: PathBuf,
    reads: bool,
    size: u32,
    free: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    fn open(path: &Path, size: u32, reads: bool) -> rusqlite::Result<Arc<Self>> {
        let connections = (0..size).map(|_| connect(path, reads)).collect::<Result<Vec<_>, _>>()?;
        Ok(Arc::new(Self {
            path: path.to_owned(),
            reads,
            size,
            free: Mutex::new(connections),
            permits: Arc::new(Semaphore::new(usize::try_from(size).unwrap_or(1))),
        }))
    }

    async fn lease(self: &Arc<Self>) -> Result<Transaction, StoreError> {
        let permit = tokio::time::timeout(ACQUIRE, self.permits.clone().acquire_owned())
            .await
            .map_err(|_| StoreError::Busy)?
            .map_err(|_| StoreError::Failed("the database is closed".to_owned()))?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            // One that could not be rolled back was thrown away.
            None => connect(&self.path, self.reads).map_err(|error| classify(&error))?,
        };
        Ok(Transaction {
            connection: Some(connection),
            pool: self.clone(),
            _permit: permit,
        })
    }

    /// Waits for what runs, and closes all connections; nothing begins after.
    pub(crate) async fn close(&self) {
        let all = self.permits.acquire_many(self.size).await;
        self.permits.close();
        drop(all);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// An open transaction, which is rolled back where it is dropped.
pub struct Transaction {
    connection: Option<Connection>,
    pool: Arc<Pool>,
    // Given back after the connection is.
    _permit: OwnedSemaphorePermit,
}

impl Transaction {
    fn connection(&self) -> Result<&Connection, StoreError> {
        let gone = || StoreError::Failed("the transaction has ended".to_owned());
        self.connection.as_ref().ok_or_else(gone)
    }

    /// Gives the connection of a transaction that still goes on: SQLite ends one by itself where its disk is full.
    fn open(&self) -> Result<&Connection, StoreError> {
        let connection = self.connection()?;
        if connection.is_autocommit() {
            return Err(StoreError::Failed("the transaction was rolled back".to_owned()));
        }
        Ok(connection)
    }

    fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.connection()?.execute_batch(sql).map_err(|error| classify(&error))
    }

    /// Ends the transaction and keeps what it wrote.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        if self.pool.reads {
            return Ok(());
        }
        may_wait(move || self.run("COMMIT")).await
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "a transaction could not be rolled back: its connection is closed");
            return;
        }
        let mut free = self.pool.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.push(connection);
    }
}

/// Runs on a thread where waiting for a disk or a lock holds up nobody else.
async fn may_wait<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
}

/// Opens one connection. What is read is mapped, up to the 2 GiB that SQLite maps at most: the system keeps one copy of it for
/// all connections, and no page is copied.
fn connect(path: &Path, reads: bool) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(LOCKED)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16000;
         PRAGMA mmap_size = 2147418112;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;",
    )?;
    // A plan hangs on the statement alone: SQLite does not plan it anew for each value that is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if reads {
        connection.execute_batch("PRAGMA query_only = ON")?;
    }
    Ok(connection)
}

/// Opens a database file, making it where it is missing.
///
/// # Errors
/// [`StoreError`] where the file cannot be opened.
pub async fn open(path: &Path, readers: u32) -> Result<SqlitePools, StoreError> {
    let path = path.to_owned();
    may_wait(move || {
        let pool = |size, reads| Pool::open(&path, size, reads).map_err(|error| classify(&error));
        Ok(SqlitePools {
            writer: pool(1, false)?,
            readers: pool(readers, true)?,
        })
    })
    .await
}

pub(crate) async fn begin_write(pools: &SqlitePools) -> Result<Transaction, StoreError> {
    let transaction = pools.writer.lease().await?;
    may_wait(move || {
        transaction.run("BEGIN IMMEDIATE")?;
        Ok(transaction)
    })
    .await
}

pub(crate) async fn begin_read(pools: &SqlitePools) -> Result<Transaction, StoreError> {
    let transaction = pools.readers.lease().await?;
    transaction.run("BEGIN")?;
    Ok(transaction)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Int(value) => value.map(ValueRef::Integer),
            Self::Text(value) => value.as_ref().map(|text| ValueRef::Text(text.as_bytes())),
            Self::Bytes(value) => value.as_deref().map(ValueRef::Blob),
            Self::Uuid(value) => value.as_ref().map(|id| ValueRef::Blob(id.as_bytes())),
            Self::Bool(value) => value.map(|yes| ValueRef::Integer(i64::from(yes))),
        };
        Ok(ToSqlOutput::Borrowed(value.unwrap_or(ValueRef::Null)))
    }
}

/// Writes the placeholders as SQLite numbers them: it takes `$2` for a name, and `?2` for the second value.
fn numbered(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('$') {
        text.push_str(before);
        text.push(if after.starts_with(|c: char| c.is_ascii_digit()) {
            '?'
        } else {
            '$'
        });
        rest = after;
    }
    text.push_str(rest);
    text
}

fn bind(statement: &mut Statement<'_>, values: &[Value]) -> rusqlite::Result<()> {
    for place in 1..=statement.parameter_count() {
        let value = values.get(place - 1);
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(values.len(), place))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

/// A row of SQLite, read from its statement.
pub struct SqliteRow {
    names: Arc<[String]>,
    cells: Vec<Cell>,
}

impl SqliteRow {
    /// Gives the cell of a column.
    pub(super) fn cell(&self, name: &str) -> Option<&Cell> {
        let place = self.names.iter().position(|known| known == name)?;
        self.cells.get(place)
    }
}

pub(super) fn fetch(tx: &Transaction, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
    let rows = |connection: &Connection| -> rusqlite::Result<Vec<Row>> {
        let mut statement = connection.prepare_cached(&numbered(sql))?;
        bind(&mut statement, values)?;
        let names: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
        let mut found = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let cells = (0..names.len()).map(|place| row.get(place)).collect::<Result<_, _>>()?;
            let names = names.clone();
            rows.push(Row::Sqlite(Arc::new(SqliteRow { names, cells })));
        }
        Ok(rows)
    };
    rows(tx.open()?).map_err(|error| classify(&error))
}

pub(super) fn execute(tx: &Transaction, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
    let changed = |connection: &Connection| -> rusqlite::Result<usize> {
        let mut statement = connection.prepare_cached(&numbered(sql))?;
        bind(&mut statement, values)?;
        statement.raw_execute()
    };
    let changed = changed(tx.open()?).map_err(|error| classify(&error))?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

/// Says what an error of SQLite means to a use case.
fn classify(error: &rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(failure, message) = error else {
        return StoreError::Failed(error.to_string());
    };
    let message = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::ConstraintViolation if UNIQUE.contains(&failure.extended_code) => StoreError::Taken(message),
        _ => StoreError::Failed(message),
    }
}

/// `SQLITE_CONSTRAINT_UNIQUE` and `SQLITE_CONSTRAINT_PRIMARYKEY`.
const UNIQUE: [i32; 2] = [
    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE,
    rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
];

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn placeholders_are_numbered_and_nothing_else_is_touched() {
        assert_eq!(
            numbered("SELECT a FROM b WHERE c = $1 AND d IN ($2, $10)"),
            "SELECT a FROM b WHERE c = ?1 AND d IN (?2, ?10)"
        );
        assert_eq!(
            numbered("SELECT '$', '5 $' WHERE a = $1"),
            "SELECT '$', '5 $' WHERE a = ?1"
        );
        assert_eq!(numbered("SELECT 1"), "SELECT 1");
    }
}
