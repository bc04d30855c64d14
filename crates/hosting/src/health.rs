//! Whether a service works, asked over the network as anybody would.

use crate::exchange::exchange;
use crate::provider::{Probe, Sickness};
use domain::recipe::HealthCheck;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

/// How long one check may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The most bytes that are read of what a target answers to a check.
const ANSWER: usize = 64 << 10;

/// How TLS is spoken, and the name that the certificate must bear.
#[derive(Clone)]
pub(crate) struct Tls {
    pub(crate) connector: TlsConnector,
    pub(crate) name: ServerName<'static>,
}

/// Asks once.
pub(crate) async fn ask(address: IpAddr, check: &HealthCheck, host: &str, tls: Option<&Tls>) -> Probe {
    let asked = async {
        match check {
            HealthCheck::Running => Ok(()),
            HealthCheck::Tcp { port } => connect(address, *port).await.map(drop),
            HealthCheck::Http {
                port,
                path,
                status,
                host: named,
            } => {
                // An application may answer to its public host alone, and lead those away who do not come by `https`: it is
                // asked as the gateway asks.
                let (host, more) = match named {
                    Some(named) => (named.as_str(), "X-Forwarded-Proto: https\r\n"),
                    None => (host, ""),
                };
                let head =
                    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}User-Agent: beffroi\r\nAccept: */*\r\n");
                let found = http(SocketAddr::new(address, *port), &head, tls).await?;
                (found == *status).then_some(()).ok_or(Sickness::Status(found))
            }
        }
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(())) => Probe::Healthy,
        Ok(Err(sickness)) => Probe::Sick(sickness),
        Err(_) => Probe::Sick(Sickness::Silent),
    }
}

async fn connect(address: IpAddr, port: u16) -> Result<TcpStream, Sickness> {
    let stream = TcpStream::connect(SocketAddr::new(address, port)).await;
    stream.map_err(|error| sickness(&error))
}

async fn http(address: SocketAddr, head: &str, tls: Option<&Tls>) -> Result<u16, Sickness> {
    let stream = connect(address.ip(), address.port()).await?;
    let answer = match tls {
        None => exchange(stream, head, b"", ANSWER).await,
        Some(tls) => match tls.connector.connect(tls.name.clone(), stream).await {
            Ok(stream) => exchange(stream, head, b"", ANSWER).await,
            Err(error) => Err(error),
        },
    };
    answer.map(|answer| answer.status).map_err(|error| sickness(&error))
}

fn sickness(error: &std::io::Error) -> Sickness {
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => Sickness::Refused,
        ErrorKind::TimedOut | ErrorKind::HostUnreachable => Sickness::Silent,
        ErrorKind::InvalidData if error.get_ref().is_none() => Sickness::NotHttp,
        _ => Sickness::Broken(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Answers one connection with some bytes, while a check asks.
    async fn asked(answer: &'static [u8], check: impl Fn(u16) -> HealthCheck) -> Probe {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer).await;
        };
        let check = check(address.port());
        let (probe, ()) = tokio::join!(ask(address.ip(), &check, "target", None), serve);
        probe
    }

    fn http_check(port: u16) -> HealthCheck {
        HealthCheck::Http {
            port,
            path: "/ping".to_owned(),
            status: 200,
            host: None,
        }
    }

    #[tokio::test]
    async fn what_answers_is_judged() {
        assert_eq!(
            asked(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", http_check).await,
            Probe::Healthy
        );
        let status = asked(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", http_check).await;
        assert_eq!(status, Probe::Sick(Sickness::Status(503)));
        assert_eq!(
            asked(b"+OK redis\r\n", http_check).await,
            Probe::Sick(Sickness::NotHttp)
        );
        assert_eq!(asked(b"", |port| HealthCheck::Tcp { port }).await, Probe::Healthy);
    }

    #[tokio::test]
    async fn a_host_that_the_recipe_names_is_asked_as_the_gateway_asks() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let check = HealthCheck::Http {
            port: address.port(),
            path: "/ping".to_owned(),
            status: 200,
            host: Some("www.mairie.example".to_owned()),
        };
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = vec![0; 4096];
            let read = stream.read(&mut asked).await.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
            String::from_utf8_lossy(&asked[..read]).into_owned()
        };
        let (probe, asked) = tokio::join!(ask(address.ip(), &check, "web", None), serve);
        assert_eq!(probe, Probe::Healthy);
        let fields = "Host: www.mairie.example\r\nX-Forwarded-Proto: https\r\n";
        assert!(
            asked.starts_with("GET /ping HTTP/1.1\r\n") && asked.contains(fields),
            "{asked}"
        );
    }

    #[tokio::test]
    async fn nobody_there_is_told() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let found = ask(address.ip(), &http_check(address.port()), "target", None).await;
        assert_eq!(found, Probe::Sick(Sickness::Refused));
    }
}
