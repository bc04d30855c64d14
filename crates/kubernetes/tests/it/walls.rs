//! What keeps targets in: rights, admission, quota; and what a look at the cluster tells of them.

use crate::plane::{Plane, instance, namespace};
use hosting::{Gravity, HostingError, Manager};
use kubernetes::{Access, Cluster, ClusterFinding, Enforcement};
use serde_json::{Value, json};
use std::sync::Arc;

pub async fn check(plane: &Plane) {
    let found = Cluster::examine(plane.settings("platform")).await;
    let gateway = ClusterFinding::GatewayNamespace {
        namespace: "beffroi".to_owned(),
        label: "kubernetes.io/metadata.name=beffroi".to_owned(),
    };
    let version = ClusterFinding::Cluster {
        version: "1.20.2".to_owned(),
    };
    let always = vec![
        version,
        ClusterFinding::ProcessesByNode,
        ClusterFinding::MemoryFoldersUnsized,
        gateway.clone(),
        // Kubernetes 1.20 has no Pod Security Admission: the pod that may everything was admitted by the dry run.
        ClusterFinding::PodSecurityAbsent,
    ];
    assert_eq!(found, always);
    plane
        .foreign_namespace("beffroi", json!({ "kubernetes.io/metadata.name": "beffroi" }))
        .await;
    let found = Cluster::examine(plane.settings("platform")).await;
    assert!(
        !found.contains(&gateway) && found.iter().all(|one| one.gravity() < Gravity::Blocking),
        "{found:?}"
    );
    assert_eq!(
        plane.get("/api/v1/pods").await["items"],
        json!([]),
        "nothing was made of what was tried"
    );
    strangers(plane).await;
}

/// Who has no rights is told each one; where nobody answers, that; where nobody tried the policies, nothing starts.
async fn strangers(plane: &Plane) {
    let nobody = plane.settings("nobody");
    let found = Cluster::examine(nobody.clone()).await;
    let missing = found
        .iter()
        .filter(|one| matches!(one, ClusterFinding::RightMissing(_)));
    assert_eq!(missing.count(), 24, "{found:?}");
    let manager = Manager::new(Arc::new(Cluster::connect(nobody.clone()).await.unwrap()));
    let refused = manager.start(&instance(4, "alone.toml")).await;
    assert!(
        matches!(refused, Err(HostingError::Engine { status: Some(403), .. })),
        "{refused:?}"
    );

    let Access::Kubeconfig { file, .. } = &nobody.access else {
        panic!("a file");
    };
    let text = std::fs::read_to_string(file).unwrap();
    std::fs::write(file, text.replace("127.0.0.1:21443", "127.0.0.1:21444")).unwrap();
    let found = Cluster::examine(nobody).await;
    let told = matches!(&found[..], [ClusterFinding::Unreachable { place, .. }] if place == "https://127.0.0.1:21444/");
    assert!(told, "{found:?}");

    let mut untried = plane.settings("platform");
    untried.enforcement = Enforcement::Unknown;
    let manager = Manager::new(Arc::new(Cluster::connect(untried).await.unwrap()));
    let refused = manager.start(&instance(4, "alone.toml")).await;
    assert!(matches!(refused, Err(HostingError::NotIsolated(_))), "{refused:?}");
    assert!(!plane.namespaces().await.iter().any(|name| name.ends_with('4')));
}

/// Gives a pod that asks for some memory.
fn pod(name: &str, memory: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": { "name": name },
        "spec": { "serviceAccountName": "target", "containers": [{
            "name": "more", "image": "registry.example/more",
            "resources": { "limits": { "cpu": "10m", "memory": memory, "ephemeral-storage": "1Mi" } },
        }] },
    })
}

/// Whatever is more than the recipe is refused, asked for as the administrator and without making it.
pub async fn admission(plane: &Plane) {
    let manager = plane.manager().await;
    let mairie = instance(5, "mairie.toml");
    manager.start(&mairie).await.unwrap();
    let base = format!("/api/v1/namespaces/{}", namespace(&mairie));
    let pods = format!("{base}/pods");
    let published = |sort: &str| {
        json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": { "name": "published" },
            "spec": { "type": sort, "ports": [{ "port": 80, "protocol": "TCP" }] },
        })
    };
    let claim = json!({
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": { "name": "claim" },
        "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Mi" } } },
    });
    for (path, object, words) in [
        (
            pods.clone(),
            pod("one-more", "1Mi"),
            "exceeded quota: recipe, requested: ",
        ),
        (
            pods.clone(),
            pod("larger", "513Mi"),
            "maximum memory usage per Container is 512Mi",
        ),
        (
            format!("{base}/services"),
            published("NodePort"),
            "services.nodeports=1",
        ),
        (
            format!("{base}/services"),
            published("LoadBalancer"),
            "services.loadbalancers=1",
        ),
        (
            format!("{base}/persistentvolumeclaims"),
            claim,
            "persistentvolumeclaims=1",
        ),
    ] {
        match plane.dry_run(&path, &object).await {
            Err(kube::Error::Api(status)) => {
                assert_eq!(status.code, 403);
                assert!(status.message.contains(words), "{}", status.message);
            }
            other => panic!("{path} {object}: {other:?}"),
        }
    }
    let quota = plane.get(&format!("{base}/resourcequotas/recipe")).await;
    let (used, hard) = (&quota["status"]["used"], &quota["status"]["hard"]);
    for what in [
        "pods",
        "services",
        "limits.cpu",
        "limits.memory",
        "requests.memory",
        "limits.ephemeral-storage",
    ] {
        assert_eq!(used[what], hard[what], "the recipe takes all of {what}");
    }
    let policies = format!(
        "/apis/networking.k8s.io/v1/namespaces/{}/networkpolicies",
        namespace(&mairie)
    );
    assert_eq!(plane.get(&policies).await["items"].as_array().unwrap().len(), 3);
    manager.remove(mairie.id).await.unwrap();
}

/// What a probe is to try: the API, the neighbour, a cloud's metadata; not the instance itself.
pub async fn places(plane: &Plane) {
    let cluster = plane.cluster().await;
    let manager = Manager::new(cluster.clone());
    let (one, other) = (instance(6, "alone.toml"), instance(7, "alone.toml"));
    let own = manager.start(&one).await.unwrap().endpoint.address;
    let neighbour = manager.start(&other).await.unwrap().endpoint.address;
    let places = cluster.forbidden_places(one.id).await.unwrap();
    for place in [
        "tcp:10.96.0.1:443".to_owned(),
        format!("tcp:{neighbour}"),
        "tcp:169.254.169.254:80".to_owned(),
    ] {
        assert!(places.contains(&place), "{place}: {places:?}");
    }
    assert!(!places.contains(&format!("tcp:{own}")));
    manager.remove(one.id).await.unwrap();
    manager.remove(other.id).await.unwrap();
}
