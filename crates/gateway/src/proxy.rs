//! One request on its way: admitted, told, passed on, answered.

use std::sync::{Arc, Mutex, PoisonError};

use http::header::{CONTENT_LENGTH, UPGRADE};
use http::uri::Authority;
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use recording::{Exchange, Opening, Outcome, Side};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

use crate::admission::budget::UnderWay;
use crate::admission::{Asked, admit};
use crate::enter::{ENTER, enter};
use crate::grants::{Held, LeaseState};
use crate::names;
use crate::page::{Language, page};
use crate::refusal::Refusal;
use crate::relay::Upgrade;
use crate::rewrite::{Names, origin_form};
use crate::serve::Gateway;
use crate::tap::{Answer, Passage, Tap};

/// A connection of a person's tool.
pub(crate) struct Connection {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) https: bool,
    /// Cancelled when it is stopped.
    pub(crate) token: CancellationToken,
    number: u64,
    /// The leases that it asked by, so that stopping one ends it.
    joined: Mutex<Vec<Arc<LeaseState>>>,
    /// Its place among the connections that are served at once.
    _room: OwnedSemaphorePermit,
}

impl Drop for Connection {
    fn drop(&mut self) {
        for state in self.joined.get_mut().unwrap_or_else(PoisonError::into_inner) {
            state.leave(self.number);
        }
    }
}

impl Connection {
    pub(crate) fn new(
        gateway: Arc<Gateway>,
        https: bool,
        token: CancellationToken,
        room: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            number: gateway.number(),
            gateway,
            https,
            token,
            joined: Mutex::default(),
            _room: room,
        }
    }

    /// Answers a request, with the target's answer or with a refusal that says why.
    pub(crate) async fn answer(self: &Arc<Self>, request: Request<Incoming>) -> Response<Answer> {
        let language = Language::of(request.headers());
        match self.pass(request).await {
            Ok(response) => response,
            Err(refusal) => page(refusal, language).map(Answer::Page),
        }
    }

    async fn pass(self: &Arc<Self>, request: Request<Incoming>) -> Result<Response<Answer>, Refusal> {
        let authority = names::authority(request.uri(), request.headers())?;
        let held = self.held(&authority)?;
        self.admitted(&held, &authority, request).await.inspect_err(|refusal| {
            (self.gateway.settings.on_refusal)(&held.lease.id, *refusal);
        })
    }

    /// The lease that a host name means.
    fn held(&self, authority: &Authority) -> Result<Arc<Held>, Refusal> {
        let label = names::label(authority.host(), &self.gateway.settings.domain).ok_or(Refusal::UnknownLease)?;
        if !self.gateway.grants.are_fresh((self.gateway.settings.clock)()) {
            return Err(Refusal::NotFresh);
        }
        let lowered = label.to_ascii_lowercase();
        self.gateway.grants.held(&lowered).ok_or(Refusal::UnknownLease)
    }

    async fn admitted(
        self: &Arc<Self>,
        held: &Arc<Held>,
        authority: &Authority,
        request: Request<Incoming>,
    ) -> Result<Response<Answer>, Refusal> {
        if request.uri().path() == ENTER {
            let (parts, body) = request.into_parts();
            return Ok(enter(&parts.method, body, held, self.https).await?.map(Answer::Page));
        }
        let asked = Asked {
            method: request.method(),
            path: request.uri().path(),
            headers: request.headers(),
            now: (self.gateway.settings.clock)(),
        };
        check_framing(&request)?;
        admit(&asked, held)?;
        self.join(held);
        let under_way = UnderWay::begin(&held.state);
        let target = &held.lease.target;
        let names = Names {
            asked: authority.as_str().to_owned(),
            https: self.https,
            public: target.public_host.clone(),
            public_https: target.public_https,
        };
        self.forward(held, names, under_way, request).await
    }

    /// Ends with the leases it asks by.
    fn join(&self, held: &Held) {
        let mut joined = self.joined.lock().unwrap_or_else(PoisonError::into_inner);
        if !joined.iter().any(|known| Arc::ptr_eq(known, &held.state)) {
            joined.push(Arc::clone(&held.state));
            held.state.join(self.number, &self.token);
        }
    }

    async fn forward(
        self: &Arc<Self>,
        held: &Held,
        names: Names,
        under_way: UnderWay,
        mut request: Request<Incoming>,
    ) -> Result<Response<Answer>, Refusal> {
        let upgrade = is_websocket(request.method(), request.headers(), request.version());
        let version = request.version();
        names.towards_target(request.headers_mut(), upgrade);
        *request.uri_mut() = origin_form(request.uri());
        *request.version_mut() = Version::HTTP_11;
        let exchange = begin(held, &request, version)?;
        let passage = Arc::new(Passage {
            exchange,
            under_way,
            connection: Arc::clone(self),
        });
        let client = upgrade.then(|| hyper::upgrade::on(&mut request));
        let settings = &self.gateway.settings;
        let request = request.map(|body| Tap::new(body, &passage, Side::Client, Some(settings.silence)));
        let sent = held.lease.target.pool.send(request, &self.gateway).await;
        let (mut response, sender) = sent.inspect_err(|_| passage.exchange.outcome(Outcome::TargetGone))?;
        told(&passage.exchange, &response)?;
        let upgraded = upgrade && response.status() == StatusCode::SWITCHING_PROTOCOLS;
        if let (true, Some(client)) = (upgraded, client) {
            let target = hyper::upgrade::on(&mut response);
            self.gateway
                .tasks
                .spawn(Upgrade { client, target }.relay(Arc::clone(&passage)));
        } else if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            passage.exchange.outcome(Outcome::TargetGone);
            return Err(Refusal::TargetUnreachable);
        }
        names.towards_client(response.headers_mut(), upgraded);
        *response.version_mut() = Version::HTTP_11;
        Ok(response.map(|body| {
            let tap = Tap::new(body, &passage, Side::Target, None);
            Answer::Passing(if upgraded { tap } else { tap.holding(sender) })
        }))
    }
}

