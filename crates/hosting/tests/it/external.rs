//! Targets that others run: asked whether they answer, never started.

use crate::machine::settings;
use domain::ids::{InstanceId, TargetId};
use hosting::{
    Engine, External, ExternalTarget, Finding, Gravity, HostingError, Instance, Manager, Plan, Probe, Sickness,
};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use uuid::Uuid;

fn manager() -> Manager {
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Manager::new(Arc::new(External::new(TlsConnector::from(Arc::new(config)))))
}

fn instance(url: &str, version: &str) -> Instance {
    let target = ExternalTarget {
        url: url.parse().unwrap(),
        version: version.to_owned(),
        status: 200,
    };
    let id = InstanceId(Uuid::from_u128(1));
    Instance::new(
        id,
        TargetId(Uuid::from_u128(2)),
        Plan::External(target),
        &sealing::content_digest,
    )
}

/// Serves one status on loopback until the test ends.
fn server(status: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes());
        }
    });
    port
}

#[tokio::test]
async fn an_address_that_answers_is_running() {
    let url = format!("http://127.0.0.1:{}/ping?a=1", server("200 OK"));
    let target = instance(&url, "4.2");
    let running = manager().start(&target).await.unwrap();
    assert_eq!(running.endpoint.host.as_deref(), Some("127.0.0.1"));
    assert!(!running.endpoint.tls);
    assert_eq!(running.fingerprint.engine.version, "4.2");
    let newer = manager().start(&instance(&url, "4.3")).await.unwrap();
    assert_ne!(newer.fingerprint.digest(), running.fingerprint.digest());
    assert!(manager().remove(target.id).await.is_ok());
}

#[tokio::test]
async fn what_is_wrong_with_an_address_is_told() {
    let port = server("503 Busy");
    let ill = manager()
        .health(&instance(&format!("http://127.0.0.1:{port}/"), "1"))
        .await
        .unwrap();
    assert_eq!(ill[""], Probe::Sick(Sickness::Status(503)));
    let secure = manager()
        .health(&instance(&format!("https://127.0.0.1:{port}/"), "1"))
        .await
        .unwrap();
    assert!(
        matches!(secure[""], Probe::Sick(Sickness::Broken(_) | Sickness::NotHttp)),
        "{secure:?}"
    );
    let unknown = manager()
        .health(&instance("http://nowhere.invalid/", "1"))
        .await
        .unwrap();
    assert_eq!(unknown[""], Probe::Sick(Sickness::UnknownHost));
}

#[tokio::test]
async fn what_others_run_is_not_reset() {
    let refused = manager().reset(&instance("http://127.0.0.1:1/", "1")).await;
    assert!(
        matches!(refused, Err(HostingError::NotPossible("reset"))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_engine_that_is_not_there_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = settings(folder.path(), &Arc::default(), Uuid::from_u128(1));
    let found = Engine::examine(nowhere.clone()).await;
    let [finding] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert!(matches!(finding, Finding::EngineUnreachable { socket, .. } if *socket == nowhere.socket));
    assert_eq!(finding.gravity(), Gravity::Blocking);
    let refused = Engine::connect(nowhere).await.err().unwrap();
    assert!(
        refused.may_pass() && refused.to_string().contains("engine.sock"),
        "{refused}"
    );
}
