//! Words and stops change what they mean, at once, and nothing else.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use bytes::Bytes;
use gateway::Stop;
use gateway::link::RecorderState;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::rig::{Make, Rig, asked, ends, eventually};
use crate::sockets;
use crate::world::{DOMAIN, TOKEN, credential, now};

const SECOND: Duration = Duration::from_secs(1);

/// "hi" in a frame, masked with the key 1 2 3 4.
const HI: [u8; 8] = [0x81, 0x82, 1, 2, 3, 4, b'h' ^ 1, b'i' ^ 2];

async fn echoes(socket: &mut TcpStream) {
    socket.write_all(&HI).await.unwrap();
    let mut back = [0; 8];
    socket.read_exact(&mut back).await.unwrap();
    assert_eq!(back, HI);
}

/// Asks on a connection of HTTP/2 that its requests share.
async fn shared(rig: &Rig) -> impl AsyncFnMut(&str, &str) -> hyper::Response<hyper::body::Incoming> + use<> {
    let stream = TokioIo::new(TcpStream::connect(rig.address).await.unwrap());
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream)
        .await
        .unwrap();
    tokio::spawn(connection);
    async move |label: &str, path: &str| {
        let request = http::Request::get(format!("http://{label}.{DOMAIN}{path}"))
            .header("beffroi-lease", sealing::token_text(TOKEN))
            .body(Empty::<Bytes>::new())
            .unwrap();
        sender.send_request(request).await.unwrap()
    }
}

#[tokio::test]
async fn a_stop_acts_within_a_second_on_open_connections_and_spares_the_other_lease() {
    let rig = Rig::new().await;
    rig.opens().await;
    let mut events = rig.events("abc").await;
    let mut socket = sockets::open_at(rig.address).await;
    echoes(&mut socket).await;
    let mut ask = shared(&rig).await;
    let mut stopped = ask("abc", "/events").await.into_body();
    let mut spared = ask("other", "/events").await.into_body();
    assert!(stopped.frame().await.unwrap().is_ok() && spared.frame().await.unwrap().is_ok());
    rig.change(|words| words.leases[0].suspended = true);
    let start = Instant::now();
    rig.pushes.stop(Stop::Lease("lease-1".into()));
    ends(&mut events).await;
    ends(&mut socket).await;
    while let Some(Ok(_)) = stopped.frame().await {}
    assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
    for _ in 0..3 {
        assert!(spared.frame().await.unwrap().is_ok(), "on the same connection");
    }
    assert_eq!(ask("other", "/head").await.status(), 200);
    assert_eq!(ask("abc", "/head").await.status(), 403);
    rig.change(|words| words.leases[0].suspended = false);
    rig.opens().await;
    assert_eq!(
        ask("abc", "/head").await.status(),
        200,
        "on the connection that went on"
    );
}

