//! Kept states: an image for each service that writes into its root, and a copy of each volume.
//!
//! A container that never starts holds the copies, so that the engine gives them back as it took them.

use super::container::{mounts, resting};
use super::create::recipe;
use super::labels::{Owner, SERVICE};
use super::{Doing, Engine};
use crate::error::HostingError;
use crate::instance::Instance;
use bollard::models::ContainerConfig;
use bollard::query_parameters::{CommitContainerOptions, ListContainersOptions};
use domain::ids::SnapshotId;
use domain::recipe::Service;

impl Engine {
    pub(super) async fn keep(&self, instance: &Instance, snapshot: SnapshotId) -> Result<(), HostingError> {
        let services = &recipe(instance)?.services;
        // What an earlier try left, whole or not: whether it was told is not known here.
        self.remove_all(Owner::Snapshot(snapshot)).await?;
        let mut paused = Vec::new();
        for service in services {
            let name = Owner::Instance(instance.id).container(&service.name);
            // One that such a try left standing still is copied like the others.
            let _ = self.docker.unpause_container(&name).await;
            let there = self
                .find_container(&name)
                .await?
                .ok_or(HostingError::NoInstance(instance.id))?;
            if there.state.and_then(|state| state.running).unwrap_or_default() {
                paused.push(name);
            }
        }
        // All services stand still while they are copied, so that a database and its application agree.
        let mut kept = self.pause(&paused).await;
        for service in services {
            if kept.is_ok() {
                kept = self.keep_service(instance, snapshot, service).await;
            }
        }
        for name in &paused {
            // One that was not paused any more says so; what matters is that none stays still.
            let _ = self.docker.unpause_container(name).await;
        }
        kept
    }

    async fn pause(&self, names: &[String]) -> Result<(), HostingError> {
        for name in names {
            self.docker.pause_container(name).await.doing("pause a container")?;
        }
        Ok(())
    }

    async fn keep_service(
        &self,
        instance: &Instance,
        snapshot: SnapshotId,
        service: &Service,
    ) -> Result<(), HostingError> {
        let (from, to) = (Owner::Instance(instance.id), Owner::Snapshot(snapshot));
        let container = from.container(&service.name);
        let image = if service.read_only {
            self.base_image(instance, service).await?
        } else {
            self.commit(&container, to, &service.name).await?
        };
        let mut labels = self.labels(to);
        labels.insert(SERVICE.to_owned(), service.name.clone());
        let body = resting(image, labels, mounts(to, service));
        let unfinished = self.begin(to, service, body).await?;
        for volume in &service.volumes {
            self.copy(&container, &unfinished, &volume.at).await?;
        }
        self.finish(&unfinished, &to.container(&service.name)).await
    }

    async fn base_image(&self, instance: &Instance, service: &Service) -> Result<String, HostingError> {
        match instance.from {
            Some(snapshot) => self.snapshot_image(snapshot, service).await,
            None => Ok(service.image.to_string()),
        }
    }

    async fn commit(&self, container: &str, owner: Owner, service: &str) -> Result<String, HostingError> {
        let mut labels = self.labels(owner);
        labels.insert(SERVICE.to_owned(), service.to_owned());
        let changes: Vec<String> = labels
            .iter()
            .map(|(name, value)| format!("LABEL {name}={value}"))
            .collect();
        let options = CommitContainerOptions {
            container: Some(container.to_owned()),
            repo: Some(format!("localhost/{}", owner.name())),
            tag: Some(service.to_owned()),
            changes: Some(changes.join("\n")),
            pause: false,
            ..CommitContainerOptions::default()
        };
        let made = self.slow.commit_container(options, ContainerConfig::default()).await;
        let id = made.doing("keep a container's files")?.id;
        Ok(if id.starts_with("sha256:") {
            id
        } else {
            format!("sha256:{id}")
        })
    }

    pub(super) async fn snapshot_is_there(&self, snapshot: SnapshotId) -> Result<(), HostingError> {
        let options = ListContainersOptions {
            all: true,
            filters: Some(self.filter(Some(Owner::Snapshot(snapshot)))),
            ..ListContainersOptions::default()
        };
        let found = self
            .docker
            .list_containers(Some(options))
            .await
            .doing("list containers")?;
        (!found.is_empty())
            .then_some(())
            .ok_or(HostingError::NoSnapshot(snapshot))
    }

    /// Gives the image that a service of a kept state runs.
    pub(super) async fn snapshot_image(&self, snapshot: SnapshotId, service: &Service) -> Result<String, HostingError> {
        let name = Owner::Snapshot(snapshot).container(&service.name);
        let found = self
            .find_container(&name)
            .await?
            .ok_or(HostingError::NoSnapshot(snapshot))?;
        found.image.ok_or(HostingError::NoSnapshot(snapshot))
    }
}
