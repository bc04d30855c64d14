//! What the gateway was told: leases, their campaigns and targets, and how fresh that is.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use recording::{Micros, Recorder};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_util::sync::CancellationToken;

use crate::admission::budget::Budget;
use crate::upstream::{Pool, Tls};

/// How old the last word of the platform may be before nothing passes.
pub const FRESH: Micros = 2_000_000;

/// What a campaign allows at present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its name, opaque here; stops name it.
    pub id: String,
    /// When testing begins.
    pub opens: Micros,
    /// When testing ends.
    pub closes: Micros,
    /// Whether testing is paused.
    pub paused: bool,
    /// The hours of the day, in minutes since midnight UTC, between which testing is allowed; they
    /// may pass midnight.
    pub hours: Option<(u16, u16)>,
}

/// Where a target stands and what may be asked of it.
#[derive(Debug)]
pub struct Target {
    /// Its name, opaque here; stops name it.
    pub id: String,
    /// The fingerprint that is recorded with each exchange.
    pub fingerprint: String,
    /// The host name that the target sees, whoever asks.
    pub public_host: String,
    /// Whether the public address of the target begins with `https`.
    pub public_https: bool,
    /// Whether it is started and healthy.
    pub healthy: bool,
    /// What may be asked.
    pub scope: Scope,
    /// The connections to it.
    pub(crate) pool: Pool,
}

impl Target {
    /// Describes a target that answers HTTP/1.1 at this address.
    pub fn new(id: &str, fingerprint: &str, public_host: &str, address: SocketAddr) -> Self {
        Self {
            id: id.into(),
            fingerprint: fingerprint.into(),
            public_host: public_host.into(),
            public_https: true,
            healthy: true,
            scope: Scope::default(),
            pool: Pool::new(address, None),
        }
    }

    /// The same target, asked by TLS with a certificate for this name.
    pub fn over_tls(mut self, address: SocketAddr, connector: TlsConnector, name: ServerName<'static>) -> Self {
        self.pool = Pool::new(address, Some(Tls { connector, name }));
        self
    }
}

/// Paths and methods that may be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The methods; none means all.
    pub methods: Vec<String>,
    /// The beginnings of paths that may be asked; none means all.
    pub paths: Vec<String>,
    /// The beginnings of paths that may not, whatever the others say.
    pub excluded: Vec<String>,
}

/// How much a lease may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Requests in a second, on average.
    pub rate: u32,
    /// Requests that may come at once before the average counts.
    pub burst: u32,
    /// Requests under way at the same time.
    pub concurrent: u32,
    /// Bytes that may pass in both directions together while the lease lasts.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rate: 200,
            burst: 400,
            concurrent: 64,
            bytes: 100 << 30,
        }
    }
}

/// A person's way to a target.
pub struct Lease {
    /// Its name, opaque here; it is recorded, and stops name it.
    pub id: String,
    /// The label of its host name; it names the lease and opens nothing.
    pub label: String,
    /// What [`sealing::token_hash`] makes of the credential.
    pub credential: [u8; 32],
    /// Whether the person accepted the present rules.
    pub rules_accepted: bool,
    /// Whether the person is suspended.
    pub suspended: bool,
    /// How much it may ask.
    pub limits: Limits,
    /// The campaign.
    pub campaign: Campaign,
    /// The target.
    pub target: Arc<Target>,
    /// The recorder of the campaign.
    pub recorder: Recorder,
}

/// A lease with what happens on it at present.
pub struct Held {
    /// What was granted.
    pub lease: Lease,
    pub(crate) state: Arc<LeaseState>,
}

/// What happens on a lease; it outlives a change of the grant.
#[derive(Default)]
pub(crate) struct LeaseState {
    stopped: AtomicBool,
    pub(crate) bytes: AtomicU64,
    pub(crate) budget: Mutex<Budget>,
    connections: Mutex<HashMap<u64, CancellationToken>>,
}

/// All grants; the platform's words come in here, the phases read them.
#[derive(Default)]
pub struct Grants {
    leases: RwLock<HashMap<String, Arc<Held>>>,
    confirmed: AtomicI64,
}

/// What a stop cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// One lease, by its name.
    Lease(String),
    /// All leases to a target, by its name.
    Target(String),
    /// All leases of a campaign, by its name.
    Campaign(String),
    /// Everything.
    Everything,
}

impl Grants {
    /// No grants, and no word yet.
    pub fn new() -> Self {
        Self {
            confirmed: AtomicI64::new(Micros::MIN),
            ..Self::default()
        }
    }

    /// The platform is there: what was granted still holds at this instant.
    pub fn confirm(&self, at: Micros) {
        self.confirmed.fetch_max(at, Ordering::Relaxed);
    }

    /// Whether the platform's last word is recent.
    pub fn are_fresh(&self, now: Micros) -> bool {
        now.saturating_sub(self.confirmed.load(Ordering::Relaxed)) <= FRESH
    }

    /// Grants a lease, or changes what it allows; what is under way goes on and counts.
    pub fn put(&self, lease: Lease) {
        let mut leases = self.leases.write().unwrap_or_else(PoisonError::into_inner);
        let known = leases.get(&lease.label).filter(|held| held.lease.id == lease.id);
        let state = known.map(|held| Arc::clone(&held.state)).unwrap_or_default();
        state.stopped.store(false, Ordering::SeqCst);
        leases.insert(lease.label.clone(), Arc::new(Held { lease, state }));
    }

    /// The lease of a label.
    pub fn held(&self, label: &str) -> Option<Arc<Held>> {
        let leases = self.leases.read().unwrap_or_else(PoisonError::into_inner);
        leases.get(label).cloned()
    }

    /// Takes a lease back: nothing passes any more, open connections included.
    pub fn remove(&self, label: &str) {
        let removed = self
            .leases
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(label);
        if let Some(held) = removed {
            held.state.stop();
        }
    }

    /// Stops leases until they are granted again; their open connections end at once.
    pub fn stop(&self, what: &Stop) {
        let leases = self.leases.read().unwrap_or_else(PoisonError::into_inner);
        for held in leases.values() {
            let meant = match what {
                Stop::Lease(id) => held.lease.id == *id,
                Stop::Target(id) => held.lease.target.id == *id,
                Stop::Campaign(id) => held.lease.campaign.id == *id,
                Stop::Everything => true,
            };
            if meant {
                held.state.stop();
            }
        }
    }
}

impl LeaseState {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// A connection ends when the lease is stopped.
    pub(crate) fn join(&self, connection: u64, token: &CancellationToken) {
        self.connections().insert(connection, token.clone());
        if self.is_stopped() {
            token.cancel();
        }
    }

    /// Forgets a connection that ended.
    pub(crate) fn leave(&self, connection: u64) {
        self.connections().remove(&connection);
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        for (_, token) in self.connections().drain() {
            token.cancel();
        }
    }

    fn connections(&self) -> MutexGuard<'_, HashMap<u64, CancellationToken>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
