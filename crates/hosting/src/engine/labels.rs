//! The labels and names by which everything that Beffroi made is known again.

use super::Engine;
use crate::instance::Instance;
use domain::ids::{InstanceId, SnapshotId};
use domain::recipe::Digest;
use std::collections::HashMap;

pub(super) const INSTALLATION: &str = "beffroi.installation";
pub(super) const KIND: &str = "beffroi.kind";
pub(super) const ID: &str = "beffroi.id";
pub(super) const TARGET: &str = "beffroi.target";
pub(super) const SERVICE: &str = "beffroi.service";
pub(super) const PLAN: &str = "beffroi.plan";

/// What a thing belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Instance(InstanceId),
    Snapshot(SnapshotId),
}

impl Owner {
    fn kind(self) -> &'static str {
        match self {
            Self::Instance(_) => "instance",
            Self::Snapshot(_) => "snapshot",
        }
    }

    fn id(self) -> String {
        match self {
            Self::Instance(id) => id.to_string(),
            Self::Snapshot(id) => id.to_string(),
        }
    }

    /// Reads the labels of a thing; nothing where they are no whole ones.
    pub(super) fn of(labels: &HashMap<String, String>) -> Option<Self> {
        let id = labels.get(ID)?;
        match labels.get(KIND)?.as_str() {
            "instance" => id.parse().ok().map(Self::Instance),
            "snapshot" => id.parse().ok().map(Self::Snapshot),
            _ => None,
        }
    }

    /// Gives the name of what is one for an owner.
    pub(super) fn name(self) -> String {
        format!("beffroi-{}-{}", self.kind(), self.id())
    }

    /// Gives the name of a service's container.
    pub(super) fn container(self, service: &str) -> String {
        format!("{}-{service}", self.name())
    }

    /// Gives the name of a volume.
    pub(super) fn volume(self, service: &str, volume: &str) -> String {
        format!("{}-{service}.{volume}", self.name())
    }
}

impl Engine {
    /// Gives the labels of what belongs to an owner.
    pub(super) fn labels(&self, owner: Owner) -> HashMap<String, String> {
        HashMap::from([
            (INSTALLATION.to_owned(), self.settings.installation.to_string()),
            (KIND.to_owned(), owner.kind().to_owned()),
            (ID.to_owned(), owner.id()),
        ])
    }

    /// Gives the labels of a service's container.
    pub(super) fn service_labels(&self, instance: &Instance, service: &str) -> HashMap<String, String> {
        let mut labels = self.labels(Owner::Instance(instance.id));
        labels.insert(TARGET.to_owned(), instance.target.to_string());
        labels.insert(SERVICE.to_owned(), service.to_owned());
        labels.insert(PLAN.to_owned(), Digest::of_hash(instance.fingerprint).to_string());
        labels
    }

    /// Gives the filter that finds everything of this installation, or of one owner.
    pub(super) fn filter(&self, owner: Option<Owner>) -> HashMap<String, Vec<String>> {
        let mut wanted = vec![format!("{INSTALLATION}={}", self.settings.installation)];
        if let Some(owner) = owner {
            wanted.push(format!("{KIND}={}", owner.kind()));
            wanted.push(format!("{ID}={}", owner.id()));
        }
        HashMap::from([("label".to_owned(), wanted)])
    }
}
