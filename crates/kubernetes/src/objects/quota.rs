//! What an instance may use together, and what each container gets that says nothing.

use super::pod::{disk, share};
use super::service::ports;
use super::{Frame, bytes, cores};
use crate::labels::metadata;
use domain::recipe::Service;
use serde_json::{Value, json};

/// Gives the quota: exactly what the recipe needs, so that nothing more can be made beside it.
pub(crate) fn quota(frame: Frame<'_>) -> Value {
    let services = &frame.recipe.services;
    let sum = |of: fn(&Service) -> u64| services.iter().map(of).fold(0, u64::saturating_add);
    let memory = bytes(sum(|service| service.resources.memory));
    let disk = bytes(sum(disk));
    let addressed = services
        .iter()
        .filter(|service| !ports(frame.recipe, service).is_empty());
    json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": metadata(frame.installation, frame.instance, "recipe", None),
        "spec": { "hard": {
            "pods": services.len().to_string(),
            "limits.cpu": cores(sum(|service| service.resources.cpu.into())),
            "limits.memory": memory,
            "limits.ephemeral-storage": disk,
            "requests.cpu": cores(sum(share)),
            "requests.memory": memory,
            "requests.ephemeral-storage": disk,
            "services": addressed.count().to_string(),
            // A node's port or a load balancer would publish the target.
            "services.nodeports": "0",
            "services.loadbalancers": "0",
            "persistentvolumeclaims": "0",
        } },
    })
}

/// Gives the limits of a container: those of the most demanding service at most.
pub(crate) fn limits(frame: Frame<'_>) -> Value {
    let services = frame.recipe.services.iter();
    let most = |of: fn(&Service) -> u64| services.clone().map(of).max().unwrap_or_default();
    let limits = json!({
        "cpu": cores(most(|service| service.resources.cpu.into())),
        "memory": bytes(most(|service| service.resources.memory)),
        "ephemeral-storage": bytes(most(disk)),
    });
    json!({
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": metadata(frame.installation, frame.instance, "recipe", None),
        "spec": { "limits": [{ "type": "Container", "max": limits, "default": limits }] },
    })
}
