//! The cluster as a provider.

use crate::cluster::Cluster;
use crate::create::{missing_images, recipe};
use async_trait::async_trait;
use domain::ids::{InstanceId, SnapshotId};
use hosting::{
    Endpoint, HostingError, Instance, Keep, LogLine, MissingImage, Overfull, Probe, Provider, RunningFingerprint, Swept,
};

#[async_trait]
impl Provider for Cluster {
    async fn missing_images(&self, instance: &Instance) -> Result<Vec<MissingImage>, HostingError> {
        missing_images(instance)
    }

    async fn create(&self, instance: &Instance) -> Result<(), HostingError> {
        self.make(instance).await
    }

    async fn start(&self, instance: &Instance, service: &str) -> Result<(), HostingError> {
        let found = recipe(instance)?.service(service);
        let service = found.ok_or(HostingError::NoInstance(instance.id))?;
        if !self.is_there(instance).await? {
            return Err(HostingError::NoInstance(instance.id));
        }
        self.make_pod(instance, service).await
    }

    async fn probe(&self, instance: &Instance, service: &str) -> Result<Probe, HostingError> {
        self.look(instance, service).await
    }

    async fn endpoint(&self, instance: &Instance) -> Result<Endpoint, HostingError> {
        self.entry(instance).await
    }

    async fn clear(&self, instance: &Instance) -> Result<(), HostingError> {
        recipe(instance)?;
        self.remove_pods(instance).await
    }

    async fn snapshot(&self, _instance: &Instance, _snapshot: SnapshotId) -> Result<(), HostingError> {
        Err(HostingError::NotPossible("a kept state"))
    }

    /// Pods end with what they wrote: only an instance that writes nowhere but into memory is stopped.
    async fn stop(&self, instance: &Instance) -> Result<(), HostingError> {
        let services = &recipe(instance)?.services;
        let forgets = |service: &domain::recipe::Service| service.read_only && service.volumes.is_empty();
        if !services.iter().all(forgets) {
            return Err(HostingError::NotPossible("a stop that keeps what was written"));
        }
        self.remove_pods(instance).await
    }

    async fn remove(&self, instance: InstanceId) -> Result<(), HostingError> {
        self.remove_namespaces(Some(instance)).await
    }

    async fn remove_snapshot(&self, _snapshot: SnapshotId) -> Result<(), HostingError> {
        // None is ever kept, so none is there any more.
        Ok(())
    }

    async fn sweep(&self, keep: &Keep) -> Result<Swept, HostingError> {
        self.sweep_up(keep).await
    }

    /// Nothing to measure: kubelets end the pod whose folder grew beyond its size, and a probe tells it.
    async fn walled(&self) -> Result<(), HostingError> {
        self.isolated()
    }

    async fn overfull(&self, _instances: &[Instance]) -> Result<Vec<Overfull>, HostingError> {
        Ok(Vec::new())
    }

    async fn logs(&self, instance: &Instance, service: &str, lines: usize) -> Result<Vec<LogLine>, HostingError> {
        self.written(instance, service, lines).await
    }

    async fn fingerprint(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError> {
        self.running(instance).await
    }
}
