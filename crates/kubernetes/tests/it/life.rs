//! The life of an instance: start in order, reset under the same address, stop, remove.

use crate::plane::{Plane, instance, namespace};
use domain::recipe::Digest;
use hosting::{HostingError, Probe, Running};
use serde_json::{Value, json};
use std::net::IpAddr;
use std::time::Instant;

pub async fn life(plane: &Plane) {
    let manager = plane.manager().await;
    let mairie = instance(1, "mairie.toml");
    let clock = Instant::now();
    let running = manager.start(&mairie).await.unwrap();
    println!("first start, on a node that is new as well {:?}", clock.elapsed());
    told(&running);
    assert_eq!(running.fingerprint.plan, mairie.fingerprint);
    let first = pods(plane, &namespace(&mairie)).await;
    in_order(&first);
    addressed(plane, &namespace(&mairie), running.endpoint.address.ip()).await;

    // What is there already stays: the same start changes nothing.
    assert_eq!(manager.start(&mairie).await.unwrap(), running);
    assert_eq!(ids(&pods(plane, &namespace(&mairie)).await), ids(&first));

    let clock = Instant::now();
    let again = manager.reset(&mairie).await.unwrap();
    println!("reset {:?}", clock.elapsed());
    assert_eq!(again, running, "the address and the fingerprint are the same");
    let second = pods(plane, &namespace(&mairie)).await;
    assert!(
        ids(&second).iter().all(|id| !ids(&first).contains(id)),
        "both pods are new"
    );

    let logs = manager.logs(&mairie, "web", 10).await;
    assert!(
        matches!(
            logs,
            Err(HostingError::Engine {
                doing: "read a log",
                ..
            })
        ),
        "no kubelet: {logs:?}"
    );
    let clock = Instant::now();
    manager.remove(mairie.id).await.unwrap();
    println!("remove {:?}", clock.elapsed());
    nothing_left(plane).await;
    manager.remove(mairie.id).await.unwrap();
    let gone = manager.health(&mairie).await;
    assert!(matches!(gone, Err(HostingError::NoInstance(_))), "{gone:?}");
}

fn told(running: &Running) {
    let address = running.endpoint.address;
    assert!(address.to_string().starts_with("10.96."), "{address}");
    assert_eq!((address.port(), running.endpoint.tls), (8443, true));
    assert_eq!(running.fingerprint.engine.version, "1.20.2");
    let services = &running.fingerprint.services;
    assert_eq!(services[0].image, Digest::of_hash([0x22; 32]));
    assert_eq!(
        services[1].repositories,
        [format!("registry.example/mairie/web@sha256:{}", "1".repeat(64))]
    );
}

/// The database was healthy before the application was made, and both were made as the recipe says.
fn in_order(pods: &[Value]) {
    let names: Vec<&str> = pods
        .iter()
        .map(|pod| pod["metadata"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["db", "web"]);
    for pod in pods {
        let spec = &pod["spec"];
        assert_eq!(spec["nodeName"], "played", "the scheduler chose the node");
        assert_eq!(spec["automountServiceAccountToken"], false);
        assert!(
            spec["volumes"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| one["name"] != "kube-api-access")
        );
        assert!(
            !pod.to_string().contains("postgres://mairie"),
            "no secret in a pod's text"
        );
    }
}

/// The addresses of services lead to their pods, and each pod knows all names.
async fn addressed(plane: &Plane, namespace: &str, entry: IpAddr) {
    let service = plane.get(&format!("/api/v1/namespaces/{namespace}/services/web")).await;
    assert_eq!(service["spec"]["clusterIP"], entry.to_string());
    let pod = plane.get(&format!("/api/v1/namespaces/{namespace}/pods/db")).await;
    let hosts = pod["spec"]["hostAliases"].as_array().unwrap();
    let of = |name: &str| {
        let names = |host: &&Value| host["hostnames"].as_array().unwrap().contains(&json!(name));
        hosts.iter().find(names).unwrap()["ip"].clone()
    };
    assert_eq!(of("web"), entry.to_string());
    assert_eq!(of("base.mairie"), of("db"));
    for _ in 0..50 {
        let found = plane
            .get(&format!("/api/v1/namespaces/{namespace}/endpoints/web"))
            .await;
        if found["subsets"][0]["addresses"][0]["targetRef"]["name"] == "web" {
            assert_eq!(found["subsets"][0]["ports"][0]["port"], 8443);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the address of web leads nowhere");
}

pub async fn pods(plane: &Plane, namespace: &str) -> Vec<Value> {
    let found = plane.get(&format!("/api/v1/namespaces/{namespace}/pods")).await;
    found["items"].as_array().unwrap().clone()
}

fn ids(pods: &[Value]) -> Vec<&str> {
    pods.iter()
        .map(|pod| pod["metadata"]["uid"].as_str().unwrap())
        .collect()
}

/// No object of any sort bears our label any more.
pub async fn nothing_left(plane: &Plane) {
    for sort in [
        "api/v1/namespaces",
        "api/v1/pods",
        "api/v1/services",
        "api/v1/secrets",
        "api/v1/serviceaccounts",
        "api/v1/resourcequotas",
        "api/v1/limitranges",
        "apis/networking.k8s.io/v1/networkpolicies",
    ] {
        let found = plane.get(&format!("/{sort}?labelSelector=beffroi.installation")).await;
        assert_eq!(found["items"], json!([]), "{sort}");
    }
}

/// An instance that writes into memory only is stopped and comes back; one with a volume is not, and stays as it is.
pub async fn stops(plane: &Plane) {
    let manager = plane.manager().await;
    let alone = instance(2, "alone.toml");
    let clock = Instant::now();
    let running = manager.start(&alone).await.unwrap();
    println!("start of a small one {:?}", clock.elapsed());
    manager.stop(&alone).await.unwrap();
    assert_eq!(manager.health(&alone).await.unwrap()["web"], Probe::NotStarted);
    assert_eq!(manager.resume(&alone).await.unwrap(), running);
    manager.remove(alone.id).await.unwrap();

    let mairie = instance(3, "mairie.toml");
    manager.start(&mairie).await.unwrap();
    let refused = manager.stop(&mairie).await;
    assert!(matches!(refused, Err(HostingError::NotPossible(_))), "{refused:?}");
    assert_eq!(manager.health(&mairie).await.unwrap()["db"], Probe::Healthy);
    manager.remove(mairie.id).await.unwrap();
}
