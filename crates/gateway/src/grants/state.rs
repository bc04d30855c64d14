//! What happens on one lease: its connections, its budget, whether it is stopped.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use super::Lease;
use crate::admission::budget::Budget;
use crate::refusal::Refusal;

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
    pub(super) stopped: AtomicBool,
    turn: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) budget: Mutex<Budget>,
    connections: Mutex<HashMap<u64, CancellationToken>>,
}

impl Held {
    pub(super) fn new(lease: Lease, state: Arc<LeaseState>) -> Self {
        let turn = state.turn.load(Ordering::SeqCst);
        Self { lease, state, turn }
    }

    /// Whether what is under way should not go on by the new grant.
    pub(super) fn leads_elsewhere(&self, lease: &Lease) -> bool {
        let taken_back = |one| !lease.certificates.contains(one);
        self.lease.credential != lease.credential
            || self.lease.certificates.iter().any(taken_back)
            || !self.lease.target.pool.is_same(&lease.target.pool)
    }

    /// Whether the lease leads where it led when this was granted.
    pub(crate) fn is_current(&self) -> bool {
        self.state.turn.load(Ordering::SeqCst) == self.turn
    }

    /// A connection that asks by this ends when the lease is stopped or leads elsewhere; refused when
    /// that has happened since it was admitted.
    pub(crate) fn join(&self, connection: u64, token: &CancellationToken) -> Result<(), Refusal> {
        let mut connections = self.state.connections();
        if self.state.is_stopped() {
            return Err(Refusal::Stopped);
        }
        if !self.is_current() {
            return Err(Refusal::TargetNotReady);
        }
        connections.insert(connection, token.clone());
        Ok(())
    }
}

impl LeaseState {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// Forgets a connection that ended.
    pub(crate) fn leave(&self, connection: u64) {
        self.connections().remove(&connection);
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.cut();
    }

    /// The lease leads elsewhere: what is under way ends, and so does what was just admitted.
    pub(super) fn turn(&self) {
        self.turn.fetch_add(1, Ordering::SeqCst);
        self.cut();
    }

    /// Ends what is under way.
    pub(super) fn cut(&self) {
        for (_, token) in self.connections().drain() {
            token.cancel();
        }
    }

    fn connections(&self) -> MutexGuard<'_, HashMap<u64, CancellationToken>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
