//! What a crash leaves goes, what is wanted and what is others' stays.

use crate::life::nothing_left;
use crate::plane::{INSTALLATION, Plane, instance, namespace};
use domain::ids::InstanceId;
use hosting::{HostingError, Keep};
use k8s_openapi::api::core::v1::Namespace;
use kube::api::{Api, DeleteParams};
use serde_json::json;
use uuid::Uuid;

pub async fn sweep(plane: &Plane) {
    let manager = plane.manager().await;
    let (wanted, forgotten) = (instance(20, "alone.toml"), instance(21, "mairie.toml"));
    let running = manager.start(&wanted).await.unwrap();
    manager.start(&forgotten).await.unwrap();
    // What a crash left: a namespace with nothing in it yet, and one whose labels are not whole.
    let ours = INSTALLATION.to_string();
    let half = instance(22, "alone.toml");
    let labels = json!({ "beffroi.installation": ours, "beffroi.kind": "instance", "beffroi.id": half.id.to_string() });
    plane.foreign_namespace(&namespace(&half), labels).await;
    plane
        .foreign_namespace("beffroi-half", json!({ "beffroi.installation": ours }))
        .await;
    // What others made, another installation on the same cluster among them.
    let other = json!({ "beffroi.installation": Uuid::from_u128(1).to_string(), "beffroi.kind": "instance" });
    plane.foreign_namespace("beffroi-other", other).await;

    // A new process, which knows nothing but what is wanted.
    let manager = plane.manager().await;
    let never = InstanceId(Uuid::from_u128(29));
    let keep = Keep {
        instances: [wanted.id, never].into(),
        ..Keep::default()
    };
    let found = manager.reconcile(&keep).await.unwrap();
    let mut removed = vec![namespace(&forgotten), namespace(&half), "beffroi-half".to_owned()];
    removed.sort();
    assert_eq!(found.removed, removed);
    assert_eq!(found.absent, [never].into());
    let left = plane.namespaces().await;
    assert!(
        left.contains(&"beffroi-other".to_owned()) && left.contains(&"beffroi".to_owned()),
        "{left:?}"
    );
    assert_eq!(
        manager.start(&wanted).await.unwrap(),
        running,
        "what is wanted was not touched"
    );

    let found = manager.reconcile(&Keep::default()).await.unwrap();
    assert_eq!(found.removed, [namespace(&wanted)]);
    let all = Api::<Namespace>::all(plane.admin.clone());
    all.delete("beffroi-other", &DeleteParams::default()).await.unwrap();
    while plane.namespaces().await.contains(&"beffroi-other".to_owned()) {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    nothing_left(plane).await;
}

/// A namespace that is being removed is waited for; one of somebody else is refused and stays.
pub async fn names(plane: &Plane) {
    let manager = plane.manager().await;
    let going = instance(30, "alone.toml");
    manager.start(&going).await.unwrap();
    let all = Api::<Namespace>::all(plane.admin.clone());
    all.delete(&namespace(&going), &DeleteParams::default()).await.unwrap();
    manager.start(&going).await.unwrap();
    manager.remove(going.id).await.unwrap();

    let taken = instance(31, "alone.toml");
    plane
        .foreign_namespace(&namespace(&taken), json!({ "whose": "somebody" }))
        .await;
    let refused = manager.start(&taken).await;
    let told =
        matches!(&refused, Err(HostingError::Engine { message, .. }) if message.contains("not of this installation"));
    assert!(told, "{refused:?}");
    let found = all.get(&namespace(&taken)).await.unwrap();
    assert_eq!(found.metadata.deletion_timestamp, None);
}
