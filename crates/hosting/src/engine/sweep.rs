//! Taking things away: by their labels, so that what a crash left half made goes too.

use super::labels::Owner;
use super::{Doing, Engine, status};
use crate::error::HostingError;
use crate::provider::{Keep, Swept};
use bollard::errors::Error as Failure;
use bollard::query_parameters::{
    ListContainersOptions, ListImagesOptions, ListNetworksOptions, ListVolumesOptions, RemoveContainerOptions,
    RemoveImageOptions, RemoveVolumeOptions,
};
use futures_util::future::join_all;
use std::collections::HashMap;

/// A thing of this installation.
#[derive(Debug)]
struct Thing {
    sort: Sort,
    name: String,
    owner: Option<Owner>,
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

    async fn things(&self, owner: Option<Owner>, networks: bool) -> Result<Vec<Thing>, HostingError> {
        let mut things = self.containers(owner).await?;
        things.extend(self.volumes(owner).await?);
        if networks {
            things.extend(self.networks(owner).await?);
            things.extend(self.images(owner).await?);
        }
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
            .map(|one| thing(Sort::Container, one.id.unwrap_or_default(), one.labels));
        Ok(things.collect())
    }

    async fn volumes(&self, owner: Option<Owner>) -> Result<Vec<Thing>, HostingError> {
        let options = ListVolumesOptions {
            filters: Some(self.filter(owner)),
        };
        let found = self.docker.list_volumes(Some(options)).await.doing("list volumes")?;
        let found = found.volumes.unwrap_or_default().into_iter();
        Ok(found
            .map(|one| thing(Sort::Volume, one.name, Some(one.labels)))
            .collect())
    }

    async fn networks(&self, owner: Option<Owner>) -> Result<Vec<Thing>, HostingError> {
        let options = ListNetworksOptions {
            filters: Some(self.filter(owner)),
        };
        let found = self.docker.list_networks(Some(options)).await.doing("list networks")?;
        let things = found
            .into_iter()
            .map(|one| thing(Sort::Network, one.name.unwrap_or_default(), one.labels));
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
            .map(|one| thing(Sort::Image, one.id, Some(one.labels)))
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

    async fn take_one(&self, thing: &Thing) -> Result<(), HostingError> {
        let name = thing.name.as_str();
        let gone = |done: Result<(), Failure>| match done {
            // Somebody else was quicker, or the engine is at it already.
            Err(error) if status(&error) == Some(404) => Ok(()),
            other => other,
        };
        match thing.sort {
            Sort::Container => {
                let options = RemoveContainerOptions {
                    force: true,
                    v: true,
                    ..RemoveContainerOptions::default()
                };
                gone(self.docker.remove_container(name, Some(options)).await).doing("remove a container")
            }
            Sort::Volume => {
                let options = Some(RemoveVolumeOptions { force: true });
                gone(self.docker.remove_volume(name, options).await).doing("remove a volume")
            }
            Sort::Network => gone(self.docker.remove_network(name).await).doing("remove a network"),
            Sort::Image => {
                let options = RemoveImageOptions {
                    force: true,
                    ..RemoveImageOptions::default()
                };
                let removed = self.docker.remove_image(name, Some(options), None).await;
                gone(removed.map(drop)).doing("remove an image")
            }
        }
    }
}

fn thing(sort: Sort, name: String, labels: Option<HashMap<String, String>>) -> Thing {
    Thing {
        sort,
        name,
        owner: Owner::of(&labels.unwrap_or_default()),
    }
}
