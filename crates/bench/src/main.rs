//! Fills an instance to the size of a country and measures its pages, on both engines:
//! `cargo run --release --bin beffroi-bench`.
//!
//! A small instance of 350 organisations and a large one of 35,000 are filled alike, sealed as in
//! production; the same people then ask for the same pages of both, of one and the other in turns. A page may cost five
//! milliseconds of processor time, and one and a half times what it costs in the small instance.

mod cpu;
mod duplicates;
mod fill;
mod labelled;
mod load;
mod measure;
mod pages;
mod plans;
mod publish;
mod rows;
mod seals;
mod size;

use clap::{Parser, Subcommand, ValueEnum};
use measure::{Browsers, Cost, measure};
use pages::Page;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;
use testkit::TestApp;
use use_cases::Limits;

/// As the program that is installed has it (decision 40).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What PostgreSQL keeps of its tables in its own memory: its manual begins at a quarter of the machine's. The tests' cluster keeps 64 MB.
const POSTGRES: &str = "-c shared_buffers=2GB";

/// What a page may cost.
const CPU_LIMIT: Duration = Duration::from_millis(5);
/// How many times more a page may cost in the large instance.
const GROWTH_LIMIT: f64 = 1.5;

/// Fills instances and measures their pages.
#[derive(Parser)]
struct Arguments {
    /// Only on this engine.
    #[arg(long, global = true)]
    engine: Option<Engine>,
    /// How many organisations the large instance has, a multiple of 350.
    #[arg(long, default_value_t = 35_000)]
    organisations: u64,
    /// Says of each page which statements it asks, the slowest first.
    #[arg(long)]
    statements: bool,
    /// For how many milliseconds each page is asked for.
    #[arg(long, default_value_t = 1500)]
    period: u64,
    /// Only pages whose name contains this.
    #[arg(long, default_value = "")]
    page: String,
    /// Something else than the pages.
    #[command(subcommand)]
    instead: Option<Instead>,
}

