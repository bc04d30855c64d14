//! The labels and names by which everything that Beffroi made is known again: the same as on containers.

use domain::ids::InstanceId;
use domain::recipe::Digest;
use hosting::Instance;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) const INSTALLATION: &str = "beffroi.installation";
pub(crate) const KIND: &str = "beffroi.kind";
pub(crate) const ID: &str = "beffroi.id";
pub(crate) const TARGET: &str = "beffroi.target";
pub(crate) const SERVICE: &str = "beffroi.service";
/// An annotation: digests are too long for labels, and nobody selects by them.
pub(crate) const PLAN: &str = "beffroi.plan";
/// Who keeps the object, by the labels that Kubernetes recommends.
const MANAGER: (&str, &str) = ("app.kubernetes.io/managed-by", "beffroi");
/// The kind of what is one instance's.
pub(crate) const INSTANCE: &str = "instance";

/// Gives the name of an instance's namespace: 44 of the 63 letters that it may have (RFC 1123, section 2.1).
pub(crate) fn namespace(id: InstanceId) -> String {
    format!("beffroi-{id}")
}

/// Gives the labels of what belongs to an instance.
pub(crate) fn labels(installation: Uuid, instance: &Instance) -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        (MANAGER.0, MANAGER.1.to_owned()),
        (INSTALLATION, installation.to_string()),
        (KIND, INSTANCE.to_owned()),
        (ID, instance.id.to_string()),
        (TARGET, instance.target.to_string()),
    ])
}

/// Gives the head of an object of an instance.
pub(crate) fn metadata(installation: Uuid, instance: &Instance, name: &str, service: Option<&str>) -> Value {
    let mut labels = labels(installation, instance);
    if let Some(service) = service {
        labels.insert(SERVICE, service.to_owned());
    }
    json!({ "name": name, "namespace": namespace(instance.id), "labels": labels })
}

/// Writes the fingerprint of a plan.
pub(crate) fn plan(instance: &Instance) -> String {
    Digest::of_hash(instance.fingerprint).to_string()
}

/// Gives the selector that finds everything of an installation, or of one of its instances.
pub(crate) fn selector(installation: Uuid, instance: Option<InstanceId>) -> String {
    match instance {
        None => format!("{INSTALLATION}={installation}"),
        Some(id) => format!("{INSTALLATION}={installation},{KIND}={INSTANCE},{ID}={id}"),
    }
}

/// Reads whose instance an object is; nothing where the labels are not whole or not of this installation.
pub(crate) fn owner(installation: Uuid, labels: Option<&BTreeMap<String, String>>) -> Option<InstanceId> {
    let labels = labels?;
    let ours = is_ours(installation, Some(labels)) && labels.get(KIND)? == INSTANCE;
    ours.then(|| labels.get(ID)?.parse().ok())?
}

/// Says whether an object bears the label of an installation.
pub(crate) fn is_ours(installation: Uuid, labels: Option<&BTreeMap<String, String>>) -> bool {
    labels.and_then(|labels| labels.get(INSTALLATION)) == Some(&installation.to_string())
}
