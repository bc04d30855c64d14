//! A running gateway, linked to a platform that a test decides for, and a target.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gateway::link::{
    CampaignWord, ContentKey, Dial, Failure, LeaseWord, Platform, PublicKey, Pushes, Refused, Secret, Server, Socket,
    SocketDoor, State, TargetWord, Upstream, Words, in_memory, serve,
};
use gateway::{Doors, Limits, Resolve, Run, Scope, Settings, run};
use recording::SegmentRecord;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::upstream;
use crate::world::{DOMAIN, PUBLIC, TOKEN, credential, listener, now};

pub const SECRET: [u8; 32] = [11; 32];

/// A platform that says what a test lets it say, and remembers what it was told.
#[derive(Default)]
pub struct Says {
    pub words: Mutex<Words>,
    pub mute: AtomicBool,
    /// How many milliseconds pass before words that were read are said.
    pub slow: AtomicU64,
    /// Takes no segment, this many times.
    pub fails: AtomicU64,
    /// Takes segments, and never acknowledges them.
    pub hangs: AtomicBool,
    pub segments: Mutex<Vec<(String, SegmentRecord)>>,
    pub refused: Mutex<Vec<Refused>>,
    pub states: Mutex<Vec<State>>,
}

#[async_trait::async_trait]
impl Platform for Says {
    async fn words(&self) -> Result<Arc<Words>, Failure> {
        if self.mute.load(Ordering::SeqCst) {
            return Err(Failure("no database".into()));
        }
        let words = Arc::new(self.words.lock().unwrap().clone());
        tokio::time::sleep(Duration::from_millis(self.slow.load(Ordering::SeqCst))).await;
        Ok(words)
    }

    async fn closed(&self, campaign: &str, record: &SegmentRecord) -> Result<(), Failure> {
        if self
            .fails
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok()
        {
            return Err(Failure("the database is away".into()));
        }
        self.segments.lock().unwrap().push((campaign.into(), record.clone()));
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn refused(&self, refused: &Refused) -> Result<(), Failure> {
        self.refused.lock().unwrap().push(refused.clone());
        Ok(())
    }

    async fn state(&self, state: &State) -> Result<(), Failure> {
        self.states.lock().unwrap().push(state.clone());
        Ok(())
    }
}

/// Names as a test gives them.
#[derive(Default)]
pub struct Names(pub HashMap<&'static str, IpAddr>);

#[async_trait::async_trait]
impl Resolve for Names {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let found = self.0.get(host).copied().ok_or(io::ErrorKind::NotFound)?;
        Ok(vec![found])
    }
}

pub struct Rig {
    pub says: Arc<Says>,
    pub pushes: Pushes,
    pub address: SocketAddr,
    pub by_tls: SocketAddr,
    pub proxy: SocketAddr,
    pub target: SocketAddr,
    pub place: Arc<tempfile::TempDir>,
    pub stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
    platform: CancellationToken,
    _target: tokio_util::sync::DropGuard,
}

/// How a test makes a rig.
pub struct Make {
    pub secret: [u8; 32],
    pub memory: bool,
    /// Whether the first words say nothing.
    pub empty: bool,
    pub names: Names,
    pub linger: Duration,
    pub place: Option<Arc<tempfile::TempDir>>,
    pub settings: fn(&mut Settings),
}

impl Default for Make {
    fn default() -> Self {
        Self {
            secret: SECRET,
            memory: false,
            empty: false,
            names: Names::default(),
            linger: Duration::from_secs(60),
            place: None,
            settings: |_| {},
        }
    }
}

pub fn chance() -> recording::Chance {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    Arc::new(|out| {
        let seed = [now() as u64, DRAWN.fetch_add(1, Ordering::Relaxed)]
            .map(u64::to_be_bytes)
            .concat();
        out.copy_from_slice(&blake3::hash(&seed).as_bytes()[..out.len()]);
    })
}

pub fn socket(place: &Path) -> PathBuf {
    place.join("link").join("gateway.socket")
}

/// The platform's side on a socket, until it is cancelled.
pub fn platform(says: &Arc<Says>, pushes: &Pushes, place: &Path) -> CancellationToken {
    let stop = CancellationToken::new();
    let door = SocketDoor::bind(socket(place)).unwrap();
    tokio::spawn(serve(server(says, pushes), door, stop.clone()));
    stop
}

/// What a gateway runs with, without doors.
pub fn run_with(place: &Path, dial: Arc<dyn Dial>) -> Run {
    Run {
        settings: Settings::new(DOMAIN, Arc::new(now)),
        doors: Doors::default(),
        folder: place.join("recordings"),
        recording: recording::Limits {
            segment_age: Duration::from_millis(300),
            ..recording::Limits::default()
        },
        linger: Duration::from_secs(60),
        dial,
        secret: Secret::new(SECRET),
        chance: chance(),
        version: "0.1.0".into(),
        upstream_tls: crate::tls::client_config(b"http/1.1"),
        resolve: Arc::new(Names::default()),
    }
}

/// All doors, with the certificate that tools of these tests know.
fn all([plain, tls, proxy]: [tokio::net::TcpListener; 3]) -> Doors {
    Doors {
        plain: Some(plain),
        tls: Some(tls),
        proxy: Some(proxy),
        certificates: Some(crate::tls::certificates()),
    }
}

fn server(says: &Arc<Says>, pushes: &Pushes) -> Server {
    Server {
        secret: Secret::new(SECRET),
        platform: Arc::clone(says) as Arc<dyn Platform>,
        pushes: pushes.clone(),
        chance: chance(),
    }
}

impl Rig {
    pub async fn new() -> Self {
        Self::make(Make::default()).await
    }

