//! Connections to a target, kept while they are idle.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::refusal::Refusal;
use crate::resolve::{Names, NotFound};
use crate::serve::Gateway;
use crate::tap::Tap;

/// How many idle connections are kept to one target.
const IDLE: usize = 64;
/// How long a connection to a target may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a connection whose answer has passed may need to be ready for another request.
const READY: Duration = Duration::from_millis(20);

/// Connections to one target; clones share them.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    shared: Arc<Shared>,
}

/// Where a target stands.
#[derive(Clone)]
pub(crate) enum Way {
    /// At an address.
    Address(SocketAddr),
    /// Where its name leads, asked for each connection.
    Name {
        host: String,
        port: u16,
        private: bool,
        names: Arc<Names>,
    },
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "{address}"),
            Self::Name { host, port, .. } => write!(f, "{host}:{port}"),
        }
    }
}

#[derive(Debug)]
struct Shared {
    way: Way,
    tls: Option<Tls>,
    idle: Mutex<Vec<SendRequest<Tap>>>,
}

/// How to speak TLS to a target, and the name that its certificate must bear.
#[derive(Clone)]
pub(crate) struct Tls {
    pub(crate) connector: TlsConnector,
    pub(crate) name: ServerName<'static>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tls {{ name: {:?} }}", self.name)
    }
}

/// A connection in use.
pub(crate) struct Sender {
    connection: SendRequest<Tap>,
    pool: Pool,
}

impl Pool {
    pub(crate) fn new(way: Way, tls: Option<Tls>) -> Self {
        Self {
            shared: Arc::new(Shared {
                way,
                tls,
                idle: Mutex::default(),
            }),
        }
    }

    /// Whether both are the connections of one target.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Sends a request; one that an idle connection did not take is sent on another.
    pub(crate) async fn send(
        &self,
        mut request: Request<Tap>,
        gateway: &Gateway,
    ) -> Result<(Response<Incoming>, Sender), Refusal> {
        loop {
            let (mut connection, fresh) = match self.idle().await {
                Some(connection) => (connection, false),
                None => (self.connect(gateway).await?, true),
            };
            let sent = tokio::time::timeout(gateway.settings.patience, connection.try_send_request(request)).await;
            match sent.map_err(|_| Refusal::TargetTooSlow)? {
                Ok(response) => {
                    let sender = Sender {
                        connection,
                        pool: self.clone(),
                    };
                    return Ok((response, sender));
                }
                Err(mut failed) => match failed.take_message() {
                    // The target had closed an idle connection, and nothing was sent.
                    Some(unsent) if !fresh => request = unsent,
                    _ => return Err(Refusal::TargetUnreachable),
                },
            }
        }
    }

    async fn idle(&self) -> Option<SendRequest<Tap>> {
        loop {
            let mut connection = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            if connection.is_ready() {
                return Some(connection);
            }
            if connection.is_closed() {
                continue;
            }
            if let Ok(Ok(())) = tokio::time::timeout(READY, connection.ready()).await {
                return Some(connection);
            }
        }
    }

    /// Makes a connection, all steps together in their time.
    async fn connect(&self, gateway: &Gateway) -> Result<SendRequest<Tap>, Refusal> {
        let connecting = async {
            let stream = self.shared.way.connect().await?;
            // Small requests should not wait for more; a socket that refuses this works all the same.
            let _ = stream.set_nodelay(true);
            let connected = match &self.shared.tls {
                None => speak(stream, gateway).await,
                Some(tls) => match tls.connector.connect(tls.name.clone(), stream).await {
                    Ok(stream) => speak(stream, gateway).await,
                    Err(_) => None,
                },
            };
            connected.ok_or(Refusal::TargetUnreachable)
        };
        let connected = tokio::time::timeout(CONNECT, connecting).await;
        connected.unwrap_or(Err(Refusal::TargetUnreachable))
    }
}

impl Way {
    /// Connects to the first address that answers, among those that may be reached.
    async fn connect(&self) -> Result<TcpStream, Refusal> {
        let addresses = match self {
            Self::Address(address) => vec![*address],
            Self::Name {
                host,
                port,
                private,
                names,
            } => match names.addresses(host, *port, *private).await {
                Ok(addresses) => addresses,
                Err(NotFound::Forbidden) => return Err(Refusal::TargetForbidden),
                Err(NotFound::Unknown) => return Err(Refusal::TargetUnreachable),
            },
        };
        for address in addresses {
            if let Ok(stream) = TcpStream::connect(address).await {
                return Ok(stream);
            }
        }
        Err(Refusal::TargetUnreachable)
    }
}

/// Speaks HTTP/1.1 on a stream.
async fn speak<S>(stream: S, gateway: &Gateway) -> Option<SendRequest<Tap>>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let handshake = http1::Builder::new()
        .max_buf_size(gateway.buffer())
        .handshake(TokioIo::new(stream))
        .await;
    let (sender, connection) = handshake.ok()?;
    gateway.tasks.spawn_until_the_end(async move {
        // Whoever waits for the answer is told of the error.
        let _ = connection.with_upgrades().await;
    });
    Some(sender)
}

impl Sender {
    /// Gives the connection back for the next request.
    pub(crate) fn give_back(self) {
        let mut idle = self.pool.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE && !self.connection.is_closed() {
            idle.push(self.connection);
        }
    }
}
