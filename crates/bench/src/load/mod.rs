//! A busy hour: hundreds of people read and some write, by the real program over HTTP.
//!
//! The instance is filled, then one process serves it from SQLite, or two from PostgreSQL. Everybody signs in by the
//! form of one server and goes on at the others. What writers were told to be kept is counted again at the end.

mod come;
mod cost;
mod crowd;
mod dice;
mod durable;
mod kept;
mod leave;
mod pages;
mod present;
mod reader;
mod server;
mod tally;
mod writer;

use crate::cpu::Meter;
use crate::fill;
use crate::size::ORGANISATIONS;
use clap::Args;
use come::{asked_again, come, guests, sign_in};
use cost::Used;
use crowd::Guest;
use server::{Program, Server};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tally::{Counts, Tally};
use testkit::TestApp;
use writer::{Book, Task};

/// Lines of the servers' consoles that are printed at most.
const LINES: usize = 20;

/// How many come, for how long.
#[derive(Args, Clone, Copy, Debug)]
pub struct Options {
    /// People who read, each signed in.
    #[arg(long, default_value_t = 500)]
    readers: u64,
    /// People who write, each signed in.
    #[arg(long, default_value_t = 20)]
    writers: u64,
    /// For how many seconds.
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// Processes that serve; without it, one on SQLite and two on PostgreSQL.
    #[arg(long)]
    processes: Option<usize>,
    /// Organisations of the instance, a multiple of 350: a métropole with all its communes, schools and vendors has no
    /// more (that of Grand Paris has 131 communes).
    #[arg(long, default_value_t = ORGANISATIONS)]
    organisations: u64,
    /// Milliseconds that a reader thinks at least.
    #[arg(long, default_value_t = 2000)]
    think_from: u64,
    /// Milliseconds that a reader thinks at most.
    #[arg(long, default_value_t = 8000)]
    think_to: u64,
    /// Milliseconds between two acts of a writer, at least.
    #[arg(long, default_value_t = 2000)]
    write_from: u64,
    /// Milliseconds between two acts of a writer, at most.
    #[arg(long, default_value_t = 5000)]
    write_to: u64,
    /// Leaves PostgreSQL as the tests run it, which forgets what it acknowledged when the power fails.
    #[arg(long)]
    not_durable: bool,
}

/// What was seen.
pub struct Outcome {
    /// Pages that readers were given.
    pub pages: usize,
    /// Acknowledged acts of each task.
    pub writes: Vec<(Task, usize)>,
    /// Everything that was wrong, a line each.
    pub faults: Vec<String>,
}

impl Outcome {
    /// Says what was wrong, and whether anything was.
    pub fn failed(&self) -> bool {
        for fault in &self.faults {
            println!("wrong: {fault}");
        }
        let acts: usize = self.writes.iter().map(|(_, times)| times).sum();
        let failed = !self.faults.is_empty() || self.pages + acts == 0;
        if !failed {
            println!(
                "{} pages and {acts} acts without an error; everything acknowledged is there",
                self.pages
            );
        }
        failed
    }
}

