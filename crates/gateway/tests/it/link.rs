//! The link: over both streams, against strangers, when it is lost and found again.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use gateway::link::{Duplex, RecorderState};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio_util::sync::CancellationToken;

use crate::rig::{Make, Rig, ends, eventually, run_with, socket};
use crate::world::listener;

#[tokio::test]
async fn words_come_and_segments_are_told_over_both_streams() {
    for memory in [true, false] {
        let rig = Rig::make(Make {
            memory,
            ..Make::default()
        })
        .await;
        rig.opens().await;
        let says = Arc::clone(&rig.says);
        let is_told = || {
            let states = says.states.lock().unwrap();
            let mut recordings = states.iter().flat_map(|state| &state.recordings);
            recordings.any(|one| one.recorder == RecorderState::Open && one.used.is_some() && one.free.is_some())
        };
        eventually("it records", is_told).await;
        let folder = rig.folder();
        let (says, _place) = rig.ends().await;
        let kept = recording::records(&folder).unwrap();
        let told = says.segments.lock().unwrap().clone();
        assert!(!kept.is_empty());
        assert_eq!(
            told,
            kept.into_iter()
                .map(|record| ("campaign-1".into(), record))
                .collect::<Vec<_>>()
        );
        let exchanges: u64 = told
            .iter()
            .filter_map(|(_, record)| record.counts)
            .map(|counts| counts.exchanges)
            .sum();
        assert_eq!(exchanges, 1, "{told:?}");
        let states = says.states.lock().unwrap();
        assert!(
            states
                .iter()
                .all(|state| state.hello == states[0].hello && state.hello.version == "0.1.0")
        );
    }
}

#[tokio::test]
async fn with_another_secret_nothing_passes() {
    let rig = Rig::make(Make {
        secret: [12; 32],
        ..Make::default()
    })
    .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(rig.get("abc", "/head").await.contains("beffroi-refusal: not-fresh\r\n"));
    assert!(rig.says.states.lock().unwrap().is_empty());
}

#[tokio::test]
async fn strangers_at_the_socket_change_nothing() {
    let rig = Rig::new().await;
    rig.opens().await;
    let mut strangers: Vec<Box<dyn Duplex>> = Vec::new();
    for bytes in [
        &b""[..],
        b"GET / HTTP/1.1\r\n\r\n",
        &[0xFF; 5000],
        b"beffroi/1 link\r\nand then nothing of the kind, but long enough to be a nonce",
    ] {
        let mut stranger = UnixStream::connect(socket(rig.place.path())).await.unwrap();
        stranger.write_all(bytes).await.unwrap();
        strangers.push(Box::new(stranger));
    }
    rig.change(|words| words.leases[1].suspended = true);
    rig.answers("other", "beffroi-refusal: suspended\r\n").await;
    rig.opens().await;
    for mut stranger in strangers {
        let mut seen = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(5), stranger.read_to_end(&mut seen)).await;
        assert!(closed.is_ok(), "it is closed");
        // A nonce and a proof that says nothing without the secret.
        assert!(seen.len() <= 64);
    }
}

#[tokio::test]
async fn a_lost_link_closes_within_two_seconds_and_opens_again() {
    let mut rig = Rig::new().await;
    rig.opens().await;
    let mut events = rig.events("abc").await;
    let lost = Instant::now();
    rig.platform_dies().await;
    ends(&mut events).await;
    let closed = lost.elapsed();
    assert!(
        closed > Duration::from_secs(1) && closed < Duration::from_millis(2500),
        "{closed:?}"
    );
    assert!(rig.get("abc", "/head").await.contains("beffroi-refusal: not-fresh\r\n"));
    rig.platform_comes();
    rig.opens().await;
}

