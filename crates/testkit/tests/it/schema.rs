//! The schema: the same on both engines, and every column plain, sealed or a keyed hash for a reason.

use crate::plain_columns::REASONS;
use std::collections::BTreeSet;
use std::path::Path;
use storage::engine::Engine;
use testkit::TestApp;

const SQLITE: &str = "SELECT t.name AS t, c.name AS c, c.type AS k, CAST(c.\"notnull\" OR c.pk > 0 AS TEXT) AS required
    FROM sqlite_master t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
const POSTGRES: &str =
    "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c, CAST(data_type AS TEXT) AS k,
    CASE WHEN is_nullable = 'NO' THEN '1' ELSE '0' END AS required
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name COLLATE \"C\", ordinal_position";

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    table: String,
    name: String,
    kind: String,
    required: bool,
}

async fn columns(app: &TestApp) -> Vec<Column> {
    let mut connection = app.database.connection(false).await.unwrap();
    let sql = if app.database.engine() == Engine::Sqlite {
        SQLITE
    } else {
        POSTGRES
    };
    let rows = connection.fetch(sql, Vec::new()).await.unwrap();
    rows.iter()
        .map(|row| Column {
            table: row.get("t").unwrap(),
            name: row.get("c").unwrap(),
            kind: row.get("k").unwrap(),
            required: row.get::<String>("required").unwrap() == "1",
        })
        .collect()
}

/// What SQLite calls the type of a column of PostgreSQL.
fn of_sqlite(kind: &str) -> &str {
    match kind {
        "uuid" | "bytea" => "BLOB",
        "bigint" | "boolean" => "INTEGER",
        _ => "TEXT",
    }
}

#[test]
fn every_migration_applies_and_the_engines_have_the_same_columns() {
    testkit::run(async {
        let sqlite = columns(&TestApp::sqlite().await).await;
        let postgres = columns(&TestApp::postgres().await).await;
        let postgres: Vec<Column> = postgres
            .into_iter()
            .map(|column| Column {
                kind: of_sqlite(&column.kind).to_owned(),
                ..column
            })
            .collect();
        assert_eq!(sqlite, postgres);
        assert!(sqlite.len() > 200);
    });
}

#[test]
fn migrations_apply_once() {
    testkit::run(async {
        for app in [TestApp::sqlite().await, TestApp::postgres().await] {
            assert!(app.database.migrate(testkit::START).await.unwrap().is_empty());
        }
    });
}

/// Says how a column is kept, and why where it is plain text; `None` for one that nobody listed.
fn how(column: &Column) -> Option<(&'static str, &'static str)> {
    let full = format!("{}.{}", column.table, column.name);
    let any = format!("*.{}", column.name);
    let reason = |name: &str| {
        REASONS
            .iter()
            .find(|(listed, _)| *listed == name)
            .map(|(_, reason)| *reason)
    };
    if column.name.ends_with("_sealed") {
        return Some(("sealed", ""));
    }
    if column.name.ends_with("_hmac") {
        return Some(("keyed hash", ""));
    }
    match column.kind.as_str() {
        "uuid" => Some(("plain", "an identifier")),
        "boolean" => Some(("plain", "a truth")),
        "bigint" if column.name.ends_with("_at") => Some(("plain", "an instant")),
        "bigint" => Some(("plain", "a number")),
        _ => reason(&full).or_else(|| reason(&any)).map(|reason| ("plain", reason)),
    }
}

#[test]
fn every_column_is_plain_sealed_or_a_keyed_hash_for_a_reason() {
    testkit::run(async {
        let columns = columns(&TestApp::postgres().await).await;
        // A number is no word, so a copy cannot be searched for it: the column itself must be sealed.
        let telling = ["vector", "cwe", "weakness"];
        let told: Vec<_> = columns
            .iter()
            .filter(|column| telling.iter().any(|word| column.name.contains(word)) && !column.name.ends_with("_sealed"))
            .map(|column| format!("{}.{}", column.table, column.name))
            .collect();
        assert!(told.is_empty(), "these columns say which weakness a flaw is: {told:?}");
        let missing: Vec<_> = columns
            .iter()
            .filter(|column| how(column).is_none())
            .map(|column| format!("{}.{}", column.table, column.name))
            .collect();
        assert!(
            missing.is_empty(),
            "seal these columns, or say in crates/testkit/tests/it/plain_columns.rs why they are plain: {missing:?}"
        );
        let used: BTreeSet<String> = columns
            .iter()
            .flat_map(|c| [format!("{}.{}", c.table, c.name), format!("*.{}", c.name)])
            .collect();
        let unused: Vec<_> = REASONS
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !used.contains(*name))
            .collect();
        assert!(unused.is_empty(), "these columns are no more: {unused:?}");
        crate::generated::compare(Path::new("docs/security/plaintext.md"), &page(&columns));
    });
}

fn page(columns: &[Column]) -> String {
    let mut page = String::from(
        "# What the database keeps in plain text\n\n\
         Generated from the schema by the tests (`BEFFROI_REGENERATE=1 ./test plain` writes it anew). *Sealed*: encrypted under \
         the key of its holder and bound to its table, column and row. *Keyed hash*: found by somebody who knows the value \
         and holds the instance key, read by nobody. *Plain*: readable by whoever holds the database, with the reason.\n",
    );
    let mut table = "";
    for column in columns {
        if column.table != table {
            table = &column.table;
            page += &format!("\n## {table}\n\n| Column | Kept | Why plain |\n| --- | --- | --- |\n");
        }
        let (kept, why) = how(column).unwrap_or(("?", "?"));
        page += &format!("| `{}` | {kept} | {why} |\n", column.name);
    }
    page
}
