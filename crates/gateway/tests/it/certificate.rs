//! Certificates of tools as a credential: asked for where a lease knows one, proven, compared, taken back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use gateway::{Lease, Refusal, Stop};
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::ResolvesClientCert;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, HandshakeKind, RootCertStore, SignatureScheme, SupportedProtocolVersion};

use crate::refusing::scoped;
use crate::rig::{Rig, ends, eventually};
use crate::tls::{certificate, door};
use crate::tunnel::{proxy_credential, tunnel_at, within};
use crate::world::{HOST, TOKEN, World};

const OURS: [&[u8]; 2] = [include_bytes!("data/client.pem"), include_bytes!("data/client-key.pem")];
const STRANGERS: [&[u8]; 2] = [
    include_bytes!("data/stranger.pem"),
    include_bytes!("data/stranger-key.pem"),
];

/// What a test changes of a lease.
type Change = fn(&mut Lease);

/// A tool with a certificate, which counts how often it was asked for one.
#[derive(Debug)]
struct Tool {
    shows: Arc<CertifiedKey>,
    asked: AtomicUsize,
}

impl Tool {
    fn new([chain, key]: [&[u8]; 2]) -> Arc<Self> {
        let chain = vec![CertificateDer::from_pem_slice(chain).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(key).unwrap();
        let key = ring::sign::any_supported_type(&key).unwrap();
        Arc::new(Self {
            shows: Arc::new(CertifiedKey::new(chain, key)),
            asked: AtomicUsize::new(0),
        })
    }

    fn fingerprint(&self) -> [u8; 32] {
        sealing::content_digest(&self.shows.cert[0])
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn connector(self: &Arc<Self>, version: &'static SupportedProtocolVersion, speaks: &[u8]) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(certificate()).unwrap();
        let config = ClientConfig::builder_with_protocol_versions(&[version]).with_root_certificates(roots);
        let mut config = config.with_client_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesClientCert>);
        config.alpn_protocols = vec![speaks.to_vec()];
        TlsConnector::from(Arc::new(config))
    }
}

impl ResolvesClientCert for Tool {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Some(Arc::clone(&self.shows))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

async fn connect(connector: &TlsConnector, stream: TcpStream, host: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from(host.to_owned()).unwrap();
    connector.connect(name, stream).await
}

async fn get(world: &World, connector: &TlsConnector, host: &str) -> (HandshakeKind, String) {
    let stream = connect(connector, world.connect().await, host).await.unwrap();
    // The state of a session that can be taken up again comes with the answer.
    let kind = stream.get_ref().1.handshake_kind().unwrap();
    (kind, within(stream, host).await)
}

async fn world() -> World {
    World::with_tls(recording::Limits::default(), |_| {}, Some(door())).await
}

/// Lets certificates open the lease of a world; its target speaks no TLS here.
fn know(world: &World, tools: &[&Arc<Tool>], change: impl FnOnce(&mut Lease)) {
    world.change(|lease| {
        lease.certificates = tools.iter().map(|tool| tool.fingerprint()).collect();
        change(lease);
    });
}

fn refused(answer: &str, refusal: Refusal) {
    let expected = format!("beffroi-refusal: {}\r\n", refusal.key());
    assert!(answer.contains(&expected), "{refusal:?}: {answer}");
}

#[tokio::test]
async fn a_known_certificate_opens_its_lease_and_never_reaches_the_target() {
    let rig = Rig::new().await;
    rig.opens().await;
    let (ours, strangers) = (Tool::new(OURS), Tool::new(STRANGERS));
    let known = ours.fingerprint();
    rig.change(|words| words.leases[0].certificates = vec![gateway::link::Fingerprint(known)]);
    let ask = async |tool: &Arc<Tool>, version, host: &str| {
        let stream = TcpStream::connect(rig.by_tls).await.unwrap();
        let stream = connect(&tool.connector(version, b"http/1.1"), stream, host).await;
        within(stream.unwrap(), host).await
    };
    let start = std::time::Instant::now();
    while !ask(&ours, &TLS13, HOST).await.starts_with("HTTP/1.1 200") {
        assert!(start.elapsed().as_secs() < 10, "the words do not come");
    }
    for version in [&TLS12, &TLS13] {
        let before = ours.asked();
        let answer = ask(&ours, version, HOST).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert_eq!(ours.asked(), before + 1);
        let lowered = answer.to_ascii_lowercase();
        for trace in ["cert", "ssl", "x-client", "forwarded-for", "authorization", "beffroi"] {
            assert!(!lowered.contains(trace), "{trace}: {answer}");
        }
        refused(&ask(&strangers, version, HOST).await, Refusal::WrongCredential);
        // The other lease knows none: nobody is asked to choose one there.
        let before = ours.asked();
        let answer = ask(&ours, version, "other.porte.localhost").await;
        refused(&answer, Refusal::NoCredential);
        assert_eq!(ours.asked(), before);
    }
    let (says, _place) = rig.ends().await;
    let told = says.refused.lock().unwrap();
    let told: Vec<_> = told.iter().map(|one| (one.lease.as_str(), one.kind.as_str())).collect();
    for refused in [("lease-1", "wrong-credential"), ("lease-2", "no-credential")] {
        assert!(told.contains(&refused), "{refused:?}: {told:?}");
    }
}

#[tokio::test]
async fn it_counts_on_http_2_and_beside_a_token() {
    let world = world().await;
    let ours = Tool::new(OURS);
    know(&world, &[&ours], |_| {});
    let stream = connect(&ours.connector(&TLS13, b"h2"), world.connect().await, HOST)
        .await
        .unwrap();
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.unwrap();
    tokio::spawn(connection);
    let mut ask = async |more: Option<&str>| {
        let request = Request::get(format!("https://{HOST}/head"));
        let request = match more {
            Some(token) => request.header("beffroi-lease", token),
            None => request,
        };
        let answer = sender
            .send_request(request.body(Empty::<Bytes>::new()).unwrap())
            .await
            .unwrap();
        let refusal = answer
            .headers()
            .get("beffroi-refusal")
            .map(|key| key.to_str().unwrap().to_owned());
        drop(answer.into_body().collect().await);
        refusal
    };
    // This target speaks TLS, and is asked without: what was admitted finds it so.
    let admitted = Some("target-unreachable".to_owned());
    assert_eq!(ask(None).await, admitted);
    assert_eq!(
        ask(Some("an old token")).await,
        admitted,
        "one credential that holds is enough"
    );
    know(&world, &[], |_| {});
    assert_eq!(ask(None).await, Some("wrong-credential".to_owned()));
    assert_eq!(ask(Some(&sealing::token_text(TOKEN))).await, admitted);
}

#[tokio::test]
async fn who_shows_one_meets_the_same_refusals() {
    let world = world().await;
    let ours = Tool::new(OURS);
    let connector = ours.connector(&TLS13, b"http/1.1");
    let table: [(Change, Refusal); 5] = [
        (|lease| lease.campaign.paused = true, Refusal::Paused),
        (|lease| lease.rules_accepted = false, Refusal::RulesNotAccepted),
        (|lease| lease.suspended = true, Refusal::Suspended),
        (|lease| lease.target = scoped(lease, &["/app"]), Refusal::PathOutOfScope),
        (|lease| lease.limits.bytes = 0, Refusal::TooMuch),
    ];
    for (change, refusal) in table {
        know(&world, &[&ours], change);
        refused(&get(&world, &connector, HOST).await.1, refusal);
    }
    know(&world, &[&ours], |lease| {
        (lease.limits.rate, lease.limits.burst) = (1, 1)
    });
    get(&world, &connector, HOST).await;
    refused(&get(&world, &connector, HOST).await.1, Refusal::TooFast(1));
    know(&world, &[&ours], |_| {});
    world.grants.stop(&Stop::Lease("lease-1".into()), 1);
    refused(&get(&world, &connector, HOST).await.1, Refusal::Stopped);
    let stranger = Tool::new(STRANGERS).connector(&TLS13, b"http/1.1");
    // Only who may know of a stop learns of it.
    refused(&get(&world, &stranger, HOST).await.1, Refusal::WrongCredential);
    let told = world.refusals.lock().unwrap().clone();
    assert!(told.contains(&("lease-1".to_owned(), Refusal::Paused)), "{told:?}");
}

#[tokio::test]
async fn a_session_that_is_taken_up_again_opens_no_more_than_the_lease_knows() {
    let world = world().await;
    let ours = Tool::new(OURS);
    know(&world, &[&ours], |_| {});
    for version in [&TLS12, &TLS13] {
        know(&world, &[&ours], |_| {});
        let connector = ours.connector(version, b"http/1.1");
        refused(&get(&world, &connector, HOST).await.1, Refusal::TargetUnreachable);
        let (kind, answer) = get(&world, &connector, HOST).await;
        assert_eq!(kind, HandshakeKind::Resumed);
        refused(&answer, Refusal::TargetUnreachable);
        know(&world, &[&Tool::new(STRANGERS)], |_| {});
        let (kind, answer) = get(&world, &connector, HOST).await;
        assert_eq!(kind, HandshakeKind::Resumed);
        refused(&answer, Refusal::WrongCredential);
    }
}

#[tokio::test]
async fn who_has_the_certificate_and_not_its_key_gets_nowhere() {
    let world = world().await;
    let ours = Tool::new(OURS);
    know(&world, &[&ours], |_| {});
    for version in [&TLS12, &TLS13] {
        let thief = Tool::new([OURS[0], STRANGERS[1]]).connector(version, b"http/1.1");
        let connected = connect(&thief, world.connect().await, HOST).await;
        // By TLS 1.3 a tool has sent all before it learns that it is refused (RFC 8446 §4.4.2.4).
        if let Ok(mut stream) = connected {
            let asked = format!("GET /head HTTP/1.1\r\nhost: {HOST}\r\n\r\n");
            let _ = stream.write_all(asked.as_bytes()).await;
            let mut answer = Vec::new();
            assert!(stream.read_to_end(&mut answer).await.is_err());
            assert!(answer.is_empty());
        }
    }
    let (exchanges, _) = world.recorded().await;
    assert!(exchanges.is_empty());
}

#[tokio::test]
async fn one_that_is_taken_back_ends_what_is_under_way() {
    let rig = Rig::new().await;
    rig.opens().await;
    let ours = Tool::new(OURS);
    let known = gateway::link::Fingerprint(ours.fingerprint());
    rig.change(|words| words.leases[0].certificates = vec![known]);
    let connector = ours.connector(&TLS13, b"http/1.1");
    let mut open = loop {
        let stream = TcpStream::connect(rig.by_tls).await.unwrap();
        let mut stream = connect(&connector, stream, HOST).await.unwrap();
        let asked = format!("GET /events HTTP/1.1\r\nhost: {HOST}\r\n\r\n");
        stream.write_all(asked.as_bytes()).await.unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).await.unwrap();
        if head.ends_with(b"200") {
            break stream;
        }
    };
    let mut by_token = rig.events("other").await;
    let others = gateway::link::Fingerprint(Tool::new(STRANGERS).fingerprint());
    rig.change(|words| words.leases[0].certificates = vec![others]);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        let mut buffer = [0; 1000];
        while !matches!(open.read(&mut buffer).await, Ok(0) | Err(_)) {}
    });
    assert!(ended.await.is_ok(), "it goes on");
    let stream = TcpStream::connect(rig.by_tls).await.unwrap();
    let stream = connect(&connector, stream, HOST).await.unwrap();
    refused(&within(stream, HOST).await, Refusal::WrongCredential);
    let mut buffer = [0; 1000];
    assert!(by_token.read(&mut buffer).await.unwrap() > 0, "the other lease goes on");
    rig.stop.cancel();
    ends(&mut by_token).await;
    eventually("refusals are told", || {
        rig.says
            .refused
            .lock()
            .unwrap()
            .iter()
            .any(|one| one.kind == "wrong-credential")
    })
    .await;
}

