//! TLS on both sides, with a wildcard certificate that these tests made for themselves.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use gateway::{CertificateFiles, Certificates, Target};
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::world::{HOST, PUBLIC, TOKEN, World};

pub fn certificate() -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(include_bytes!("data/certificate.pem")).unwrap()
}

pub fn acceptor() -> TlsAcceptor {
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("data/key.pem")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let mut config = config.with_single_cert(vec![certificate()], key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

/// The same for a gateway.
pub fn certificates() -> Arc<Certificates> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data");
    let files = CertificateFiles {
        chain: data.join("certificate.pem"),
        key: data.join("key.pem"),
    };
    Certificates::read(files).unwrap()
}

/// The door of a gateway that speaks TLS.
pub fn door() -> gateway::Acceptor {
    certificates().acceptor().unwrap()
}

pub fn client_config(protocol: &[u8]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate()).unwrap();
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    Arc::new(config)
}

pub fn connector(protocol: &[u8]) -> TlsConnector {
    TlsConnector::from(client_config(protocol))
}

#[tokio::test]
async fn both_sides_speak_tls_and_names_are_checked() {
    let world = World::with_tls(recording::Limits::default(), |_| {}, Some(door())).await;
    let change = |name: &'static str| {
        world.change(|lease| {
            let target = Target::new("target-1", "print", PUBLIC, world.target);
            let name = ServerName::try_from(name).unwrap();
            lease.target = Arc::new(target.over_tls(world.target, connector(b"http/1.1"), name));
        });
    };
    let stream = connector(b"h2")
        .connect(ServerName::try_from(HOST).unwrap(), world.connect().await)
        .await
        .unwrap();
    let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.unwrap();
    tokio::spawn(connection);
    let mut ask = async |path: &str| {
        let request = Request::get(format!("https://{HOST}{path}"))
            .header("beffroi-lease", sealing::token_text(TOKEN))
            .body(Empty::<Bytes>::new())
            .unwrap();
        sender.send_request(request).await.unwrap()
    };
    change(PUBLIC);
    let seen = ask("/head").await.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&seen).contains("host: www.mairie.example\n"));
    let redirect = ask("/redirect").await;
    assert_eq!(redirect.headers()["location"], format!("https://{HOST}/there"));
    assert_eq!(redirect.headers()["set-cookie"], "session=1; Secure; Path=/");
    change("www.other.example");
    assert_eq!(ask("/head").await.headers()["beffroi-refusal"], "target-unreachable");
}

#[test]
fn the_roots_of_the_system_are_used_or_missed_in_words() {
    match gateway::native_roots() {
        Ok(_) => {}
        Err(error) => assert!(error.to_string().starts_with("no root certificate"), "{error}"),
    }
}
