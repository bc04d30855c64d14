//! Sending one request over a connection of its own, and reading the answer, in bounded time and room.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use crate::message::{Answer, Fields, Request};
use crate::tls::Tls;

/// The instance that is asked, in HTTP/1.1.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// The public name that it is told, with its port where it has one.
    pub host: String,
    /// How TLS is spoken to it; without, it is asked in plain.
    pub tls: Option<Tls>,
}

/// How long, how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most requests of one replay.
    pub steps: usize,
    /// How long connecting may take, the handshake of TLS included.
    pub connect: Duration,
    /// How long a whole exchange may take.
    pub exchange: Duration,
    /// How long the whole replay may take.
    pub replay: Duration,
    /// How much of an answer's body is kept, in bytes.
    pub body: usize,
    /// How much of it is read, in bytes: what is beyond what is kept is only passed over.
    pub read: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 500,
            connect: Duration::from_secs(5),
            exchange: Duration::from_secs(30),
            replay: Duration::from_secs(600),
            body: 4 << 20,
            read: 64 << 20,
        }
    }
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The instance takes no connection.
    #[error("the instance takes no connection: {0}")]
    Unreachable(String),
    /// The instance speaks no TLS, or shows a certificate that is not believed; nothing was sent.
    #[error("no TLS connection that can be believed: {0}")]
    Untrusted(String),
    /// The answer took too long.
    #[error("no whole answer came in time")]
    TooSlow,
    /// The connection ended before the answer did, or what came was no HTTP.
    #[error("no answer that reads came: {0}")]
    Broken(String),
    /// The request cannot be written as HTTP/1.1.
    #[error("the recorded request cannot be sent: {0}")]
    Unsendable(String),
    /// The request asks for another protocol, such as WebSocket, which is not replayed.
    #[error("the request asks for another protocol, which is not replayed")]
    Upgrade,
    /// The replay as a whole took too long, or has too many requests.
    #[error("the replay reached its limits before this request")]
    Limited,
}

/// Fields of the connection and the framing, which are made anew (RFC 9110 §7.6.1, RFC 9112 §6).
const ANEW: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Sends a request and gives the final answer; redirects are not followed.
pub(crate) async fn send(target: &Target, request: &Request, limits: &Limits) -> Result<Answer, NoAnswer> {
    let message = message(target, request)?;
    let connecting = timeout(limits.connect, connect(target)).await;
    let way = connecting.map_err(|_| NoAnswer::Unreachable("no answer in time".into()))??;
    let exchanged = timeout(limits.exchange, async {
        match way {
            Way::Plain(stream) => exchange(stream, message, limits).await,
            Way::Tls(stream) => exchange(stream, message, limits).await,
        }
    });
    exchanged.await.map_err(|_| NoAnswer::TooSlow)?
}

/// A connection to an instance.
enum Way {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// Connects, and speaks TLS where that is asked for.
async fn connect(target: &Target) -> Result<Way, NoAnswer> {
    let stream = TcpStream::connect(target.address).await;
    let stream = stream.map_err(|error| NoAnswer::Unreachable(error.to_string()))?;
    let Some(tls) = &target.tls else {
        return Ok(Way::Plain(stream));
    };
    let spoken = tls.speak(stream).await;
    let spoken = spoken.map_err(|error| NoAnswer::Untrusted(error.to_string()))?;
    Ok(Way::Tls(Box::new(spoken)))
}

/// The request as it is written: what was recorded, but for what is made anew.
fn message(target: &Target, request: &Request) -> Result<http::Request<Full<Bytes>>, NoAnswer> {
    if asks_for_upgrade(&request.fields) || request.method.eq_ignore_ascii_case("CONNECT") {
        return Err(NoAnswer::Upgrade);
    }
    let unsendable = |error: http::Error| NoAnswer::Unsendable(error.to_string());
    let mut builder = http::Request::builder()
        .method(request.method.as_str())
        .uri(request.target.as_str())
        .header(http::header::HOST, target.host.as_str());
    let had_length = request
        .fields
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-length") || name.eq_ignore_ascii_case("transfer-encoding"));
    if had_length || !request.body.is_empty() {
        builder = builder.header(http::header::CONTENT_LENGTH, request.body.len());
    }
    for (name, value) in &request.fields {
        if ANEW.iter().any(|anew| name.eq_ignore_ascii_case(anew)) {
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| unsendable(error.into()))?;
        let value = HeaderValue::from_bytes(value).map_err(|error| unsendable(error.into()))?;
        builder = builder.header(name, value);
    }
    let body = Full::new(Bytes::copy_from_slice(&request.body));
    builder.body(body).map_err(unsendable)
}

fn asks_for_upgrade(fields: &Fields) -> bool {
    fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("upgrade"))
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    message: http::Request<Full<Bytes>>,
    limits: &Limits,
) -> Result<Answer, NoAnswer> {
    let broken = |error: hyper::Error| NoAnswer::Broken(error.to_string());
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(broken)?;
    let mut connection = std::pin::pin!(connection);
    let mut answering = std::pin::pin!(async {
        let response = sender.send_request(message).await.map_err(broken)?;
        answer(response, limits).await.map_err(broken)
    });
    // The connection is driven here and ends with this call: nothing is left behind.
    let mut ended = false;
    loop {
        tokio::select! {
            answer = &mut answering => return answer,
            _ = &mut connection, if !ended => ended = true,
        }
    }
}

async fn answer(response: http::Response<Incoming>, limits: &Limits) -> Result<Answer, hyper::Error> {
    let (head, mut body) = response.into_parts();
    let fields = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    let mut answer = Answer {
        status: head.status.as_u16(),
        fields: fields.collect(),
        body: Vec::new(),
        cut: false,
    };
    let mut passed = 0u64;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        passed += data.len() as u64;
        let room = limits.body.saturating_sub(answer.body.len()).min(data.len());
        answer.body.extend_from_slice(&data[..room]);
        answer.cut |= room < data.len();
        if passed > limits.read {
            break;
        }
    }
    Ok(answer)
}
