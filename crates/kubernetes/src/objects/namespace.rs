//! The namespace of an instance, and the account of its pods.

use super::{ACCOUNT, Frame};
use crate::labels;
use serde_json::{Value, json};

/// The level of the Pod Security Standards that is demanded (Kubernetes, "Pod Security Standards").
const LEVEL: &str = "restricted";

pub(crate) fn namespace(frame: Frame<'_>) -> Value {
    let mut labels = json!(labels::labels(frame.installation, frame.instance));
    walled(&mut labels);
    json!({
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": labels::namespace(frame.instance.id),
            "labels": labels,
            "annotations": { labels::PLAN: labels::plan(frame.instance) },
        },
    })
}

/// Adds the labels that make the API server refuse pods that may more than the strictest standard allows.
pub(crate) fn walled(labels: &mut Value) {
    for mode in ["enforce", "audit", "warn"] {
        labels[format!("pod-security.kubernetes.io/{mode}")] = json!(LEVEL);
        labels[format!("pod-security.kubernetes.io/{mode}-version")] = json!("latest");
    }
}

/// Gives the account of pods: made by us, since the default one comes later than the first pod.
pub(crate) fn account(metadata: &Value) -> Value {
    let mut metadata = metadata.clone();
    metadata["name"] = json!(ACCOUNT);
    json!({
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": metadata,
        "automountServiceAccountToken": false,
    })
}
