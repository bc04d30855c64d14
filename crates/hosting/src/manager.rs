//! The life of instances, whatever engine runs them.

use crate::error::{HostingError, MissingImage};
use crate::fingerprint::RunningFingerprint;
use crate::instance::Instance;
use crate::provider::{Endpoint, Keep, LogLine, Overfull, Probe, Provider, Sickness, Swept};
use domain::ids::{InstanceId, SnapshotId};
use domain::recipe::Health;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Brings instances up, back and away over one provider.
#[derive(Clone)]
pub struct Manager {
    provider: Arc<dyn Provider>,
}

/// An instance that is up and healthy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Where the gateway reaches it.
    pub endpoint: Endpoint,
    /// What really runs.
    pub fingerprint: RunningFingerprint,
}

/// What a reconciliation found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// The names of what was removed.
    pub removed: Vec<String>,
    /// Wanted instances of which nothing is there: start them.
    pub absent: BTreeSet<InstanceId>,
}

impl Manager {
    /// Makes a manager over a provider.
    pub fn new(provider: Arc<dyn Provider>) -> Self {
        Self { provider }
    }

    /// Says which images are to be brought before the instance can start.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn missing_images(&self, instance: &Instance) -> Result<Vec<MissingImage>, HostingError> {
        self.provider.missing_images(instance).await
    }

    /// Starts an instance and waits until each service is healthy, one after the other.
    ///
    /// # Errors
    /// [`HostingError::ImagesMissing`] and [`HostingError::SeedsMissing`] before anything is made; later what went wrong, after everything made was removed.
    /// The logs of a service that failed are gone then: a start that shall be looked into is a [`Manager::start_kept`].
    pub async fn start(&self, instance: &Instance) -> Result<Running, HostingError> {
        let started = self.start_kept(instance).await;
        if let Err(error) = &started
            && !matches!(
                error,
                HostingError::ImagesMissing(_) | HostingError::SeedsMissing(_) | HostingError::NotIsolated(_)
            )
        {
            // The first error is the one to tell; what this leaves is swept at the next reconciliation.
            let _ = self.provider.remove(instance.id).await;
        }
        started
    }

    /// Starts like [`Manager::start`], and leaves what failed for its logs to be read.
    ///
    /// # Errors
    /// As [`Manager::start`].
    pub async fn start_kept(&self, instance: &Instance) -> Result<Running, HostingError> {
        let missing = self.provider.missing_images(instance).await?;
        if !missing.is_empty() {
            return Err(HostingError::ImagesMissing(missing));
        }
        self.provider.create(instance).await?;
        for (service, health) in instance.steps() {
            self.provider.start(instance, &service).await?;
            self.healthy(instance, &service, &health).await?;
        }
        Ok(Running {
            endpoint: self.provider.endpoint(instance).await?,
            fingerprint: self.provider.fingerprint(instance).await?,
        })
    }

    /// Waits until a service is healthy, for as long as its recipe allows.
    async fn healthy(&self, instance: &Instance, service: &str, health: &Health) -> Result<(), HostingError> {
        let mut last = Sickness::Silent;
        let waiting = async {
            // The first looks follow quickly: most services are up at once.
            let mut pause = health.every / 16;
            loop {
                match self.provider.probe(instance, service).await? {
                    Probe::Healthy => return Ok(()),
                    Probe::Sick(sickness) => last = sickness,
                    Probe::NotStarted => (),
                    Probe::Ended(exit) => {
                        let service = service.to_owned();
                        return Err(HostingError::Ended { service, exit });
                    }
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(health.every);
            }
        };
        let waited = tokio::time::timeout(health.within, waiting).await;
        waited.unwrap_or_else(|_| {
            Err(HostingError::NotHealthy {
                service: service.to_owned(),
                within: health.within,
                last,
            })
        })
    }

    /// Looks at every service once.
    ///
    /// # Errors
    /// [`HostingError::NoInstance`] where nothing is there.
    pub async fn health(&self, instance: &Instance) -> Result<BTreeMap<String, Probe>, HostingError> {
        let mut found = BTreeMap::new();
        for (service, _) in instance.steps() {
            let probe = self.provider.probe(instance, &service).await?;
            found.insert(service, probe);
        }
        Ok(found)
    }

    /// Throws away everything that was written since the start, and starts again under the same address.
    ///
    /// A reset that a crash cut may have cleared one service and not another: it is asked for again, not started.
    ///
    /// # Errors
    /// As [`Manager::start`]; what fails is left for its logs to be read.
    pub async fn reset(&self, instance: &Instance) -> Result<Running, HostingError> {
        self.clear(instance).await?;
        self.start_kept(instance).await
    }

    /// Throws away everything that was written since the start.
    ///
    /// # Errors
    /// Those of the provider; what is left then is no state to start from.
    pub async fn clear(&self, instance: &Instance) -> Result<(), HostingError> {
        self.provider.clear(instance).await
    }

    /// Starts again what was stopped, with what it wrote.
    ///
    /// # Errors
    /// As [`Manager::start`].
    pub async fn resume(&self, instance: &Instance) -> Result<Running, HostingError> {
        self.start_kept(instance).await
    }

    /// Keeps the present state.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn snapshot(&self, instance: &Instance, snapshot: SnapshotId) -> Result<(), HostingError> {
        let kept = self.provider.snapshot(instance, snapshot).await;
        if kept.is_err() {
            // Half a state would be taken for a whole one.
            let _ = self.provider.remove_snapshot(snapshot).await;
        }
        kept
    }

    /// Removes a kept state.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn remove_snapshot(&self, snapshot: SnapshotId) -> Result<(), HostingError> {
        self.provider.remove_snapshot(snapshot).await
    }

    /// Stops the processes and keeps what they wrote.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn stop(&self, instance: &Instance) -> Result<(), HostingError> {
        self.provider.stop(instance).await
    }

    /// Removes an instance with everything that belongs to it; nothing is said where it is gone already.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn remove(&self, instance: InstanceId) -> Result<(), HostingError> {
        self.provider.remove(instance).await
    }

    /// Removes everything of this installation that is not wanted, after a crash as at any other time.
    ///
    /// # Errors
    /// Those of the provider; what could be removed is.
    pub async fn reconcile(&self, keep: &Keep) -> Result<Reconciled, HostingError> {
        let Swept { present, removed } = self.provider.sweep(keep).await?;
        Ok(Reconciled {
            removed,
            absent: keep.instances.difference(&present).copied().collect(),
        })
    }

    /// Says whether what runs is still walled in: the machine's rules may be loaded anew under it.
    ///
    /// # Errors
    /// [`HostingError::NotIsolated`] where a target could get out.
    pub async fn walled(&self) -> Result<(), HostingError> {
        self.provider.walled().await
    }

    /// Stops the instances whose volumes or roots hold more than their recipes allow, and says which: called again and again, it
    /// keeps a target from filling the disk that recordings are written to.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn stop_overfull(&self, instances: &[Instance]) -> Result<Vec<Overfull>, HostingError> {
        let found = self.provider.overfull(instances).await?;
        for instance in instances {
            if found.iter().any(|one| one.instance == instance.id) {
                self.provider.stop(instance).await?;
            }
        }
        Ok(found)
    }

    /// Gives the last lines that a service wrote.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn logs(&self, instance: &Instance, service: &str, lines: usize) -> Result<Vec<LogLine>, HostingError> {
        self.provider.logs(instance, service, lines).await
    }

    /// Says what really runs.
    ///
    /// # Errors
    /// Those of the provider.
    pub async fn fingerprint(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError> {
        self.provider.fingerprint(instance).await
    }
}