#[tokio::test]
async fn words_that_were_read_before_a_stop_do_not_lift_it() {
    let rig = Rig::new().await;
    rig.opens().await;
    rig.says.slow.store(700, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(400)).await;
    // Words are under way, and these are others.
    rig.change(|words| words.targets[0].public_https = false);
    let start = Instant::now();
    rig.pushes.stop(Stop::Everything);
    rig.answers("abc", "beffroi-refusal: stopped\r\n").await;
    assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
    // The platform still grants: what was cut comes again, once it was asked after the stop.
    rig.opens().await;
    assert!(start.elapsed() > Duration::from_millis(700), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_stop_of_one_lease_spares_another_that_came_later_by_the_same_connection() {
    let rig = Rig::new().await;
    rig.opens().await;
    let mut stream = TcpStream::connect(rig.address).await.unwrap();
    stream.write_all(asked("abc", "/head", "").as_bytes()).await.unwrap();
    stream
        .write_all(asked("other", "/events", "").as_bytes())
        .await
        .unwrap();
    let mut seen = Vec::new();
    while !seen.ends_with(b"data: 0\n\n\r\n") {
        seen.push(stream.read_u8().await.unwrap());
    }
    rig.pushes.stop(Stop::Lease("lease-1".into()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut more = [0; 64];
    stream.read_exact(&mut more).await.unwrap();
    rig.pushes.stop(Stop::Lease("lease-2".into()));
    assert!(ends(&mut stream).await < SECOND);
}

#[tokio::test]
async fn words_that_change_one_lease_do_not_touch_anothers_connections() {
    let rig = Rig::new().await;
    rig.opens().await;
    let mut events = rig.events("abc").await;
    let mut socket = sockets::open_at(rig.address).await;
    let mut expecting = TcpStream::connect(rig.address).await.unwrap();
    let head = format!(
        "POST /echo HTTP/1.1\r\nhost: abc.{DOMAIN}\r\n{}content-length: 10\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n",
        credential()
    );
    expecting.write_all(head.as_bytes()).await.unwrap();
    let mut go = [0; 25];
    expecting.read_exact(&mut go).await.unwrap();
    assert_eq!(&go, b"HTTP/1.1 100 Continue\r\n\r\n");
    expecting.write_all(b"first").await.unwrap();

    rig.change(|words| {
        words.leases[1].suspended = true;
        words.targets[0].scope.excluded = vec!["/admin".into()];
        words.leases.push(words.leases[0].clone());
        let added = words.leases.last_mut().unwrap();
        (added.id, added.label) = ("lease-3".into(), "third".into());
    });
    rig.answers("other", "beffroi-refusal: suspended\r\n").await;
    rig.answers("third", "HTTP/1.1 200").await;
    assert!(
        rig.get("abc", "/admin")
            .await
            .contains("beffroi-refusal: path-out-of-scope\r\n")
    );

    echoes(&mut socket).await;
    let mut seen = [0; 40];
    events.read_exact(&mut seen).await.unwrap();
    expecting.write_all(b"after").await.unwrap();
    let mut answer = String::new();
    expecting.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("firstafter"), "{answer}");

    // Another instance stands behind the name: nothing goes on to the one before.
    rig.change(|words| words.targets[0].fingerprint = "sha256:other".into());
    assert!(ends(&mut events).await < SECOND && ends(&mut socket).await < SECOND);
    rig.opens().await;
}

#[tokio::test]
async fn a_campaign_that_ends_and_a_lease_that_goes_cut_what_is_open_within_a_second() {
    let rig = Rig::new().await;
    rig.opens().await;
    let mut events = rig.events("abc").await;
    let closes = now() + 700_000;
    rig.change(|words| words.campaigns[0].closes = closes);
    ends(&mut events).await;
    let late = now() - closes;
    assert!((0..1_000_000).contains(&late), "{late}");
    rig.answers("abc", "beffroi-refusal: ended\r\n").await;
    rig.change(|words| words.campaigns[0].closes = i64::MAX);
    rig.opens().await;
    let mut events = rig.events("abc").await;
    rig.change(|words| drop(words.leases.remove(0)));
    assert!(ends(&mut events).await < SECOND);
    assert!(
        rig.get("abc", "/head")
            .await
            .contains("beffroi-refusal: unknown-lease\r\n")
    );
    assert!(rig.get("other", "/head").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn thousands_of_leases_come_and_a_stop_acts_meanwhile() {
    let rig = Rig::new().await;
    rig.opens().await;
    let mut events = rig.events("abc").await;
    rig.change(|words| {
        for number in 0..5000 {
            let mut lease = words.leases[1].clone();
            (lease.id, lease.label) = (format!("many-{number}"), format!("many-{number}"));
            words.leases.push(lease);
        }
    });
    let start = Instant::now();
    rig.pushes.stop(Stop::Lease("lease-1".into()));
    ends(&mut events).await;
    assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
    rig.answers("many-4999", "HTTP/1.1 200").await;
}

#[tokio::test]
async fn words_that_make_no_sense_are_left_out_and_others_hold() {
    let rig = Rig::new().await;
    rig.change(|words| {
        let mut add = |id: &str, change: fn(&mut gateway::link::LeaseWord)| {
            let mut lease = words.leases[1].clone();
            lease.id = id.into();
            lease.label = id.into();
            change(&mut lease);
            words.leases.push(lease);
        };
        add("twice", |lease| lease.label = "abc".into());
        add("nowhere", |lease| lease.target = "target-9".into());
        add("nobody", |lease| lease.campaign = "../../etc".into());
        add("UPPER", |_| {});
        let mut campaign = words.campaigns[0].clone();
        campaign.id = "../../etc".into();
        words.campaigns.push(campaign);
    });
    rig.opens().await;
    for label in ["nowhere", "nobody", "upper"] {
        assert!(
            rig.get(label, "/head")
                .await
                .contains("beffroi-refusal: unknown-lease\r\n"),
            "{label}"
        );
    }
    assert!(rig.get("abc", "/head").await.starts_with("HTTP/1.1 200"));
    let folders: Vec<_> = std::fs::read_dir(rig.place.path().join("recordings/campaigns"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(folders, ["campaign-1"]);
}

#[tokio::test]
async fn a_recorder_outlives_its_words_for_a_while_and_ends_in_order() {
    let rig = Rig::make(Make {
        linger: Duration::from_millis(400),
        ..Make::default()
    })
    .await;
    rig.opens().await;
    let campaign = rig.says.words.lock().unwrap().campaigns[0].clone();
    rig.change(|words| words.campaigns.clear());
    rig.answers("abc", "beffroi-refusal: unknown-lease\r\n").await;
    let says = Arc::clone(&rig.says);
    let is = |state: RecorderState| {
        let states = says.states.lock().unwrap();
        states
            .last()
            .is_some_and(|last| last.recordings.iter().any(|one| one.recorder == state))
    };
    eventually("it ends", || is(RecorderState::Ended)).await;
    eventually("its segment is told", || !says.segments.lock().unwrap().is_empty()).await;
    assert!(
        says.segments
            .lock()
            .unwrap()
            .iter()
            .all(|(_, record)| !record.is_torn())
    );
    rig.change(|words| words.campaigns.push(campaign));
    rig.opens().await;
    eventually("it records again", || is(RecorderState::Open)).await;
}

#[tokio::test]
async fn a_folder_that_is_full_closes_and_the_platform_is_told() {
    let rig = Rig::new().await;
    rig.opens().await;
    rig.change(|words| words.campaigns[0].room = 1000);
    rig.answers("abc", "beffroi-refusal: recording-full\r\n").await;
    let says = Arc::clone(&rig.says);
    let full = || {
        let states = says.states.lock().unwrap();
        states
            .last()
            .is_some_and(|last| last.recordings.iter().any(|one| one.recorder == RecorderState::Full))
    };
    eventually("it is told", full).await;
    rig.change(|words| words.campaigns[0].room = u64::MAX);
    rig.opens().await;
    let again = asked("abc", "/head", "connection: close\r\n");
    assert!(rig.raw(again.as_bytes()).await.starts_with("HTTP/1.1 200"));
}
