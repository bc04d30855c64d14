//! Asking the API of a cluster: what is there, what shall be there, what went wrong.

use crate::cluster::Cluster;
use hosting::HostingError;
use k8s_openapi::NamespaceResourceScope;
use kube::api::{Api, ListParams, Patch, PatchParams};
use kube::{Error as Failure, Resource};
use serde_json::Value;
use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

/// The name under which the API keeps which fields are ours (Kubernetes, "Server-Side Apply").
const FIELDS: &str = "beffroi";
/// The time between two looks at what shall disappear.
const PAUSE: Duration = Duration::from_millis(200);

impl Cluster {
    /// Makes an object as it is written, or makes one that is there so again; what others added stays.
    pub(crate) async fn apply<K>(&self, api: &Api<K>, object: &Value, doing: &'static str) -> Result<K, HostingError>
    where
        K: Clone + std::fmt::Debug + serde::de::DeserializeOwned,
    {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let ours = PatchParams::apply(FIELDS).force();
        let applied = api.patch(name, &ours, &Patch::Apply(object)).await;
        applied.map_err(|error| self.failed(doing, error))
    }

    /// Lists the objects that bear some labels.
    pub(crate) async fn list<K>(&self, api: &Api<K>, labels: &str, doing: &'static str) -> Result<Vec<K>, HostingError>
    where
        K: Clone + std::fmt::Debug + serde::de::DeserializeOwned,
    {
        let listed = api.list(&ListParams::default().labels(labels)).await;
        Ok(listed.map_err(|error| self.failed(doing, error))?.items)
    }

    /// Waits until nothing is left, for as long as the settings allow; `left` tells what is.
    pub(crate) async fn gone<F>(&self, doing: &'static str, left: impl Fn() -> F) -> Result<(), HostingError>
    where
        F: Future<Output = Result<Option<String>, HostingError>>,
    {
        let mut last = String::new();
        let waiting = async {
            while let Some(reason) = left().await? {
                last = reason;
                tokio::time::sleep(PAUSE).await;
            }
            Ok(())
        };
        let waited = tokio::time::timeout(self.settings.patience, waiting).await;
        waited.unwrap_or_else(|_| {
            Err(HostingError::Engine {
                doing,
                status: None,
                message: format!("still there after {:?}: {last}", self.settings.patience),
            })
        })
    }

    /// Gives the objects of one namespace.
    pub(crate) fn within<K>(&self, namespace: &str) -> Api<K>
    where
        K: Resource<Scope = NamespaceResourceScope>,
        K::DynamicType: Default,
    {
        Api::namespaced(self.client.clone(), namespace)
    }

    /// Says what was being done when the API failed.
    pub(crate) fn failed(&self, doing: &'static str, error: Failure) -> HostingError {
        failed(&self.url, doing, error)
    }
}

/// Says what was being done when the API at an address failed.
pub(crate) fn failed(url: &str, doing: &'static str, error: Failure) -> HostingError {
    match error {
        Failure::Api(status) => HostingError::Engine {
            doing,
            status: Some(status.code),
            message: status.message,
        },
        Failure::Service(_) | Failure::HyperError(_) => HostingError::EngineUnreachable {
            socket: PathBuf::from(url),
            reason: chain(&error),
        },
        other => HostingError::Engine {
            doing,
            status: None,
            message: chain(&other),
        },
    }
}

/// Gives the words of an error and of its causes: the outermost rarely says what to do.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !words.contains(&text) {
            words = format!("{words}: {text}");
        }
        cause = error.source();
    }
    words
}

/// Takes a missing thing for none.
pub(crate) fn is_missing(error: &Failure) -> bool {
    matches!(error, Failure::Api(status) if status.code == 404)
}