#[tokio::test]
async fn it_counts_in_tunnels_which_open_without_a_token_where_the_lease_knows_one() {
    let world = World::proxy(door()).await;
    let (ours, strangers) = (Tool::new(OURS), Tool::new(STRANGERS));
    let to = format!("{HOST}:443");
    let (_, head) = tunnel_at(world.address, &to, "").await;
    refused(&head, Refusal::NoCredential);
    know(&world, &[&ours], |_| {});
    let ask = async |tool: &Arc<Tool>, more: &str| {
        let (stream, head) = tunnel_at(world.address, &to, more).await;
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let stream = connect(&tool.connector(&TLS13, b"http/1.1"), stream, HOST).await;
        within(stream.unwrap(), HOST).await
    };
    assert!(ask(&ours, "").await.starts_with("HTTP/1.1 200"));
    refused(&ask(&strangers, "").await, Refusal::WrongCredential);
    assert!(ask(&strangers, &proxy_credential()).await.starts_with("HTTP/1.1 200"));
    // Without TLS within, nobody shows any.
    let (stream, _) = tunnel_at(world.address, &format!("{HOST}:80"), "").await;
    refused(&within(stream, HOST).await, Refusal::NoCredential);
    let (_, head) = tunnel_at(world.address, &to, "beffroi-lease: wrong\r\n").await;
    refused(&head, Refusal::WrongCredential);
    let (exchanges, _) = world.recorded().await;
    assert_eq!(exchanges.len(), 2);
}
