//! A gateway, a target, a recorder and a tool.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gateway::{Campaign, Door, Gateway, Grants, Lease, Limits, Refusal, Settings, Target};
use recording::{Archive, Collector, Folder, Part, Recorded, Recorder, Running};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::upstream;

pub const DOMAIN: &str = "porte.localhost";
pub const HOST: &str = "abc.porte.localhost";
pub const PUBLIC: &str = "www.mairie.example";
pub const TOKEN: [u8; 32] = [42; 32];

pub struct World {
    pub address: SocketAddr,
    pub target: SocketAddr,
    pub grants: Arc<Grants>,
    pub recorder: Recorder,
    pub refusals: Arc<Mutex<Vec<(String, Refusal)>>>,
    running: Option<Running>,
    folder: Arc<Folder>,
    _place: tempfile::TempDir,
    stop: CancellationToken,
    gateway_stop: CancellationToken,
    served: tokio::task::JoinHandle<()>,
}

pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64
}

/// A listener on a port that the system hands out to nobody by itself.
pub async fn listener() -> TcpListener {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        let port = 18_000 + (std::process::id() as u16 % 100) * 100 + NEXT.fetch_add(1, Ordering::Relaxed) % 100;
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await {
            return listener;
        }
    }
}

fn secret() -> sealing::RecordingSecret {
    sealing::DataKey::from_random(uuid::Uuid::from_u128(1), [1; 32]).recording_secret()
}

impl World {
    pub async fn new() -> Self {
        Self::with(recording::Limits::default(), |_| {}).await
    }

    pub async fn with(limits: recording::Limits, change: impl FnOnce(&mut Settings)) -> Self {
        Self::at(Door::Hosts, limits, change, None).await
    }

    /// A gateway for tools that take a proxy; what comes in their tunnels may speak TLS.
    pub async fn proxy(tls: gateway::Acceptor) -> Self {
        Self::at(Door::Proxy, recording::Limits::default(), |_| {}, Some(tls)).await
    }

    /// A gateway and a target that both speak TLS when an acceptor is given.
    pub async fn with_tls(
        limits: recording::Limits,
        change: impl FnOnce(&mut Settings),
        tls: Option<gateway::Acceptor>,
    ) -> Self {
        Self::at(Door::Hosts, limits, change, tls).await
    }

    async fn at(
        door: Door,
        limits: recording::Limits,
        change: impl FnOnce(&mut Settings),
        tls: Option<gateway::Acceptor>,
    ) -> Self {
        let stop = CancellationToken::new();
        let target = upstream::start(
            stop.clone(),
            tls.as_ref()
                .filter(|_| door == Door::Hosts)
                .map(|_| crate::tls::acceptor()),
        )
        .await;
        let place = tempfile::tempdir().unwrap();
        let folder = Arc::new(Folder::new(place.path()).unwrap());
        let drawn = AtomicU64::new(0);
        let (recorder, running) = Recorder::start(
            Arc::clone(&folder) as Arc<dyn recording::Disk>,
            recording::Settings {
                key: secret().public(),
                content_key: zeroize::Zeroizing::new([2; 32]),
                clock: Arc::new(now),
                chance: Arc::new(move |out| {
                    let hash = blake3::hash(&drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes());
                    out.copy_from_slice(&hash.as_bytes()[..out.len()]);
                }),
                limits,
                known: None,
                on_closed: Box::new(|_| {}),
            },
        )
        .unwrap();
        let grants = Arc::new(Grants::new());
        let refusals: Arc<Mutex<Vec<_>>> = Arc::default();
        let theirs = Arc::clone(&refusals);
        let mut settings = Settings::new(DOMAIN, Arc::new(now));
        settings.on_refusal = Box::new(move |lease, refusal| theirs.lock().unwrap().push((lease.id.clone(), refusal)));
        change(&mut settings);
        let gateway = Gateway::new(settings, Arc::clone(&grants));
        let listener = listener().await;
        let address = listener.local_addr().unwrap();
        let gateway_stop = stop.child_token();
        let until = gateway_stop.clone();
        let served = tokio::spawn(async move { gateway.serve_at(door, listener, tls, until).await.unwrap() });
        let world = Self {
            address,
            target,
            grants,
            recorder,
            refusals,
            running: Some(running),
            folder,
            _place: place,
            stop,
            gateway_stop,
            served,
        };
        world.grants.put(world.lease());
        world.grants.confirm(now());
        let (grants, until) = (Arc::clone(&world.grants), world.stop.clone());
        tokio::spawn(until.run_until_cancelled_owned(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(100)).await;
                grants.confirm(now());
            }
        }));
        world
    }

    pub fn lease(&self) -> Lease {
        Lease {
            id: "lease-1".into(),
            label: "abc".into(),
            credential: sealing::token_hash(&TOKEN),
            certificates: Vec::new(),
            rules_accepted: true,
            suspended: false,
            limits: Limits {
                burst: 100_000,
                ..Limits::default()
            },
            campaign: Campaign {
                id: "campaign-1".into(),
                opens: 0,
                closes: i64::MAX,
                paused: false,
                hours: None,
            },
            target: Arc::new(Target::new("target-1", "sha256:print", PUBLIC, self.target)),
            recorder: Some(self.recorder.clone()),
        }
    }

    pub fn change(&self, change: impl FnOnce(&mut Lease)) {
        let mut lease = self.lease();
        change(&mut lease);
        self.grants.put(lease);
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends bytes on a connection of its own and gives everything that comes back.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        // A connection that is cut gives what came before.
        let _ = tokio::time::timeout(Duration::from_secs(5), read)
            .await
            .expect("an answer that ends");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks with the credential of the lease.
    pub async fn get(&self, path: &str, more: &str) -> String {
        self.raw(request("GET", path, more, "").as_bytes()).await
    }

    /// Ends the gateway alone.
    pub async fn gateway_ends(self) {
        self.gateway_stop.cancel();
        self.served.await.unwrap();
    }

    /// Ends everything and reads what was recorded.
    pub async fn recorded(mut self) -> (Vec<Recorded>, impl FnMut(&Part) -> Vec<u8>) {
        self.stop.cancel();
        self.served.await.unwrap();
        let running = self.running.take().unwrap();
        tokio::task::spawn_blocking(|| running.stop()).await.unwrap();
        let mut archive = Archive::new(Arc::clone(&self.folder) as Arc<dyn recording::Disk>, secret());
        let mut collector = Collector::new(100);
        let mut exchanges = Vec::new();
        for record in recording::records(&*self.folder).unwrap() {
            let take = |session, entry| exchanges.extend(collector.take(session, entry));
            archive.entries(record.sequence, take).unwrap();
        }
        exchanges.extend(collector.rest());
        exchanges.sort_by_key(|exchange| exchange.id);
        let place = self._place;
        let body = move |part: &Part| {
            let _ = &place;
            let mut bytes = Vec::new();
            archive.copy(part, &mut bytes).unwrap();
            bytes
        };
        (exchanges, body)
    }
}

pub fn credential() -> String {
    format!("beffroi-lease: {}\r\n", sealing::token_text(TOKEN))
}

pub fn request(method: &str, path: &str, more: &str, body: &str) -> String {
    let credential = credential();
    let length = if body.is_empty() {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    format!("{method} {path} HTTP/1.1\r\nhost: {HOST}\r\n{credential}{length}{more}connection: close\r\n\r\n{body}")
}
