//! How the types of the migrations are stamped for each engine.

use super::Engine;

/// Each type word of the migrations, as SQLite and as PostgreSQL write it.
const WORDS: &[(&str, &str, &str)] = &[
    ("uuid_t", "BLOB", "UUID"),
    ("bytes_t", "BLOB", "BYTEA"),
    ("bool_t", "INTEGER", "BOOLEAN"),
    ("int_t", "INTEGER", "BIGINT"),
    ("text_t", "TEXT", "TEXT COLLATE \"C\""),
    (" strict_t", " STRICT", ""),
];

/// Stamps a migration's text for an engine.
#[must_use]
pub fn stamp(text: &str, engine: Engine) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (word, sqlite, postgres)| {
        text.replace(word, if engine == Engine::Sqlite { sqlite } else { postgres })
    })
}
