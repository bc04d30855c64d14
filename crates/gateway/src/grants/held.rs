//! All grants with what happens on them at present: how words and stops change them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use recording::Micros;

use super::state::{Held, LeaseState};
use super::{Lease, Stop};
use crate::admission::campaign::may_test;

/// How old the last word of the platform may be before nothing passes.
pub const FRESH: Micros = 2_000_000;

/// All grants; the platform's words come in here, the phases read them.
pub struct Grants {
    table: RwLock<Table>,
    confirmed: AtomicI64,
}

#[derive(Default)]
struct Table {
    leases: HashMap<String, Arc<Held>>,
    /// Stops that no words know of yet, with the last question to the platform before each.
    stops: Vec<(u64, Stop)>,
}

impl Default for Grants {
    fn default() -> Self {
        Self::new()
    }
}

impl Grants {
    /// No grants, and no word yet.
    pub fn new() -> Self {
        Self {
            table: RwLock::default(),
            confirmed: AtomicI64::new(Micros::MIN),
        }
    }

    /// The platform is there: what was granted held at this instant.
    pub fn confirm(&self, at: Micros) {
        self.confirmed.store(at, Ordering::Relaxed);
    }

    /// Whether the platform's last word is recent. One from the future is not: the clock stepped back
    /// since, and says nothing about how old that word is.
    pub fn are_fresh(&self, now: Micros) -> bool {
        let age = now.saturating_sub(self.confirmed.load(Ordering::Relaxed));
        (-FRESH..=FRESH).contains(&age)
    }

    /// Grants a lease, or changes what it allows; what is under way goes on and counts. A stop is lifted.
    pub fn put(&self, lease: Lease) {
        let mut table = self.write();
        let state = table.state(&lease);
        state.stopped.store(false, Ordering::SeqCst);
        table
            .leases
            .insert(lease.label.clone(), Arc::new(Held::new(lease, state)));
    }

    /// Grants these leases and no others, by words that were asked for by the question of this number:
    /// stops of earlier questions are lifted, others are not. What is under way on a lease goes on, unless its
    /// credential or its target became another, or a certificate of it was taken back.
    pub fn replace(&self, leases: Vec<Lease>, asked: u64) {
        let mut table = self.write();
        table.stops.retain(|(before, _)| *before >= asked);
        let mut granted: HashMap<String, Arc<Held>> = HashMap::with_capacity(leases.len());
        for lease in leases {
            let state = table.state(&lease);
            let before = table.leases.get(&lease.label);
            if before.is_some_and(|before| before.leads_elsewhere(&lease)) {
                state.turn();
            }
            let stopped = table.stops.iter().any(|(_, stop)| stop.means(&lease));
            state.stopped.store(stopped, Ordering::SeqCst);
            granted.insert(lease.label.clone(), Arc::new(Held::new(lease, state)));
        }
        let before = std::mem::replace(&mut table.leases, granted);
        for (label, held) in before {
            let kept = table.leases.get(&label);
            if kept.is_none_or(|kept| !Arc::ptr_eq(&kept.state, &held.state)) {
                held.state.stop();
            }
        }
    }

    /// The lease of a label.
    pub fn held(&self, label: &str) -> Option<Arc<Held>> {
        self.read().leases.get(label).cloned()
    }

    /// Takes a lease back: nothing passes any more, open connections included.
    pub fn remove(&self, label: &str) {
        let removed = self.write().leases.remove(label);
        if let Some(held) = removed {
            held.state.stop();
        }
    }

    /// Stops leases until they are granted again, by words of a later question than this one; their
    /// open connections end at once.
    pub fn stop(&self, what: &Stop, asked: u64) {
        let mut table = self.write();
        table.stops.push((asked, what.clone()));
        for held in table.leases.values().filter(|held| what.means(&held.lease)) {
            held.state.stop();
        }
    }

    /// Whether words of this question would lift a stop.
    pub(crate) fn awaits(&self, asked: u64) -> bool {
        self.read().stops.iter().any(|(before, _)| *before < asked)
    }

