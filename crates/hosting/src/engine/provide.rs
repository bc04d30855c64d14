//! The engine as a provider.

use super::container::FAREWELL;
use super::create::recipe;
use super::labels::Owner;
use super::{Doing, Engine, status};
use crate::error::{HostingError, MissingImage};
use crate::fingerprint::RunningFingerprint;
use crate::instance::Instance;
use crate::provider::{Endpoint, Keep, LogLine, Overfull, Probe, Provider, Swept};
use async_trait::async_trait;
use bollard::query_parameters::{StartContainerOptions, StopContainerOptions};
use domain::ids::{InstanceId, SnapshotId};

#[async_trait]
impl Provider for Engine {
    async fn missing_images(&self, instance: &Instance) -> Result<Vec<MissingImage>, HostingError> {
        if instance.from.is_some() {
            // A kept state holds its images.
            return Ok(Vec::new());
        }
        self.missing(instance).await
    }

    async fn create(&self, instance: &Instance) -> Result<(), HostingError> {
        self.make(instance).await
    }

    async fn start(&self, instance: &Instance, service: &str) -> Result<(), HostingError> {
        let name = Owner::Instance(instance.id).container(service);
        // One that was being kept when the server went stands still; any other says that it does not.
        let _ = self.docker.unpause_container(&name).await;
        match self.docker.start_container(&name, None::<StartContainerOptions>).await {
            Err(error) if status(&error) == Some(304) => Ok(()),
            Err(error) if status(&error) == Some(404) => Err(HostingError::NoInstance(instance.id)),
            other => other.doing("start a container"),
        }
    }

    async fn probe(&self, instance: &Instance, service: &str) -> Result<Probe, HostingError> {
        self.look(instance, service).await
    }

    async fn endpoint(&self, instance: &Instance) -> Result<Endpoint, HostingError> {
        self.entry(instance).await
    }

    async fn clear(&self, instance: &Instance) -> Result<(), HostingError> {
        self.remove_written(Owner::Instance(instance.id)).await
    }

    async fn snapshot(&self, instance: &Instance, snapshot: SnapshotId) -> Result<(), HostingError> {
        self.keep(instance, snapshot).await
    }

    async fn stop(&self, instance: &Instance) -> Result<(), HostingError> {
        // The last started first: an application ends before the database that it writes to.
        for service in recipe(instance)?.services.iter().rev() {
            let name = Owner::Instance(instance.id).container(&service.name);
            let options = StopContainerOptions {
                t: Some(FAREWELL),
                ..StopContainerOptions::default()
            };
            match self.docker.stop_container(&name, Some(options)).await {
                Err(error) if matches!(status(&error), Some(304 | 404)) => (),
                other => other.doing("stop a container")?,
            }
        }
        Ok(())
    }

    async fn remove(&self, instance: InstanceId) -> Result<(), HostingError> {
        self.remove_all(Owner::Instance(instance)).await
    }

    async fn remove_snapshot(&self, snapshot: SnapshotId) -> Result<(), HostingError> {
        self.remove_all(Owner::Snapshot(snapshot)).await
    }

    async fn sweep(&self, keep: &Keep) -> Result<Swept, HostingError> {
        self.sweep_up(keep).await
    }

    async fn walled(&self) -> Result<(), HostingError> {
        self.still_walled().await
    }

    async fn overfull(&self, instances: &[Instance]) -> Result<Vec<Overfull>, HostingError> {
        self.what_is_overfull(instances).await
    }

    async fn logs(&self, instance: &Instance, service: &str, lines: usize) -> Result<Vec<LogLine>, HostingError> {
        self.written(instance, service, lines).await
    }

    async fn fingerprint(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError> {
        self.running(instance).await
    }
}