/// Fills an instance, serves it, lets everybody come, and says what was seen.
///
/// # Panics
/// Where the instance cannot be prepared or served at all.
pub async fn run(mut app: TestApp, options: Options) -> Outcome {
    let engine = app.store.engine_name();
    let processes = options
        .processes
        .unwrap_or(if app.postgres_url().is_some() { 2 } else { 1 });
    if processes == 0 || (processes > 1 && app.postgres_url().is_none()) {
        return refused("SQLite is served by one process, PostgreSQL by one or more");
    }
    let blocks = (options.organisations / ORGANISATIONS).max(1);
    let (readers, writers) = guests(options, blocks);
    eprintln!("{engine}, {} organisations:", blocks * ORGANISATIONS);
    fill::fill(&app, blocks).await.expect("the instance can be filled");
    let everybody: Vec<Guest> = readers
        .iter()
        .chain(writers.iter().map(|(guest, _)| guest))
        .copied()
        .collect();
    crowd::invite(&app, &everybody).await;
    for block in 0..blocks {
        leave::give(&app, block).await;
    }
    present::bring(&app).await;
    present::write_key(&app);
    app.leave().await;
    if !options.not_durable
        && let Err(trouble) = durable::restart(&app)
    {
        return refused(&trouble);
    }
    let meter = Meter::new(&app);
    let program = Program::on(&app);
    let servers: Vec<Server> = (0..processes).map(|_| program.serve()).collect();
    let addresses: Vec<SocketAddr> = servers.iter().map(|server| server.address).collect();
    let tally = Arc::new(Tally::default());
    let visitors = sign_in(&everybody, &addresses, &tally).await;
    let doors = tally.take();
    if doors.errors() > 0 {
        return Outcome {
            pages: 0,
            writes: Vec::new(),
            faults: doors.faults().collect(),
        };
    }
    let (before, begun) = (Used::now(&servers, &meter), Instant::now());
    let books = come(&readers, &writers, visitors, &addresses, options, &tally).await;
    let (lasted, after) = (begun.elapsed(), Used::now(&servers, &meter));
    let counts = tally.take();
    let memory: Vec<(u64, u64)> = servers.iter().map(Server::memory).collect();
    let mut faults: Vec<String> = counts.faults().collect();
    let (books, missing) = asked_again(books, &addresses).await;
    faults.extend(missing);
    faults.extend(servers.into_iter().flat_map(stopped));
    app.come_back().await;
    for book in &books {
        faults.extend(kept::in_the_journal(&app, book).await);
    }
    app.leave().await;
    let verified = program.run(&["log", "verify"]);
    if !verified.status.success() {
        faults.push(format!("log verify: {}", String::from_utf8_lossy(&verified.stdout)));
    }
    println!(
        "\n{engine}, {processes} server(s), {} organisations: {} readers and {} writers for {} s",
        blocks * ORGANISATIONS,
        options.readers,
        options.writers,
        lasted.as_secs()
    );
    print(&counts, &doors, &books);
    cost::tell(lasted, (&before, &after), &memory, &counts);
    let writes = Task::ALL.map(|task| (task, counts.answers_of(task.name())));
    let written: usize = writes.iter().map(|(_, times)| times).sum();
    let own = counts.answers_of(writer::PAGE);
    Outcome {
        pages: counts.answers() - written - own,
        writes: writes.to_vec(),
        faults,
    }
}

fn refused(why: &str) -> Outcome {
    Outcome {
        pages: 0,
        writes: Vec::new(),
        faults: vec![why.to_owned()],
    }
}

/// Stops a server; what it said of errors, locks and work that found no room is wrong, other warnings are only printed.
fn stopped(server: Server) -> Vec<String> {
    let address = server.address;
    let (said, well) = server.stop();
    let mut faults = Vec::new();
    if !well {
        faults.push(format!("the server at {address} did not end in order"));
    }
    for line in said.lines().take(LINES) {
        println!("{address} said: {line}");
    }
    let about_trouble = |line: &&str| {
        // A slow statement is told with its text, in which any word may stand.
        let line = line.split("db.statement").next().unwrap_or_default().to_lowercase();
        ["error", "locked", "busy", "panicked"]
            .iter()
            .any(|word| line.contains(word))
    };
    let troubles = said.lines().filter(about_trouble).count();
    if troubles > 0 {
        faults.push(format!("the server at {address} wrote {troubles} lines about errors"));
    }
    faults
}

fn print(counts: &Counts, doors: &Counts, books: &[Book]) {
    tally::head();
    counts.print("everything");
    doors.print("");
    let acknowledged: u64 = books.iter().map(|book| book.acknowledged).sum();
    let unanswered: u64 = books.iter().map(|book| book.unanswered).sum();
    println!("{acknowledged} acts acknowledged and counted again, {unanswered} without an answer");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short form: everybody comes for a few seconds, to the program that was built with the tests.
    async fn a_few_seconds(app: TestApp) {
        let options = Options {
            readers: 20,
            writers: 5,
            seconds: 6,
            processes: None,
            organisations: ORGANISATIONS,
            think_from: 400,
            think_to: 1200,
            write_from: 300,
            write_to: 900,
            not_durable: true,
        };
        let seen = run(app, options).await;
        assert!(!seen.failed(), "see what was printed");
        assert!(seen.pages >= 20, "{} pages were answered", seen.pages);
        for (task, times) in seen.writes {
            assert!(times > 0, "nobody did {task:?}");
        }
    }

    #[test]
    fn a_crowd_is_served_from_sqlite_by_one_process() {
        testkit::run(async { Box::pin(a_few_seconds(TestApp::sqlite().await)).await });
    }

    #[test]
    fn a_crowd_is_served_from_postgres_by_two_processes() {
        testkit::run(async { Box::pin(a_few_seconds(TestApp::postgres().await)).await });
    }
}
