//! A target: an application that answers on loopback.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::{Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// A target that speaks TLS when an acceptor is given.
pub async fn start(stop: CancellationToken, tls: Option<TlsAcceptor>) -> SocketAddr {
    let listener = crate::world::listener().await;
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            let (stream, _) = accepted.unwrap();
            let (stop, tls) = (stop.clone(), tls.clone());
            tokio::spawn(async move {
                let serving = async {
                    match tls {
                        None => serve(stream).await,
                        Some(tls) => serve(tls.accept(stream).await.unwrap()).await,
                    }
                };
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = serving => {}
                }
            });
        }
    });
    address
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S) {
    let service = service_fn(|request| async { Ok::<_, Infallible>(answer(request).await) });
    let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // Tools and tests break connections off.
    let _ = connection.with_upgrades().await;
}

pub fn whole(text: impl Into<Bytes>) -> UnsyncBoxBody<Bytes, Infallible> {
    Full::new(text.into()).boxed_unsync()
}

async fn answer(request: Request<Incoming>) -> Answer {
    match request.uri().path() {
        "/head" => head(&request),
        "/echo" => echo(request).await,
        "/redirect" => redirect(),
        "/page" => page(&request),
        "/large" => large(64),
        "/events" => events(),
        "/stuck" => std::future::pending().await,
        "/socket" => socket(request),
        _ => Response::builder().status(404).body(whole("no such page")).unwrap(),
    }
}

/// The request as it was seen.
fn head(request: &Request<Incoming>) -> Answer {
    let mut text = format!("{} {} {:?}\n", request.method(), request.uri(), request.version());
    for (name, value) in request.headers() {
        text.push_str(&format!("{name}: {}\n", value.to_str().unwrap()));
    }
    Response::new(whole(text))
}

async fn echo(request: Request<Incoming>) -> Answer {
    match request.into_body().collect().await {
        Ok(body) => Response::new(whole(body.to_bytes())),
        Err(_) => Response::builder().status(400).body(whole("")).unwrap(),
    }
}

fn redirect() -> Answer {
    Response::builder()
        .status(302)
        .header("location", "https://www.mairie.example/there")
        .header("set-cookie", "session=1; Domain=www.mairie.example; Secure; Path=/")
        .header("strict-transport-security", "max-age=1")
        .body(whole(""))
        .unwrap()
}

/// A page that names itself as applications do, in two pieces that cut a link.
fn page(request: &Request<Incoming>) -> Answer {
    let encoding = request.headers().get("accept-encoding").cloned();
    let query = request.uri().query().unwrap_or_default();
    let text = format!(
        "<a href=\"https://www.mairie.example/a\">{encoding:?} {query}</a>{{\"u\":\"https:\\/\\/www.mairie.example\\/b\"}}"
    );
    let length = text.len().to_string();
    let (one, two) = text.split_at(20);
    let pieces = [one.to_owned(), two.to_owned()].map(|piece| Ok(Frame::data(Bytes::from(piece))));
    Response::builder()
        .header("content-type", "text/html; charset=UTF-8")
        .header("content-length", length)
        .body(StreamBody::new(stream::iter(pieces)).boxed_unsync())
        .unwrap()
}

/// So many times a mebibyte, each of its own.
fn large(mebibytes: u8) -> Answer {
    let pieces = (0..mebibytes).map(|number| Ok(Frame::data(Bytes::from(vec![number; 1 << 20]))));
    Response::new(StreamBody::new(stream::iter(pieces)).boxed_unsync())
}

/// An event at once, and then another now and then.
fn events() -> Answer {
    let events = stream::unfold(0, |number| async move {
        if number > 0 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let frame = Frame::data(Bytes::from(format!("data: {number}\n\n")));
        Some((Ok::<_, Infallible>(frame), number + 1))
    });
    let body = StreamBody::new(events).boxed_unsync();
    Response::builder()
        .header("content-type", "text/event-stream")
        .body(body)
        .unwrap()
}

/// A WebSocket that sends every byte back, except that it does not mask.
fn socket(mut request: Request<Incoming>) -> Answer {
    assert!(request.headers().get("sec-websocket-extensions").is_none());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let mut io = TokioIo::new(upgrade.await.unwrap());
        let mut buffer = [0; 1024];
        while let Ok(read @ 1..) = io.read(&mut buffer).await {
            io.write_all(&buffer[..read]).await.unwrap();
        }
    });
    Response::builder()
        .status(101)
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        .body(whole(""))
        .unwrap()
}
