//! All grants with what happens on them at present: how words and stops change them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use recording::Micros;
use tokio_util::sync::CancellationToken;

use super::{Lease, Stop};
use crate::admission::budget::Budget;
use crate::admission::campaign::may_test;

/// How old the last word of the platform may be before nothing passes.
pub const FRESH: Micros = 2_000_000;

/// A lease with what happens on it at present.
pub struct Held {
    /// What was granted.
    pub lease: Lease,
    pub(crate) state: Arc<LeaseState>,
    /// How often the lease had led elsewhere when this was granted.
    pub(crate) turn: u64,
}

/// What happens on a lease; it outlives a change of the grant.
#[derive(Default)]
pub(crate) struct LeaseState {
    stopped: AtomicBool,
    turn: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) budget: Mutex<Budget>,
    connections: Mutex<HashMap<u64, CancellationToken>>,
}

/// All grants; the platform's words come in here, the phases read them.
pub struct Grants {
    table: RwLock<Table>,
    confirmed: AtomicI64,
}

#[derive(Default)]
struct Table {
    leases: HashMap<String, Arc<Held>>,
    /// Stops that no words know of yet, by their numbers.
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

    /// Grants these leases and no others. The words that grant them know of stops up to the number
    /// `after`: those are lifted, later ones are not. What is under way on a lease goes on, unless its
    /// credential or its target became another.
    pub fn replace(&self, leases: Vec<Lease>, after: u64) {
        let mut table = self.write();
        table.stops.retain(|(number, _)| *number > after);
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

    /// Stops leases until they are granted again; their open connections end at once. Words that know
    /// of no stop of this number do not grant them again.
    pub fn stop(&self, number: u64, what: &Stop) {
        let mut table = self.write();
        table.stops.push((number, what.clone()));
        for held in table.leases.values().filter(|held| what.means(&held.lease)) {
            held.state.stop();
        }
    }

    /// Whether a stop waits for words that know of it.
    pub(crate) fn awaits(&self, after: u64) -> bool {
        self.read().stops.iter().any(|(number, _)| *number <= after)
    }

    /// Cuts open connections on which nothing may pass any more: all when the platform's last word is
    /// old, else those of campaigns that ended or pause, of persons who may not test, and of leases
    /// whose bytes are used up.
    pub fn sweep(&self, now: Micros) {
        let fresh = self.are_fresh(now);
        for held in self.read().leases.values() {
            let used_up = held.state.bytes.load(Ordering::Relaxed) >= held.lease.limits.bytes;
            if !fresh || used_up || may_test(&held.lease, now).is_err() {
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

impl Held {
    fn new(lease: Lease, state: Arc<LeaseState>) -> Self {
        let turn = state.turn.load(Ordering::SeqCst);
        Self { lease, state, turn }
    }

    /// Whether what is under way should not go on by the new grant.
    fn leads_elsewhere(&self, lease: &Lease) -> bool {
        self.lease.credential != lease.credential || !self.lease.target.pool.is_same(&lease.target.pool)
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

impl LeaseState {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// A connection that asks by a lease of this turn ends when the lease is stopped or leads elsewhere.
    pub(crate) fn join(&self, connection: u64, token: &CancellationToken, turn: u64) {
        self.connections().insert(connection, token.clone());
        if self.is_stopped() || self.turn.load(Ordering::SeqCst) != turn {
            token.cancel();
        }
    }

    /// Forgets a connection that ended.
    pub(crate) fn leave(&self, connection: u64) {
        self.connections().remove(&connection);
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.cut();
    }

    /// The lease leads elsewhere: what is under way ends, and so does what was just admitted.
    fn turn(&self) {
        self.turn.fetch_add(1, Ordering::SeqCst);
        self.cut();
    }

    /// Ends what is under way.
    fn cut(&self) {
        for (_, token) in self.connections().drain() {
            token.cancel();
        }
    }

    fn connections(&self) -> MutexGuard<'_, HashMap<u64, CancellationToken>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
