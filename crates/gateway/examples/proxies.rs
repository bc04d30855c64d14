//! The parts of the side-by-side measurement of `bench/side-by-side`: a target, the gateway, the disk.
#![expect(
    clippy::disallowed_methods,
    reason = "it assembles by itself what the binary assembles"
)]

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use gateway::{Campaign, Gateway, Grants, Lease, Limits, Settings, Target};
use http::{Request, Response};
use http_body_util::{Either, Full};
use hyper::body::{Body, Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use recording::{Archive, Collector, Disk, Folder, Recorder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

type Failure = Box<dyn std::error::Error>;

/// As the program that is installed has it (decision 40).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["token"] => println!("{}", sealing::token_text(TOKEN)),
        ["disk", folder, mebibytes] => disk(folder, mebibytes.parse()?)?,
        ["read", folder] => read(folder)?,
        ["target", port] => run(target(port.parse()?))?,
        ["gateway", port, target, folder] => run(gateway_at(port.parse()?, target.parse()?, folder))?,
        ["hold", port, connections, seconds] => run(hold(port.parse()?, connections.parse()?, seconds.parse()?))?,
        ["idle", port, connections, seconds] => run(idle(port.parse()?, connections.parse()?, seconds.parse()?))?,
        _ => eprintln!(
            "proxies token | disk FOLDER MIB | read FOLDER | target PORT | gateway PORT TARGET FOLDER | \
             hold PORT CONNECTIONS SECONDS | idle PORT CONNECTIONS SECONDS"
        ),
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
            let body = pieces(noise.clone(), at, length);
            async move { Ok::<_, Infallible>(body) }
        });
        tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// An answer of so many bytes: at once when they are there, else in pieces that repeat.
fn pieces(noise: Bytes, at: usize, length: usize) -> Response<Either<Full<Bytes>, Pieces>> {
    if at + length <= noise.len() {
        return Response::new(Either::Left(Full::new(noise.slice(at..at + length))));
    }
    Response::new(Either::Right(Pieces { noise, left: length }))
}

/// A long body.
struct Pieces {
    noise: Bytes,
    left: usize,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.left.min(1 << 20);
        if length == 0 {
            return Poll::Ready(None);
        }
        // From another place each time, so that pieces do not all repeat.
        let at = self.left / 3 % (self.noise.len() - length);
        self.left -= length;
        Poll::Ready(Some(Ok(Frame::data(self.noise.slice(at..at + length)))))
    }
}

/// Opens connections that each ask for 1 GiB and read it slowly, and reads 1 GiB at full speed beside them.
async fn hold(port: u16, connections: usize, seconds: u64) -> Result<(), Failure> {
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut slow = tokio::task::JoinSet::new();
    for _ in 0..connections {
        slow.spawn(async move { download(port, Some(end)).await.unwrap_or(0) });
    }
    let start = Instant::now();
    let fast = download(port, None).await?;
    println!(
        "1 GiB beside {connections} others: {fast} bytes in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    let read = slow.join_all().await;
    println!(
        "the others read {} MiB in {seconds} s",
        read.iter().sum::<usize>() >> 20
    );
    Ok(())
}

/// Asks for 1 GiB, and reads it all, or a little now and then until an instant.
/// Opens connections that each ask once and then stay idle, and tells how long others wait meanwhile.
async fn idle(port: u16, connections: usize, seconds: u64) -> Result<(), Failure> {
    let alone = waits(port, 200).await?;
    let mut held = Vec::with_capacity(connections);
    let start = Instant::now();
    for _ in 0..connections {
        held.push(ask(port, "").await?);
    }
    println!(
        "{connections} idle connections after {:.1} s",
        start.elapsed().as_secs_f64()
    );
    let beside = waits(port, 200).await?;
    for (what, [half, most]) in [("alone", alone), ("beside them", beside)] {
        println!("a request {what}: p50 {half:?}, p99 {most:?}");
    }
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let mut left = 0;
    for stream in &held {
        // One that the gateway closed reads its end; one that stands has nothing to read.
        left += usize::from(
            stream
                .try_read(&mut [0; 1])
                .is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock),
        );
    }
    println!("{left} stand after {seconds} s more");
    Ok(())
}

/// How long requests wait, each on a connection of its own: the median and the 99th in a hundred.
async fn waits(port: u16, requests: usize) -> Result<[Duration; 2], Failure> {
    let mut waits = Vec::with_capacity(requests);
    for _ in 0..requests {
        let start = Instant::now();
        ask(port, "Connection: close\r\n").await?;
        waits.push(start.elapsed());
    }
    waits.sort_unstable();
    Ok([waits[requests / 2], waits[requests * 99 / 100]])
}

/// Asks for one byte, and gives the connection once it came.
async fn ask(port: u16, more: &str) -> Result<TcpStream, Failure> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let token = sealing::token_text(TOKEN);
    let asked = format!("GET /same/1 HTTP/1.1\r\nHost: abc.porte.localhost\r\nBeffroi-Lease: {token}\r\n{more}\r\n");
    stream.write_all(asked.as_bytes()).await?;
    let mut seen = Vec::new();
    while !seen.windows(4).any(|end| end == b"\r\n\r\n") || seen.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut seen).await? == 0 {
            return Err("the gateway closed".into());
        }
    }
    if seen.starts_with(b"HTTP/1.1 200") {
        Ok(stream)
    } else {
        Err(String::from_utf8_lossy(&seen).into())
    }
}

async fn download(port: u16, until: Option<Instant>) -> std::io::Result<usize> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let token = sealing::token_text(TOKEN);
    let asked = format!(
        "GET /differ/1073741824 HTTP/1.1\r\nHost: abc.porte.localhost\r\nBeffroi-Lease: {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(asked.as_bytes()).await?;
    let (mut buffer, mut total) = (vec![0; 64 * 1024], 0);
    while until.is_none_or(|until| Instant::now() < until) {
        match stream.read(&mut buffer).await? {
            0 => break,
            read => total += read,
        }
        if until.is_some() {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
    Ok(total)
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
    let always = Arc::clone(&grants);
    tokio::spawn(async move {
        loop {
            always.confirm(now());
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    });
    grants.put(Lease {
        id: "lease".into(),
        label: "abc".into(),
        credential: sealing::token_hash(&TOKEN),
        certificates: Vec::new(),
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
        recorder: Some(recorder),
    });
    let mut settings = Settings::new("porte.localhost", Arc::new(now));
    // So many, and so long, that idle connections can be measured.
    (settings.connections, settings.head) = (20_000, Duration::from_secs(300));
    let gateway = Gateway::new(settings, grants);
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
                // Without a length, its end was not reached: the tool left before the answer began.
                if exchanges % 100 == 1 && exchange.response_body.length.is_some() {
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
