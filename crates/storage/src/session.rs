//! One open transaction, on which every port is implemented.

use crate::engine::{Connection, Row, Value};
use async_trait::async_trait;
use domain::ids::OrganisationId;
use use_cases::ports::{Session, Stored};

/// One open transaction of either engine.
pub struct SqlSession {
    pub(crate) sql: Connection,
}

impl SqlSession {
    pub(crate) fn new(sql: Connection) -> Self {
        Self { sql }
    }

    /// Gives the rows whose last named column is among some identifiers: `head IN (…) tail`; none for none.
    pub(crate) async fn fetch_in<T: Copy + Into<Value>>(
        &mut self,
        head: &str,
        ids: &[T],
        tail: &str,
    ) -> Stored<Vec<Row>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (list, size) = placeholders(1, ids.len());
        let values = padded(ids, size).into_iter().map(Into::into).collect();
        self.sql.fetch_built(format!("{head} IN ({list}){tail}"), values).await
    }
}

#[async_trait]
impl Session for SqlSession {
    async fn commit(self: Box<Self>) -> Stored<()> {
        self.sql.commit().await
    }
}

/// Makes a list of placeholders `$from, $from+1, …` in a padded size, so that few statements are
/// prepared, and gives the size.
pub(crate) fn placeholders(from: usize, count: usize) -> (String, usize) {
    let size = count.max(1).next_power_of_two().max(4);
    let list: Vec<String> = (from..from + size).map(|n| format!("${n}")).collect();
    (list.join(", "), size)
}

/// Makes the placeholders of some rows of values: `($1, $2), ($3, $4), …`.
pub(crate) fn rows_of(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let list: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", list.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// The most organisations that one statement asks about.
const LISTED: usize = 256;

/// Adds organisations to the values of a statement, and gives the list of their placeholders.
pub(crate) fn listed(ids: &[OrganisationId], values: &mut Vec<Value>) -> String {
    let ids = ids.get(..LISTED).unwrap_or(ids);
    let (list, size) = placeholders(values.len() + 1, ids.len());
    values.extend(padded(ids, size).into_iter().map(Value::from));
    list
}

/// Pads a list of values to the size of its placeholders by repeating the last.
pub(crate) fn padded<T: Clone>(values: &[T], size: usize) -> Vec<T> {
    let mut padded = values.to_vec();
    if let Some(last) = values.last() {
        padded.resize(size, last.clone());
    }
    padded
}