    /// A gateway with two leases to one target, and words already.
    pub async fn make(make: Make) -> Self {
        let target_stop = CancellationToken::new();
        let target = upstream::start(target_stop.clone(), None).await;
        let says = Arc::new(Says::default());
        if !make.empty {
            *says.words.lock().unwrap() = words(target);
        }
        Self::with(make, says, target, target_stop).await
    }

    async fn with(make: Make, says: Arc<Says>, target: SocketAddr, target_stop: CancellationToken) -> Self {
        let place = make.place.unwrap_or_else(|| Arc::new(tempfile::tempdir().unwrap()));
        let pushes = Pushes::new();
        let (dial, platform): (Arc<dyn Dial>, _) = if make.memory {
            let (near, far) = in_memory();
            let stop = CancellationToken::new();
            tokio::spawn(serve(server(&says, &pushes), far, stop.clone()));
            (Arc::new(near), stop)
        } else {
            (
                Arc::new(Socket::new(socket(place.path()))),
                platform(&says, &pushes, place.path()),
            )
        };
        let doors = [listener().await, listener().await, listener().await];
        let [address, by_tls, proxy] = doors.each_ref().map(|door| door.local_addr().unwrap());
        let mut run_with = run_with(place.path(), dial);
        (make.settings)(&mut run_with.settings);
        run_with.doors = all(doors);
        run_with.linger = make.linger;
        run_with.secret = Secret::new(make.secret);
        run_with.resolve = Arc::new(make.names);
        let stop = CancellationToken::new();
        let until = stop.clone();
        let running = tokio::spawn(async move { run(run_with, until).await.unwrap() });
        Self {
            says,
            pushes,
            address,
            by_tls,
            proxy,
            target,
            place,
            stop,
            running,
            platform,
            _target: target_stop.drop_guard(),
        }
    }

    /// Changes the words, and pushes that they changed.
    pub fn change(&self, change: impl FnOnce(&mut Words)) {
        {
            let mut words = self.says.words.lock().unwrap();
            change(&mut words);
            words.version += 1;
        }
        self.pushes.look_again();
    }

