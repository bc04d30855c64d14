//! What is PostgreSQL's own: how to reach it, begin a write, and read its errors.

use super::{Row, Value};
use futures_util::TryStreamExt;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Arguments, ConnectOptions as _, Connection as _, Executor as _, Postgres, SqlStr, Transaction};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use use_cases::ports::StoreError;

/// How long a connection may have been idle and still be lent without asking whether PostgreSQL is there.
const FRESH: Duration = Duration::from_secs(1);

/// What each connection is told when it is made.
///
/// - Pages ask for a hundred rows in milliseconds: to compile a statement takes PostgreSQL tens to hundreds of them.
/// - A plan is made once, without the values, as SQLite makes it: by its default PostgreSQL plans each statement five times
///   on each connection, and some of them each time that they run.
/// - What pages read is in memory, or on a disk without a head to move: by its default PostgreSQL holds an index four
///   times dearer than that, and reads tables whole.
const SETTINGS: &str = "SET jit = off; SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1";

/// Statements that a connection keeps prepared: those of all pages and acts, in the sizes of their lists.
const PREPARED: usize = 1000;

/// Reaches a database by its `postgres://` address.
///
/// # Errors
/// [`StoreError`] where it does not answer.
pub async fn open(url: &str, connections: u32) -> Result<PgPool, StoreError> {
    // The seam tells the statements of both engines.
    let options = PgConnectOptions::from_str(url)
        .map_err(classify)?
        .disable_statement_logging()
        .statement_cache_capacity(PREPARED);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .after_connect(|connection, _| Box::pin(async { connection.execute(SETTINGS).await.map(|_| ()) }))
        // To ask each time costs a page a message more, whoever has just used the connection.
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move { Ok(known.idle_for < FRESH || connection.ping().await.is_ok()) })
        })
        .connect_with(options)
        .await
        .map_err(classify)
}

pub(crate) async fn begin_write(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    begin(pool, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await
}

pub(crate) async fn begin_read(pool: &PgPool) -> Result<Transaction<'static, Postgres>, StoreError> {
    begin(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
}

/// Begins on a connection of the pool, and on another where that one had been cut unnoticed.
async fn begin(pool: &PgPool, sql: &'static str) -> Result<Transaction<'static, Postgres>, StoreError> {
    for _ in 0..pool.options().get_max_connections() {
        match pool.begin_with(sql).await {
            Err(error) if was_cut(&error) => {}
            begun => return begun.map_err(classify),
        }
    }
    pool.begin_with(sql).await.map_err(classify)
}

/// Says whether a connection is gone, as after a restart of PostgreSQL.
fn was_cut(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // Class 57: admin_shutdown, crash_shutdown, idle_session_timeout.
        sqlx::Error::Database(db) => matches!(db.code().as_deref(), Some("57P01" | "57P02" | "57P05")),
        _ => false,
    }
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
        .map_ok(|row| Row::Postgres(Arc::new(row)))
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
