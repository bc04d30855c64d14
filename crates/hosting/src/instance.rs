//! What a provider is asked to run.

use domain::Recipe;
use domain::ids::{InstanceId, SnapshotId, TargetId};
use domain::recipe::{Health, HealthCheck};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// One copy of a target: shared by all, or of one hunter, team or school.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its identifier.
    pub id: InstanceId,
    /// The target that it is a copy of.
    pub target: TargetId,
    /// What it consists of.
    pub plan: Plan,
    /// The fingerprint of the plan, kept with what runs.
    pub fingerprint: [u8; 32],
    /// The state from which it starts; none for the pristine one.
    pub from: Option<SnapshotId>,
}

/// What a target consists of.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Services that an engine starts.
    Recipe(Arc<Recipe>),
    /// An address that its vendor runs.
    External(ExternalTarget),
}

/// A target that runs elsewhere already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalTarget {
    /// Where it is entered: `http` or `https`, a host and a port.
    pub url: Url,
    /// The version as its vendor tells it.
    pub version: String,
    /// The status that the path of the address answers when it works.
    pub status: u16,
}

impl Instance {
    /// Makes an instance in the pristine state, its fingerprint by `hash`, best a keyed one.
    pub fn new(id: InstanceId, target: TargetId, plan: Plan, hash: &dyn Fn(&[u8]) -> [u8; 32]) -> Self {
        Self {
            id,
            target,
            fingerprint: plan.fingerprint(hash),
            plan,
            from: None,
        }
    }

    /// Makes it start from a kept state.
    #[must_use]
    pub fn from_snapshot(self, snapshot: SnapshotId) -> Self {
        Self {
            from: Some(snapshot),
            ..self
        }
    }

    /// Gives the services in the order in which they start, with how each is known to work.
    pub(crate) fn steps(&self) -> Vec<(String, Health)> {
        match &self.plan {
            Plan::Recipe(recipe) => {
                let services = recipe.services.iter();
                services
                    .map(|service| (service.name.clone(), service.health.clone()))
                    .collect()
            }
            Plan::External(target) => vec![(String::new(), target.health())],
        }
    }
}

impl Plan {
    /// Gives the fingerprint of what is wanted; what runs has one more, [`crate::RunningFingerprint`].
    pub fn fingerprint(&self, hash: &dyn Fn(&[u8]) -> [u8; 32]) -> [u8; 32] {
        match self {
            Self::Recipe(recipe) => recipe.fingerprint(hash),
            Self::External(target) => hash(&target.canonical()),
        }
    }
}

impl ExternalTarget {
    /// Gives the bytes that name it: address and version.
    pub fn canonical(&self) -> Vec<u8> {
        let (url, version) = (self.url.as_str(), &self.version);
        format!(
            "beffroi external 1\nurl {}:{url}\nversion {}:{version}\n",
            url.len(),
            version.len()
        )
        .into_bytes()
    }

    fn health(&self) -> Health {
        let path = match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        };
        Health {
            check: HealthCheck::Http {
                port: self.url.port_or_known_default().unwrap_or(80),
                path,
                status: self.status,
                host: None,
            },
            every: Duration::from_secs(1),
            within: Duration::from_secs(10),
        }
    }
}
