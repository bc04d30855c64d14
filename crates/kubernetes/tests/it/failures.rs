//! What goes wrong, and how it is told.

use crate::life::{nothing_left, pods};
use crate::plane::{Plane, changed, namespace};
use domain::ids::SnapshotId;
use hosting::{Exit, HostingError, Instance, Probe, Sickness};
use uuid::Uuid;

/// Gives the small recipe with another image, and less time.
fn image(number: u128, name: &str) -> Instance {
    changed(number, "alone.toml", |text| {
        let text = text.replace("registry.example/alone", &format!("registry.example/{name}"));
        text.replace("10 s", "3 s")
    })
}

pub async fn failures(plane: &Plane) {
    let manager = plane.manager().await;
    let nowhere = image(10, "nowhere");
    match manager.start(&nowhere).await {
        Err(HostingError::NotHealthy {
            last: Sickness::Broken(words),
            ..
        }) => assert!(words.starts_with("ImagePullBackOff: Back-off"), "{words}"),
        other => panic!("{other:?}"),
    }
    nothing_left(plane).await;

    let greedy = image(11, "greedy");
    let exit = Exit {
        code: 137,
        killed: true,
        out_of_memory: true,
    };
    let ended = manager.start_kept(&greedy).await;
    assert!(
        matches!(ended, Err(HostingError::Ended { exit: found, .. }) if found == exit),
        "{ended:?}"
    );
    assert_eq!(manager.health(&greedy).await.unwrap()["web"], Probe::Ended(exit));
    assert_eq!(
        pods(plane, &namespace(&greedy)).await.len(),
        1,
        "it is left to be looked into"
    );
    manager.remove(greedy.id).await.unwrap();

    let mute = manager.start(&image(12, "mute")).await;
    let silent = matches!(
        mute,
        Err(HostingError::NotHealthy {
            last: Sickness::Silent,
            ..
        })
    );
    assert!(silent, "{mute:?}");
    unscheduled(plane).await;
    refused(plane).await;
    nothing_left(plane).await;
}

/// No node has room: the scheduler's words are told.
async fn unscheduled(plane: &Plane) {
    let manager = plane.manager().await;
    let large = changed(13, "alone.toml", |text| {
        text.replace("64 MiB", "4 GiB").replace("10 s", "3 s")
    });
    match manager.start(&large).await {
        Err(HostingError::NotHealthy {
            last: Sickness::Broken(words),
            ..
        }) => assert!(words.contains("Insufficient memory"), "{words}"),
        other => panic!("{other:?}"),
    }
}

/// What this engine cannot do is refused before anything is made.
async fn refused(plane: &Plane) {
    let manager = plane.manager().await;
    let seeded = changed(14, "mairie.toml", |text| {
        let seed = format!("size = \"1 GiB\"\nseed = \"sha256:{}\"", "4".repeat(64));
        text.replace("size = \"1 GiB\"", &seed)
    });
    let kept = image(15, "alone").from_snapshot(SnapshotId(Uuid::from_u128(1)));
    for instance in [seeded, kept] {
        let refused = manager.start(&instance).await;
        assert!(matches!(refused, Err(HostingError::NotPossible(_))), "{refused:?}");
    }
    let unnamed = changed(16, "alone.toml", |text| text.replace("registry.example/alone@", ""));
    let refused = manager.start(&unnamed).await;
    assert!(matches!(refused, Err(HostingError::ImagesMissing(_))), "{refused:?}");
}
