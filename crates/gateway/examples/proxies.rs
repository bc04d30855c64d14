//! The parts of the side-by-side measurement of `bench/side-by-side`: a target, the gateway, the disk.
#![expect(
    clippy::disallowed_methods,
    reason = "it assembles by itself what the binary assembles"
)]

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use gateway::{Campaign, Gateway, Grants, Lease, Limits, Settings, Target};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use recording::{Archive, Collector, Disk, Folder, Recorder};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["token"] => println!("{}", sealing::token_text(TOKEN)),
        ["disk", folder, mebibytes] => disk(folder, mebibytes.parse()?)?,
        ["read", folder] => read(folder)?,
        ["target", port] => run(target(port.parse()?))?,
        ["gateway", port, target, folder] => run(gateway_at(port.parse()?, target.parse()?, folder))?,
        _ => eprintln!("proxies token | disk FOLDER MIB | read FOLDER | target PORT | gateway PORT TARGET FOLDER"),
    }
    Ok(())
}

const TOKEN: [u8; 32] = [42; 32];

/// Everything on one thread: one core each is what is compared.
fn run(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// Says how many bytes a second the disk takes in one stream, synced at the end.
fn disk(folder: &str, mebibytes: usize) -> Result<(), Failure> {
    let path = std::path::Path::new(folder).join("sequential");
    let mut file = std::fs::File::create(&path)?;
    let block = noise(1 << 20);
    let start = Instant::now();
    for _ in 0..mebibytes {
        file.write_all(&block)?;
    }
    file.sync_data()?;
    println!("{:.1}", mebibytes as f64 / start.elapsed().as_secs_f64());
    Ok(std::fs::remove_file(path)?)
}

/// Bytes that do not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().finalize_xof().fill(&mut bytes);
    bytes
}

/// Answers `/same/N` always alike and `/differ/N` never twice alike, with N bytes that do not compress.
async fn target(port: u16) -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let noise = Bytes::from(noise(256 << 20));
    let next = Arc::new(AtomicUsize::new(0));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (noise, next) = (noise.clone(), Arc::clone(&next));
        let service = service_fn(move |request: Request<Incoming>| {
            let mut parts = request.uri().path().split('/').skip(1);
            let differ = parts.next() == Some("differ");
            let length: usize = parts.next().and_then(|text| text.parse().ok()).unwrap_or(0);
            // A step that no piece is a multiple of: bodies share no piece at the same place.
            let at = if differ {
                next.fetch_add(4099, Ordering::Relaxed) % (noise.len() - length)
            } else {
                0
            };
            let body = Full::new(noise.slice(at..at + length));
            async move { Ok::<_, Infallible>(Response::new(body)) }
        });
        tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_micros() as i64)
}

fn data_key() -> sealing::DataKey {
    sealing::DataKey::from_random(uuid::Uuid::from_u128(1), [1; 32])
}

/// The gateway as it would be, with one lease.
async fn gateway_at(port: u16, target: SocketAddr, folder: &str) -> Result<(), Failure> {
    let drawn = AtomicU64::new(now() as u64);
    let settings = recording::Settings {
        key: data_key().recording_secret().public(),
        content_key: data_key().recorded_content_key(),
        clock: Arc::new(now),
        chance: Arc::new(move |out| {
            let hash = blake3::hash(&drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            out.copy_from_slice(&hash.as_bytes()[..out.len()]);
        }),
        limits: recording::Limits::default(),
        known: None,
        on_closed: Box::new(|_| {}),
    };
    let (recorder, running) = Recorder::start(Arc::new(Folder::new(folder)?), settings)?;
    let grants = Arc::new(Grants::new());
    grants.confirm(i64::MAX);
    grants.put(Lease {
        id: "lease".into(),
        label: "abc".into(),
        credential: sealing::token_hash(&TOKEN),
        rules_accepted: true,
        suspended: false,
        limits: Limits {
            rate: u32::MAX,
            burst: u32::MAX,
            concurrent: u32::MAX,
            bytes: u64::MAX,
        },
        campaign: Campaign {
            id: "campaign".into(),
            opens: 0,
            closes: i64::MAX,
            paused: false,
            hours: None,
        },
        target: Arc::new(Target::new("target", "sha256:0", "www.mairie.example", target)),
        recorder,
    });
    let gateway = Gateway::new(Settings::new("porte.localhost", Arc::new(now)), grants);
    let stop = CancellationToken::new();
    let ended = stop.clone();
    tokio::spawn(async move {
        // Without the signal it is killed, which is fine too.
        let _ = tokio::signal::ctrl_c().await;
        ended.cancel();
    });
    gateway
        .serve(TcpListener::bind(("127.0.0.1", port)).await?, None, stop)
        .await?;
    running.stop();
    Ok(())
}

/// Reads everything back: how many exchanges, how many bytes, and whether the chain holds.
fn read(folder: &str) -> Result<(), Failure> {
    let folder: Arc<dyn Disk> = Arc::new(Folder::new(folder)?);
    let records = recording::records(&*folder)?;
    let findings = recording::verify(&*folder, &records)?;
    let mut archive = Archive::new(Arc::clone(&folder), data_key().recording_secret());
    let mut collector = Collector::new(10_000);
    let (mut exchanges, mut whole, mut bytes) = (0u64, 0u64, 0u64);
    let mut sample = Vec::new();
    for record in &records {
        archive.entries(record.sequence, |session, entry| {
            if let Some(exchange) = collector.take(session, entry) {
                exchanges += 1;
                whole += u64::from(exchange.end.is_some());
                bytes += exchange.response_body.length.unwrap_or(0);
                if exchanges % 1000 == 1 {
                    sample.push(exchange.response_body);
                }
            }
        })?;
    }
    for body in &sample {
        let copied = archive.copy(body, &mut std::io::sink())?;
        assert_eq!(Some(copied), body.length, "a body reads back whole");
    }
    let segments = records.len();
    let read = sample.len();
    println!(
        "{segments} segments, {exchanges} exchanges ({whole} ended), {bytes} bytes of answers, {read} read back, {findings:?}"
    );
    Ok(())
}
