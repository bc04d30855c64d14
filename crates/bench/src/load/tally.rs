//! What was answered, how long it took, and what was wrong.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Everything that was asked and answered, shared by all who ask.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Counts>);

/// What was counted.
#[derive(Debug, Default)]
pub struct Counts {
    /// How long each answer took, by what was asked.
    times: BTreeMap<&'static str, Vec<Duration>>,
    /// What was wrong: how often, and where the first time.
    wrong: BTreeMap<String, (u64, String)>,
    /// Bytes of pages, as they came.
    pub bytes: usize,
}

impl Tally {
    /// Looks at what was counted so far.
    pub fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes an expected answer.
    pub fn answered(&self, kind: &'static str, took: Duration) {
        self.counts().times.entry(kind).or_default().push(took);
    }

    /// Notes what was wrong, and where.
    pub fn wrong(&self, kind: &str, what: impl Display, place: &str) {
        let mut counts = self.counts();
        let fresh = (0, place.to_owned());
        counts.wrong.entry(format!("{kind}: {what}")).or_insert(fresh).0 += 1;
    }

    /// Takes everything that was counted.
    pub fn take(&self) -> Counts {
        std::mem::take(&mut self.counts())
    }
}

impl Counts {
    /// Gives how many answers there were.
    pub fn answers(&self) -> usize {
        self.times.values().map(Vec::len).sum()
    }

    /// Gives how many answers of a kind there were.
    pub fn answers_of(&self, kind: &str) -> usize {
        self.times.get(kind).map_or(0, Vec::len)
    }

    /// Gives how much was wrong.
    pub fn errors(&self) -> u64 {
        self.wrong.values().map(|(times, _)| times).sum()
    }

    /// Says what was wrong, a line for each kind.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        self.wrong
            .iter()
            .map(|(what, (times, place))| format!("{times} × {what} (first: {place})"))
    }

    /// Prints how long answers took, by kind and all together under `name`.
    pub fn print(&self, name: &str) {
        for (kind, times) in &self.times {
            line(kind, times.clone());
        }
        if self.times.len() > 1 {
            line(name, self.times.values().flatten().copied().collect());
        }
    }
}

/// Prints what stands above the lines of [`Counts::print`].
pub fn head() {
    println!(
        "{:32} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "milliseconds", "answers", "p50", "p95", "p99", "max"
    );
}

fn line(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |percent| share(&times, percent).as_secs_f64() * 1000.0;
    println!(
        "{name:32} {:8} {:8.1} {:8.1} {:8.1} {:8.1}",
        times.len(),
        at(50),
        at(95),
        at(99),
        at(100)
    );
}

/// Gives the time within which so many percent of sorted times lie, by the nearest rank.
fn share(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(share(&times, 50), Duration::from_millis(100));
        assert_eq!(share(&times, 99), Duration::from_millis(198));
        assert_eq!(share(&times, 100), Duration::from_millis(200));
        assert_eq!(share(&times[..1], 50), Duration::from_millis(1));
        assert_eq!(share(&[], 99), Duration::ZERO);
    }

    #[test]
    fn what_is_wrong_is_counted_by_kind_with_its_first_place() {
        let tally = Tally::default();
        tally.wrong("desk", 503, "/bureau");
        tally.wrong("desk", 503, "/bureau?deux");
        tally.answered("desk", Duration::from_millis(3));
        let counts = tally.take();
        assert_eq!(
            (counts.errors(), counts.answers(), counts.answers_of("desk")),
            (2, 1, 1)
        );
        assert_eq!(counts.faults().collect::<Vec<_>>(), ["2 × desk: 503 (first: /bureau)"]);
        assert_eq!(tally.counts().answers(), 0);
    }
}
