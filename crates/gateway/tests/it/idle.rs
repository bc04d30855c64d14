//! Many idle connections: bounded memory, and others are served.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::rig::{Make, Rig, asked};

/// Kibibytes that this process holds, this end of each connection included.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_thousand_idle_connections_weigh_little_and_others_are_served() {
    const CONNECTIONS: usize = 1000;
    let rig = Rig::make(Make {
        settings: |settings| settings.head = Duration::from_secs(120),
        ..Make::default()
    })
    .await;
    rig.change(|words| (words.leases[0].limits.rate, words.leases[0].limits.burst) = (100_000, 100_000));
    rig.opens().await;
    let before = resident();
    let mut idle = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(rig.address).await.unwrap();
        stream.write_all(asked("abc", "/head", "").as_bytes()).await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        idle.push(stream);
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 96 * 1024, "{grown} KiB");
    let start = Instant::now();
    for _ in 0..20 {
        assert!(rig.get("other", "/head").await.starts_with("HTTP/1.1 200"));
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    drop(idle);
}
