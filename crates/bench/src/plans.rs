//! Which plan SQLite makes for each statement of the pages: no page may read a growing table whole.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use storage::engine::STATEMENTS;
use testkit::TestApp;
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

static LISTENS: AtomicBool = AtomicBool::new(false);
static HEARD: Mutex<Vec<Heard>> = Mutex::new(Vec::new());

/// A statement that ran.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Its text.
    pub sql: String,
    /// How long it took, in seconds.
    pub took: f64,
}

/// Tables that stay small however many authorities there are.
const SMALL: [&str; 4] = ["instance", "log_origin", "lease", "migration"];

/// Indexes that lists walk in their order up to a limit: what they pass over on their way is little.
const WALKED: [&str; 7] = [
    "organisation_kind",
    "organisation_name",
    "product_name",
    "programme_name",
    "sqlite_autoindex_product_2",
    "vulnerability_public",
    "vulnerability_public_score",
];

struct Listener;

impl Visit for Heard {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            value.trim().clone_into(&mut self.sql);
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "seconds" {
            self.took = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Listener {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != STATEMENTS || !LISTENS.load(Ordering::Relaxed) {
            return;
        }
        let mut heard = Heard::default();
        event.record(&mut heard);
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
    }

    fn register_callsite(&self, _: &tracing::Metadata<'_>) -> tracing::subscriber::Interest {
        tracing::subscriber::Interest::sometimes()
    }

    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == STATEMENTS && LISTENS.load(Ordering::Relaxed)
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
pub fn faults(app: &TestApp, statements: &BTreeSet<String>) -> rusqlite::Result<Vec<String>> {
    let connection = app.sqlite_connection();
    let tables: BTreeSet<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut faults = Vec::new();
    for sql in statements {
        let begins = sql.trim_start().to_ascii_uppercase();
        if !["SELECT", "WITH", "UPDATE", "DELETE"]
            .iter()
            .any(|verb| begins.starts_with(verb))
        {
            continue;
        }
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let mut steps = plan.raw_query();
        while let Some(step) = steps.next()? {
            let step: String = step.get("detail")?;
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

/// Gives the table that a step of a plan reads whole; walking one of the indexes of lists up to a limit is fine.
fn read_whole(step: &str, sql: &str) -> Option<String> {
    let alias = step.strip_prefix("SCAN ")?.split(' ').next()?;
    let words: Vec<&str> = sql
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let table = words.windows(3).find_map(|three| {
        let from = ["FROM", "JOIN", "UPDATE"].contains(&three[0].to_ascii_uppercase().as_str());
        // What is read of a statement within this one is found there.
        let named = from && !["SELECT", "WITH"].contains(&three[1].to_ascii_uppercase().as_str());
        (named && (three[1] == alias || three[2] == alias)).then_some(three[1])
    })?;
    let walked = step.split(' ').any(|word| WALKED.contains(&word));
    let in_order = walked && sql.contains("LIMIT");
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
        let within = "SELECT u.id FROM (SELECT v.id FROM deployment v WHERE v.label = $1) u";
        assert_eq!(read_whole("SCAN v", within).as_deref(), Some("deployment"));
        // An index that no list walks has a limit in vain: how far it is walked depends on what is looked for.
        let tied = "SELECT a.within_id FROM affiliation a WHERE a.organisation_id = $1 ORDER BY a.within_id LIMIT 100";
        let walked = read_whole("SCAN a USING INDEX affiliation_within", tied);
        assert_eq!(walked.as_deref(), Some("affiliation"));
    }
}