    /// Ends the platform's side as a crash does.
    pub async fn platform_dies(&self) {
        self.platform.cancel();
        let gone = || !socket(self.place.path()).exists();
        eventually("the platform is gone", gone).await;
    }

    pub fn platform_comes(&mut self) {
        self.platform = platform(&self.says, &self.pushes, self.place.path());
    }

    pub async fn ends(self) -> (Arc<Says>, Arc<tempfile::TempDir>) {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(10), self.running)
            .await
            .expect("it ends")
            .unwrap();
        self.platform.cancel();
        let gone = || !socket(self.place.path()).exists();
        eventually("the platform is gone", gone).await;
        (self.says, self.place)
    }

    pub fn folder(&self) -> recording::Folder {
        recording::Folder::new(self.place.path().join("recordings/campaigns/campaign-1")).unwrap()
    }

    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        // A connection that is cut gives what came before.
        let _ = tokio::time::timeout(Duration::from_secs(5), read)
            .await
            .expect("an answer that ends");
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub async fn get(&self, label: &str, path: &str) -> String {
        let asked = asked(label, path, "connection: close\r\n");
        self.raw(asked.as_bytes()).await
    }

    /// Waits until a request passes.
    pub async fn opens(&self) {
        self.answers("abc", "HTTP/1.1 200").await;
    }

    /// Waits until an answer contains a text.
    pub async fn answers(&self, label: &str, expected: &str) {
        let start = Instant::now();
        loop {
            let answer = self.get(label, "/head").await;
            if answer.contains(expected) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "{expected}: {answer}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Opens a stream of events and reads the first.
    pub async fn events(&self, label: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(asked(label, "/events", "").as_bytes()).await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"data: 0\n\n\r\n") {
            seen.push(
                stream
                    .read_u8()
                    .await
                    .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&seen))),
            );
        }
        stream
    }
}

pub fn asked(label: &str, path: &str, more: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: {label}.{DOMAIN}\r\n{}{more}\r\n",
        credential()
    )
}

/// Waits for something that comes soon.
pub async fn eventually(what: &str, is: impl Fn() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < Duration::from_secs(10), "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Reads until the stream ends, and gives how long that took.
pub async fn ends(stream: &mut TcpStream) -> Duration {
    let start = Instant::now();
    let mut buffer = [0; 1000];
    while !matches!(stream.read(&mut buffer).await, Ok(0) | Err(_)) {
        assert!(start.elapsed() < Duration::from_secs(10), "it goes on");
    }
    start.elapsed()
}

pub fn secret() -> sealing::RecordingSecret {
    sealing::DataKey::from_random(uuid::Uuid::from_u128(1), [1; 32]).recording_secret()
}

pub fn words(target: SocketAddr) -> Words {
    let key = secret().public();
    let lease = |number: u8, label: &str| LeaseWord {
        id: format!("lease-{number}"),
        label: label.into(),
        credential_hash: sealing::token_hash(&TOKEN),
        certificates: Vec::new(),
        rules_accepted: true,
        suspended: false,
        limits: Limits::default(),
        campaign: "campaign-1".into(),
        target: "target-1".into(),
    };
    Words {
        version: 1,
        campaigns: vec![CampaignWord {
            id: "campaign-1".into(),
            opens: 0,
            closes: i64::MAX,
            paused: false,
            hours: None,
            recording_key: PublicKey {
                data_key: key.data_key(),
                point: key.to_bytes(),
            },
            content_key: ContentKey::new(zeroize::Zeroizing::new([2; 32])),
            known: None,
            room: u64::MAX,
        }],
        targets: vec![TargetWord {
            id: "target-1".into(),
            fingerprint: "sha256:print".into(),
            public_host: PUBLIC.into(),
            public_https: true,
            upstream: Upstream::Address(target),
            healthy: true,
            scope: Scope::default(),
        }],
        leases: vec![lease(1, "abc"), lease(2, "other")],
    }
}
