//! How a kubelet knows that a service works.

use crate::shortfall::is_healthy;
use domain::Recipe;
use domain::recipe::{HealthCheck, Service};
use serde_json::{Value, json};

/// How long one check may take, in seconds, as on the other engines.
const PATIENCE: u32 = 3;

/// Gives the readiness probe of a service; none where running is all that is asked.
pub(super) fn readiness(recipe: &Recipe, service: &Service) -> Option<Value> {
    let asked = match &service.health.check {
        HealthCheck::Running => return None,
        HealthCheck::Tcp { port } => json!({ "tcpSocket": { "port": port } }),
        HealthCheck::Http { port, status, .. } if !is_healthy(*status) => json!({ "tcpSocket": { "port": port } }),
        HealthCheck::Http { port, path, host, .. } => {
            let entry = &recipe.entry;
            let tls = entry.tls && entry.service == service.name && entry.port == *port;
            let mut fields = vec![json!({ "name": "Host", "value": host.as_ref().unwrap_or(&service.name) })];
            if host.is_some() {
                fields.push(json!({ "name": "X-Forwarded-Proto", "value": "https" }));
            }
            json!({ "httpGet": {
                "port": port,
                "path": path,
                "scheme": if tls { "HTTPS" } else { "HTTP" },
                "httpHeaders": fields,
            } })
        }
    };
    let every = service.health.every.as_secs_f64().ceil().max(1.0);
    let mut probe = asked;
    probe["periodSeconds"] = json!(every as u64);
    probe["timeoutSeconds"] = json!(PATIENCE);
    // A pod that stops answering is told as such at once.
    probe["failureThreshold"] = json!(1);
    Some(probe)
}
