//! Every SQL text of the storage floor is prepared on both engines.
//!
//! The texts are found in the source: every string literal of `crates/storage/src` that starts
//! with a word of SQL. Those that are whole are prepared as they stand, whether a test runs them
//! or not. Those that the code puts together (`format!`, lists of placeholders, conditions of a
//! filter) cannot be: each of them has to be a part of a statement that an engine was really given
//! while the story is told and its pages are read, which the seam tells by its log.

use crate::directory;
use crate::generated::root;
use crate::probes;
use domain::ids::DeclaredTestId;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, SqlSafeStr};
use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use storage::engine::{Engine, STATEMENTS};
use story::Told;
use testkit::TestApp;
use tracing::Level;
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, SubscriberExt};
use use_cases::people::EnterAs;
use use_cases::perform;
use use_cases::ports::{
    Clock as _, NamedAmong, OwnPage, ProgrammeFilter, ReportReach, VulnerabilityFilter, VulnerabilityVisibility,
};
use uuid::Uuid;

/// What only one engine is given: the other engine's number, and a word of the statement.
const ONE_ENGINE: &[(usize, &str)] = &[(0, "pg_advisory_xact_lock"), (0, "FOR UPDATE SKIP LOCKED")];

/// Lists by their filters and pages.
const FILTERED: &[&str] = &[
    "/verification?campagne=CAMPAIGN&etat=all&prise=mine&gravite=high",
    "/verification?campagne=CAMPAIGN&etat=waiting&prise=free&gravite=critical&page=1",
    "/failles?etat=open&gravite=high&produit=PRODUCT&programme=PROGRAMME",
    "/failles?apres=FLAW",
    "/failles?apres=FLAW&tri=-gravite",
    "/failles.csv?tri=gravite",
    "/verification?tri=-attente",
    "/verification?tri=-gravite",
    "/recherche?q=guichet+demande",
    "/recherche?q=guichet&produit=PRODUCT",
    "/catalogue?nom=gui&editeur=VENDOR",
    "/catalogue?nom=pkg:generic/gui",
    "/catalogue?nom=cpe:2.3:a:gui",
    "/organisations?territoire=TOWN",
    "/organisations/suggestions?nom=val&natures=commune,epci",
    "/catalogue?apres=PRODUCT",
    "/organisations?nom=val&nature=commune",
    "/organisations?apres=TOWN",
    "/organisations/{organisation}/deploiements?apres=TOWN",
    "/organisations/{organisation}/declarations?apres=TOWN",
    "/catalogue/{slug}/deploiements?apres=TOWN",
    "/appels/{call}/candidatures?etat=confirmed&apres=1",
    "/appels/{call}/recepisses?apres=1",
];

