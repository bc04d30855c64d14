//! The migrations: one text each, stamped for the engine, applied once and never changed after.

use crate::engine::{Connection, Engine, dialect::stamp};
use crate::values;
use domain::Timestamp;
use use_cases::ports::StoreError;

/// The migrations in their order: name and text.
pub const ALL: &[(&str, &str)] = &[
    ("0001_foundation", include_str!("../migrations/0001_foundation.sql")),
    ("0002_people", include_str!("../migrations/0002_people.sql")),
    ("0003_programme", include_str!("../migrations/0003_programme.sql")),
    ("0004_register", include_str!("../migrations/0004_register.sql")),
    ("0005_campaign", include_str!("../migrations/0005_campaign.sql")),
    ("0006_report", include_str!("../migrations/0006_report.sql")),
    ("0007_sharing", include_str!("../migrations/0007_sharing.sql")),
    ("0008_finding", include_str!("../migrations/0008_finding.sql")),
    (
        "0009_declared_test",
        include_str!("../migrations/0009_declared_test.sql"),
    ),
    (
        "0010_campaign_join",
        include_str!("../migrations/0010_campaign_join.sql"),
    ),
    ("0011_catalogue", include_str!("../migrations/0011_catalogue.sql")),
    ("0012_search", include_str!("../migrations/0012_search.sql")),
    ("0013_embedding", include_str!("../migrations/0013_embedding.sql")),
    ("0014_mail_choice", include_str!("../migrations/0014_mail_choice.sql")),
    ("0015_correction", include_str!("../migrations/0015_correction.sql")),
    ("0016_group", include_str!("../migrations/0016_group.sql")),
    ("0017_verify", include_str!("../migrations/0017_verify.sql")),
    ("0018_target", include_str!("../migrations/0018_target.sql")),
    ("0019_replay", include_str!("../migrations/0019_replay.sql")),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    name text_t PRIMARY KEY,
    applied_at int_t NOT NULL
) strict_t";

/// Gives the statements of a migration, without its comments.
#[must_use]
pub fn statements(text: &str, engine: Engine) -> Vec<String> {
    let code: String = stamp(text, engine)
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    code.split(';')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Applies those of some migrations that a database does not have yet, inside the caller's
/// transaction.
///
/// # Errors
/// [`StoreError`] where a statement fails; the transaction is then to be dropped.
pub(crate) async fn apply(
    connection: &mut Connection,
    migrations: &[(&'static str, &'static str)],
    now: Timestamp,
) -> Result<Vec<&'static str>, StoreError> {
    let engine = connection.engine();
    if engine == Engine::Postgres {
        // Two nodes that start together apply one after the other.
        connection
            .fetch("SELECT pg_advisory_xact_lock(7234891)", values![])
            .await?;
    }
    for statement in statements(TABLE, engine) {
        connection.fetch_built(statement, values![]).await?;
    }
    let mut applied = Vec::new();
    for (name, text) in migrations {
        let known = connection
            .fetch_optional("SELECT name FROM schema_migration WHERE name = $1", values![*name])
            .await?;
        if known.is_some() {
            continue;
        }
        for statement in statements(text, engine) {
            connection.fetch_built(statement, values![]).await?;
        }
        connection
            .execute(
                "INSERT INTO schema_migration (name, applied_at) VALUES ($1, $2)",
                values![*name, now],
            )
            .await?;
        applied.push(*name);
    }
    Ok(applied)
}