/// Refuses what two readers could cut in two ways, beyond what hyper refuses already, and methods
/// that are no requests to a target. Of a length and chunks together, the chunks count and the
/// connection is closed behind them (RFC 9112 §6.1); the target gets a framing of its own anyway.
fn check_framing(request: &Request<Incoming>) -> Result<(), Refusal> {
    let lengths = request.headers().get_all(CONTENT_LENGTH).iter().count();
    let ambiguous = lengths > 1 || request.method() == Method::CONNECT;
    if ambiguous { Err(Refusal::Ambiguous) } else { Ok(()) }
}

/// Whether a request asks to become a WebSocket (RFC 6455 §4.1); other upgrades are not passed on.
fn is_websocket(method: &Method, headers: &HeaderMap, version: Version) -> bool {
    let asked = headers
        .get(UPGRADE)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"));
    asked && method == Method::GET && version == Version::HTTP_11
}

/// Tells that an exchange begins, as the target sees its request.
fn begin(held: &Held, request: &Request<Incoming>, version: Version) -> Result<Exchange, Refusal> {
    let exchange = held.lease.recorder.begin(Opening {
        lease: &held.lease.id,
        target: &held.lease.target.fingerprint,
        method: request.method().as_str(),
        path: request.uri().path_and_query().map_or("/", |path| path.as_str()),
        version: version_text(version),
        fields: fields(request.headers()),
    });
    Ok(exchange?)
}

/// Tells of an answer head, as the target sent it.
fn told(exchange: &Exchange, response: &Response<Incoming>) -> Result<(), Refusal> {
    let version = version_text(response.version());
    Ok(exchange.response(response.status().as_u16(), version, fields(response.headers()))?)
}

fn fields(headers: &HeaderMap) -> impl Iterator<Item = (&str, &[u8])> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
}

fn version_text(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        _ => "HTTP/1.1",
    }
}
