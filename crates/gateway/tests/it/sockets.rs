//! WebSockets: bytes pass unchanged, messages are recorded.

use std::net::SocketAddr;

use recording::{Outcome, Side, Start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::world::{HOST, World, credential};

/// A connection that became a WebSocket.
pub async fn open(world: &World) -> TcpStream {
    open_at(world.address).await
}

pub async fn open_at(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = format!(
        "GET /socket HTTP/1.1\r\nhost: {HOST}\r\n{}connection: keep-alive, Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\
         sec-websocket-extensions: permessage-deflate\r\n\r\n",
        credential()
    );
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    assert!(
        head.starts_with("HTTP/1.1 101") && head.contains("sec-websocket-accept"),
        "{head}"
    );
    stream
}

#[tokio::test]
async fn messages_pass_both_ways_and_are_recorded() {
    let world = World::new().await;
    let mut stream = open(&world).await;
    // "hi", masked with the key 1 2 3 4.
    let frame = [0x81, 0x82, 1, 2, 3, 4, b'h' ^ 1, b'i' ^ 2];
    for _ in 0..2 {
        stream.write_all(&frame).await.unwrap();
        let mut back = [0; 8];
        stream.read_exact(&mut back).await.unwrap();
        assert_eq!(back, frame);
    }
    drop(stream);
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let (exchanges, mut body) = world.recorded().await;
    let exchange = &exchanges[0];
    assert_eq!(exchange.responses[0].1.start, Start::Status(101));
    let mut messages: Vec<_> = exchange
        .messages
        .iter()
        .map(|message| (message.side, message.opcode, body(&message.part)))
        .collect();
    messages.sort();
    assert_eq!(
        messages,
        [
            (Side::Client, 1, b"hi".to_vec()),
            (Side::Client, 1, b"hi".to_vec()),
            (Side::Target, 1, b"hi".to_vec()),
            (Side::Target, 1, b"hi".to_vec()),
        ]
    );
    assert_eq!(exchange.end.unwrap().1, Outcome::Complete);
}
