//! The network policies of an instance: nothing passes but within it, and from the gateway to its entry.

use super::Frame;
use crate::labels::{SERVICE, metadata};
use crate::settings::GatewayPeer;
use serde_json::{Value, json};

/// The label by which a namespace is named (Kubernetes 1.21 and later sets it by itself).
pub(crate) const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// Gives the policies, the one that denies everything first.
pub(crate) fn policies(frame: Frame<'_>) -> Vec<Value> {
    let entry = &frame.recipe.entry;
    let all = json!({});
    let within = json!([{ "podSelector": {} }]);
    let peers = peers(frame.gateway);
    let from_gateway = match peers.is_empty() {
        // A rule that names nobody would admit everybody.
        true => json!([]),
        false => json!([{ "from": peers, "ports": [{ "protocol": "TCP", "port": entry.port }] }]),
    };
    vec![
        policy(
            frame,
            "nothing",
            json!({ "podSelector": all, "policyTypes": ["Ingress", "Egress"] }),
        ),
        // No rule names a name server: a name that is looked up outside would be a way out.
        policy(
            frame,
            "within",
            json!({
                "podSelector": all,
                "policyTypes": ["Ingress", "Egress"],
                "ingress": [{ "from": within }],
                "egress": [{ "to": within }],
            }),
        ),
        policy(
            frame,
            "gateway",
            json!({
                "podSelector": { "matchLabels": { SERVICE: entry.service } },
                "policyTypes": ["Ingress"],
                "ingress": from_gateway,
            }),
        ),
    ]
}

fn policy(frame: Frame<'_>, name: &str, spec: Value) -> Value {
    json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata(frame.installation, frame.instance, name, None),
        "spec": spec,
    })
}

fn peers(gateway: &GatewayPeer) -> Vec<Value> {
    match gateway {
        GatewayPeer::Pods { namespace, labels } => vec![json!({
            "namespaceSelector": { "matchLabels": { NAMESPACE_NAME: namespace } },
            "podSelector": match labels.is_empty() {
                true => json!({}),
                false => json!({ "matchLabels": labels }),
            },
        })],
        GatewayPeer::Addresses(blocks) => {
            let blocks = blocks.iter();
            blocks
                .map(|block| json!({ "ipBlock": { "cidr": block.to_string() } }))
                .collect()
        }
    }
}
