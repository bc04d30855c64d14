//! Taking things away: by their labels, so that what a crash left half made goes too.

use crate::api::is_missing;
use crate::cluster::Cluster;
use crate::labels::{self, is_ours, owner};
use domain::ids::InstanceId;
use futures_util::future::join_all;
use hosting::{HostingError, Instance, Keep, Swept};
use k8s_openapi::api::core::v1::{Namespace, Pod};
use kube::api::{Api, DeleteParams, ListParams};

/// How long a process has to end whose files are thrown away, in seconds: with none at all the API would forget a pod
/// that may still run.
const FAREWELL: u32 = 1;

impl Cluster {
    /// Removes the pods of an instance with what they wrote, and keeps walls and addresses.
    pub(crate) async fn remove_pods(&self, instance: &Instance) -> Result<(), HostingError> {
        let doing = "remove pods";
        let pods = self.within::<Pod>(&labels::namespace(instance.id));
        let ours = labels::selector(self.settings.installation, Some(instance.id));
        let soon = DeleteParams::default().grace_period(FAREWELL);
        let deleted = pods
            .delete_collection(&soon, &ListParams::default().labels(&ours))
            .await;
        deleted.map_err(|error| self.failed(doing, error))?;
        self.gone(doing, || async {
            let left = self.list(&pods, &ours, doing).await?;
            let names = left.into_iter().filter_map(|pod| pod.metadata.name);
            Ok(names.reduce(|all, name| format!("{all}, {name}")))
        })
        .await
    }

    /// Removes the namespaces of an instance, or all of this installation, and waits until they are gone.
    pub(crate) async fn remove_namespaces(&self, instance: Option<InstanceId>) -> Result<(), HostingError> {
        let found = self.namespaces(instance).await?;
        self.take_away(&found).await
    }

    pub(crate) async fn sweep_up(&self, keep: &Keep) -> Result<Swept, HostingError> {
        let mut swept = Swept::default();
        let mut unwanted = Vec::new();
        for found in self.namespaces(None).await? {
            let owner = owner(self.settings.installation, found.metadata.labels.as_ref());
            let going = found.metadata.deletion_timestamp.is_some();
            match owner.filter(|id| keep.instances.contains(id)) {
                // One that is going is as good as gone: who wants it makes it again, which waits for its end.
                Some(id) if !going => drop(swept.present.insert(id)),
                Some(_) => (),
                None => unwanted.push(found),
            }
        }
        self.take_away(&unwanted).await?;
        let names = unwanted.into_iter().filter_map(|one| one.metadata.name);
        swept.removed = names.collect();
        Ok(swept)
    }

    async fn namespaces(&self, instance: Option<InstanceId>) -> Result<Vec<Namespace>, HostingError> {
        let api = Api::<Namespace>::all(self.client.clone());
        let ours = labels::selector(self.settings.installation, instance);
        let mut found = self.list(&api, &ours, "list namespaces").await?;
        // What is not ours is left out here once more: nothing is lost by asking twice.
        found.retain(|one| is_ours(self.settings.installation, one.metadata.labels.as_ref()));
        Ok(found)
    }

    /// Removes namespaces together; a failure does not keep the others from being removed.
    async fn take_away(&self, namespaces: &[Namespace]) -> Result<(), HostingError> {
        let names = namespaces.iter().filter_map(|one| one.metadata.name.as_deref());
        let names: Vec<&str> = names.collect();
        let told = join_all(names.iter().map(|name| self.tell_to_go(name))).await;
        let gone = join_all(names.iter().map(|name| self.until_gone(name))).await;
        told.into_iter().chain(gone).collect()
    }

    async fn tell_to_go(&self, name: &str) -> Result<(), HostingError> {
        // A cluster waits five seconds before it empties a namespace: told now, the processes do not run on until then.
        // Where this fails, the removal of their namespace ends them too.
        let pods = self.within::<Pod>(name);
        let soon = DeleteParams::default().grace_period(FAREWELL);
        let _ = pods.delete_collection(&soon, &ListParams::default()).await;
        let api = Api::<Namespace>::all(self.client.clone());
        match api.delete(name, &DeleteParams::default()).await {
            // Somebody else was quicker, or asked before.
            Err(error) if is_missing(&error) => Ok(()),
            Err(kube::Error::Api(status)) if status.code == 409 => Ok(()),
            Err(error) => Err(self.failed("remove a namespace", error)),
            Ok(_) => Ok(()),
        }
    }

    async fn until_gone(&self, name: &str) -> Result<(), HostingError> {
        let doing = "remove a namespace";
        let api = Api::<Namespace>::all(self.client.clone());
        self.gone(doing, || async {
            let found = api.get_opt(name).await.map_err(|error| self.failed(doing, error))?;
            Ok(found.map(|found| reasons(&found)))
        })
        .await
    }
}

/// Gives why a namespace is still there, as its conditions tell.
fn reasons(namespace: &Namespace) -> String {
    let status = namespace.status.as_ref();
    let conditions = status.and_then(|status| status.conditions.as_deref());
    let held = conditions.unwrap_or_default().iter().filter(|one| one.status == "True");
    let words: Vec<&str> = held.filter_map(|one| one.message.as_deref()).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests;
