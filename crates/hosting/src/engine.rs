//! Docker-compatible engines: Docker, and Podman where its Docker-compatible service listens.

mod check;
mod container;
mod create;
mod fill;
pub(crate) mod finding;
mod firewall;
mod labels;
mod network;
mod provide;
mod snapshot;
mod state;
mod sweep;
mod usage;

use crate::error::HostingError;
use crate::exchange::exchange;
use crate::fingerprint::EngineVersion;
use crate::guard::Guard;
use crate::image::ImageArchive;
use async_trait::async_trait;
use bollard::errors::Error as Failure;
use bollard::query_parameters::ImportImageOptions;
use bollard::{API_DEFAULT_VERSION, Docker};
use bytes::Bytes;
use domain::ids::TargetId;
use domain::recipe::Digest;
use futures_util::stream::{BoxStream, StreamExt};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UnixStream;
use tokio::sync::Mutex;
use tokio_rustls::TlsConnector;
use uuid::Uuid;

/// How long the engine may need for one answer, in seconds.
const PATIENCE: u64 = 120;

/// How long it may need to take in what may be large: an image, a seed, a kept state.
const LONG: Duration = Duration::from_secs(3600);

/// The most bytes of an engine's answer: a list of many thousand volumes.
const ANSWER: usize = 16 << 20;

/// How an engine is reached and what is made on it.
#[derive(Clone)]
pub struct EngineSettings {
    /// The Unix socket on which it serves the Docker API.
    pub socket: PathBuf,
    /// The installation, whose label everything bears: only what bears it is ever removed.
    pub installation: Uuid,
    /// The addresses from which every instance gets its own network.
    pub pool: Pool,
    /// The wall that must stand before anything starts.
    pub guard: Guard,
    /// The archives that fill volumes.
    pub seeds: Arc<dyn Seeds>,
    /// How TLS is spoken to a target for its health check: whether its certificate is believed is the operator's word.
    pub tls: Option<TlsConnector>,
}

/// A block of IPv4 addresses that nothing else on the machine or beyond it uses; each instance takes 16 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    base: u32,
    networks: u32,
}

/// Where the archives that fill volumes lie; it gives only what has the digest.
#[async_trait]
pub trait Seeds: Send + Sync {
    /// Opens the archive (tar) of a digest for a target that names it; nothing where there is none for it.
    ///
    /// # Errors
    /// [`std::io::Error`] where it is there and cannot be opened: nobody has to send it again.
    async fn open(&self, target: TargetId, digest: &Digest) -> Result<Option<SeedStream>, std::io::Error>;
}

/// The bytes of an archive, part by part.
pub type SeedStream = BoxStream<'static, Result<Bytes, std::io::Error>>;

/// An engine that answers.
pub struct Engine {
    docker: Docker,
    /// The same with more patience, for what may be large.
    slow: Docker,
    settings: EngineSettings,
    version: EngineVersion,
    /// Two instances never choose their networks at the same time.
    networks: Mutex<()>,
}

impl Pool {
    /// How many addresses an instance takes: the network, the host's, one for each service, the broadcast.
    pub(crate) const STEP: u32 = 16;

    /// Takes a block of `prefix` bits, between 8 and 28; nothing for others, or where the address does not begin a block.
    pub fn new(base: Ipv4Addr, prefix: u8) -> Option<Self> {
        let size = 1u32
            .checked_shl(32 - u32::from(prefix))
            .filter(|_| (8..=28).contains(&prefix))?;
        let base = u32::from(base);
        base.is_multiple_of(size).then_some(Self {
            base,
            networks: size / Self::STEP,
        })
    }

    /// Says whether an address is of the block.
    #[must_use]
    pub fn contains(self, address: Ipv4Addr) -> bool {
        let past = u32::from(address).checked_sub(self.base);
        past.is_some_and(|past| past < self.networks * Self::STEP)
    }

    /// Gives the first address of a network of the pool.
    pub(crate) fn network(self, index: u32) -> Option<u32> {
        (index < self.networks).then(|| self.base + index * Self::STEP)
    }
}

impl Default for Pool {
    /// `10.213.0.0/16`: 4096 networks.
    fn default() -> Self {
        Self {
            base: u32::from(Ipv4Addr::new(10, 213, 0, 0)),
            networks: 4096,
        }
    }
}

impl std::fmt::Display for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = 28 - self.networks.ilog2();
        write!(f, "{}/{prefix}", Ipv4Addr::from(self.base))
    }
}