#[tokio::test]
async fn a_platform_that_cannot_say_what_holds_closes_too() {
    let rig = Rig::make(Make {
        memory: true,
        ..Make::default()
    })
    .await;
    rig.opens().await;
    rig.says.mute.store(true, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert!(rig.get("abc", "/head").await.contains("beffroi-refusal: not-fresh\r\n"));
    rig.says.mute.store(false, Ordering::SeqCst);
    rig.opens().await;
}

#[tokio::test]
async fn segments_are_told_again_when_their_acknowledgement_was_lost() {
    let mut rig = Rig::new().await;
    rig.says.hangs.store(true, Ordering::SeqCst);
    rig.opens().await;
    let says = Arc::clone(&rig.says);
    eventually("a segment is told", || !says.segments.lock().unwrap().is_empty()).await;
    rig.platform_dies().await;
    rig.says.hangs.store(false, Ordering::SeqCst);
    rig.platform_comes();
    eventually("it is told again", || says.segments.lock().unwrap().len() > 1).await;
    rig.opens().await;
    let (says, _place) = rig.ends().await;
    let told = says.segments.lock().unwrap();
    assert_eq!(told[0], told[1]);
    assert!(
        told[1..].windows(2).all(|pair| pair[0].1.digest == pair[1].1.previous),
        "{told:?}"
    );
    assert_eq!(
        told.last().unwrap().1.sequence as usize,
        told.len() - 2,
        "none twice once acknowledged"
    );
}

#[tokio::test]
async fn segments_that_the_platform_does_not_take_are_told_again_in_their_order() {
    let rig = Rig::new().await;
    rig.says.fails.store(2, Ordering::SeqCst);
    for _ in 0..3 {
        rig.opens().await;
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    let says = Arc::clone(&rig.says);
    eventually("they are told", || says.segments.lock().unwrap().len() >= 3).await;
    let (says, _place) = rig.ends().await;
    let told = says.segments.lock().unwrap();
    let sequences: Vec<_> = told.iter().map(|(_, record)| record.sequence).collect();
    assert_eq!(sequences, (0..told.len() as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_gateway_that_starts_again_tells_what_the_one_before_could_not() {
    let rig = Rig::new().await;
    rig.opens().await;
    // Nothing is closed yet, and nobody hears of what is closed at the end.
    rig.platform_dies().await;
    let (says, place) = rig.ends().await;
    let told = says.segments.lock().unwrap().len();
    let rig = Rig::make(Make {
        place: Some(Arc::clone(&place)),
        ..Make::default()
    })
    .await;
    rig.opens().await;
    let kept = || recording::records(&rig.folder()).unwrap();
    let before = kept();
    assert!(before.len() > told);
    let says = Arc::clone(&rig.says);
    eventually("they are told", || says.segments.lock().unwrap().len() >= before.len()).await;
    let now = says.segments.lock().unwrap().clone();
    assert_eq!(now[0], ("campaign-1".into(), before[0].clone()));

    // What the platform knows is not told again, and a campaign that is in no words is.
    let (_, place) = rig.ends().await;
    for (known, id) in [(true, "campaign-1"), (false, "campaign-2")] {
        let rig = Rig::make(Make {
            place: Some(Arc::clone(&place)),
            ..Make::default()
        })
        .await;
        let kept = recording::records(&rig.folder()).unwrap();
        rig.change(|words| {
            words.campaigns[0].known = kept.last().filter(|_| known).cloned();
            words.campaigns[0].id = id.into();
            words.leases.iter_mut().for_each(|lease| lease.campaign = id.into());
        });
        rig.opens().await;
        let says = Arc::clone(&rig.says);
        let first = kept[0].clone();
        let is_first = |told: &(String, recording::SegmentRecord)| told.0 == "campaign-1" && told.1 == first;
        if known {
            eventually("a new one is told", || !says.segments.lock().unwrap().is_empty()).await;
            assert!(!says.segments.lock().unwrap().iter().any(is_first));
        } else {
            eventually("all are told", || says.segments.lock().unwrap().iter().any(is_first)).await;
        }
        rig.ends().await;
    }
}

/// What stands in a folder of recordings at an instant, as a crash leaves it.
fn as_a_crash_leaves(place: &Path) -> Arc<tempfile::TempDir> {
    let left = tempfile::tempdir().unwrap();
    let campaign = "recordings/campaigns/campaign-1";
    std::fs::create_dir_all(left.path().join(campaign)).unwrap();
    for entry in std::fs::read_dir(place.join(campaign)).unwrap() {
        let name = entry.unwrap().file_name();
        std::fs::copy(place.join(campaign).join(&name), left.path().join(campaign).join(&name)).unwrap();
    }
    Arc::new(left)
}

#[tokio::test]
async fn what_a_crash_left_is_told_and_says_so_until_its_campaign_is_in_the_words() {
    let rig = Rig::new().await;
    rig.opens().await;
    let _open = rig.events("abc").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let place = as_a_crash_leaves(rig.place.path());
    rig.ends().await;

    let rig = Rig::make(Make {
        place: Some(place),
        empty: true,
        ..Make::default()
    })
    .await;
    let says = Arc::clone(&rig.says);
    let is_left = || {
        let states = says.states.lock().unwrap();
        let last = states.last().map(|state| state.recordings.clone()).unwrap_or_default();
        last.iter()
            .any(|one| one.campaign == "campaign-1" && one.recorder == RecorderState::Left)
    };
    eventually("the platform learns of it", is_left).await;
    rig.change(|words| {
        *words = gateway::link::Words {
            version: 1,
            ..crate::rig::words(rig.target)
        }
    });
    rig.opens().await;
    let is_torn = |told: &(String, recording::SegmentRecord)| told.1.is_torn();
    eventually("it is told", || says.segments.lock().unwrap().iter().any(is_torn)).await;
    let folder = rig.folder();
    let (says, _place) = rig.ends().await;
    let mut told: Vec<_> = says
        .segments
        .lock()
        .unwrap()
        .iter()
        .map(|(_, record)| record.clone())
        .collect();
    told.sort_by_key(|record| record.sequence);
    told.dedup();
    let findings = recording::verify(&folder, &told).unwrap();
    assert!(matches!(findings[..], [recording::Finding::Torn(_)]), "{findings:?}");
}

#[tokio::test]
async fn a_gateway_that_cannot_run_says_why() {
    let rig = Rig::new().await;
    rig.opens().await;
    let place = Arc::clone(&rig.place);
    let again = async |change: Box<dyn FnOnce(&mut gateway::Run)>| {
        let (dial, _door) = gateway::link::in_memory();
        let mut with = run_with(place.path(), Arc::new(dial));
        change(&mut with);
        let stop = CancellationToken::new();
        stop.cancel();
        gateway::run(with, stop).await.map_err(|error| error.to_string())
    };
    assert!(
        again(Box::new(|_| {}))
            .await
            .unwrap_err()
            .starts_with("another gateway records into")
    );
    rig.ends().await;
    assert_eq!(again(Box::new(|_| {})).await, Ok(()));
    let blocked = again(Box::new(|with| with.folder = with.folder.join("lock/below"))).await;
    assert!(blocked.unwrap_err().contains("cannot be used"));
    let door = listener().await;
    let without = again(Box::new(|with| with.doors.tls = Some(door)));
    assert_eq!(without.await.unwrap_err(), "a door by TLS needs a certificate");
}

#[tokio::test]
async fn refusals_are_told_together() {
    let rig = Rig::new().await;
    rig.opens().await;
    rig.change(|words| words.campaigns[0].paused = true);
    rig.answers("abc", "beffroi-refusal: paused\r\n").await;
    for _ in 0..20 {
        rig.get("abc", "/head").await;
    }
    let says = Arc::clone(&rig.says);
    let paused = || {
        let refused = says.refused.lock().unwrap();
        let mine = refused
            .iter()
            .filter(|one| one.kind == "paused" && one.lease == "lease-1");
        mine.map(|one| one.count).sum::<u64>()
    };
    eventually("they are told", || paused() >= 21).await;
    let refused = says.refused.lock().unwrap();
    assert!(refused.len() < 10, "{refused:?}");
    assert!(
        refused
            .iter()
            .all(|one| one.campaign == "campaign-1" && one.first <= one.last)
    );
}
