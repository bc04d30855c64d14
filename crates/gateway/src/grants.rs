//! What the gateway was told: leases, their campaigns and targets, and how fresh that is.

mod held;
mod state;

use std::net::SocketAddr;
use std::sync::Arc;

use recording::{Micros, Recorder};
use serde::{Deserialize, Serialize};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::upstream::{Pool, Tls, Way};

pub use held::{FRESH, Grants};
pub use state::Held;
pub(crate) use state::LeaseState;

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
            pool: Pool::new(Way::Address(address), None),
        }
    }

    /// The same target, asked by TLS with a certificate for this name.
    pub fn over_tls(mut self, address: SocketAddr, connector: TlsConnector, name: ServerName<'static>) -> Self {
        self.pool = Pool::new(Way::Address(address), Some(Tls { connector, name }));
        self
    }
}

/// Paths and methods that may be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The methods; none means all.
    pub methods: Vec<String>,
    /// The beginnings of paths that may be asked; none means all.
    pub paths: Vec<String>,
    /// The beginnings of paths that may not, whatever the others say.
    pub excluded: Vec<String>,
}

/// How much a lease may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The fingerprints of the certificates that open it too: SHA-256 of each (DER).
    pub certificates: Vec<[u8; 32]>,
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
    /// The recorder of the campaign; nothing passes while it starts.
    pub recorder: Option<Recorder>,
}

/// What a stop cuts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