impl Engine {
    /// Connects to an engine; nothing is started or changed.
    ///
    /// # Errors
    /// [`HostingError::EngineUnreachable`] where none answers.
    pub async fn connect(settings: EngineSettings) -> Result<Self, HostingError> {
        let unreachable = |error: Failure| HostingError::EngineUnreachable {
            socket: settings.socket.clone(),
            reason: error.to_string(),
        };
        let path = settings.socket.to_string_lossy().into_owned();
        let docker = Docker::connect_with_unix(&path, PATIENCE, API_DEFAULT_VERSION).map_err(unreachable)?;
        let docker = docker.negotiate_version().await.map_err(unreachable)?;
        let told = docker.version().await.map_err(unreachable)?;
        let first = told.components.unwrap_or_default().into_iter().next();
        let version = match first {
            Some(component) => EngineVersion {
                name: component.name,
                version: component.version,
            },
            None => EngineVersion {
                name: "Engine".to_owned(),
                version: told.version.unwrap_or_default(),
            },
        };
        Ok(Self {
            slow: docker.clone().with_timeout(LONG),
            docker,
            settings,
            version,
            networks: Mutex::default(),
        })
    }

    /// Gives the engine's name and version.
    pub fn version(&self) -> &EngineVersion {
        &self.version
    }

    /// Gives the wall that this engine's targets stand behind.
    pub fn guard(&self) -> &Guard {
        &self.settings.guard
    }

    /// Loads an image that Beffroi brings itself; one that is there stays.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn load(&self, archive: &ImageArchive) -> Result<(), HostingError> {
        if self.docker.inspect_image(archive.image.digest.as_str()).await.is_ok() {
            return Ok(());
        }
        let body = bollard::body_full(Bytes::from(archive.tar.clone()));
        let mut loading = Box::pin(self.slow.import_image(ImportImageOptions::default(), body, None));
        while let Some(step) = loading.next().await {
            step.doing("load an image")?;
        }
        Ok(())
    }

    /// Sends a request that the Docker API of our crate lacks, over a connection of its own.
    async fn raw(&self, doing: &'static str, head: &str, body: &[u8]) -> Result<Vec<u8>, HostingError> {
        let failed = |status, message| HostingError::Engine { doing, status, message };
        let asked = async {
            let stream = UnixStream::connect(&self.settings.socket).await?;
            exchange(stream, head, body, ANSWER).await
        };
        let asked = tokio::time::timeout(Duration::from_secs(PATIENCE), asked).await;
        let answer = asked.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
        let answer = answer.map_err(|error| failed(None, error.to_string()))?;
        if answer.status == 200 {
            return Ok(answer.body);
        }
        Err(failed(
            Some(answer.status),
            String::from_utf8_lossy(&answer.body).into_owned(),
        ))
    }

    fn is_podman(&self) -> bool {
        self.version.name.contains("Podman")
    }
}

/// Says what was being done when the engine failed.
trait Doing<T> {
    fn doing(self, what: &'static str) -> Result<T, HostingError>;
}

impl<T> Doing<T> for Result<T, Failure> {
    fn doing(self, what: &'static str) -> Result<T, HostingError> {
        self.map_err(|error| match error {
            Failure::DockerResponseServerError { status_code, message } => HostingError::Engine {
                doing: what,
                status: Some(status_code),
                message,
            },
            other => HostingError::Engine {
                doing: what,
                status: None,
                message: other.to_string(),
            },
        })
    }
}

/// Takes a missing thing for none.
fn optional<T>(found: Result<T, Failure>, what: &'static str) -> Result<Option<T>, HostingError> {
    match found {
        Err(error) if status(&error) == Some(404) => Ok(None),
        other => other.doing(what).map(Some),
    }
}

fn status(error: &Failure) -> Option<u16> {
    match error {
        Failure::DockerResponseServerError { status_code, .. } => Some(*status_code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_is_cut_into_networks() {
        let pool = Pool::new(Ipv4Addr::new(10, 9, 8, 0), 24).unwrap();
        assert_eq!(pool.network(0).map(Ipv4Addr::from), Some(Ipv4Addr::new(10, 9, 8, 0)));
        assert_eq!(pool.network(15).map(Ipv4Addr::from), Some(Ipv4Addr::new(10, 9, 8, 240)));
        assert_eq!(pool.network(16), None);
        assert_eq!(pool.to_string(), "10.9.8.0/24");
        assert_eq!(Pool::default().to_string(), "10.213.0.0/16");
        for (base, prefix) in [
            ([10, 9, 8, 1], 24),
            ([10, 9, 8, 0], 29),
            ([10, 9, 8, 0], 7),
            ([10, 9, 8, 0], 0),
        ] {
            assert_eq!(Pool::new(base.into(), prefix), None);
        }
    }
}
