//! Rows by the thousand: literal statements of many rows each, in one transaction a block.

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use testkit::TestApp;
use uuid::Uuid;

/// SQLite takes statements of up to a million bytes.
const STATEMENT: usize = 400_000;

/// One value of a row.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number, an instant among them.
    Int(i64),
    /// A text.
    Text(String),
    /// An identifier.
    Id(Uuid),
    /// Sealed or hashed bytes.
    Bytes(Vec<u8>),
    /// Yes or no.
    Bool(bool),
}

macro_rules! cells {
    ($($from:ty => $make:expr),+ $(,)?) => {$(
        impl From<$from> for Cell {
            fn from(value: $from) -> Self {
                ($make)(value)
            }
        }
    )+};
}

cells! {
    i64 => Self::Int,
    &str => |text: &str| Self::Text(text.to_owned()),
    String => Self::Text,
    Uuid => Self::Id,
    Vec<u8> => Self::Bytes,
    bool => Self::Bool,
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Makes a row: `row![id, "text", 3]`.
#[macro_export]
macro_rules! row {
    ($($value:expr),* $(,)?) => { [$($crate::rows::Cell::from($value)),*] };
}

/// What filling gives, or what an engine had against it.
pub type Written<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

enum Engine {
    Sqlite(rusqlite::Connection),
    Postgres(sqlx::PgConnection),
}

/// Writes rows past the use cases, as a fill of this size must.
pub struct Rows {
    engine: Engine,
    waiting: BTreeMap<&'static str, String>,
    /// How many rows were written.
    pub written: u64,
}

impl Rows {
    /// Opens a connection of its own.
    pub async fn open(app: &TestApp) -> Written<Self> {
        let engine = match app.postgres_url() {
            Some(url) => Engine::Postgres(url.parse::<sqlx::postgres::PgConnectOptions>()?.connect().await?),
            None => {
                let connection = app.sqlite_connection();
                connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF")?;
                Engine::Sqlite(connection)
            }
        };
        let mut rows = Self {
            engine,
            waiting: BTreeMap::new(),
            written: 0,
        };
        // Rows arrive table by table, whatever refers to what; and what the log does not hold yet, nothing marks as
        // visible to all.
        if matches!(rows.engine, Engine::Postgres(_)) {
            rows.run("SET session_replication_role = replica; SET synchronous_commit = on")
                .await?;
        }
        rows.run("BEGIN").await?;
        Ok(rows)
    }

    /// Adds a row to a table; `into` is the table with its columns, and always the same for one table.
    pub async fn add<const N: usize>(&mut self, into: &'static str, row: [Cell; N]) -> Written<()> {
        let postgres = matches!(self.engine, Engine::Postgres(_));
        let text = self.waiting.entry(into).or_default();
        text.push_str(if text.is_empty() { "(" } else { ",(" });
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            literal(text, cell, postgres);
        }
        text.push(')');
        self.written += 1;
        if text.len() > STATEMENT {
            self.flush(into).await?;
        }
        Ok(())
    }

    /// Writes what waits and begins the next transaction.
    pub async fn commit(&mut self) -> Written<()> {
        let waiting: Vec<&'static str> = self.waiting.keys().copied().collect();
        for into in waiting {
            self.flush(into).await?;
        }
        self.run("COMMIT").await?;
        self.run("BEGIN").await
    }

    /// Ends the last transaction, has PostgreSQL count and mark what there is, and closes.
    pub async fn finish(mut self) -> Written<u64> {
        self.commit().await?;
        self.run("COMMIT").await?;
        // SQLite plans by its indexes alone, as in production; PostgreSQL’s autovacuum would do this by itself.
        if matches!(self.engine, Engine::Postgres(_)) {
            self.run("VACUUM (ANALYZE)").await?;
        }
        if let Engine::Postgres(connection) = self.engine {
            connection.close().await?;
        }
        Ok(self.written)
    }

    async fn flush(&mut self, into: &'static str) -> Written<()> {
        let rows = self.waiting.remove(into).unwrap_or_default();
        if rows.is_empty() {
            return Ok(());
        }
        self.run(&format!("INSERT INTO {into} VALUES {rows}")).await
    }

    async fn run(&mut self, sql: &str) -> Written<()> {
        match &mut self.engine {
            Engine::Sqlite(connection) => connection.execute_batch(sql)?,
            Engine::Postgres(connection) => {
                let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
                sql.execute(connection).await.map(drop)?;
            }
        }
        Ok(())
    }
}

fn literal(text: &mut String, cell: &Cell, postgres: bool) {
    match cell {
        Cell::Null => text.push_str("NULL"),
        Cell::Int(number) => _ = write!(text, "{number}"),
        Cell::Text(value) => _ = write!(text, "'{}'", value.replace('\'', "''")),
        Cell::Id(id) if postgres => _ = write!(text, "'{id}'"),
        Cell::Id(id) => hex(text, id.as_bytes(), "x'"),
        Cell::Bytes(bytes) => hex(text, bytes, if postgres { "'\\x" } else { "x'" }),
        Cell::Bool(value) => text.push_str(if *value { "TRUE" } else { "FALSE" }),
    }
}

fn hex(text: &mut String, bytes: &[u8], opening: &str) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    text.push_str(opening);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text.push('\'');
}
