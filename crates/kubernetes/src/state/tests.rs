//! Pods as kubelets and schedulers tell of them.

use super::*;
use crate::mock::{self, cluster, instance, settings};
use serde_json::{Value, json};

fn pod(status: Value) -> Pod {
    serde_json::from_value(json!({ "metadata": { "name": "web" }, "status": status })).unwrap()
}

/// Gives a pod in a phase whose container is in a state.
fn with(phase: &str, ready: bool, state: Value) -> Pod {
    let container = json!({
        "name": "web", "ready": ready, "restartCount": 0, "image": "", "imageID": "", "state": state,
    });
    pod(json!({ "phase": phase, "containerStatuses": [container] }))
}

fn ended(code: i64, killed: bool, out_of_memory: bool) -> Probe {
    Probe::Ended(Exit {
        code,
        killed,
        out_of_memory,
    })
}

fn broken(words: &str) -> Probe {
    Probe::Sick(Sickness::Broken(words.to_owned()))
}

#[test]
fn pods_are_judged() {
    let running = || json!({ "running": { "startedAt": "2026-11-23T05:00:00Z" } });
    let rows = [
        (pod(json!({})), Probe::NotStarted),
        (pod(json!({ "phase": "Pending" })), Probe::NotStarted),
        (with("Running", true, running()), Probe::Healthy),
        (with("Running", false, running()), Probe::Sick(Sickness::Silent)),
        (
            with(
                "Pending",
                false,
                json!({ "waiting": { "reason": "ContainerCreating" } }),
            ),
            Probe::NotStarted,
        ),
        (
            with(
                "Pending",
                false,
                json!({ "waiting": { "reason": "ImagePullBackOff", "message": "Back-off pulling" } }),
            ),
            broken("ImagePullBackOff: Back-off pulling"),
        ),
        (
            with(
                "Failed",
                false,
                json!({ "terminated": { "exitCode": 3, "reason": "Error" } }),
            ),
            ended(3, false, false),
        ),
        (
            with(
                "Failed",
                false,
                json!({ "terminated": { "exitCode": 137, "reason": "OOMKilled" } }),
            ),
            ended(137, true, true),
        ),
        (
            with("Succeeded", false, json!({ "terminated": { "exitCode": 0 } })),
            ended(0, false, false),
        ),
        (
            pod(
                json!({ "phase": "Failed", "reason": "Evicted", "message": "Usage of EmptyDir volume \"volume-data\" exceeds the limit" }),
            ),
            ended(137, false, false),
        ),
        (
            pod(json!({ "phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory." })),
            ended(137, true, false),
        ),
        (
            pod(json!({ "phase": "Pending", "conditions": [
                { "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/1 nodes" },
            ] })),
            broken("Unschedulable: 0/1 nodes"),
        ),
    ];
    for (pod, judgement) in rows {
        assert_eq!(judged(&pod), judgement, "{:?}", pod.status);
    }
}

#[test]
fn what_is_being_removed_is_not_started() {
    let mut pod = with("Running", true, json!({ "running": {} }));
    pod.metadata.deletion_timestamp = serde_json::from_value(json!("2026-11-23T05:00:00Z")).unwrap();
    assert_eq!(judged(&pod), Probe::NotStarted);
}

#[test]
fn images_are_read_as_runtimes_write_them() {
    let digest = format!("sha256:{}", "a".repeat(64));
    let recipe = instance(1, "alone.toml");
    let service = &recipe_of(&recipe).services[0];
    let told = |id: &str| {
        let mut pod = with("Running", true, json!({}));
        let status = pod.status.as_mut().unwrap();
        status.container_statuses.as_mut().unwrap()[0].image_id = id.to_owned();
        running(&pod, service)
    };
    let repository = format!("registry.example/alone@{digest}");
    for (id, repositories) in [
        (format!("docker-pullable://{repository}"), vec![repository.clone()]),
        (repository.clone(), vec![repository.clone()]),
        (format!("docker://{digest}"), Vec::new()),
        (digest.clone(), Vec::new()),
    ] {
        let found = told(&id).unwrap();
        assert_eq!(
            (found.image.as_str(), found.repositories),
            (digest.as_str(), repositories)
        );
    }
    assert_eq!(told(""), None);
}

fn recipe_of(instance: &Instance) -> &domain::Recipe {
    recipe(instance).unwrap()
}

#[tokio::test]
async fn logs_are_bounded_and_any_bytes_are_text() {
    let (cluster, asked) = cluster(settings(), |question| {
        if question.contains("/log?") {
            let long = "x".repeat(5000);
            return Some((200, json!(format!("one\n\n{long}\nthree\nfour\n"))));
        }
        question
            .ends_with("/pods/web")
            .then(|| (200, json!({ "metadata": { "name": "web" } })))
    })
    .await;
    let read = cluster.written(&instance(1, "alone.toml"), "web", 3).await.unwrap();
    let lengths: Vec<usize> = read.iter().map(|line| line.text.len()).collect();
    assert_eq!(lengths, [3, LINE, 5]);
    let log = asked.lock().unwrap().pop().unwrap();
    assert!(
        log.contains("tailLines=3") && log.contains("limitBytes=1048576"),
        "{log}"
    );
    assert_eq!(split(b"\xff\xfe\n", 9)[0].text, "\u{fffd}\u{fffd}");
}

/// What has not started wrote nothing; what fails otherwise is told.
#[tokio::test]
async fn a_log_that_is_not_there_yet_is_empty() {
    for (status, read) in [(400, Some(Vec::new())), (500, None)] {
        let (cluster, _) = cluster(settings(), move |question| {
            if question.contains("/log?") {
                let words = "container \"web\" in pod \"web\" is waiting to start: ContainerCreating";
                return Some((status, mock::refusal(status, words)));
            }
            Some((200, json!({ "metadata": { "name": "web" } })))
        })
        .await;
        let found = cluster.written(&instance(1, "alone.toml"), "web", 3).await;
        assert_eq!(found.ok(), read);
    }
}

/// A service that was not started and an instance that is not there are told apart.
#[tokio::test]
async fn nothing_is_not_the_same_as_not_yet() {
    let labels = json!({ "beffroi.installation": uuid::Uuid::from_u128(7).to_string() });
    let there = json!({ "metadata": { "name": "n", "labels": labels } });
    let (with, _) = cluster(settings(), move |question| {
        let namespace = question.contains("/namespaces/") && !question.contains("/pods/");
        namespace.then(|| (200, there.clone()))
    })
    .await;
    let alone = instance(1, "alone.toml");
    assert_eq!(with.look(&alone, "web").await.unwrap(), Probe::NotStarted);
    let unknown = with.look(&alone, "other").await;
    assert!(matches!(unknown, Err(HostingError::NoInstance(_))), "{unknown:?}");
    let (without, _) = mock::cluster(settings(), |_| None).await;
    let gone = without.look(&alone, "web").await;
    assert!(matches!(gone, Err(HostingError::NoInstance(_))), "{gone:?}");
}
