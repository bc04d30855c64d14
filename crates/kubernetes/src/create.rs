//! Making an instance: its namespace and walls first, then addresses and environments, at last its pods.

use crate::api::is_missing;
use crate::cluster::Cluster;
use crate::labels::{self, is_ours};
use crate::objects::{self, Frame};
use crate::shortfall::{Shortfall, shortfalls};
use domain::Recipe;
use domain::recipe::Service;
use hosting::{HostingError, Instance, MissingImage, Plan};
use k8s_openapi::api::core::v1::{
    LimitRange, Namespace, Pod, ResourceQuota, Secret, Service as Address, ServiceAccount,
};
use k8s_openapi::api::networking::v1::NetworkPolicy;
use kube::api::Api;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

/// How often, and after which pause, a pod is asked for that the quota still counts its predecessor against.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(200);

pub(crate) fn recipe(instance: &Instance) -> Result<&Recipe, HostingError> {
    match &instance.plan {
        Plan::Recipe(recipe) => Ok(recipe),
        Plan::External(_) => Err(HostingError::WrongPlan),
    }
}

/// Gives the images that no node could get: those without a repository.
pub(crate) fn missing_images(instance: &Instance) -> Result<Vec<MissingImage>, HostingError> {
    let services = recipe(instance)?.services.iter();
    let unnamed = services.filter(|service| service.image.name.is_none());
    Ok(unnamed
        .map(|service| MissingImage {
            service: service.name.clone(),
            image: service.image.clone(),
            command: "docker push REPOSITORY".to_owned(),
        })
        .collect())
}

impl Cluster {
    pub(crate) async fn make(&self, instance: &Instance) -> Result<(), HostingError> {
        let recipe = recipe(instance)?;
        if instance.from.is_some() {
            return Err(HostingError::NotPossible("a start from a kept state"));
        }
        if shortfalls(recipe)
            .iter()
            .any(|one| matches!(one, Shortfall::Seed { .. }))
        {
            return Err(HostingError::NotPossible("a volume with seed data"));
        }
        self.isolated()?;
        self.free_namespace(instance).await?;
        let frame = self.frame(instance, recipe);
        self.make_walls(frame).await?;
        self.make_services(frame).await
    }

    pub(crate) fn frame<'a>(&'a self, instance: &'a Instance, recipe: &'a Recipe) -> Frame<'a> {
        Frame {
            installation: self.settings.installation,
            gateway: &self.settings.gateway,
            instance,
            recipe,
        }
    }

    /// Waits until a namespace of that name that is being removed is gone, and refuses one of somebody else.
    async fn free_namespace(&self, instance: &Instance) -> Result<(), HostingError> {
        let doing = "look at a namespace";
        let namespaces = Api::<Namespace>::all(self.client.clone());
        let name = labels::namespace(instance.id);
        let find = || async {
            let found = namespaces.get_opt(&name).await;
            found.map_err(|error| self.failed(doing, error))
        };
        if let Some(found) = find().await?
            && !is_ours(self.settings.installation, found.metadata.labels.as_ref())
        {
            return Err(HostingError::Engine {
                doing,
                // A conflict, as the API would say it: it does not pass by waiting.
                status: Some(409),
                message: format!("{name} is not of this installation"),
            });
        }
        self.gone("wait for a namespace that is being removed", || async {
            let found = find().await?;
            let going = found.filter(|found| found.metadata.deletion_timestamp.is_some());
            Ok(going.map(|_| name.clone()))
        })
        .await
    }

    /// Makes the namespace and everything that keeps its pods in, before there is any.
    async fn make_walls(&self, frame: Frame<'_>) -> Result<(), HostingError> {
        let name = labels::namespace(frame.instance.id);
        let namespaces = Api::<Namespace>::all(self.client.clone());
        self.apply(&namespaces, &objects::namespace(frame), "make a namespace")
            .await?;
        let policies = self.within::<NetworkPolicy>(&name);
        for policy in objects::policies(frame) {
            self.apply(&policies, &policy, "make a network policy").await?;
        }
        let quotas = self.within::<ResourceQuota>(&name);
        self.apply(&quotas, &objects::quota(frame), "make a quota").await?;
        let limits = self.within::<LimitRange>(&name);
        self.apply(&limits, &objects::limits(frame), "make limits").await?;
        let metadata = labels::metadata(frame.installation, frame.instance, objects::ACCOUNT, None);
        let accounts = self.within::<ServiceAccount>(&name);
        self.apply(&accounts, &objects::account(&metadata), "make an account")
            .await?;
        Ok(())
    }

    /// Makes what lasts of each service: its address and its environment.
    async fn make_services(&self, frame: Frame<'_>) -> Result<(), HostingError> {
        let name = labels::namespace(frame.instance.id);
        let (addresses, secrets) = (self.within::<Address>(&name), self.within::<Secret>(&name));
        for service in &frame.recipe.services {
            if let Some(address) = objects::service(frame, service) {
                self.apply(&addresses, &address, "make an address").await?;
            }
            let secret = objects::secret(frame, service);
            self.apply(&secrets, &secret, "make an environment").await?;
        }
        Ok(())
    }

    /// Makes the pod of a service, unless there is one.
    pub(crate) async fn make_pod(&self, instance: &Instance, service: &Service) -> Result<(), HostingError> {
        let recipe = recipe(instance)?;
        let pods = self.within::<Pod>(&labels::namespace(instance.id));
        let doing = "start a pod";
        let found = pods.get_opt(&service.name).await;
        if found.map_err(|error| self.failed(doing, error))?.is_some() {
            return Ok(());
        }
        let names = objects::names(recipe, &self.addresses(instance).await?);
        let pod = objects::pod(self.frame(instance, recipe), service, &names);
        let mut tried = 0;
        loop {
            tried += 1;
            match self.apply(&pods, &pod, doing).await {
                Err(error) if tried < TRIES && is_quota(&error) => tokio::time::sleep(PAUSE).await,
                other => return other.map(drop),
            }
        }
    }

    /// Gives the addresses of the services that have one, by their names.
    pub(crate) async fn addresses(&self, instance: &Instance) -> Result<BTreeMap<String, IpAddr>, HostingError> {
        let namespace = labels::namespace(instance.id);
        let ours = labels::selector(self.settings.installation, Some(instance.id));
        let addresses = self.within::<Address>(&namespace);
        let found = self.list(&addresses, &ours, "list addresses").await?;
        let address = |one: Address| {
            let address = one.spec?.cluster_ip?.parse().ok()?;
            Some((one.metadata.name?, address))
        };
        Ok(found.into_iter().filter_map(address).collect())
    }

    /// Says whether the namespace of an instance is there and not being removed.
    pub(crate) async fn is_there(&self, instance: &Instance) -> Result<bool, HostingError> {
        let namespaces = Api::<Namespace>::all(self.client.clone());
        match namespaces.get(&labels::namespace(instance.id)).await {
            Ok(found) => {
                let ours = is_ours(self.settings.installation, found.metadata.labels.as_ref());
                Ok(ours && found.metadata.deletion_timestamp.is_none())
            }
            Err(error) if is_missing(&error) => Ok(false),
            Err(error) => Err(self.failed("look at a namespace", error)),
        }
    }
}

/// Says whether the quota refused: it is told of what ended a moment later than we are.
fn is_quota(error: &HostingError) -> bool {
    matches!(error, HostingError::Engine { status: Some(403), message, .. } if message.contains("exceeded quota"))
}
