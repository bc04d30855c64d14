//! Tools that send what they should not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gateway::Target;
use recording::Outcome;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::world::{HOST, PUBLIC, World, credential, listener, request};

#[tokio::test]
async fn what_two_readers_would_cut_in_two_ways_does_not_pass() {
    let world = World::with(recording::Limits::default(), |settings| {
        settings.head = Duration::from_secs(1)
    })
    .await;
    let credential = credential();
    let smuggled = [
        format!(
            "POST /echo HTTP/1.1\r\nhost: {HOST}\r\n{credential}content-length: 5\r\ncontent-length: 6\r\n\r\nhello!"
        ),
        format!("POST /echo HTTP/1.1\r\nhost: {HOST}\r\n{credential}transfer-encoding: chunked, identity\r\n\r\nx"),
        format!(
            "POST /echo HTTP/1.1\r\nhost: {HOST}\r\n{credential}transfer-encoding: chunked\r\n\r\nzz\r\nnonsense\r\n"
        ),
        format!("GET /head HTTP/1.1\r\nhost: {HOST}\r\nhost: other\r\n{credential}connection: close\r\n\r\n"),
        format!("GET /head HTTP/1.1\r\nhost: {HOST}\r\n{credential}x : y\r\n\r\n"),
        format!("GET /head HTTP/1.1\r\nhost: {HOST}\r\n{credential}x: a\r\n folded\r\n\r\n"),
        format!("CONNECT {HOST}:80 HTTP/1.1\r\nhost: {HOST}\r\n{credential}\r\n"),
    ];
    // RFC 9112 §6.1 lets the chunks count, with the connection closed behind them.
    let both = format!(
        "POST /echo HTTP/1.1\r\nhost: {HOST}\r\n{credential}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n\
         0\r\n\r\nGET /head HTTP/1.1\r\nhost: {HOST}\r\n{credential}\r\n"
    );
    assert_eq!(world.raw(both.as_bytes()).await.matches("HTTP/1.1 ").count(), 1);
    for bytes in smuggled {
        let answer = world.raw(bytes.as_bytes()).await;
        let first = answer.lines().next().unwrap_or_default();
        assert!(
            !first.contains("200") && !answer.contains("host: www.mairie.example"),
            "{bytes:?}: {answer}"
        );
    }
    assert!(world.get("/head", "").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn endless_heads_are_cut() {
    let world = World::new().await;
    let mut stream = world.connect().await;
    stream
        .write_all(format!("GET / HTTP/1.1\r\nhost: {HOST}\r\n").as_bytes())
        .await
        .unwrap();
    let line = format!("x: {}\r\n", "y".repeat(1000));
    let mut sent = 0;
    while sent < 4 << 20 && stream.write_all(line.as_bytes()).await.is_ok() {
        sent += line.len();
    }
    assert!(sent < 4 << 20, "the gateway stops reading");
}

#[tokio::test]
async fn slow_heads_and_slow_bodies_are_cut() {
    let world = World::with(recording::Limits::default(), |settings| {
        settings.head = Duration::from_millis(200);
        settings.silence = Duration::from_millis(200);
    })
    .await;
    let whole = request("POST", "/echo", "", "a body that never comes to its end");
    for sent in ["GET / HTT".to_owned(), whole[..whole.len() - 5].to_owned()] {
        let start = Instant::now();
        let mut stream = world.connect().await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer))
            .await
            .unwrap();
        assert!(start.elapsed() < Duration::from_secs(3), "{sent:?}");
        assert!(!answer.starts_with(b"HTTP/1.1 200"));
    }
}

#[tokio::test]
async fn too_many_connections_are_refused_and_others_are_served() {
    let world = World::with(recording::Limits::default(), |settings| settings.connections = 10).await;
    let mut idle = Vec::new();
    for _ in 0..10 {
        idle.push(world.connect().await);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let refused = world.raw(b"").await;
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    idle.clear();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(world.get("/head", "").await.starts_with("HTTP/1.1 200"));
}

/// A target that answers each connection with the same bytes, over and over when it is endless.
async fn rude_target(answer: &'static [u8], endless: bool) -> SocketAddr {
    let listener = listener().await;
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).await;
            while stream.write_all(answer).await.is_ok() && endless {}
        }
    });
    address
}

#[tokio::test]
async fn a_target_that_talks_nonsense_is_refused_and_others_go_on() {
    let world = World::new().await;
    let rude: [(&[u8], bool); 4] = [
        (b"HTTP/1.1 200 OK\r\nx: y\r\n", false),
        (b"x: an endless head\r\n", true),
        (b"nonsense\r\n\r\n", false),
        (
            b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n",
            false,
        ),
    ];
    for (answer, endless) in rude {
        let address = rude_target(answer, endless).await;
        world.change(|lease| lease.target = Arc::new(Target::new("rude", "print", PUBLIC, address)));
        let refused = world.get("/", "").await;
        assert!(
            refused.contains("beffroi-refusal: target-unreachable\r\n"),
            "{answer:?}: {refused}"
        );
    }
    world.grants.put(world.lease());
    assert!(world.get("/head", "").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_answer_that_stops_in_the_middle_is_cut_and_recorded_as_such() {
    let world = World::new().await;
    let address = rude_target(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", false).await;
    world.change(|lease| lease.target = Arc::new(Target::new("rude", "print", PUBLIC, address)));
    let answer = world.get("/", "").await;
    assert!(!answer.contains("beffroi-refusal"), "{answer}");
    let (exchanges, mut body) = world.recorded().await;
    assert_eq!(body(&exchanges[0].response_body), b"half");
    assert!(!exchanges[0].response_body.complete);
    assert_eq!(exchanges[0].end.unwrap().1, Outcome::TargetGone);
}
