//! Taking things away: by their labels, so that what a crash left half made goes too.

use super::labels::{INSTALLATION, Owner};
use super::{Doing, Engine, status};
use crate::error::HostingError;
use crate::provider::{Keep, Swept};
use bollard::errors::Error as Failure;
use bollard::query_parameters::{
    KillContainerOptions, ListContainersOptions, ListImagesOptions, ListNetworksOptions, ListVolumesOptions,
    RemoveContainerOptions, RemoveImageOptions, RemoveVolumeOptions,
};
use futures_util::future::join_all;
use std::collections::HashMap;
use std::time::Duration;

/// How often, and after which pause, a removal is asked for that something else is in the way of.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// A thing of this installation.
#[derive(Debug)]
struct Thing {
    sort: Sort,
    name: String,
    owner: Option<Owner>,
    /// Whether it bears the label of this installation.
    installation: bool,
}

/// The sorts of things in the order in which they can be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Container,
    Volume,
    Network,
    Image,
}

impl Engine {
    pub(super) async fn sweep_up(&self, keep: &Keep) -> Result<Swept, HostingError> {
        let (mut present, mut unwanted) = (Keep::default().instances, Vec::new());
        for thing in self.things(None, true).await? {
            match thing.owner {
                Some(Owner::Instance(id)) if keep.instances.contains(&id) => {
                    present.insert(id);
                }
                Some(Owner::Snapshot(id)) if keep.snapshots.contains(&id) => (),
                _ => unwanted.push(thing),
            }
        }
        self.take_away(&unwanted).await?;
        let removed = unwanted.into_iter().map(|thing| thing.name).collect();
        Ok(Swept { present, removed })
    }

    /// Removes what belongs to an owner.
    pub(super) async fn remove_all(&self, owner: Owner) -> Result<(), HostingError> {
        let things = self.things(Some(owner), true).await?;
        self.take_away(&things).await
    }

    /// Removes what an owner wrote, and keeps its network.
    pub(super) async fn remove_written(&self, owner: Owner) -> Result<(), HostingError> {
        let things = self.things(Some(owner), false).await?;
        self.take_away(&things).await
    }

    /// Removes a container and volumes by their names, where they are.
    pub(super) async fn discard(&self, container: &str, volumes: &[String]) -> Result<(), HostingError> {
        let named = |sort, name: &str| self.thing(sort, name.to_owned(), None);
        self.take_one(&named(Sort::Container, container)).await?;
        for volume in volumes {
            self.take_one(&named(Sort::Volume, volume)).await?;
        }
        Ok(())
    }

    async fn things(&self, owner: Option<Owner>, networks: bool) -> Result<Vec<Thing>, HostingError> {
        let mut things = self.containers(owner).await?;
        things.extend(self.volumes(owner).await?);
        if networks {
            things.extend(self.networks(owner).await?);
            things.extend(self.images(owner).await?);
        }
        // Podman takes several labels of a volume for alternatives: what is not ours is left out here once more.
        things.retain(|thing| thing.installation && (owner.is_none() || thing.owner == owner));
        Ok(things)
    }

    async fn containers(&self, owner: Option<Owner>) -> Result<Vec<Thing>, HostingError> {
        let options = ListContainersOptions {
            all: true,
            filters: Some(self.filter(owner)),
            ..ListContainersOptions::default()
        };
        let found = self
            .docker
            .list_containers(Some(options))
            .await
            .doing("list containers")?;
        let things = found
            .into_iter()
            .map(|one| self.thing(Sort::Container, one.id.unwrap_or_default(), one.labels));
        Ok(things.collect())
    }

    async fn volumes(&self, owner: Option<Owner>) -> Result<Vec<Thing>, HostingError> {
        let options = ListVolumesOptions {
            filters: Some(self.filter(owner)),
        };
        let found = self.docker.list_volumes(Some(options)).await.doing("list volumes")?;
        let found = found.volumes.unwrap_or_default().into_iter();
        Ok(found
            .map(|one| self.thing(Sort::Volume, one.name, Some(one.labels)))
            .collect())
    }

    async fn networks(&self, owner: Option<Owner>) -> Result<Vec<Thing>, HostingError> {
        let options = ListNetworksOptions {
            filters: Some(self.filter(owner)),
        };
        let found = self.docker.list_networks(Some(options)).await.doing("list networks")?;
        let things = found
            .into_iter()
            .map(|one| self.thing(Sort::Network, one.name.unwrap_or_default(), one.labels));
        Ok(things.collect())
    }

    /// Lists the images of kept states.
    async fn images(&self, owner: Option<Owner>) -> Result<Vec<Thing>, HostingError> {
        let options = ListImagesOptions {
            filters: Some(self.filter(owner)),
            ..ListImagesOptions::default()
        };
        let found = self.docker.list_images(Some(options)).await.doing("list images")?;
        Ok(found
            .into_iter()
            .map(|one| self.thing(Sort::Image, one.id, Some(one.labels)))
            .collect())
    }

    /// Removes things, containers first; a failure does not keep the others from being removed.
    async fn take_away(&self, things: &[Thing]) -> Result<(), HostingError> {
        let mut result = Ok(());
        for sort in [Sort::Container, Sort::Volume, Sort::Network, Sort::Image] {
            let these = things.iter().filter(|thing| thing.sort == sort);
            for done in join_all(these.map(|thing| self.take_one(thing))).await {
                result = result.and(done);
            }
        }
        result
    }

    fn thing(&self, sort: Sort, name: String, labels: Option<HashMap<String, String>>) -> Thing {
        let labels = labels.unwrap_or_default();
        let installation = labels.get(INSTALLATION);
        Thing {
            sort,
            name,
            owner: Owner::of(&labels),
            installation: installation.is_some_and(|id| *id == self.settings.installation.to_string()),
        }
    }

    /// Removes a thing; while the engine still works on it or on what uses it, it is asked again.
    async fn take_one(&self, thing: &Thing) -> Result<(), HostingError> {
        let mut tried = 0;
        loop {
            tried += 1;
            match self.try_to_take(thing).await {
                // Somebody else was quicker.
                Err(error) if status(&error) == Some(404) => return Ok(()),
                Err(error) if tried < TRIES && matches!(status(&error), Some(409 | 500)) => {
                    tokio::time::sleep(PAUSE).await;
                }
                other => return other.doing(thing.sort.removing()),
            }
        }
    }

    async fn try_to_take(&self, thing: &Thing) -> Result<(), Failure> {
        let name = thing.name.as_str();
        match thing.sort {
            Sort::Container => {
                // Podman gives it time to end first, which nobody wants who throws it away; one that does not run says so.
                let now = KillContainerOptions {
                    signal: "KILL".to_owned(),
                };
                let _ = self.docker.kill_container(name, Some(now)).await;
                let options = RemoveContainerOptions {
                    force: true,
                    v: true,
                    ..RemoveContainerOptions::default()
                };
                self.docker.remove_container(name, Some(options)).await
            }
            Sort::Volume => {
                let options = Some(RemoveVolumeOptions { force: true });
                self.docker.remove_volume(name, options).await
            }
            Sort::Network => self.docker.remove_network(name).await,
            Sort::Image => {
                let options = RemoveImageOptions {
                    force: true,
                    ..RemoveImageOptions::default()
                };
                let removed = self.docker.remove_image(name, Some(options), None).await;
                removed.map(drop)
            }
        }
    }
}

impl Sort {
    fn removing(self) -> &'static str {
        match self {
            Self::Container => "remove a container",
            Self::Volume => "remove a volume",
            Self::Network => "remove a network",
            Self::Image => "remove an image",
        }
    }
}
