//! What every engine can do with an instance.

use crate::error::{HostingError, MissingImage};
use crate::fingerprint::RunningFingerprint;
use crate::instance::Instance;
use async_trait::async_trait;
use domain::ids::{InstanceId, SnapshotId};
use std::collections::BTreeSet;
use std::net::SocketAddr;

/// One engine that runs instances.
///
/// What is there is known by labels that the engine keeps, so that nothing is forgotten with a crash. Every method may be
/// called again: what is done already stays done.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Gives the images that the instance needs and that are not there.
    async fn missing_images(&self, instance: &Instance) -> Result<Vec<MissingImage>, HostingError>;

    /// Makes everything that the instance needs, without starting it: its own network, volumes, containers.
    async fn create(&self, instance: &Instance) -> Result<(), HostingError>;

    /// Starts one service of an instance that was created.
    async fn start(&self, instance: &Instance, service: &str) -> Result<(), HostingError>;

    /// Asks one service whether it works.
    async fn probe(&self, instance: &Instance, service: &str) -> Result<Probe, HostingError>;

    /// Gives the address that the gateway connects to.
    async fn endpoint(&self, instance: &Instance) -> Result<Endpoint, HostingError>;

    /// Takes away what the instance holds and wrote, and keeps its address for [`Provider::create`].
    async fn clear(&self, instance: &Instance) -> Result<(), HostingError>;

    /// Keeps the present state under an identifier; what lies in memory is not part of it.
    async fn snapshot(&self, instance: &Instance, snapshot: SnapshotId) -> Result<(), HostingError>;

    /// Stops the processes and keeps what they wrote.
    async fn stop(&self, instance: &Instance) -> Result<(), HostingError>;

    /// Removes an instance with everything that belongs to it.
    async fn remove(&self, instance: InstanceId) -> Result<(), HostingError>;

    /// Removes a kept state.
    async fn remove_snapshot(&self, snapshot: SnapshotId) -> Result<(), HostingError>;

    /// Removes whatever this installation made and does not want, and says what is there.
    async fn sweep(&self, keep: &Keep) -> Result<Swept, HostingError>;

    /// Says whether what runs is still walled in, after putting up again what fell where that is allowed.
    ///
    /// # Errors
    /// [`HostingError::NotIsolated`] where a target could get out.
    async fn walled(&self) -> Result<(), HostingError>;

    /// Gives the volumes and roots of some instances that hold more than their recipes allow; engines rarely have quotas.
    async fn overfull(&self, instances: &[Instance]) -> Result<Vec<Overfull>, HostingError>;

    /// Gives the last lines that a service wrote, at most so many.
    async fn logs(&self, instance: &Instance, service: &str, lines: usize) -> Result<Vec<LogLine>, HostingError>;

    /// Says what really runs: digests, engine and version.
    async fn fingerprint(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError>;
}

/// What one look at a service found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// It works.
    Healthy,
    /// It runs and does not answer as it should.
    Sick(Sickness),
    /// Its process ended.
    Ended(Exit),
    /// It has not been started.
    NotStarted,
}

/// Why a service that runs does not count as healthy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sickness {
    /// Nothing listens on the port.
    Refused,
    /// No answer came in time.
    Silent,
    /// Another status than the expected one.
    Status(u16),
    /// What was answered is no HTTP.
    NotHttp,
    /// The host name of an external target is not known.
    UnknownHost,
    /// The way there failed otherwise, for example TLS.
    Broken(String),
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Its exit code; 128 and the number of the signal where one ended it.
    pub code: i64,
    /// Whether it was killed: 137, which without a stop of ours is the limit of memory.
    pub killed: bool,
    /// Whether the engine says that memory was the reason; Podman 4 never says so.
    pub out_of_memory: bool,
}

impl Exit {
    /// Says whether memory is the likely reason.
    pub fn is_memory(self) -> bool {
        self.killed || self.out_of_memory
    }
}

/// Where the gateway reaches an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The address and port.
    pub address: SocketAddr,
    /// Whether TLS is spoken there.
    pub tls: bool,
    /// The host name of an external target; none for what is hosted here.
    pub host: Option<String>,
}

/// What is wanted; everything else of this installation goes.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    /// Instances.
    pub instances: BTreeSet<InstanceId>,
    /// Kept states.
    pub snapshots: BTreeSet<SnapshotId>,
}

/// What a sweep found and took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Wanted instances of which something is there.
    pub present: BTreeSet<InstanceId>,
    /// The names of containers, networks, volumes and images that were removed.
    pub removed: Vec<String>,
}

/// A volume, or a root that is not read-only, that holds more than its recipe allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overfull {
    /// The instance.
    pub instance: InstanceId,
    /// The service.
    pub service: String,
    /// The volume; none for the root.
    pub volume: Option<String>,
    /// The bytes that it holds.
    pub holds: u64,
    /// The bytes that it may hold.
    pub allowed: u64,
}

/// A line that a service wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Whether it came over standard error.
    pub error: bool,
    /// The text, cut at 4 KiB; what is no UTF-8 is replaced.
    pub text: String,
}