    /// Cuts open connections on which nothing may pass any more: all when the platform's last word is
    /// old, else those of campaigns that ended or pause, of persons who may not test, of targets that were
    /// stopped or do not run, and of leases whose bytes are used up.
    pub fn sweep(&self, now: Micros) {
        let fresh = self.are_fresh(now);
        for held in self.read().leases.values() {
            let used_up = held.state.bytes.load(Ordering::Relaxed) >= held.lease.limits.bytes;
            let may = held.lease.target.healthy && may_test(&held.lease, now).is_ok();
            if !fresh || used_up || !may {
                held.state.cut();
            }
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, Table> {
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Table> {
        self.table.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// What happens on a lease already, or nothing yet.
    fn state(&self, lease: &Lease) -> Arc<LeaseState> {
        let known = self.leases.get(&lease.label).filter(|held| held.lease.id == lease.id);
        known.map(|held| Arc::clone(&held.state)).unwrap_or_default()
    }
}

impl Stop {
    fn means(&self, lease: &Lease) -> bool {
        match self {
            Self::Lease(id) => lease.id == *id,
            Self::Target(id) => lease.target.id == *id,
            Self::Campaign(id) => lease.campaign.id == *id,
            Self::Everything => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::super::{Campaign, Limits, Target};
    use super::*;
    use crate::refusal::Refusal;

    fn lease(id: &str) -> Lease {
        Lease {
            id: id.into(),
            label: id.into(),
            credential: [0; 32],
            certificates: Vec::new(),
            rules_accepted: true,
            suspended: false,
            limits: Limits::default(),
            campaign: Campaign {
                id: "campaign".into(),
                opens: 0,
                closes: 100,
                paused: false,
                hours: None,
            },
            target: Arc::new(Target::new("target", "print", "host", ([127, 0, 0, 1], 9).into())),
            recorder: None,
        }
    }

    fn joined(grants: &Grants, label: &str) -> CancellationToken {
        let token = CancellationToken::new();
        grants.held(label).unwrap().join(1, &token).unwrap();
        token
    }

    #[test]
    fn only_words_that_were_asked_for_after_a_stop_lift_it() {
        let grants = Grants::new();
        let stopped = |label: &str| grants.held(label).unwrap().state.is_stopped();
        grants.replace(vec![lease("a"), lease("b")], 1);
        let (a, b) = (joined(&grants, "a"), joined(&grants, "b"));
        grants.stop(&Stop::Lease("a".into()), 2);
        assert!(a.is_cancelled() && !b.is_cancelled());
        for (asked, expected) in [(1, true), (2, true), (3, false)] {
            assert_eq!(grants.awaits(asked), !expected);
            grants.replace(vec![lease("a"), lease("b")], asked);
            assert_eq!(
                (stopped("a"), stopped("b")),
                (expected, false),
                "words of question {asked}"
            );
        }
        // One that is granted for the first time by words that know of nothing.
        grants.stop(&Stop::Campaign("campaign".into()), 4);
        grants.replace(vec![lease("c")], 4);
        assert!(stopped("c"));
    }

    #[test]
    fn what_was_admitted_by_a_grant_that_led_elsewhere_ends_at_once() {
        let grants = Grants::new();
        let first = lease("a");
        let target = Arc::clone(&first.target);
        grants.replace(vec![first], 1);
        let before = grants.held("a").unwrap();
        let open = joined(&grants, "a");
        let same = |suspended| Lease {
            target: Arc::clone(&target),
            suspended,
            ..lease("a")
        };
        grants.replace(vec![same(true)], 2);
        assert!(!open.is_cancelled());
        grants.replace(vec![lease("a")], 3);
        assert!(open.is_cancelled(), "another target");
        let late = CancellationToken::new();
        assert_eq!(before.join(2, &late), Err(Refusal::TargetNotReady));
        assert!(!joined(&grants, "a").is_cancelled());
        let known = |certificates| Lease {
            certificates,
            ..same(false)
        };
        grants.replace(vec![known(vec![[1; 32]])], 4);
        let open = joined(&grants, "a");
        grants.replace(vec![known(vec![[1; 32], [2; 32]])], 5);
        assert!(!open.is_cancelled(), "one more takes nothing from the others");
        grants.replace(vec![known(vec![[2; 32]])], 6);
        assert!(open.is_cancelled(), "a certificate was taken back");
        grants.replace(vec![], 7);
        assert_eq!(before.join(3, &late), Err(Refusal::Stopped));
    }

    #[test]
    fn a_sweep_cuts_what_may_not_go_on() {
        let grants = Grants::new();
        grants.replace(vec![lease("a")], 1);
        grants.confirm(90);
        let open = joined(&grants, "a");
        grants.sweep(99);
        assert!(!open.is_cancelled());
        let bytes = &grants.held("a").unwrap().state.bytes;
        bytes.store(Limits::default().bytes, Ordering::Relaxed);
        grants.sweep(99);
        assert!(open.is_cancelled(), "the bytes are used up");
        bytes.store(0, Ordering::Relaxed);
        let open = joined(&grants, "a");
        grants.sweep(100);
        assert!(open.is_cancelled(), "the campaign has ended");
        let mut stopped = lease("a");
        let target = Target::new("target", "print", "host", ([127, 0, 0, 1], 9).into());
        stopped.target = Arc::new(Target {
            healthy: false,
            ..target
        });
        grants.replace(vec![stopped], 2);
        let open = joined(&grants, "a");
        grants.sweep(99);
        assert!(open.is_cancelled(), "the target was stopped");
        grants.replace(vec![lease("a")], 3);
        let open = joined(&grants, "a");
        grants.sweep(91 + FRESH);
        assert!(open.is_cancelled(), "the words are old");
        grants.confirm(90 + 2 * FRESH);
        assert!(!grants.are_fresh(80), "the clock stepped back");
    }
}
