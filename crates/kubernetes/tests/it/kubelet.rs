//! A node whose kubelet is played: it says of the pods that it got what a kubelet would say, and runs nothing.

use crate::plane::Plane;
use k8s_openapi::api::core::v1::{Node, Pod};
use kube::Client;
use kube::api::{Api, DeleteParams, Patch, PatchParams, PostParams};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;

const NODE: &str = "played";
const WHEN: &str = "2026-11-23T05:00:00Z";

/// A played kubelet.
pub struct Kubelet {
    ends: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Kubelet {
    pub async fn start(plane: &Plane) -> Self {
        let client = plane.admin.clone();
        let node = json!({ "apiVersion": "v1", "kind": "Node", "metadata": { "name": NODE } });
        let nodes = Api::<Node>::all(client.clone());
        nodes
            .create(&PostParams::default(), &serde_json::from_value(node).unwrap())
            .await
            .unwrap();
        let ends = Arc::new(AtomicBool::new(false));
        let seen = ends.clone();
        let play = async move {
            let mut turn = 0u32;
            while !seen.load(Ordering::Relaxed) {
                if turn.is_multiple_of(50) {
                    ready(&client).await;
                }
                turn += 1;
                look(&client).await;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        #[expect(clippy::disallowed_methods, reason = "the test waits for it by its handle")]
        let task = tokio::spawn(play);
        Self { ends, task }
    }

    pub async fn stop(self) {
        self.ends.store(true, Ordering::Relaxed);
        self.task.await.unwrap();
    }
}

/// Tells that the node works and what it has: 2 cores, 3 GiB.
async fn ready(client: &Client) {
    let has = json!({ "cpu": "2", "memory": "3Gi", "ephemeral-storage": "20Gi", "pods": "20" });
    let beat = k8s_openapi::jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string();
    let status = json!({ "status": { "capacity": has, "allocatable": has, "conditions": [{
        "type": "Ready", "status": "True", "reason": "Played", "message": "", "lastHeartbeatTime": beat, "lastTransitionTime": WHEN,
    }] } });
    let nodes = Api::<Node>::all(client.clone());
    let told = nodes
        .patch_status(NODE, &PatchParams::default(), &Patch::Merge(&status))
        .await;
    told.unwrap();
}

async fn look(client: &Client) {
    let all = Api::<Pod>::all(client.clone());
    let found = all.list(&Default::default()).await.unwrap();
    for (number, pod) in found.items.into_iter().enumerate() {
        if pod.spec.as_ref().and_then(|spec| spec.node_name.as_deref()) == Some(NODE) {
            tend(client, &pod, number).await;
        }
    }
}

async fn tend(client: &Client, pod: &Pod, number: usize) {
    let (name, namespace) = (
        pod.metadata.name.as_deref().unwrap(),
        pod.metadata.namespace.as_deref().unwrap(),
    );
    let pods = Api::<Pod>::namespaced(client.clone(), namespace);
    if pod.metadata.deletion_timestamp.is_some() {
        // The processes have ended: the API may forget the pod.
        let _ = pods.delete(name, &DeleteParams::default().grace_period(0)).await;
        return;
    }
    let status = pod.status.as_ref().unwrap();
    if status.container_statuses.is_none() {
        let container = &pod.spec.as_ref().unwrap().containers[0];
        let status = json!({ "status": status_of(container.image.as_deref().unwrap(), name, number) });
        let _ = pods
            .patch_status(name, &PatchParams::default(), &Patch::Merge(&status))
            .await;
    }
}

/// Gives what a kubelet tells of a container, by a word in its image's name.
fn status_of(image: &str, name: &str, number: usize) -> Value {
    let (phase, ready, state) = if image.contains("nowhere") {
        let why = json!({ "reason": "ImagePullBackOff", "message": format!("Back-off pulling image {image:?}") });
        ("Pending", false, json!({ "waiting": why }))
    } else if image.contains("greedy") {
        let end = json!({ "exitCode": 137, "reason": "OOMKilled", "startedAt": WHEN, "finishedAt": WHEN });
        ("Failed", false, json!({ "terminated": end }))
    } else if image.contains("mute") {
        ("Running", false, json!({ "running": { "startedAt": WHEN } }))
    } else {
        ("Running", true, json!({ "running": { "startedAt": WHEN } }))
    };
    let told = if ready { "True" } else { "False" };
    json!({
        "phase": phase,
        "podIP": format!("10.244.0.{}", number + 2),
        "conditions": [{ "type": "Ready", "status": told, "lastTransitionTime": WHEN }],
        "containerStatuses": [{
            "name": name, "ready": ready, "restartCount": 0, "image": image,
            "imageID": format!("docker-pullable://{image}"), "state": state,
        }],
    })
}
