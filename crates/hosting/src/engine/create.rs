//! Making an instance: its network, its volumes with what they begin with, its containers.

use super::labels::Owner;
use super::network::Net;
use super::{Doing, Engine, optional};
use crate::error::{HostingError, MissingImage, MissingSeed};
use crate::instance::{Instance, Plan};
use bollard::models::{ContainerCreateBody, VolumeCreateRequest};
use bollard::query_parameters::{CreateContainerOptions, RenameContainerOptions};
use domain::Recipe;
use domain::ids::TargetId;
use domain::recipe::{ImageRef, Service};

pub(super) fn recipe(instance: &Instance) -> Result<&Recipe, HostingError> {
    match &instance.plan {
        Plan::Recipe(recipe) => Ok(recipe),
        Plan::External(_) => Err(HostingError::WrongPlan),
    }
}

impl Engine {
    pub(super) async fn missing(&self, instance: &Instance) -> Result<Vec<MissingImage>, HostingError> {
        let mut missing = Vec::new();
        for service in &recipe(instance)?.services {
            if self.image(&service.image).await?.is_none() {
                missing.push(MissingImage {
                    service: service.name.clone(),
                    image: service.image.clone(),
                    command: self.command_to_bring(&service.image),
                });
            }
        }
        Ok(missing)
    }

    /// Gives the identifier of an image, where the engine holds exactly the one that is named.
    pub(super) async fn image(&self, image: &ImageRef) -> Result<Option<String>, HostingError> {
        let found = self.docker.inspect_image(&image.to_string()).await;
        let Some(found) = optional(found, "look at an image")? else {
            return Ok(None);
        };
        let id = found.id.unwrap_or_default();
        let id = if id.starts_with("sha256:") {
            id
        } else {
            format!("sha256:{id}")
        };
        // The engine reads names generously; a digest must be the one that was asked for.
        let same = match image.name {
            Some(_) => {
                let digests = found.repo_digests.unwrap_or_default();
                digests.iter().any(|one| one.ends_with(image.digest.as_str()))
            }
            None => id == image.digest.as_str(),
        };
        Ok(same.then_some(id))
    }

    fn command_to_bring(&self, image: &ImageRef) -> String {
        let program = if self.is_podman() { "podman" } else { "docker" };
        match image.name {
            Some(_) => format!("{program} pull {image}"),
            None => format!("{program} load --input IMAGE.tar"),
        }
    }

    pub(super) async fn make(&self, instance: &Instance) -> Result<(), HostingError> {
        let recipe = recipe(instance)?;
        self.isolated().await?;
        self.seeds_are_there(instance.target, recipe).await?;
        if let Some(snapshot) = instance.from {
            self.snapshot_is_there(snapshot).await?;
        }
        let net = self.ensure_network(instance.id).await?;
        for service in &recipe.services {
            self.make_service(instance, recipe, service, net).await?;
        }
        Ok(())
    }

    async fn seeds_are_there(&self, target: TargetId, recipe: &Recipe) -> Result<(), HostingError> {
        let mut missing = Vec::new();
        for service in &recipe.services {
            for volume in &service.volumes {
                let Some(digest) = &volume.seed else { continue };
                if self.seed(target, digest).await?.is_none() {
                    missing.push(MissingSeed {
                        place: format!("{}.{}", service.name, volume.name),
                        digest: digest.clone(),
                    });
                }
            }
        }
        missing
            .is_empty()
            .then_some(())
            .ok_or(HostingError::SeedsMissing(missing))
    }

    async fn make_service(
        &self,
        instance: &Instance,
        recipe: &Recipe,
        service: &Service,
        net: Net,
    ) -> Result<(), HostingError> {
        let owner = Owner::Instance(instance.id);
        let name = owner.container(&service.name);
        if self.find_container(&name).await?.is_some() {
            return Ok(());
        }
        let image = match instance.from {
            Some(snapshot) => self.snapshot_image(snapshot, service).await?,
            None => service.image.to_string(),
        };
        let body = self.container(instance, recipe, service, net, image);
        let unfinished = self.begin(owner, service, body).await?;
        self.fill(instance, service, &unfinished).await?;
        self.finish(&unfinished, &name).await
    }

    /// Makes a container with fresh volumes under a name that says that it is not finished: one that a crash left half
    /// filled is never taken for whole.
    pub(super) async fn begin(
        &self,
        owner: Owner,
        service: &Service,
        body: ContainerCreateBody,
    ) -> Result<String, HostingError> {
        let unfinished = format!("{}.unfinished", owner.container(&service.name));
        let volumes = service.volumes.iter();
        let volumes: Vec<String> = volumes
            .map(|volume| owner.volume(&service.name, &volume.name))
            .collect();
        self.discard(&unfinished, &volumes).await?;
        for volume in volumes {
            self.make_volume(owner, volume).await?;
        }
        self.create_container(&unfinished, body).await?;
        Ok(unfinished)
    }

    /// Gives a container its name, now that everything is in it.
    pub(super) async fn finish(&self, unfinished: &str, name: &str) -> Result<(), HostingError> {
        let options = RenameContainerOptions { name: name.to_owned() };
        let renamed = self.docker.rename_container(unfinished, options).await;
        renamed.doing("name a container")
    }

    async fn make_volume(&self, owner: Owner, name: String) -> Result<(), HostingError> {
        let request = VolumeCreateRequest {
            name: Some(name),
            labels: Some(self.labels(owner)),
            ..VolumeCreateRequest::default()
        };
        let made = self.docker.create_volume(request).await;
        made.doing("make a volume").map(drop)
    }

    pub(super) async fn create_container(&self, name: &str, body: ContainerCreateBody) -> Result<(), HostingError> {
        let options = CreateContainerOptions {
            name: Some(name.to_owned()),
            ..CreateContainerOptions::default()
        };
        let made = self.docker.create_container(Some(options), body).await;
        made.doing("make a container").map(drop)
    }
}
