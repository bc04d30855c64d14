//! Each migration applies over rows that its predecessors left, on both engines, and keeps them.
//!
//! After each one every table gets what its columns allow: two rows where that is possible, made
//! from the schema alone, with every reference filled in. The next release's migration is tried
//! over the whole story.

use std::collections::{BTreeMap, BTreeSet};
use storage::engine::Engine;
use storage::migrations::ALL;
use testkit::{Blank, START, each_engine};
use uuid::Uuid;

/// A column of a table, with the table it refers to.
struct Column {
    name: String,
    kind: String,
    required: bool,
    refers: Option<String>,
}

/// The tables of a schema, and the rows that were made: the key that others refer to.
#[derive(Default)]
struct Filled {
    keys: BTreeMap<String, Vec<Uuid>>,
    made: u128,
}

const COLUMNS: &str =
    "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c, CAST(data_type AS TEXT) AS k,
    CASE WHEN is_nullable = 'NO' THEN '1' ELSE '0' END AS required
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migration'
    ORDER BY table_name, ordinal_position";
const REFERENCES: &str = "SELECT m.name AS t, f.\"from\" AS c, f.\"table\" AS target
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";

/// Reads the schema: its types from PostgreSQL, which tells them apart, its references from SQLite.
async fn schema(sqlite: &Blank, postgres: &Blank) -> BTreeMap<String, Vec<Column>> {
    let mut refers = BTreeMap::new();
    for row in sqlite.read(REFERENCES).await {
        let (table, column): (String, String) = (row.get("t").unwrap(), row.get("c").unwrap());
        refers.insert((table, column), row.get::<String>("target").unwrap());
    }
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for row in postgres.read(COLUMNS).await {
        let (table, name): (String, String) = (row.get("t").unwrap(), row.get("c").unwrap());
        let refers = refers.get(&(table.clone(), name.clone())).cloned();
        let column = Column {
            name,
            kind: row.get("k").unwrap(),
            required: row.get::<String>("required").unwrap() == "1",
            refers,
        };
        tables.entry(table).or_default().push(column);
    }
    tables
}

impl Filled {
    /// Fills the tables that have no row yet, those that others refer to first.
    async fn fill(&mut self, sqlite: &Blank, postgres: &Blank) {
        let tables = schema(sqlite, postgres).await;
        loop {
            let ready: Vec<&String> = tables
                .iter()
                .filter(|(table, columns)| !self.keys.contains_key(*table) && self.may_fill(table, columns))
                .map(|(table, _)| table)
                .collect();
            if ready.is_empty() {
                break;
            }
            for table in ready {
                self.fill_table(sqlite, postgres, table, &tables[table]).await;
            }
        }
        let left: Vec<_> = tables.keys().filter(|table| !self.keys.contains_key(*table)).collect();
        assert!(left.is_empty(), "no row can be made for {left:?}");
    }

    fn may_fill(&self, table: &str, columns: &[Column]) -> bool {
        let needed = columns
            .iter()
            .filter(|column| column.required)
            .filter_map(|column| column.refers.as_ref());
        needed
            .into_iter()
            .all(|target| target != table && self.keys.contains_key(target))
    }

    async fn fill_table(&mut self, sqlite: &Blank, postgres: &Blank, table: &str, columns: &[Column]) {
        let mut keys = Vec::new();
        for number in 0..2 {
            self.made += 1;
            let key = Uuid::from_u128(self.made << 64);
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let insert = |engine| {
                let values: Vec<String> = columns
                    .iter()
                    .map(|column| self.value(column, key, number, engine))
                    .collect();
                format!(
                    "INSERT INTO {table} ({}) VALUES ({})",
                    names.join(", "),
                    values.join(", ")
                )
            };
            let (one, other) = (insert(Engine::Sqlite), insert(Engine::Postgres));
            match (sqlite.write(&one).await, postgres.write(&other).await) {
                (Ok(()), Ok(())) => keys.push(key),
                // A table may hold one row only.
                (Err(_), Err(_)) if number > 0 => {}
                (one, other) => panic!("{insert}: {one:?} {other:?}", insert = insert(Engine::Postgres)),
            }
        }
        self.keys.insert(table.to_owned(), keys);
    }

