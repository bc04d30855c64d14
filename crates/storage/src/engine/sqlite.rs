//! What is SQLite's own: how to open it, begin a write, and read its errors.

use super::{Row, Value};
use futures_util::TryStreamExt;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Arguments, SqlStr, Sqlite, Transaction};
use std::path::Path;
use std::time::Duration;
use use_cases::ports::StoreError;

/// One writer and several readers on one file.
#[derive(Clone)]
pub struct SqlitePools {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

/// Opens a database file, making it where it is missing.
///
/// # Errors
/// [`StoreError`] where the file cannot be opened.
pub async fn open(path: &Path, readers: u32) -> Result<SqlitePools, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-16000")
        .pragma("temp_store", "memory")
        .pragma("secure_delete", "on");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options.clone())
        .await
        .map_err(classify)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(readers)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options.pragma("query_only", "on"))
        .await
        .map_err(classify)?;
    Ok(SqlitePools { writer, readers })
}

pub(crate) async fn begin_write(pools: &SqlitePools) -> Result<Transaction<'static, Sqlite>, StoreError> {
    pools.writer.begin_with("BEGIN IMMEDIATE").await.map_err(classify)
}

pub(crate) async fn begin_read(pools: &SqlitePools) -> Result<Transaction<'static, Sqlite>, StoreError> {
    pools.readers.begin().await.map_err(classify)
}

fn arguments(values: Vec<Value>) -> Result<SqliteArguments, StoreError> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Int(v) => arguments.add(v),
            Value::Text(v) => arguments.add(v),
            Value::Bytes(v) => arguments.add(v),
            Value::Uuid(v) => arguments.add(v),
            Value::Bool(v) => arguments.add(v),
        }
        .map_err(|e| StoreError::Corrupt(e.to_string()))?;
    }
    Ok(arguments)
}

pub(crate) async fn fetch(
    tx: &mut Transaction<'static, Sqlite>,
    sql: SqlStr,
    values: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    sqlx::query_with(sql, arguments(values)?)
        .fetch(&mut **tx)
        .map_ok(Row::Sqlite)
        .try_collect()
        .await
        .map_err(classify)
}

pub(crate) async fn execute(
    tx: &mut Transaction<'static, Sqlite>,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<u64, StoreError> {
    let done = sqlx::query_with(sql, arguments(values)?)
        .execute(&mut **tx)
        .await
        .map_err(classify)?;
    Ok(done.rows_affected())
}

/// Says what an error of SQLite means to a use case.
pub(crate) fn classify(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(db) => match db.code().as_deref() {
            // SQLITE_BUSY, SQLITE_LOCKED and their extended codes.
            Some("5" | "6" | "261" | "517" | "773" | "262") => StoreError::Busy,
            // SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY.
            Some("2067" | "1555") => StoreError::Taken(db.message().to_owned()),
            _ => StoreError::Failed(db.message().to_owned()),
        },
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        _ => StoreError::Failed(error.to_string()),
    }
}
