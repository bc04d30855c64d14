//! A stop ends what is under way, and others go on.

use std::time::{Duration, Instant};

use bytes::Bytes;
use gateway::{Lease, Stop};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use recording::Outcome;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::sockets;
use crate::world::{TOKEN, World, credential};

async fn events(world: &World, host: &str) -> TcpStream {
    let mut stream = world.connect().await;
    let asked = format!("GET /events HTTP/1.1\r\nhost: {host}\r\n{}\r\n", credential());
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut seen = Vec::new();
    while !seen.ends_with(b"data: 1\n\n\r\n") {
        seen.push(stream.read_u8().await.unwrap());
    }
    stream
}

async fn ends(stream: &mut TcpStream) {
    let start = Instant::now();
    let mut buffer = [0; 1000];
    while !matches!(stream.read(&mut buffer).await, Ok(0) | Err(_)) {
        assert!(start.elapsed() < Duration::from_secs(1), "it goes on");
    }
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn each_stop_ends_open_connections_within_a_second_and_spares_others() {
    for stop in [
        Stop::Lease("lease-1".into()),
        Stop::Target("target-1".into()),
        Stop::Campaign("campaign-1".into()),
        Stop::Everything,
    ] {
        let world = World::new().await;
        let other = Lease {
            id: "lease-2".into(),
            label: "other".into(),
            ..world.lease()
        };
        world.grants.put(other);
        let mut stopped = events(&world, "abc.porte.localhost").await;
        let mut socket = sockets::open(&world).await;
        let mut spared = events(&world, "other.porte.localhost").await;
        world.grants.stop(&stop, 1);
        ends(&mut stopped).await;
        ends(&mut socket).await;
        if matches!(stop, Stop::Lease(_)) {
            assert!(spared.read(&mut [0; 10]).await.unwrap() > 0);
        } else {
            ends(&mut spared).await;
        }
        let refused = world.get("/head", "").await;
        assert!(refused.contains("beffroi-refusal: stopped\r\n"), "{refused}");
        world.grants.put(world.lease());
        assert!(world.get("/head", "").await.starts_with("HTTP/1.1 200"));
        drop(spared);
        let (exchanges, _) = world.recorded().await;
        assert_eq!(exchanges[0].end.unwrap().1, Outcome::Stopped);
        assert_eq!(exchanges[1].end.unwrap().1, Outcome::Stopped);
    }
}

#[tokio::test]
async fn a_stop_ends_requests_on_http2_too() {
    let world = World::new().await;
    let stream = TokioIo::new(world.connect().await);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream)
        .await
        .unwrap();
    tokio::spawn(connection);
    let asked = |path: &str| {
        http::Request::get(format!("http://abc.porte.localhost{path}"))
            .header("beffroi-lease", sealing::token_text(TOKEN))
            .body(Empty::<Bytes>::new())
            .unwrap()
    };
    let mut events = sender.send_request(asked("/events")).await.unwrap().into_body();
    assert!(events.frame().await.unwrap().is_ok());
    let stuck = tokio::spawn(sender.send_request(asked("/stuck")));
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.grants.stop(&Stop::Everything, 1);
    let ended = tokio::time::timeout(Duration::from_secs(1), async {
        while let Some(Ok(_)) = events.frame().await {}
        assert_eq!(stuck.await.unwrap().unwrap().headers()["beffroi-refusal"], "stopped");
    });
    assert!(ended.await.is_ok(), "it goes on");
    let (exchanges, _) = world.recorded().await;
    assert_eq!(exchanges.len(), 2);
    assert!(
        exchanges
            .iter()
            .all(|exchange| exchange.end.unwrap().1 == Outcome::Stopped),
        "{exchanges:?}"
    );
}

#[tokio::test]
async fn a_lease_that_is_taken_back_ends() {
    let world = World::new().await;
    let mut stream = events(&world, "abc.porte.localhost").await;
    world.grants.remove("abc");
    ends(&mut stream).await;
    assert!(
        world
            .get("/head", "")
            .await
            .contains("beffroi-refusal: unknown-lease\r\n")
    );
}

#[tokio::test]
async fn a_gateway_ends_although_targets_keep_their_connections() {
    let world = World::new().await;
    assert!(world.get("/head", "").await.starts_with("HTTP/1.1 200"));
    let ended = tokio::time::timeout(Duration::from_secs(2), world.gateway_ends()).await;
    assert!(ended.is_ok(), "it waits for nobody");
}
