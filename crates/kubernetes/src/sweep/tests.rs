//! What is removed, and what is told of what stays.

use super::*;
use crate::labels::{ID, INSTALLATION, KIND};
use crate::mock::{cluster, instance, list, settings};
use hosting::Provider;
use serde_json::json;
use std::time::Instant;

/// Only what bears the label of this installation is removed, even where the API lists more.
#[tokio::test]
async fn nothing_of_others_is_swept() {
    let installation = settings().installation.to_string();
    let namespace = |name: &str, installation: &str| {
        let labels = json!({ INSTALLATION: installation, KIND: "instance", ID: "not whole" });
        json!({ "metadata": { "name": name, "labels": labels } })
    };
    let listed = list(&[namespace("ours", &installation), namespace("theirs", "another")]);
    let (cluster, asked) = cluster(settings(), move |question| match question {
        question if question.starts_with("GET /api/v1/namespaces?") => Some((200, listed.clone())),
        "DELETE /api/v1/namespaces/ours?" => Some((200, json!({ "metadata": { "name": "ours" } }))),
        _ => None,
    })
    .await;
    let swept = cluster.sweep(&hosting::Keep::default()).await.unwrap();
    assert_eq!(swept.removed, ["ours"]);
    let asked = asked.lock().unwrap();
    let deleted: Vec<&String> = asked.iter().filter(|one| one.starts_with("DELETE")).collect();
    assert_eq!(
        deleted,
        [
            "DELETE /api/v1/namespaces/ours/pods?",
            "DELETE /api/v1/namespaces/ours?"
        ]
    );
}

/// A namespace that does not go is told with the reasons that the cluster gives, after the patience of the settings.
#[tokio::test]
async fn what_does_not_go_is_told() {
    let labels = json!({ INSTALLATION: settings().installation.to_string() });
    let stuck = json!({ "metadata": { "name": "stuck", "labels": labels }, "status": { "conditions": [
        { "type": "NamespaceContentRemaining", "status": "True", "message": "pods. has 1 resource instances" },
        { "type": "NamespaceDeletionDiscoveryFailure", "status": "False", "message": "All resources discovered" },
    ] } });
    let listed = list(std::slice::from_ref(&stuck));
    let (cluster, _) = cluster(settings(), move |question| match question {
        question if question.contains("namespaces?") => Some((200, listed.clone())),
        _ => Some((200, stuck.clone())),
    })
    .await;
    let clock = Instant::now();
    match cluster.remove(instance(1, "alone.toml").id).await {
        Err(HostingError::Engine { message, .. }) => {
            assert_eq!(message, "still there after 300ms: pods. has 1 resource instances");
        }
        other => panic!("{other:?}"),
    }
    assert!(clock.elapsed().as_secs() < 5);
}