/// What is measured in place of the pages.
#[derive(Clone, Copy, Debug, Subcommand)]
enum Instead {
    /// How well duplicates are proposed, on the labelled set: precision and recall.
    Alike,
    /// What it costs to propose duplicates among 5,000 reports of one product.
    Duplicates,
    /// What it costs to tell 5,000 deployers of a vulnerability.
    Publish,
    /// What hundreds of people who come at once are answered by the real program, and how fast.
    Load(load::Options),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    async fn instance(self) -> TestApp {
        let app = match self {
            Self::Sqlite => TestApp::sqlite().await,
            Self::Postgres => TestApp::postgres().await,
        };
        // Tests count everything anew; an instance holds figures for a while.
        app.with_settings(|settings| settings.limits.figures_seconds = Limits::default().figures_seconds)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if matches!(arguments.instead, Some(Instead::Alike)) {
        labelled::print();
        return ExitCode::SUCCESS;
    }
    plans::prepare();
    testkit::postgres_options(POSTGRES);
    let engines = arguments
        .engine
        .map_or_else(|| vec![Engine::Sqlite, Engine::Postgres], |one| vec![one]);
    let mut failed = false;
    for engine in engines {
        failed |= match arguments.instead {
            Some(Instead::Publish) => testkit::run(async { publish::run(engine.instance().await).await }),
            Some(Instead::Load(options)) => {
                testkit::run(async { load::run(engine.instance().await, options).await }).failed()
            }
            Some(_) => testkit::run(async { duplicates::run(engine.instance().await).await }),
            None => testkit::run(run(engine, &arguments)),
        };
    }
    ExitCode::from(u8::from(failed))
}

/// Measures one engine and says whether a limit was passed.
async fn run(engine: Engine, arguments: &Arguments) -> bool {
    let blocks = (arguments.organisations / size::ORGANISATIONS).max(1);
    let mut failed = false;
    let pages: Vec<Page> = pages::all()
        .into_iter()
        .filter(|page| page.name.contains(&arguments.page))
        .collect();
    let (small, large) = (engine.instance().await, engine.instance().await);
    for (app, blocks) in [(&small, 1), (&large, blocks)] {
        eprintln!("{engine:?}, {} organisations:", blocks * size::ORGANISATIONS);
        fill::fill(app, blocks).await.expect("the instance can be filled");
    }
    let period = Duration::from_millis(arguments.period);
    let small_browsers = Browsers::new(&small, &pages, period).await;
    let large_browsers = Browsers::new(&large, &pages, period).await;
    for (app, browsers) in [(&small, &small_browsers), (&large, &large_browsers)] {
        failed |= looks(app, browsers, &pages, engine).await;
        if arguments.statements {
            tell_statements(browsers, &pages).await;
        }
    }
    println!("\n{engine:?}: CPU and median time of a page, small and large instance");
    println!(
        "{:32} {:>8} {:>8} {:>6} {:>9} {:>8}",
        "", "small ms", "large ms", "ratio", "median ms", "KiB"
    );
    for page in &pages {
        failed |= compare(page, measure([&small_browsers, &large_browsers], page).await);
    }
    failed
}

/// Asks for every page once: each must answer, and SQLite's plans must not read a growing table whole.
async fn looks(app: &TestApp, browsers: &Browsers<'_>, pages: &[Page], engine: Engine) -> bool {
    let mut failed = false;
    plans::listen();
    for page in pages {
        let (status, _) = browsers.ask(page).await;
        if !status.is_success() {
            println!("{}: {} answers {status}", page.name, page.path);
            failed = true;
        }
    }
    let statements = plans::heard().into_iter().map(|heard| heard.sql).collect();
    if engine == Engine::Sqlite {
        for fault in plans::faults(app, &statements).expect("plans can be explained") {
            println!("reads a table whole: {fault}");
            failed = true;
        }
        eprintln!("  the plans of {} statements were looked at", statements.len());
    }
    failed
}

/// How often a page is asked for before its statements are told, so that the engine has settled on their plans.
const SETTLED: usize = 10;
/// Of how many times the statements of a page are told, in the mean.
const TOLD: usize = 10;

/// How many statements of each page are told where many pages are.
const SHOWN: usize = 12;

/// Prints the statements of each page, in the mean of some times that it is asked for; all of them where few pages are.
async fn tell_statements(browsers: &Browsers<'_>, pages: &[Page]) {
    let shown = if pages.len() > SHOWN { SHOWN } else { usize::MAX };
    for page in pages {
        for _ in 0..SETTLED {
            browsers.ask(page).await;
        }
        plans::listen();
        for _ in 0..TOLD {
            browsers.ask(page).await;
        }
        let heard = plans::heard();
        let mut kinds: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
        for one in &heard {
            let kind = kinds.entry(&one.sql).or_default();
            *kind = (kind.0 + 1, kind.1 + one.took);
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by(|(_, a), (_, b)| b.1.total_cmp(&a.1));
        let whole: f64 = heard.iter().map(|one| one.took).sum();
        println!(
            "{}: {} statements, {:.2} ms",
            page.name,
            heard.len() / TOLD,
            milliseconds(whole)
        );
        for (sql, (times, took)) in kinds.into_iter().take(shown) {
            let line: String = sql.split_whitespace().collect::<Vec<_>>().join(" ");
            let line: String = line.chars().take(150).collect();
            println!("  {:4} × {:8.2} ms  {line}", times / TOLD, milliseconds(took));
        }
    }
}

/// Gives the milliseconds of one time of [`TOLD`].
fn milliseconds(seconds: f64) -> f64 {
    seconds * 1000.0 / f64::from(u32::try_from(TOLD).unwrap_or(1))
}

/// Prints what a page costs in both instances and says whether a limit was passed.
fn compare(page: &Page, [small, large]: [Cost; 2]) -> bool {
    let growth = large.cpu.as_secs_f64() / small.cpu.as_secs_f64().max(1e-6);
    let over = large.cpu > CPU_LIMIT || growth > GROWTH_LIMIT;
    println!(
        "{:32} {:8.2} {:8.2} {:6.2} {:9.2} {:8} {}",
        page.name,
        small.cpu.as_secs_f64() * 1000.0,
        large.cpu.as_secs_f64() * 1000.0,
        growth,
        large.median.as_secs_f64() * 1000.0,
        large.bytes / 1024,
        if over { "over the limit" } else { "" }
    );
    over
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short form: one block, every page once, every plan of SQLite.
    async fn one_block(app: TestApp, engine: Engine) {
        plans::prepare();
        fill::fill(&app, 1).await.expect("the instance can be filled");
        let pages = pages::all();
        let browsers = Browsers::new(&app, &pages, Duration::from_millis(1500)).await;
        assert!(!looks(&app, &browsers, &pages, engine).await, "see what was printed");
    }

    #[test]
    fn every_page_of_a_filled_instance_answers_on_sqlite_and_reads_no_table_whole() {
        testkit::run(async { one_block(TestApp::sqlite().await, Engine::Sqlite).await });
    }

    #[test]
    fn every_page_of_a_filled_instance_answers_on_postgres() {
        testkit::run(async { one_block(TestApp::postgres().await, Engine::Postgres).await });
    }

    /// What each connection of the pool had, PostgreSQL ends; none of them was idle for long enough to be asked first.
    #[test]
    fn a_page_is_answered_although_postgres_cut_every_connection() {
        use sqlx::{ConnectOptions as _, Connection as _};
        testkit::run(async {
            let app = TestApp::postgres().await;
            fill::fill(&app, 1).await.expect("the instance can be filled");
            let pages: Vec<Page> = pages::all()
                .into_iter()
                .filter(|page| page.who.is_some())
                .take(1)
                .collect();
            let browsers = Browsers::new(&app, &pages, Duration::from_millis(100)).await;
            let url = app.postgres_url().expect("PostgreSQL");
            let options: sqlx::postgres::PgConnectOptions = url.parse().expect("an address");
            let mut other = options.connect().await.expect("a connection");
            for _ in 0..3 {
                assert!(browsers.ask(&pages[0]).await.0.is_success());
                sqlx::raw_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = current_database() AND pid <> pg_backend_pid()",
                )
                .execute(&mut other)
                .await
                .expect("the connections can be ended");
                tokio::time::sleep(Duration::from_millis(50)).await;
                assert!(browsers.ask(&pages[0]).await.0.is_success());
            }
            other.close().await.expect("the connection closes");
        });
    }
}