    /// Writes a value that a column takes.
    fn value(&self, column: &Column, key: Uuid, number: usize, engine: Engine) -> String {
        let sqlite = engine == Engine::Sqlite;
        match (&column.refers, column.kind.as_str()) {
            (Some(target), _) => match self.keys.get(target) {
                Some(keys) => uuid(keys[number % keys.len()], sqlite),
                None => "NULL".to_owned(),
            },
            (None, "uuid") => uuid(key, sqlite),
            (None, "bytea") if sqlite => format!("X'{:02x}'", number + 1),
            (None, "bytea") => format!("'\\x{:02x}'", number + 1),
            (None, "bigint") => (number + 1).to_string(),
            (None, "boolean") => "TRUE".to_owned(),
            (None, _) => format!("'{}-{number}'", column.name),
        }
    }
}

fn uuid(id: Uuid, sqlite: bool) -> String {
    if sqlite {
        format!("X'{}'", id.simple())
    } else {
        format!("'{id}'")
    }
}

async fn counts(blank: &Blank, tables: &BTreeSet<String>) -> Vec<(String, i64)> {
    let mut counts = Vec::new();
    for table in tables {
        let rows = blank
            .read(&format!("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM {table}"))
            .await;
        counts.push((table.clone(), rows[0].get("n").unwrap()));
    }
    counts
}

#[test]
fn each_migration_keeps_the_rows_of_its_predecessors() {
    testkit::run(async {
        let (sqlite, postgres) = (Blank::sqlite().await, Blank::postgres().await);
        let mut filled = Filled::default();
        for until in 1..=ALL.len() {
            let tables: BTreeSet<String> = filled.keys.keys().cloned().collect();
            for blank in [&sqlite, &postgres] {
                let before = counts(blank, &tables).await;
                let applied = blank.database.migrate_by(&ALL[..until], START).await.unwrap();
                assert_eq!(applied, [ALL[until - 1].0]);
                assert_eq!(
                    counts(blank, &tables).await,
                    before,
                    "rows that {} found",
                    ALL[until - 1].0
                );
                assert!(before.iter().all(|(_, rows)| *rows > 0));
            }
            filled.fill(&sqlite, &postgres).await;
        }
        assert!(filled.keys.len() > 40, "{} tables", filled.keys.len());
    });
}

/// What the next release may do: a table, a column filled from others, an index.
const NEXT: &str = "CREATE TABLE trial (
    id uuid_t PRIMARY KEY,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    note text_t NOT NULL
) strict_t;
ALTER TABLE candidacy ADD COLUMN trial int_t;
UPDATE candidacy SET trial = attempt;
CREATE INDEX candidacy_trial ON candidacy (trial);";

each_engine! {
    async fn the_next_migration_applies_over_the_whole_story_or_not_at_all(app: TestApp) {
        let mut app = app;
        app.told().await;
        let broken = [ALL, &[("9999_next", NEXT), ("9999_broken", "CREATE TABLE other (id uuid_t) strict_t; SELECT no")]].concat();
        assert!(app.database.migrate_by(&broken, START).await.is_err());
        let next = [ALL, &[("9999_next", NEXT)]].concat();
        assert_eq!(app.database.migrate_by(&next, START).await.unwrap(), ["9999_next"]);
        let mut connection = app.database.connection(false).await.unwrap();
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM candidacy WHERE trial = attempt";
        let kept: i64 = connection.fetch_one(sql, Vec::new()).await.unwrap().get("n").unwrap();
        assert_eq!(kept, 9);
        drop(connection);
        app.settle().await;
    }
}
