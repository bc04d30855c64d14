//! Everybody comes: they sign in, read and write, and look at the end for what was acknowledged.

use super::crowd::{Guest, PASSWORD};
use super::dice::Dice;
use super::reader::Reader;
use super::tally::Tally;
use super::writer::{Book, Task, Writer};
use super::{Options, kept, pages};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::browse::Visitor;
use tokio::task::JoinSet;

/// People who sign in at once.
const DOORS: usize = 4;
/// How often it is said how far it is.
const PROGRESS: Duration = Duration::from_secs(10);

/// Gives who reads, and who writes what.
pub fn guests(options: Options, blocks: u64) -> (Vec<Guest>, Vec<(Guest, Task)>) {
    let readers = (0..options.readers).map(|n| Guest::reader(n, blocks)).collect();
    let task = |n: u64| Task::ALL[usize::try_from(n).unwrap_or_default() % Task::ALL.len()];
    let writers = (0..options.writers)
        .map(|n| (Guest::writer(n, task(n).part(), options.readers, blocks), task(n)))
        .collect();
    (readers, writers)
}

/// Signs everybody in by the form, each at a server in turn.
pub async fn sign_in(guests: &[Guest], addresses: &[SocketAddr], tally: &Arc<Tally>) -> Vec<Visitor> {
    let mut doors = JoinSet::new();
    for door in 0..DOORS {
        let (guests, addresses, tally) = (guests.to_vec(), addresses.to_vec(), tally.clone());
        doors.spawn_blocking(move || {
            let here = guests.iter().enumerate().skip(door).step_by(DOORS);
            here.map(|(place, guest)| {
                let mut visitor = Visitor::new(addresses[place % addresses.len()]);
                let begun = Instant::now();
                match visitor.sign_in(&guest.email(), PASSWORD) {
                    Ok(true) => tally.answered("sign-in", begun.elapsed()),
                    Ok(false) => tally.wrong("sign-in", "refused", &guest.email()),
                    Err(error) => tally.wrong("sign-in", error.kind(), &guest.email()),
                }
                (place, visitor)
            })
            .collect::<Vec<_>>()
        });
    }
    let mut visitors: Vec<(usize, Visitor)> = doors.join_all().await.into_iter().flatten().collect();
    visitors.sort_by_key(|(place, _)| *place);
    visitors.into_iter().map(|(_, visitor)| visitor).collect()
}

/// Lets everybody read and write until it is time to stop; gives what writers know to be kept.
pub async fn come(
    readers: &[Guest],
    writers: &[(Guest, Task)],
    mut visitors: Vec<Visitor>,
    addresses: &[SocketAddr],
    options: Options,
    tally: &Arc<Tally>,
) -> Vec<(Book, Visitor)> {
    let begun = Instant::now();
    let until = begun + Duration::from_secs(options.seconds);
    let writing = visitors.split_off(readers.len());
    let mut reading = JoinSet::new();
    for (number, (guest, visitor)) in readers.iter().zip(visitors).enumerate() {
        let reader = Reader {
            cookies: visitor.cookies(),
            pages: pages::of(guest),
            servers: addresses.to_vec(),
            think: (options.think_from, options.think_to),
            dice: Dice::of(guest.number),
        };
        let tally = tally.clone();
        reading.spawn(async move { reader.read(number, until, &tally).await });
    }
    let watched = tally.clone();
    reading.spawn(async move {
        while Instant::now() + PROGRESS < until {
            tokio::time::sleep(PROGRESS).await;
            tell_progress(&watched, begun);
        }
    });
    let mut acting = JoinSet::new();
    for (place, ((guest, task), visitor)) in writers.iter().zip(writing).enumerate() {
        let among = u64::try_from(place / Task::ALL.len()).unwrap_or_default();
        let pause = (options.write_from, options.write_to);
        let writer = Writer::new(*guest, *task, among, visitor, addresses.to_vec(), pause);
        let tally = tally.clone();
        acting.spawn_blocking(move || writer.write(until, &tally));
    }
    let books = acting.join_all().await;
    reading.join_all().await;
    books
}

/// Says how far it is; the counts are looked at once, since two looks in one expression wait for each other.
fn tell_progress(tally: &Tally, begun: Instant) {
    let counts = tally.counts();
    eprintln!(
        "  {:4.0} s: {} answers, {} errors",
        begun.elapsed().as_secs_f64(),
        counts.answers(),
        counts.errors()
    );
}

/// Asks the pages again for what was acknowledged; gives the books, and what is missing.
pub async fn asked_again(books: Vec<(Book, Visitor)>, addresses: &[SocketAddr]) -> (Vec<Book>, Vec<String>) {
    let first = addresses[0];
    let mut asking = JoinSet::new();
    for (book, mut visitor) in books {
        asking.spawn_blocking(move || {
            visitor.turn_to(first);
            let missing = kept::by_pages(&book, &mut visitor);
            (book, missing)
        });
    }
    let (books, missing): (Vec<Book>, Vec<Vec<String>>) = asking.join_all().await.into_iter().unzip();
    (books, missing.into_iter().flatten().collect())
}
