//! Tools that take a proxy: absolute requests and tunnels, with the same credential and phases.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gateway::{CertificateFiles, Certificates, Stop};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::rig::{Rig, asked};
use crate::tls::{connector, door};
use crate::world::{HOST, TOKEN, World};

pub fn proxy_credential() -> String {
    let pair = format!("beffroi:{}", sealing::token_text(TOKEN));
    format!("proxy-authorization: Basic {}\r\n", STANDARD.encode(pair))
}

/// Asks for a tunnel, and gives what is answered.
async fn tunnel(world: &World, to: &str, more: &str) -> (TcpStream, String) {
    tunnel_at(world.address, to, more).await
}

pub async fn tunnel_at(proxy: SocketAddr, to: &str, more: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(proxy).await.unwrap();
    let asked = format!("CONNECT {to} HTTP/1.1\r\nhost: {to}\r\n{more}\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    (stream, String::from_utf8(head).unwrap())
}

/// Asks within a tunnel, without a credential.
pub async fn within(mut stream: impl AsyncRead + AsyncWrite + Unpin, host: &str) -> String {
    let asked = format!("GET /head HTTP/1.1\r\nhost: {host}\r\nreferer: https://{host}/\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_tunnel_to_a_lease_is_served_as_if_directly_connected() {
    let world = World::proxy(door()).await;
    let name = ServerName::try_from(HOST).unwrap();
    let (stream, head) = tunnel(&world, &format!("{HOST}:443"), &proxy_credential()).await;
    // RFC 9110 §9.3.6: no length, no coding.
    assert!(
        head.starts_with("HTTP/1.1 200") && !head.contains("content-length"),
        "{head}"
    );
    let stream = connector(b"http/1.1").connect(name.clone(), stream).await.unwrap();
    let answer = within(stream, HOST).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains("referer: https://www.mairie.example/"),
        "{answer}"
    );
    assert!(!answer.contains("authorization"), "{answer}");

    let (stream, _) = tunnel(&world, &format!("{HOST}:80"), &proxy_credential()).await;
    assert!(within(stream, HOST).await.starts_with("HTTP/1.1 200"), "without TLS");

    // The credential of a tunnel serves its lease alone.
    let mut other = world.lease();
    (other.id, other.label) = ("lease-2".into(), "other".into());
    world.grants.put(other);
    let (stream, _) = tunnel(&world, &format!("{HOST}:80"), &proxy_credential()).await;
    let answer = within(stream, "other.porte.localhost").await;
    assert!(answer.contains("beffroi-refusal: no-credential\r\n"), "{answer}");
    let (exchanges, _) = world.recorded().await;
    assert_eq!(exchanges.len(), 2);
}

#[tokio::test]
async fn tunnels_lead_nowhere_else_and_ask_for_a_credential() {
    let world = World::proxy(door()).await;
    let table = [
        ("127.0.0.1:22", proxy_credential(), "404", "unknown-lease"),
        ("www.mairie.example:443", proxy_credential(), "404", "unknown-lease"),
        ("zzz.porte.localhost:443", proxy_credential(), "404", "unknown-lease"),
        ("abc.porte.localhost:443", String::new(), "407", "no-credential"),
        (
            "abc.porte.localhost:443",
            "beffroi-lease: wrong\r\n".into(),
            "407",
            "wrong-credential",
        ),
    ];
    for (to, more, status, refusal) in table {
        let (_, head) = tunnel(&world, to, &more).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{to}: {head}");
        assert!(
            head.contains(&format!("beffroi-refusal: {refusal}\r\n")),
            "{to}: {head}"
        );
        assert_eq!(head.contains("proxy-authenticate: Basic"), status == "407", "{head}");
    }
    let absolute =
        |more: &str| format!("GET http://{HOST}/head HTTP/1.1\r\nhost: {HOST}\r\n{more}connection: close\r\n\r\n");
    assert!(world.raw(absolute("").as_bytes()).await.starts_with("HTTP/1.1 407"));
    assert!(
        world
            .raw(absolute(&proxy_credential()).as_bytes())
            .await
            .starts_with("HTTP/1.1 200")
    );
}

#[tokio::test]
async fn a_stop_ends_what_passes_in_a_tunnel() {
    let world = World::proxy(door()).await;
    let (mut stream, _) = tunnel(&world, &format!("{HOST}:80"), &proxy_credential()).await;
    let asked = format!("GET /events HTTP/1.1\r\nhost: {HOST}\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut seen = [0; 100];
    assert!(stream.read(&mut seen).await.unwrap() > 0);
    world.grants.stop(&Stop::Target("target-1".into()), 1);
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(1), stream.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "it goes on");
    let (_, head) = tunnel(&world, &format!("{HOST}:80"), &proxy_credential()).await;
    assert!(head.contains("beffroi-refusal: stopped\r\n"), "{head}");
}

#[tokio::test]
async fn a_running_gateway_serves_all_its_doors() {
    let rig = Rig::new().await;
    rig.opens().await;
    let name = ServerName::try_from(HOST).unwrap();
    let asked = asked("abc", "/head", "connection: close\r\n");
    let direct = TcpStream::connect(rig.by_tls).await.unwrap();
    let mut direct = connector(b"http/1.1").connect(name.clone(), direct).await.unwrap();
    direct.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = direct.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    let (stream, _) = tunnel_at(rig.proxy, &format!("{HOST}:443"), &proxy_credential()).await;
    let stream = connector(b"http/1.1").connect(name, stream).await.unwrap();
    assert!(within(stream, HOST).await.starts_with("HTTP/1.1 200"));
    let (_, head) = tunnel_at(rig.address, &format!("{HOST}:443"), &proxy_credential()).await;
    assert!(
        head.contains("beffroi-refusal: ambiguous\r\n"),
        "only one door opens tunnels: {head}"
    );
}

#[tokio::test]
async fn a_certificate_is_read_again_when_its_files_change() {
    let place = tempfile::tempdir().unwrap();
    let files = CertificateFiles {
        chain: place.path().join("chain.pem"),
        key: place.path().join("key.pem"),
    };
    let write = |chain: &[u8], key: &[u8]| {
        std::fs::write(&files.chain, chain).unwrap();
        std::fs::write(&files.key, key).unwrap();
    };
    let first: (&[u8], &[u8]) = (include_bytes!("data/certificate.pem"), include_bytes!("data/key.pem"));
    let other: (&[u8], &[u8]) = (include_bytes!("data/other.pem"), include_bytes!("data/other-key.pem"));
    assert!(Certificates::read(files.clone()).is_err());
    write(first.0, first.1);
    let certificates = Certificates::read(files.clone()).unwrap();
    let acceptor = certificates.acceptor().unwrap();
    let accepted = async || {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let name = ServerName::try_from(HOST).unwrap();
        let connecting = connector(b"http/1.1");
        let (connected, _) = tokio::join!(connecting.connect(name, near), acceptor.accept(far, |_| false));
        connected.is_ok()
    };
    assert!(accepted().await && !certificates.refresh().unwrap());
    write(other.0, first.1);
    assert!(certificates.refresh().is_err(), "the key of another");
    assert!(accepted().await, "it stays what it was");
    write(other.0, other.1);
    assert!(certificates.refresh().unwrap());
    assert!(!accepted().await, "the tool knows only the first");
}
