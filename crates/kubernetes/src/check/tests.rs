//! What clusters that cannot be had here would answer.

use super::*;
use crate::mock::{Asked, cluster, instance, refusal, settings};
use hosting::{Gravity, Provider};

/// Answers as a cluster where everything is as it should be, but for what `changed` says.
async fn examined(
    settings: ClusterSettings,
    changed: impl Fn(&str) -> Option<(u16, Value)> + Send + Sync + 'static,
) -> (Vec<ClusterFinding>, Asked) {
    let (cluster, asked) = cluster(settings, move |question| {
        let usual = || {
            let body = match question.split('?').next().unwrap_or_default() {
                path if path.ends_with("/selfsubjectaccessreviews") => {
                    json!({ "spec": {}, "status": { "allowed": true } })
                }
                path if path.ends_with("/pods/hostile") => {
                    let words = "pods \"hostile\" is forbidden: violates PodSecurity \"restricted:latest\"";
                    return Some((403, refusal(403, words)));
                }
                "GET /api/v1/namespaces/beffroi" => {
                    json!({ "metadata": { "name": "beffroi", "labels": { NAMESPACE_NAME: "beffroi" } } })
                }
                _ => json!({ "metadata": { "name": "made" } }),
            };
            Some((200, body))
        };
        changed(question).or_else(usual)
    })
    .await;
    (cluster.check().await, asked)
}

#[tokio::test]
async fn a_good_cluster_is_noted_and_left_as_it_was() {
    let (found, asked) = examined(settings(), |_| None).await;
    let version = "1.33.2-mock.1".to_owned();
    assert_eq!(
        found,
        [ClusterFinding::Cluster { version }, ClusterFinding::ProcessesByNode]
    );
    assert!(found.iter().all(|one| one.gravity() == Gravity::Note));
    let asked = asked.lock().unwrap();
    let hostile = asked.iter().find(|one| one.contains("/pods/hostile")).unwrap();
    assert!(hostile.contains("dryRun=All"), "{hostile}");
    assert!(
        asked
            .last()
            .unwrap()
            .starts_with("DELETE /api/v1/namespaces/beffroi-check-")
    );
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let (found, _) = examined(settings(), |question| {
        let pod = question.contains("/pods/hostile");
        pod.then(|| (200, json!({ "metadata": { "name": "hostile" } })))
    })
    .await;
    assert!(found.contains(&ClusterFinding::PodSecurityAbsent), "{found:?}");

    let (found, _) = examined(settings(), |question| {
        question.contains("/pods/hostile").then(|| (500, refusal(500, "no")))
    })
    .await;
    assert!(
        matches!(found.last(), Some(ClusterFinding::PodSecurityUnknown { .. })),
        "{found:?}"
    );

    let (found, asked) = examined(settings(), |question| {
        let review = question.contains("accessreviews");
        review.then(|| (200, json!({ "spec": {}, "status": { "allowed": false } })))
    })
    .await;
    let missing = found
        .iter()
        .filter(|one| matches!(one, ClusterFinding::RightMissing(_)));
    assert_eq!(missing.count(), crate::rights::needed().len());
    assert!(
        !asked.lock().unwrap().iter().any(|one| one.starts_with("PATCH")),
        "nothing is tried without rights"
    );

    let (found, _) = examined(settings(), |question| {
        question.contains("accessreviews").then(|| (500, refusal(500, "no")))
    })
    .await;
    assert!(
        matches!(found.last(), Some(ClusterFinding::RightsUnknown { .. })),
        "{found:?}"
    );

    let (found, _) = examined(settings(), |question| {
        question
            .ends_with("namespaces/beffroi")
            .then(|| (404, refusal(404, "no")))
    })
    .await;
    assert!(
        matches!(found.last(), Some(ClusterFinding::GatewayNamespace { .. })),
        "{found:?}"
    );
}

/// Nothing is asked of the API for an instance that could get out or that everybody could enter.
#[tokio::test]
async fn no_target_starts_where_it_would_not_be_isolated() {
    let mut untried = settings();
    untried.enforcement = Enforcement::Unknown;
    let mut open = settings();
    open.gateway = GatewayPeer::Addresses(crate::Cidr::parse("::/0").into_iter().collect());
    for (settings, blocking) in [
        (untried, ClusterFinding::PolicyEnforcementUnknown),
        (open, ClusterFinding::GatewayIsEverybody),
    ] {
        let (found, _) = examined(settings.clone(), |_| None).await;
        assert!(
            found.contains(&blocking) && blocking.gravity() == Gravity::Blocking,
            "{found:?}"
        );
        let (cluster, asked) = cluster(settings, |_| None).await;
        let refused = cluster.create(&instance(1, "alone.toml")).await;
        assert!(matches!(refused, Err(HostingError::NotIsolated(_))), "{refused:?}");
        assert_eq!(asked.lock().unwrap().len(), 1, "only the version");
    }
}

#[test]
fn versions_are_read_as_clouds_write_them() {
    for (text, read) in [
        ("1.33.2-gke.1", (1, 33)),
        ("1.20+", (1, 20)),
        ("1.9", (1, 9)),
        ("", (0, 0)),
    ] {
        assert_eq!(numbers(text), read);
    }
    assert!(numbers("1.9") < numbers(LEAST));
}

#[test]
fn addresses_are_written_as_the_probe_reads_them() {
    let service = |address: &str| -> Service {
        let ports = json!([{ "port": 53, "protocol": "UDP" }, { "port": 443 }]);
        serde_json::from_value(json!({ "metadata": {}, "spec": { "clusterIP": address, "ports": ports } })).unwrap()
    };
    assert_eq!(places(&service("10.96.0.1")), ["udp:10.96.0.1:53", "tcp:10.96.0.1:443"]);
    assert_eq!(places(&service("fd00::1")), ["udp:[fd00::1]:53", "tcp:[fd00::1]:443"]);
    assert_eq!(places(&service("None")), Vec::<String>::new());
}
