//! What is made of recipes: read back into the types of the API, and held against the strictest standard.

use super::*;
use crate::manifest::manifest;
use crate::mock::{instance, settings};
use crate::settings::{Cidr, ClusterSettings};
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::networking::v1::NetworkPolicy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn outside() -> GatewayPeer {
    GatewayPeer::Addresses(vec![
        Cidr::parse("192.0.2.7/32").unwrap(),
        Cidr::parse("2001:db8::7/128").unwrap(),
    ])
}

fn inside() -> GatewayPeer {
    GatewayPeer::Pods {
        namespace: "beffroi".to_owned(),
        labels: BTreeMap::from([("app".to_owned(), "gateway".to_owned())]),
    }
}

/// Gives every object of an instance in the order in which they are made.
fn everything(recipe: &str, gateway: GatewayPeer) -> Vec<Value> {
    let settings = ClusterSettings { gateway, ..settings() };
    let addresses = ["db", "web"].map(|name| (name.to_owned(), IpAddr::from([10, 96, 0, name.len() as u8])));
    manifest(&settings, &instance(1, recipe), &addresses.into()).unwrap()
}

fn back<T: DeserializeOwned + Serialize>(object: &Value) -> Value {
    let typed: T = serde_json::from_value(object.clone()).unwrap();
    serde_json::to_value(typed).unwrap()
}

/// A field that is misspelt, or of another version than the client's, does not come back.
#[test]
fn every_field_is_one_of_the_api() {
    for (recipe, gateway) in [("mairie.toml", inside()), ("alone.toml", outside())] {
        for object in everything(recipe, gateway) {
            let found = match object["kind"].as_str().unwrap() {
                "Namespace" => back::<core::Namespace>(&object),
                "NetworkPolicy" => back::<NetworkPolicy>(&object),
                "ResourceQuota" => back::<core::ResourceQuota>(&object),
                "LimitRange" => back::<core::LimitRange>(&object),
                "ServiceAccount" => back::<core::ServiceAccount>(&object),
                "Service" => back::<core::Service>(&object),
                "Secret" => back::<core::Secret>(&object),
                "Pod" => back::<core::Pod>(&object),
                other => panic!("{other} is not known"),
            };
            assert_eq!(found, object);
        }
    }
}

/// The rule for the gateway admits nobody where no gateway is named: an empty list of peers would admit everybody.
#[test]
fn no_gateway_is_not_everybody() {
    let made = everything("alone.toml", GatewayPeer::Addresses(Vec::new()));
    let policies: Vec<&Value> = made.iter().filter(|one| one["kind"] == "NetworkPolicy").collect();
    assert_eq!(policies.len(), 3);
    assert_eq!(policies[2]["spec"]["ingress"], serde_json::json!([]));
}

/// No pod may more than the strictest standard allows (Kubernetes, "Pod Security Standards", Restricted).
#[test]
fn pods_keep_to_the_restricted_standard() {
    for recipe in ["mairie.toml", "alone.toml"] {
        let made = everything(recipe, inside());
        for pod in made.iter().filter(|one| one["kind"] == "Pod") {
            let spec = &pod["spec"];
            for field in ["hostNetwork", "hostPID", "hostIPC", "initContainers"] {
                assert_eq!(spec.get(field), None);
            }
            assert_eq!(spec["securityContext"]["runAsNonRoot"], true);
            assert_ne!(spec["securityContext"]["runAsUser"], 0);
            assert_eq!(spec["securityContext"]["seccompProfile"]["type"], "RuntimeDefault");
            let volumes = spec["volumes"].as_array().unwrap();
            assert!(volumes.iter().all(|volume| volume.get("emptyDir").is_some()));
            let container = &spec["containers"][0];
            assert!(container.get("ports").is_none(), "no port of a node");
            let context = &container["securityContext"];
            assert_eq!(context["allowPrivilegeEscalation"], false);
            assert_eq!(context["capabilities"], serde_json::json!({ "drop": ["ALL"] }));
        }
    }
}

#[test]
fn quantities_are_written_as_the_api_gives_them_back() {
    for (amount, written) in [
        (0, "0"),
        (1, "1"),
        (1023, "1023"),
        (1024, "1Ki"),
        (1536, "1536"),
        (300 << 20, "300Mi"),
        (3 << 30, "3Gi"),
        (5000 << 30, "5000Gi"),
    ] {
        assert_eq!(bytes(amount), written);
    }
    for (amount, written) in [(1, "1m"), (250, "250m"), (1000, "1"), (1500, "1500m")] {
        assert_eq!(cores(amount), written);
    }
}
