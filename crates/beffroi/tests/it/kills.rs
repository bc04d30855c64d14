//! Servers killed at random instants while candidacies and reports arrive.
//!
//! Real processes of the program are spoken to over HTTP, by the forms of their pages, by several
//! communes and students at once; one process after another gets SIGKILL and is started again on
//! what it left. Whoever sends a form keeps what was answered. What was acknowledged has to be
//! there ever after, under the same number; what was not may be there or not, but never by halves.
//!
//! Three kills on each engine here; `BEFFROI_KILLS=100 ./test kills --nocapture` does more, and
//! `BEFFROI_SEED=7` draws other instants.

mod book;
mod checks;
mod gateway;
mod node;
mod places;
mod storm;
mod tasks;

use book::Book;
use node::Node;
use std::time::Instant;
use storm::Storm;
use testkit::busy::Size;
use testkit::{TestApp, run};

/// Kills of the short form, which is part of every run of the tests.
const SHORT: u64 = 3;

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    outlive(run(TestApp::sqlite()), 1);
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres_with_two_servers() {
    outlive(run(TestApp::postgres()), 2);
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long the tests are is said outside of them"
)]
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

fn outlive(mut app: TestApp, nodes: usize) {
    let kills = number("BEFFROI_KILLS", SHORT);
    let seed = number("BEFFROI_SEED", 1);
    let size = Size {
        communes: usize::try_from(kills * 5).expect("a size"),
        places: i64::try_from(kills * 2 + 4).expect("a size"),
        students: usize::try_from(kills / 8 + 5).expect("a size"),
    };
    let began = Instant::now();
    let busy = run(async {
        app.come_back().await;
        let busy = app.busy(size).await;
        app.leave().await;
        busy
    });
    println!("{:6.1} s  the day is prepared", began.elapsed().as_secs_f64());
    let nodes = (0..nodes)
        .map(|_| Node::new(app.folder(), app.postgres_url()))
        .collect();
    let mut storm = Storm::new(&app, busy, nodes, Book::default(), seed, began);
    storm.rage(kills);
    storm.check_everything();
    storm.stop();
    // The connections of a database end with the runtime that opened them: one for each visit.
    let guard = storm.book();
    let book = &*guard;
    let decided = run(async {
        app.come_back().await;
        checks::what_is_kept(&app, book).await;
        let decided = app.decide(storm.busy()).await.expect("the call can be decided");
        checks::places(&app, storm.busy(), size.places).await;
        app.leave().await;
        decided
    });
    drop(guard);
    storm.free_places(kills.div_ceil(3), size.places, decided.len());
    run(async {
        app.come_back().await;
        checks::places(&app, storm.busy(), size.places).await;
    });
    println!("{}", storm.figures());
}
