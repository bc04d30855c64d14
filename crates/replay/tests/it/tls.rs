//! Replays over TLS. The certificates were made for these tests by `openssl`: an authority, whose key nobody
//! kept, and one certificate of it for `mairie.example`; both are good until 2126.

use std::sync::Arc;
use std::time::{Duration, Instant};

use replay::{Limits, NoAnswer, Replay, Request, Step, Summary, Target, Tls};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};

use crate::mairie::{HOST, Mairie};
use crate::story::hunt;

fn acceptor(protocols: &[&str]) -> TlsAcceptor {
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("data/key.pem")).unwrap();
    let certificate = CertificateDer::from_pem_slice(include_bytes!("data/certificate.pem")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let mut config = config.with_single_cert(vec![certificate], key).unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

/// Whoever believes these authorities, and would rather speak HTTP/2.
fn believing(authorities: &[&[u8]]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for pem in authorities {
        roots.add(CertificateDer::from_pem_slice(pem).unwrap()).unwrap();
    }
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

const AUTHORITY: &[u8] = include_bytes!("data/ca.pem");

fn tls(authorities: &[&[u8]], name: &'static str) -> Option<Tls> {
    Some(Tls::new(&believing(authorities), ServerName::try_from(name).unwrap()))
}

async fn first_answer(target: Target) -> Result<u16, NoAnswer> {
    let steps = [Step {
        name: "1".into(),
        request: Request {
            method: "GET".into(),
            target: "/login".into(),
            fields: vec![],
            body: vec![],
        },
        answer: None,
    }];
    let limits = Limits {
        connect: Duration::from_millis(500),
        ..Limits::default()
    };
    let replayed = Replay::new(target, &steps, limits).finish().await;
    let answer = replayed.into_iter().next().unwrap().answer;
    answer.map(|answer| answer.status)
}

#[tokio::test]
async fn a_hunt_replays_over_tls() {
    let first = Mairie::start("one", false).await;
    let steps = hunt(&first).await;
    let clean = Mairie::listen("two", false, Some(acceptor(&["h2", "http/1.1"]))).await;
    let target = Target {
        tls: tls(&[AUTHORITY], HOST),
        ..clean.target()
    };
    let replayed = Replay::new(target, &steps, Limits::default()).finish().await;
    let statuses: Vec<u16> = replayed
        .iter()
        .map(|step| step.answer.as_ref().unwrap().status)
        .collect();
    assert_eq!(statuses, [200, 303, 200, 200, 201, 200, 200]);
    assert!(replayed.iter().all(|step| step.summary != Summary::Different));
}

#[tokio::test]
async fn only_the_right_name_of_the_right_authority_is_believed() {
    let instance = Mairie::listen("one", false, Some(acceptor(&[]))).await;
    let asked = |tls| {
        first_answer(Target {
            tls,
            ..instance.target()
        })
    };
    assert_eq!(asked(tls(&[AUTHORITY], HOST)).await, Ok(200));
    for (authorities, name, why) in [
        (&[AUTHORITY][..], "autre.example", "not valid for name"),
        (&[][..], HOST, "UnknownIssuer"),
    ] {
        match asked(tls(authorities, name)).await {
            Err(NoAnswer::Untrusted(said)) => assert!(said.contains(why), "{said}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    // Asked in plain, it gives no answer that reads.
    let plain = asked(None).await;
    assert!(matches!(plain, Err(NoAnswer::Broken(_))), "{plain:?}");
}

#[tokio::test]
async fn what_speaks_no_tls_is_told_nothing() {
    let instance = Mairie::start("one", false).await;
    let target = Target {
        tls: tls(&[AUTHORITY], HOST),
        ..instance.target()
    };
    let refused = first_answer(target).await;
    assert!(matches!(refused, Err(NoAnswer::Untrusted(_))), "{refused:?}");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = Target {
        address: listener.local_addr().unwrap(),
        host: HOST.into(),
        tls: tls(&[AUTHORITY], HOST),
    };
    let listening = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut told = Vec::new();
        // It listens, and never answers; whoever asked goes in the end.
        let _ = stream.read_to_end(&mut told).await;
        told
    });
    let begin = Instant::now();
    assert_eq!(
        first_answer(target).await,
        Err(NoAnswer::Unreachable("no answer in time".into()))
    );
    assert!(begin.elapsed() < Duration::from_secs(3));
    let told = listening.await.unwrap();
    assert!(!told.windows(6).any(|window| window == b"/login"));
}

#[tokio::test]
async fn an_answer_that_ends_without_the_end_of_tls_may_be_cut_and_is_not_believed() {
    for (whole, word) in [
        (true, "HTTP/1.1 200 OK\r\n\r\nabc"),
        (false, "HTTP/1.1 200 OK\r\n\r\nabc"),
        (true, "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"),
        (false, "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = acceptor(&[]).accept(stream).await.unwrap();
            let mut buffer = [0; 4096];
            assert!(stream.read(&mut buffer).await.unwrap() > 0);
            stream.write_all(word.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
            if whole {
                stream.shutdown().await.unwrap();
            }
        });
        let answer = first_answer(Target {
            address,
            host: HOST.into(),
            tls: tls(&[AUTHORITY], HOST),
        });
        let answer = answer.await;
        // Without a length, only the end of TLS tells that nothing was cut off (RFC 9112 §9.8).
        if whole || word.contains("length") {
            assert_eq!(answer, Ok(200), "{word}");
        } else {
            assert!(matches!(answer, Err(NoAnswer::Broken(_))), "{answer:?}");
        }
    }
}
