//! What is PostgreSQL's own: how to reach it, begin a write, and read its errors.

use super::{Row, Value};
use futures_util::TryStreamExt;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Arguments, ConnectOptions as _, Executor as _, Postgres, SqlStr, Transaction};
use std::str::FromStr;
use std::time::Duration;
use use_cases::ports::StoreError;

/// Reaches a database by its `postgres://` address.
///
/// # Errors
/// [`StoreError`] where it does not answer.
pub async fn open(url: &str, connections: u32) -> Result<PgPool, StoreError> {
    // The seam tells the statements of both engines.
    let options = PgConnectOptions::from_str(url)
        .map_err(classify)?
        .disable_statement_logging();
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        // Pages ask for a hundred rows in milliseconds; to compile a statement takes PostgreSQL tens to hundreds of them.
        .after_connect(|connection, _| Box::pin(async { connection.execute("SET jit = off").await.map(|_| ()) }))
        .connect_with(options)
        .await
        .map_err(classify)
}

pub(crate) async fn begin_write(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
        .await
        .map_err(classify)
}

pub(crate) async fn begin_read(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .await
        .map_err(classify)
}

fn arguments(values: Vec<Value>) -> Result<PgArguments, StoreError> {
    let mut arguments = PgArguments::default();
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
    tx: &mut Transaction<'static, Postgres>,
    sql: SqlStr,
    values: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    sqlx::query_with(sql, arguments(values)?)
        .fetch(&mut **tx)
        .map_ok(Row::Postgres)
        .try_collect()
        .await
        .map_err(classify)
}

pub(crate) async fn execute(
    tx: &mut Transaction<'static, Postgres>,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<u64, StoreError> {
    let done = sqlx::query_with(sql, arguments(values)?)
        .execute(&mut **tx)
        .await
        .map_err(classify)?;
    Ok(done.rows_affected())
}

/// Says what an error of PostgreSQL means to a use case.
pub(crate) fn classify(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(db) => match db.code().as_deref() {
            // serialization_failure, deadlock_detected, lock_not_available.
            Some("40001" | "40P01" | "55P03") => StoreError::Busy,
            // unique_violation.
            Some("23505") => StoreError::Taken(db.constraint().unwrap_or_default().to_owned()),
            _ => StoreError::Failed(db.message().to_owned()),
        },
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        _ => StoreError::Failed(error.to_string()),
    }
}
