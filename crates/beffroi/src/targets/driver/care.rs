//! What the driver remembers of each instance and kept state: what is under way, what rests, what is sick, what was started again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long what could not be done rests at first before it is tried again.
const FIRST_REST: Duration = Duration::from_secs(1);

/// How long it rests at most.
const REST: Duration = Duration::from_mins(5);

/// How many looks running a target has to be sick before it counts as failed: a scan makes it slow.
const SICK: u32 = 3;

/// The time within which restarts are counted.
const WITHIN: Duration = Duration::from_hours(1);

/// What is remembered.
pub(super) struct Care {
    /// How often a target whose process ended is started again within [`WITHIN`].
    most: usize,
    busy: BTreeSet<Uuid>,
    resting: BTreeMap<Uuid, Rest>,
    sick: BTreeMap<Uuid, u32>,
    restarts: BTreeMap<Uuid, Vec<Instant>>,
}

/// A thing that could not be done.
struct Rest {
    /// How often it was tried in vain.
    tries: u32,
    /// When it is tried again.
    until: Instant,
}

impl Care {
    /// Remembers nothing yet.
    pub(super) const fn new(most: usize) -> Self {
        Self {
            most,
            busy: BTreeSet::new(),
            resting: BTreeMap::new(),
            sick: BTreeMap::new(),
            restarts: BTreeMap::new(),
        }
    }

    /// Says whether something may begin for an instance now, and takes it as begun.
    pub(super) fn begins(&mut self, id: Uuid, now: Instant) -> bool {
        self.begins_all(&[id], now)
    }

    /// Says whether something may begin now that holds several of them, and takes it as begun for all or for none.
    pub(super) fn begins_all(&mut self, ids: &[Uuid], now: Instant) -> bool {
        let rests = |id: &Uuid| self.resting.get(id).is_some_and(|rest| now < rest.until);
        let may = !ids.iter().any(|id| rests(id) || self.busy.contains(id));
        if may {
            self.busy.extend(ids);
        }
        may
    }

    /// Takes nothing as under way any more, whatever became of it.
    pub(super) fn let_go(&mut self, id: Uuid) {
        self.busy.remove(&id);
    }

    /// Takes it as done.
    pub(super) fn done(&mut self, id: Uuid) {
        self.busy.remove(&id);
        self.resting.remove(&id);
    }

    /// Takes it as failed, to rest twice as long each time; says how often it failed.
    pub(super) fn failed(&mut self, id: Uuid, now: Instant) -> u32 {
        self.busy.remove(&id);
        let tries = self.resting.get(&id).map_or(0, |rest| rest.tries).saturating_add(1);
        let rest = FIRST_REST.saturating_mul(2_u32.saturating_pow(tries - 1)).min(REST);
        let until = now + rest;
        self.resting.insert(id, Rest { tries, until });
        tries
    }

    /// Takes a target as healthy.
    pub(super) fn well(&mut self, id: Uuid) {
        self.sick.remove(&id);
    }

    /// Takes a target as sick; says whether it has been for long enough.
    pub(super) fn sick(&mut self, id: Uuid) -> bool {
        let looks = self.sick.entry(id).or_default();
        *looks += 1;
        let lasts = *looks >= SICK;
        if lasts {
            self.sick.remove(&id);
        }
        lasts
    }

    /// Says whether a target whose process ended is started again.
    pub(super) fn restarts(&mut self, id: Uuid, now: Instant) -> bool {
        let before = self.restarts.entry(id).or_default();
        before.retain(|at| now.saturating_duration_since(*at) < WITHIN);
        let may = before.len() < self.most;
        if may {
            before.push(now);
        }
        may
    }

    /// Forgets what is there no more.
    pub(super) fn keep_only(&mut self, there: &BTreeSet<Uuid>) {
        self.resting.retain(|id, _| there.contains(id));
        self.sick.retain(|id, _| there.contains(id));
        self.restarts.retain(|id, _| there.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Uuid = Uuid::from_u128(1);

    #[test]
    fn what_fails_rests_longer_each_time_and_not_for_ever() {
        let mut care = Care::new(3);
        let mut now = Instant::now();
        assert!(care.begins(ONE, now));
        assert!(!care.begins(ONE, now), "it is under way");
        let mut rests = Vec::new();
        for tries in 1..=40 {
            assert_eq!(care.failed(ONE, now), tries);
            let until = care.resting[&ONE].until;
            assert!(!care.begins(ONE, until - Duration::from_millis(1)));
            assert!(care.begins(ONE, until));
            rests.push(until - now);
            now = until;
        }
        assert!(
            rests.is_sorted() && rests[0] == FIRST_REST && rests[39] == REST,
            "{rests:?}"
        );
        care.done(ONE);
        assert!(care.begins(ONE, now) && care.resting.is_empty());
    }

    #[test]
    fn one_bad_look_fails_no_target() {
        let mut care = Care::new(3);
        let looks = ["sick", "sick", "well", "sick", "sick", "sick", "sick"];
        let failed = looks.map(|look| match look {
            "sick" => care.sick(ONE),
            _ => {
                care.well(ONE);
                false
            }
        });
        assert_eq!(failed, [false, false, false, false, false, true, false]);
    }

    #[test]
    fn who_says_so_has_nothing_started_again() {
        assert!(!Care::new(0).restarts(ONE, Instant::now()));
    }

    #[test]
    fn what_ends_again_and_again_stays_down() {
        let mut care = Care::new(3);
        let now = Instant::now();
        assert_eq!(
            [(); 5].map(|()| care.restarts(ONE, now)),
            [true, true, true, false, false]
        );
        assert!(care.restarts(ONE, now + WITHIN));
        care.keep_only(&BTreeSet::new());
        assert!(care.restarts.is_empty());
    }
}
