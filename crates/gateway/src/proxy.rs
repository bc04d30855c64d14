//! One request on its way: admitted, told, passed on, answered.

use std::sync::{Arc, Mutex, PoisonError};

use addresses::gateway::ENTER;
use http::header::{CONTENT_LENGTH, UPGRADE};
use http::uri::Authority;
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use recording::{Exchange, Opening, Outcome, Side};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

use crate::admission::budget::UnderWay;
use crate::admission::{Asked, admit};
use crate::enter::enter;
use crate::grants::{Held, LeaseState};
use crate::handshake::Acceptor;
use crate::linked::Linked;
use crate::names;
use crate::page::{language, page};
use crate::refusal::Refusal;
use crate::relay::Upgrade;
use crate::rewrite::Names;
use crate::serve::{Door, Gateway};
use crate::tap::{Answer, Passage, Tap};
use crate::tunnel;

/// A connection of a person's tool.
pub(crate) struct Connection {
    pub(crate) gateway: Arc<Gateway>,
    /// How it came.
    pub(crate) came: Came,
    /// Cancelled when it is stopped.
    pub(crate) token: CancellationToken,
    number: u64,
    /// The leases that it asks by, with what is cancelled when one is stopped.
    joined: Mutex<Vec<(Arc<LeaseState>, CancellationToken)>>,
    /// Its place among the connections that are served at once; a tunnel's stands outside.
    _room: Option<OwnedSemaphorePermit>,
}

/// How a connection came.
pub(crate) struct Came {
    /// Whether by TLS.
    pub(crate) https: bool,
    /// By which door.
    pub(crate) door: Door,
    /// How it speaks TLS, or what comes in its tunnels does.
    pub(crate) tls: Option<Acceptor>,
    /// The label and the credential with which its tunnel was opened.
    pub(crate) carried: Option<(String, String)>,
    /// The fingerprint of the certificate that the tool showed.
    pub(crate) certificate: Option<[u8; 32]>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        for (state, _) in self.joined.get_mut().unwrap_or_else(PoisonError::into_inner) {
            state.leave(self.number);
        }
    }
}

impl Connection {
    pub(crate) fn new(
        gateway: Arc<Gateway>,
        came: Came,
        token: CancellationToken,
        room: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self {
            number: gateway.number(),
            gateway,
            came,
            token,
            joined: Mutex::default(),
            _room: room,
        }
    }

    /// Answers a request, with the target's answer or with a refusal that says why.
    pub(crate) async fn answer(self: &Arc<Self>, request: Request<Incoming>) -> Response<Answer> {
        let language = language(request.headers());
        let proxied = self.came.door == Door::Proxy && request.uri().authority().is_some();
        match self.pass(request).await {
            Ok(response) => response,
            Err(refusal) => page(refusal, language, proxied).map(Answer::Page),
        }
    }

    async fn pass(self: &Arc<Self>, request: Request<Incoming>) -> Result<Response<Answer>, Refusal> {
        let authority = names::authority(request.uri(), request.headers())?;
        let held = self.held(&authority)?;
        let answered = if request.method() == Method::CONNECT && self.came.door == Door::Proxy {
            tunnel::open(self, &held, request)
        } else {
            self.admitted(&held, &authority, request).await
        };
        answered.inspect_err(|refusal| (self.gateway.settings.on_refusal)(&held.lease, *refusal))
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
            return Ok(enter(&parts.method, body, held, self.came.https)
                .await?
                .map(Answer::Page));
        }
        let carried = self.came.carried.as_ref();
        let carried = carried.filter(|(label, _)| *label == held.lease.label);
        let asked = Asked {
            method: request.method(),
            path: request.uri().path(),
            headers: request.headers(),
            carried: carried.map(|(_, credential)| credential.as_str()),
            certificate: self.came.certificate.as_ref(),
            now: (self.gateway.settings.clock)(),
        };
        check_framing(&request)?;
        admit(&asked, held)?;
        let control = Control {
            stop: self.join(held, request.version())?,
            under_way: UnderWay::begin(&held.state),
            shares: request.version() == Version::HTTP_2,
        };
        // On a connection that others share, what waits is ended alone.
        let alone = control.shares.then(|| control.stop.clone());
        let forwarding = self.forward(held, self.names(held, authority), control, request);
        match alone {
            None => forwarding.await,
            Some(stop) => stop
                .run_until_cancelled(forwarding)
                .await
                .unwrap_or(Err(Refusal::Stopped)),
        }
    }

    fn names(&self, held: &Held, authority: &Authority) -> Names {
        let target = &held.lease.target;
        Names {
            asked: authority.as_str().to_owned(),
            https: self.came.https,
            public: target.public_host.clone(),
            public_https: target.public_https,
        }
    }

    /// Ends what asks by a lease with it. On HTTP/1.1 that is the connection, and what it asked by
    /// another lease before is over; requests on HTTP/2 may be of several leases at once.
    fn join(&self, held: &Held, version: Version) -> Result<CancellationToken, Refusal> {
        let mut joined = self.joined.lock().unwrap_or_else(PoisonError::into_inner);
        let known = joined.iter().position(|(state, _)| Arc::ptr_eq(state, &held.state));
        if let Some(at) = known {
            if !joined[at].1.is_cancelled() && held.is_current() {
                return Ok(joined[at].1.clone());
            }
            joined.swap_remove(at);
        }
        let token = if version == Version::HTTP_2 {
            self.token.child_token()
        } else {
            for (state, _) in joined.drain(..) {
                state.leave(self.number);
            }
            self.token.clone()
        };
        held.join(self.number, &token)?;
        joined.push((Arc::clone(&held.state), token.clone()));
        Ok(token)
    }

    async fn forward(
        self: &Arc<Self>,
        held: &Held,
        names: Names,
        control: Control,
        mut request: Request<Incoming>,
    ) -> Result<Response<Answer>, Refusal> {
        let upgrade = is_websocket(request.method(), request.headers(), request.version());
        let version = request.version();
        names.towards_target(request.headers_mut(), upgrade);
        *request.uri_mut() = names.asked_of_target(request.uri());
        *request.version_mut() = Version::HTTP_11;
        let exchange = begin(held, &request, version)?;
        let passage = Arc::new(Passage {
            exchange,
            under_way: control.under_way,
            stop: control.stop,
            shares: control.shares,
            _connection: Arc::clone(self),
        });
        let method = request.method().clone();
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
        let status = response.status();
        let links = names.links(&method, status, response.headers_mut());
        Ok(response.map(|body| {
            let tap = Tap::new(body, &passage, Side::Target, None);
            let tap = if upgraded { tap } else { tap.holding(sender) };
            match links {
                Some(links) => Answer::Linked(Box::new(Linked::new(tap, links))),
                None => Answer::Passing(tap),
            }
        }))
    }
}

/// How a request is counted and stopped.
struct Control {
    under_way: UnderWay,
    stop: CancellationToken,
    /// Whether its connection is shared with others.
    shares: bool,
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
    let recorder = held.lease.recorder.as_ref().ok_or(Refusal::RecordingFailed)?;
    let exchange = recorder.begin(Opening {
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
