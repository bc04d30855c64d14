//! The lasting address of a service, and its environment.

use super::{Frame, environment};
use crate::labels::{SERVICE, metadata};
use domain::Recipe;
use domain::recipe::{HealthCheck, Service};
use k8s_openapi::ByteString;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Gives the ports of a service that its recipe names: the entry's and the health check's.
pub(crate) fn ports(recipe: &Recipe, service: &Service) -> BTreeSet<u16> {
    let entry = (recipe.entry.service == service.name).then_some(recipe.entry.port);
    let checked = match service.health.check {
        HealthCheck::Running => None,
        HealthCheck::Tcp { port } | HealthCheck::Http { port, .. } => Some(port),
    };
    entry.into_iter().chain(checked).collect()
}

/// Gives the object that holds a service's address, the same before and after a reset; none without a port.
pub(crate) fn service(frame: Frame<'_>, service: &Service) -> Option<Value> {
    let ports = ports(frame.recipe, service);
    let listed: Vec<Value> = ports
        .iter()
        .map(|port| json!({ "name": format!("port-{port}"), "protocol": "TCP", "port": port, "targetPort": port }))
        .collect();
    (!ports.is_empty()).then(|| {
        json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata(frame.installation, frame.instance, &service.name, Some(&service.name)),
            "spec": {
                "type": "ClusterIP",
                "selector": { SERVICE: service.name },
                "ports": listed,
                // The gateway reaches what is not healthy yet, and says what it finds itself.
                "publishNotReadyAddresses": true,
            },
        })
    })
}

/// Gives the secret with a service's environment: a pod's own text is shown to many who may not see secrets.
pub(crate) fn secret(frame: Frame<'_>, service: &Service) -> Value {
    let values: BTreeMap<&String, ByteString> = service
        .environment
        .iter()
        .map(|(name, value)| (name, ByteString(value.expose().as_bytes().to_vec())))
        .collect();
    json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata(frame.installation, frame.instance, &environment(&service.name), Some(&service.name)),
        "type": "Opaque",
        "data": values,
    })
}
