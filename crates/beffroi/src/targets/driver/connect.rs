//! What hosts targets, waited for until it answers.

use super::super::Host;
use super::super::seeds::KeptSeeds;
use hosting::{Engine, EngineSettings, HostingError, Provider};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use use_cases::App;
use uuid::Uuid;

/// How long it is waited before the engine is looked for again.
const AGAIN: Duration = Duration::from_secs(15);

/// Waits for what hosts targets; said once while it does not answer.
pub(super) async fn connected(host: &Host, app: &App, stop: &CancellationToken) -> Option<Arc<dyn Provider>> {
    let mut said = false;
    loop {
        match host.connect(app).await {
            Ok(provider) => return Some(provider),
            Err(error) if !said => {
                said = true;
                tracing::warn!(%error, "no target can be hosted until the engine answers");
            }
            Err(_) => {}
        }
        stop.run_until_cancelled(tokio::time::sleep(AGAIN)).await?;
    }
}

impl Host {
    /// Gives the installation, whose label everything bears that is made.
    pub(super) const fn installation(&self) -> Uuid {
        match self {
            Self::Containers(engine) => engine.installation,
            #[cfg(feature = "kubernetes")]
            Self::Cluster(cluster) => cluster.installation,
        }
    }

    /// Connects to it, with the archives that campaigns keep for volumes.
    async fn connect(&self, app: &App) -> Result<Arc<dyn Provider>, HostingError> {
        match self {
            Self::Containers(engine) => {
                let engine = EngineSettings {
                    seeds: Arc::new(KeptSeeds(app.clone())),
                    ..engine.clone()
                };
                Ok(Arc::new(Engine::connect(engine).await?))
            }
            #[cfg(feature = "kubernetes")]
            Self::Cluster(cluster) => Ok(Arc::new(kubernetes::Cluster::connect(cluster.clone()).await?)),
        }
    }
}
