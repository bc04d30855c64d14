//! Targets that somebody else runs: nothing to start, only to ask whether they answer.

use crate::error::{HostingError, MissingImage};
use crate::fingerprint::{EngineVersion, RunningFingerprint, RunningService};
use crate::health::{self, Tls};
use crate::instance::{ExternalTarget, Instance, Plan};
use crate::provider::{Endpoint, Keep, LogLine, Overfull, Probe, Provider, Sickness, Swept};
use async_trait::async_trait;
use domain::ids::{InstanceId, SnapshotId};
use domain::recipe::Digest;
use std::net::SocketAddr;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

/// The provider of addresses that others run.
pub struct External {
    tls: TlsConnector,
}

impl External {
    /// Makes the provider; `tls` says which certificates are trusted.
    pub fn new(tls: TlsConnector) -> Self {
        Self { tls }
    }
}

fn target(instance: &Instance) -> Result<&ExternalTarget, HostingError> {
    match &instance.plan {
        Plan::External(target) => Ok(target),
        Plan::Recipe(_) => Err(HostingError::WrongPlan),
    }
}

/// Looks the host up; a name may have moved since the last time.
async fn address(target: &ExternalTarget) -> Option<SocketAddr> {
    let port = target.url.port_or_known_default()?;
    let host = target.url.host_str()?.trim_matches(['[', ']']);
    tokio::net::lookup_host((host, port)).await.ok()?.next()
}

#[async_trait]
impl Provider for External {
    async fn missing_images(&self, instance: &Instance) -> Result<Vec<MissingImage>, HostingError> {
        target(instance).map(|_| Vec::new())
    }

    async fn create(&self, instance: &Instance) -> Result<(), HostingError> {
        target(instance).map(drop)
    }

    async fn start(&self, instance: &Instance, _service: &str) -> Result<(), HostingError> {
        target(instance).map(drop)
    }

    async fn probe(&self, instance: &Instance, _service: &str) -> Result<Probe, HostingError> {
        let target = target(instance)?;
        let Some(address) = address(target).await else {
            return Ok(Probe::Sick(Sickness::UnknownHost));
        };
        let host = target.url.host_str().unwrap_or_default().to_owned();
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).ok();
        let tls = name.filter(|_| target.url.scheme() == "https").map(|name| Tls {
            connector: self.tls.clone(),
            name,
        });
        let host = match target.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host,
        };
        match instance.steps().first() {
            Some((_, health)) => Ok(health::ask(address.ip(), &health.check, &host, tls.as_ref()).await),
            None => Err(HostingError::WrongPlan),
        }
    }

    async fn endpoint(&self, instance: &Instance) -> Result<Endpoint, HostingError> {
        let target = target(instance)?;
        let address = address(target).await.ok_or(HostingError::NoInstance(instance.id))?;
        Ok(Endpoint {
            address,
            tls: target.url.scheme() == "https",
            host: target.url.host_str().map(str::to_owned),
        })
    }

    async fn clear(&self, _instance: &Instance) -> Result<(), HostingError> {
        Err(HostingError::NotPossible("reset"))
    }

    async fn snapshot(&self, _instance: &Instance, _snapshot: SnapshotId) -> Result<(), HostingError> {
        Err(HostingError::NotPossible("snapshot"))
    }

    async fn stop(&self, instance: &Instance) -> Result<(), HostingError> {
        target(instance).map(drop)
    }

    async fn remove(&self, _instance: InstanceId) -> Result<(), HostingError> {
        Ok(())
    }

    async fn remove_snapshot(&self, _snapshot: SnapshotId) -> Result<(), HostingError> {
        Ok(())
    }

    async fn sweep(&self, keep: &Keep) -> Result<Swept, HostingError> {
        Ok(Swept {
            present: keep.instances.clone(),
            removed: Vec::new(),
        })
    }

    async fn walled(&self) -> Result<(), HostingError> {
        Ok(())
    }

    async fn overfull(&self, _instances: &[Instance]) -> Result<Vec<Overfull>, HostingError> {
        Ok(Vec::new())
    }

    async fn logs(&self, _instance: &Instance, _service: &str, _lines: usize) -> Result<Vec<LogLine>, HostingError> {
        Err(HostingError::NotPossible("logs"))
    }

    async fn fingerprint(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError> {
        let target = target(instance)?;
        Ok(RunningFingerprint {
            plan: instance.fingerprint,
            services: vec![RunningService {
                name: String::new(),
                image: Digest::of_hash(sealing::content_digest(&target.canonical())),
                repositories: Vec::new(),
            }],
            engine: EngineVersion {
                name: "external".to_owned(),
                version: target.version.clone(),
            },
        })
    }
}
