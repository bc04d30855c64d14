//! The arrows of the house only point down, and what belongs to one floor stays there.

use crate::generated::root;
use std::path::{Path, PathBuf};

/// Each crate with those of ours that it may know; what is missing here fails.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("addresses", &[]),
    ("i18n", &[]),
    ("sealing", &[]),
    ("authorization", &["domain"]),
    (
        "use_cases",
        &["domain", "authorization", "sealing", "addresses", "i18n"],
    ),
    ("storage", &["domain", "authorization", "use_cases"]),
    ("mail", &["domain", "use_cases"]),
    ("files", &["domain", "use_cases"]),
    ("recording", &["sealing"]),
    ("replay", &[]),
    ("evidence", &["domain", "recording", "replay", "use_cases"]),
    ("hosting", &["domain", "sealing"]),
    ("kubernetes", &["domain", "hosting"]),
    ("practice", &[]),
    ("web", &["domain", "authorization", "addresses", "i18n", "use_cases"]),
    ("gateway", &["addresses", "sealing", "i18n", "recording"]),
    ("story", &["domain", "authorization", "addresses", "i18n", "use_cases"]),
    ("beffroi", EVERYTHING),
    ("testkit", EVERYTHING),
    (
        "bench",
        &["domain", "authorization", "sealing", "storage", "use_cases", "testkit"],
    ),
];

/// What the assembly and the tests may know.
const EVERYTHING: &[&str] = &[
    "domain",
    "authorization",
    "sealing",
    "addresses",
    "i18n",
    "use_cases",
    "storage",
    "mail",
    "files",
    "recording",
    "replay",
    "evidence",
    "hosting",
    "kubernetes",
    "gateway",
    "practice",
    "web",
    "story",
];

/// Outside crates that a floor never knows.
const NEVER: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "tokio",
            "axum",
            "sqlx",
            "askama",
            "async-trait",
            "jiff",
            "chrono",
            "getrandom",
        ],
    ),
    ("authorization", &["tokio", "axum", "sqlx", "askama"]),
    ("sealing", &["tokio", "axum", "sqlx", "askama", "getrandom"]),
    ("addresses", &["axum", "sqlx"]),
    ("i18n", &["axum", "sqlx", "askama"]),
    ("use_cases", &["axum", "sqlx", "askama", "getrandom"]),
    ("storage", &["axum", "askama", "getrandom"]),
    ("mail", &["axum", "sqlx", "askama"]),
    ("files", &["axum", "sqlx", "askama"]),
    ("recording", &["axum", "hyper", "sqlx", "askama", "tokio", "getrandom"]),
    ("replay", &["axum", "sqlx", "askama", "getrandom"]),
    ("hosting", &["axum", "sqlx", "askama", "getrandom"]),
    ("kubernetes", &["axum", "sqlx", "askama", "getrandom"]),
    ("gateway", &["axum", "sqlx", "askama", "getrandom"]),
    ("web", &["sqlx", "getrandom"]),
    ("story", &["axum", "sqlx", "askama", "getrandom"]),
];

/// Words of the sources, the crates that may hold them, and the reason.
const WORDS: &[(&str, &[&str], &str)] = &[
    (
        "Loaded::from_row",
        &["storage", "authorization"],
        "only storage's rows make a Loaded, which a proof is asked for",
    ),
    ("Utc::now", &[], "the clock is an argument: App::clock"),
    (
        "SystemTime::now",
        &["beffroi", "testkit", "bench"],
        "the clock is an argument: App::clock",
    ),
    (
        "Timestamp::now",
        &["beffroi", "testkit"],
        "the clock is an argument: App::clock",
    ),
    (
        "Zoned::now",
        &["beffroi", "testkit"],
        "the clock is an argument: App::clock",
    ),
    ("Uuid::now_v7", &[], "identifiers come from Unit::fresh_id"),
    ("Uuid::new_v4", &[], "identifiers come from Unit::fresh_id"),
    ("getrandom::", &["beffroi"], "chance is an argument: App::chance"),
    ("rand::", &[], "chance is an argument: App::chance"),
    (
        "env::var",
        &["beffroi", "testkit", "bench"],
        "settings are read in one place",
    ),
];

fn crates() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("crates")).unwrap();
    folders
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn allowed<'t>(table: &[(&str, &'t [&'t str])], name: &str) -> Option<&'t [&'t str]> {
    table
        .iter()
        .find(|(crate_name, _)| *crate_name == name)
        .map(|(_, list)| *list)
}

/// Reads the names of a crate's dependencies, without those of its tests.
fn dependencies(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
    text.lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|word| !word.is_empty() && !word.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_arrow_points_down() {
    let ours = crates();
    let mut wrong = Vec::new();
    for name in &ours {
        let Some(below) = allowed(FLOORS, name) else {
            wrong.push(format!("{name} stands on no floor: add it to FLOORS"));
            continue;
        };
        for other in dependencies(name) {
            if ours.contains(&other) && !below.contains(&other.as_str()) {
                wrong.push(format!("{name} must not know {other}"));
            }
            if allowed(NEVER, name).unwrap_or_default().contains(&other.as_str()) {
                wrong.push(format!("{name} must not know {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_belongs_to_one_floor_stays_there() {
    let mut wrong = Vec::new();
    for name in crates() {
        let mut files = Vec::new();
        sources(&root().join("crates").join(&name).join("src"), &mut files);
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            // What tests do within their module is theirs.
            let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                for (word, homes, reason) in WORDS {
                    if code.contains(word) && !homes.contains(&name.as_str()) {
                        wrong.push(format!("{}:{}: {word}: {reason}", file.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_dependencies_reads_them() {
    assert!(dependencies("use_cases").contains(&"domain".to_owned()));
    assert!(dependencies("domain").contains(&"uuid".to_owned()));
}