/// A string literal of the source.
#[derive(Clone, Debug)]
struct Literal {
    place: String,
    text: String,
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("engine") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Reads the string literals of a Rust source, past comments and characters.
fn literals(file: &str, source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let before = source.len() - rest.len() + at;
        let tail = &rest[at..];
        let mut chars = tail.chars().skip(1);
        let (first, second) = (chars.next(), chars.next());
        rest = if tail.starts_with("//") {
            tail.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(inside) = tail.strip_prefix('"') {
            let (text, after) = string(inside);
            let line = source[..before].matches('\n').count() + 1;
            found.push(Literal {
                place: format!("{file}:{line}"),
                text,
            });
            after
        } else if tail.starts_with('\'') && (first == Some('\\') || second == Some('\'')) {
            tail[2..].split_once('\'').map_or("", |(_, after)| after)
        } else {
            &tail[1..]
        };
    }
    found
}

/// Reads a literal to its end and gives what is after it.
fn string(source: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = source.char_indices();
    while let Some((at, character)) = chars.next() {
        match character {
            '"' => return (text, &source[at + 1..]),
            '\\' => match chars.next() {
                Some((_, 'n')) => text.push('\n'),
                // A line that goes on: its indentation does not count.
                Some((at, '\n')) => {
                    let indent = source[at + 1..].chars().take_while(|c| c.is_whitespace()).count();
                    chars.by_ref().take(indent).for_each(drop);
                }
                Some((_, other)) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    (text, "")
}

/// Says whether a literal is a statement or a part of one.
fn is_sql(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        "WITH ",
        "AND ",
        "WHERE ",
        "ORDER BY ",
        "JOIN ",
        "IN (",
    ];
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    STARTS.iter().any(|start| flat.starts_with(start))
}

/// The statements that engines were given, as the seam logs them: SQLite's, then PostgreSQL's.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<[BTreeSet<String>; 2]>>);

impl<S: tracing::Subscriber> Layer<S> for Recorder {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        let postgres = statement.engine == Engine::Postgres.name();
        self.0.lock().unwrap()[usize::from(postgres)].insert(statement.sql);
    }
}

#[derive(Default)]
struct Statement {
    engine: String,
    sql: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "engine" => value.clone_into(&mut self.engine),
            "sql" => value.clone_into(&mut self.sql),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// Says whether a statement holds a literal, whatever was written into its holes.
fn holds(statement: &str, literal: &str) -> bool {
    let mut rest = statement;
    for piece in literal.split('{').enumerate().map(|(index, piece)| match index {
        0 => piece,
        _ => piece.split_once('}').map_or(piece, |(_, after)| after),
    }) {
        match rest.split_once(piece.trim()) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

/// Prepares a text and gives what is wrong with it for each engine.
async fn refusals(sqlite: &rusqlite::Connection, postgres: &mut sqlx::PgConnection, text: &str) -> [Option<String>; 2] {
    let sql = AssertSqlSafe(text.to_owned()).into_sql_str();
    [
        sqlite.prepare(text).err().map(|error| error.to_string()),
        postgres.prepare(sql).await.err().map(|error| error.to_string()),
    ]
}

/// Reads every page of the told story as those who find most on them, also by their filters.
async fn read_pages(app: &mut TestApp) {
    let told = app.told().await;
    app.settle().await;
    let cast = &told.cast;
    let parts = [
        &cast.administrator,
        &cast.organisers[0],
        &cast.towns[0].officer,
        &cast.vendor_contact,
        &cast.supervisor,
    ];
    for part in parts
        .into_iter()
        .chain([&cast.verifiers[1], &cast.observer, &told.students[0]])
        .chain([&told.group.organiser, &told.group.members[2].officer])
    {
        let entered = perform(&app.nobody(), EnterAs::new(part.person, "statements")).await;
        let token = entered.unwrap().0;
        for (_, pattern) in web::routes().list().iter().filter(|(method, _)| *method == "GET") {
            probes::ask(app, "GET", &probes::address(pattern, &told), Some(&token)).await;
        }
        for filtered in FILTERED {
            let (address, query) = filtered.split_once('?').unwrap();
            let query = query
                .replace("PRODUCT", &told.products[0].to_string())
                .replace("PROGRAMME", &told.programme.to_string())
                .replace("VENDOR", &cast.vendor.to_string())
                .replace("TOWN", &cast.towns[0].id.to_string())
                .replace("FLAW", &told.vulnerabilities[0].to_string())
                .replace("CAMPAIGN", &told.campaign.to_string());
            let address = format!("{}?{query}", probes::address(address, &told));
            probes::ask(app, "GET", &address, Some(&token)).await;
        }
    }
    read_further(app, &told).await;
}

/// Asks the ports for what no page of the story leads to: the second page of short lists, and imports of the directory.
async fn read_further(app: &TestApp, told: &Told) {
    directory::import_twice(app).await;
    let mut session = app.store.snapshot().await.unwrap();
    let (hunter, report) = (told.students[0].person, told.reports[0].0);
    for by_severity in [false, true] {
        let page = OwnPage {
            by_severity,
            after: Some(report),
            limit: 10,
            ..OwnPage::default()
        };
        session.reports_by(hunter, &page).await.unwrap();
    }
    let filter = ProgrammeFilter {
        published: true,
        owners: vec![told.cast.metropole],
        after: Some((String::new(), told.programme)),
        limit: 10,
    };
    let before = Some(("2026-01-01".parse().unwrap(), DeclaredTestId(Uuid::nil())));
    session
        .tests_declared_by(told.cast.towns[0].id, before, 10)
        .await
        .unwrap();
    assert_eq!(session.list_programmes(&filter).await.unwrap().len(), 1);
    // Somebody who holds a role of every kind, as nobody of the story does.
    let (metropole, operator) = (told.cast.metropole, told.cast.operator);
    let reach = ReportReach {
        operators: vec![operator],
        owners: vec![metropole],
        programmes: vec![told.programme],
        campaigns: vec![told.campaign],
    };
    let found = session.campaigns_in_reach(&reach, app.clock.now()).await.unwrap();
    assert!(!found.is_empty());
    let sees = VulnerabilityVisibility {
        person: Some(hunter),
        owners: vec![metropole],
        programmes: vec![told.programme],
        operators: vec![operator],
        campaigns: vec![told.campaign],
        posts: vec![(told.campaign, operator)],
        vendors: vec![told.cast.vendor],
        deployers: vec![told.cast.towns[0].id],
        members: vec![told.cast.towns[0].id],
    };
    let filter = VulnerabilityFilter {
        limit: 10,
        ..VulnerabilityFilter::default()
    };
    let now = app.clock.now();
    let found = session.visible_vulnerabilities(&sees, &filter, now).await.unwrap();
    assert!(!found.is_empty());
    let late = session.count_late(&[(told.vulnerabilities[0], now)]).await.unwrap();
    assert!(late.len() <= 1);
    session.count_asked(&[told.campaign]).await.unwrap();
    session.campaigns_hunted(&[told.campaign], now).await.unwrap();
    session.group_members(metropole, now, 10).await.unwrap();
    session.group_products(metropole, now, 10).await.unwrap();
    let lapsed = session
        .lapse_proposals(told.group.members[2].id, told.group.id, now)
        .await
        .unwrap();
    assert!(lapsed.is_empty(), "it is a member still");
    let products = session.visible_products(&sees, now, 10).await.unwrap();
    assert!(!products.is_empty());
    // What is indexed anew when a product changes hands, and one person among those of very many deployers.
    assert!(!session.shards_of(told.products[0]).await.unwrap().is_empty());
    let town = told.cast.towns[0].id;
    let counted = session.count_circle(&[told.products[0]], Some(town)).await.unwrap();
    assert_eq!(counted, 1, "{town:?} runs it");
    let contact = NamedAmong::Person(told.cast.vendor_contact.person);
    let flaw = told.vulnerabilities[0];
    let found = session.named_candidates(flaw, &contact, now, 10).await.unwrap();
    assert!(found.len() <= 1, "one place is asked for");
}

#[test]
fn every_statement_is_prepared_on_both_engines() {
    let recorder = Recorder::default();
    let log = tracing_subscriber::registry().with(
        recorder
            .clone()
            .with_filter(Targets::new().with_target(STATEMENTS, Level::DEBUG)),
    );
    tracing::subscriber::set_global_default(log).unwrap();
    let mut files = Vec::new();
    sources(&root().join("crates/storage/src"), &mut files);
    let literals = files.iter().flat_map(|(file, source)| literals(file, source));
    let literals: Vec<Literal> = literals.filter(|literal| is_sql(&literal.text)).collect();
    testkit::run(async {
        let (mut sqlite, mut postgres) = (TestApp::sqlite().await, TestApp::postgres().await);
        let one = sqlite.sqlite_connection();
        let options = sqlx::postgres::PgConnectOptions::from_str(&postgres.postgres_url().unwrap()).unwrap();
        let mut other = options.connect().await.unwrap();
        read_pages(&mut sqlite).await;
        read_pages(&mut postgres).await;
        let given = recorder.0.lock().unwrap().clone();
        let (mut whole, mut wrong) = (0, Vec::new());
        for literal in &literals {
            let refused = refusals(&one, &mut other, &literal.text).await;
            whole += usize::from(refused == [None, None]);
            for (engine, refused) in refused.into_iter().enumerate() {
                let Some(refused) = refused else { continue };
                let one_engine = ONE_ENGINE
                    .iter()
                    .any(|(foreign, word)| *foreign == engine && literal.text.contains(word));
                if !one_engine && !given[engine].iter().any(|statement| holds(statement, &literal.text)) {
                    let engine = ["SQLite", "PostgreSQL"][engine];
                    wrong.push(format!(
                        "{}, {engine}: « {} » was given to it by no test: {refused}",
                        literal.place, literal.text
                    ));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{} of {} prepared whole\n{}",
            whole,
            literals.len(),
            wrong.join("\n")
        );
        assert!(whole > 250, "the search finds the statements: {whole}");
    });
}

#[test]
fn literals_are_read_past_comments_characters_and_escapes() {
    let source = "// \"no\"\nlet a: &'static str = \"SELECT \\\"x\\\"\"; let b = '\"'; // it's\nf(\"a \\\n   b\", '\\'', \"SELECT 1\")";
    let texts: Vec<String> = literals("f", source).into_iter().map(|literal| literal.text).collect();
    assert_eq!(texts, ["SELECT \"x\"", "a b", "SELECT 1"]);
    assert!(holds(
        "SELECT a FROM b WHERE c IN ($1, $2)",
        "SELECT {COLUMNS} FROM b WHERE c IN ({list})"
    ));
    assert!(!holds("SELECT a FROM b", "SELECT {COLUMNS} FROM c"));
}
