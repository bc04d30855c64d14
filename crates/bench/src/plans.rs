//! Which plan SQLite makes for each statement of the pages: no page may read a growing table whole.

use sqlx::{AssertSqlSafe, ConnectOptions as _, Row as _};
use std::collections::BTreeSet;
use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use testkit::TestApp;
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

static LISTENS: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<Vec<Heard>> = Mutex::new(Vec::new());

/// A statement that ran.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its text.
    pub sql: String,
    /// How long it took until its first row, in seconds.
    pub took: f64,
}

/// Tables that stay small however many authorities there are.
const SMALL: [&str; 4] = ["instance", "log_origin", "lease", "migration"];

struct Listener;

#[derive(Default)]
struct Statement {
    whole: String,
    summary: String,
    took: f64,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "db.statement" => value.trim().clone_into(&mut self.whole),
            "summary" => value.clone_into(&mut self.summary),
            _ => {}
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.took = value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = String::new();
        _ = write!(text, "{value:?}");
        self.record_str(field, &text);
    }
}

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Listener {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" || !LISTENS.load(Ordering::Relaxed) {
            return;
        }
        let mut statement = Statement::default();
        event.record(&mut statement);
        let sql = if statement.whole.is_empty() {
            statement.summary
        } else {
            statement.whole
        };
        let heard = Heard {
            sql,
            took: statement.took,
        };
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
    }

    fn register_callsite(&self, _: &tracing::Metadata<'_>) -> tracing::subscriber::Interest {
        tracing::subscriber::Interest::sometimes()
    }

    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && LISTENS.load(Ordering::Relaxed)
    }
}

/// Prepares to hear statements, once for the process.
pub fn prepare() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| tracing_subscriber::registry().with(Listener).init());
}

/// Begins to hear the statements that run.
pub fn listen() {
    LISTENS.store(true, Ordering::Relaxed);
}

/// Stops hearing and gives the statements that ran, in their order.
pub fn heard() -> Vec<Heard> {
    LISTENS.store(false, Ordering::Relaxed);
    std::mem::take(&mut HEARD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Gives what is wrong with the plans of some statements: a table read whole, with the statement.
pub async fn faults(app: &TestApp, statements: &BTreeSet<String>) -> sqlx::Result<Vec<String>> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(app.sqlite_file());
    let mut connection = options.disable_statement_logging().connect().await?;
    let names = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let tables: BTreeSet<String> = sqlx::query_scalar(names)
        .fetch_all(&mut connection)
        .await?
        .into_iter()
        .collect();
    let mut faults = Vec::new();
    for sql in statements {
        let begins = sql.trim_start().to_ascii_uppercase();
        if !["SELECT", "WITH", "UPDATE", "DELETE"]
            .iter()
            .any(|verb| begins.starts_with(verb))
        {
            continue;
        }
        let plan = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
        for step in plan.fetch_all(&mut connection).await? {
            let step: String = step.try_get("detail")?;
            if let Some(table) = read_whole(&step, sql).filter(|table| tables.contains(table)) {
                faults.push(format!(
                    "{table} ({step}): {}",
                    sql.split_whitespace().collect::<Vec<_>>().join(" ")
                ));
            }
        }
    }
    Ok(faults)
}

/// Gives the table that a step of a plan reads whole; reading an index in order up to a limit is fine.
fn read_whole(step: &str, sql: &str) -> Option<String> {
    let alias = step.strip_prefix("SCAN ")?.split(' ').next()?;
    let words: Vec<&str> = sql
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let table = words.windows(3).find_map(|three| {
        let from = ["FROM", "JOIN", "UPDATE"].contains(&three[0].to_ascii_uppercase().as_str());
        (from && (three[1] == alias || three[2] == alias)).then_some(three[1])
    })?;
    let in_order = step.contains("INDEX") && sql.contains("LIMIT");
    (!SMALL.contains(&table) && !in_order).then(|| table.to_owned())
}

#[cfg(test)]
mod tests {
    use super::read_whole;

    #[test]
    fn a_table_read_whole_is_found_under_its_alias() {
        let sql = "SELECT d.id FROM deployment d JOIN organisation o ON o.id = d.organisation_id WHERE d.label = $1";
        assert_eq!(read_whole("SCAN d", sql).as_deref(), Some("deployment"));
        assert_eq!(
            read_whole("SCAN d USING INDEX deployment_product", sql).as_deref(),
            Some("deployment")
        );
        assert_eq!(
            read_whole("SEARCH d USING INDEX deployment_product (product_id=?)", sql),
            None
        );
        assert_eq!(read_whole("SCAN 3-ROW VALUES CLAUSE", sql), None);
        let page = "SELECT * FROM product ORDER BY name_sort, id LIMIT 50";
        assert_eq!(read_whole("SCAN product USING INDEX product_name", page), None);
        assert_eq!(read_whole("SCAN product", page).as_deref(), Some("product"));
    }
}
