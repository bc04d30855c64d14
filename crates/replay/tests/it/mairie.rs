//! A small application with sessions, forms with tokens and a JSON API; each instance issues values of its own.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use replay::Target;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub const HOST: &str = "mairie.example";

pub struct Mairie {
    pub seed: &'static str,
    /// Whether files of others are refused.
    pub fixed: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    issued: u32,
    /// Tokens of forms by session, users by session, users by bearer token.
    forms: HashMap<String, String>,
    users: HashMap<String, String>,
    bearers: HashMap<String, String>,
}

/// An instance that listens; dropping it stops it.
pub struct Instance {
    pub address: SocketAddr,
    stop: tokio::task::JoinHandle<()>,
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.stop.abort();
    }
}

impl Instance {
    pub fn target(&self) -> Target {
        Target {
            address: self.address,
            host: HOST.into(),
            tls: None,
        }
    }
}

impl Mairie {
    pub async fn start(seed: &'static str, fixed: bool) -> Instance {
        Self::listen(seed, fixed, None).await
    }

    /// An instance that speaks TLS when an acceptor is given.
    pub async fn listen(seed: &'static str, fixed: bool, tls: Option<TlsAcceptor>) -> Instance {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mairie = Arc::new(Self {
            seed,
            fixed,
            state: Mutex::default(),
        });
        let stop = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mairie = Arc::clone(&mairie);
                let service = service_fn(move |request| {
                    let mairie = Arc::clone(&mairie);
                    async move { Ok::<_, Infallible>(mairie.serve(request).await) }
                });
                let tls = tls.clone();
                tokio::spawn(async move {
                    // Whoever does not believe the certificate breaks off.
                    let http = hyper::server::conn::http1::Builder::new();
                    match tls {
                        None => drop(http.serve_connection(TokioIo::new(stream), service).await),
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                drop(http.serve_connection(TokioIo::new(stream), service).await);
                            }
                        }
                    }
                });
            }
        });
        Instance { address, stop }
    }

    fn fresh(&self, what: &str) -> String {
        let mut state = self.state.lock().unwrap();
        state.issued += 1;
        format!("{what}+{}/{}==", self.seed.repeat(5), state.issued)
    }

    async fn serve(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        assert_eq!(head.headers["host"], HOST);
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        let field = |name: &str| head.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let cookies = field("cookie").unwrap_or_default();
        let session = cookies
            .split("; ")
            .find_map(|pair| pair.strip_prefix("sid="))
            .unwrap_or_default()
            .to_owned();
        let bearer = field("authorization").and_then(|value| value.strip_prefix("Bearer ").map(str::to_owned));
        let path: Vec<&str> = head.uri.path().split('/').skip(1).collect();
        match (head.method.as_str(), path.as_slice()) {
            ("GET", ["login"]) => self.form(),
            ("POST", ["login"]) => self.login(&session, &body),
            ("GET", ["home", user]) => self.home(&session, user),
            ("POST", ["api", "tokens"]) => self.token(&session),
            ("POST", ["api", "files"]) => self.file(bearer, &body),
            ("GET", ["api", "files", id]) => self.read(bearer, id),
            _ => answer(404, &[], "nothing here"),
        }
    }

    fn form(&self) -> Response<Full<Bytes>> {
        let (session, token) = (self.fresh("s").replace(['+', '/', '='], "-"), self.fresh("csrf"));
        self.state.lock().unwrap().forms.insert(session.clone(), token.clone());
        let page = format!(
            "<!doctype html>\n<title>Entrer</title>\n<form method=post><input type=\"hidden\" name=\"csrf\" value=\"{}\">\n<p>instance {}</p>\n",
            token.replace('+', "&#43;"),
            if self.fixed { "corrected" } else { "first" },
        );
        answer(
            200,
            &[
                ("content-type", "text/html"),
                ("set-cookie", &format!("sid={session}; Path=/; HttpOnly")),
            ],
            &page,
        )
    }

    fn login(&self, session: &str, body: &str) -> Response<Full<Bytes>> {
        let expected = self.state.lock().unwrap().forms.remove(session);
        let decode = |text: &str| text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        let sent = body.split('&').find_map(|pair| pair.strip_prefix("csrf=")).map(decode);
        if expected.is_none() || sent != expected {
            return answer(403, &[], "the form is too old");
        }
        let (session, user) = (
            self.fresh("s").replace(['+', '/', '='], "-"),
            format!("user-{}", self.seed),
        );
        self.state.lock().unwrap().users.insert(session.clone(), user.clone());
        let cookie = format!("sid={session}; Path=/; HttpOnly");
        answer(
            303,
            &[("location", &format!("/home/{user}")), ("set-cookie", &cookie)],
            "",
        )
    }

    fn home(&self, session: &str, user: &str) -> Response<Full<Bytes>> {
        if self
            .state
            .lock()
            .unwrap()
            .users
            .get(session)
            .is_none_or(|known| known != user)
        {
            return answer(403, &[], "not you");
        }
        let (at, id) = if self.fixed { ("11:05", "b7") } else { ("10:04", "a3") };
        let page = format!("<p>Bonjour</p>\n<p>Il est {at}.</p>\n");
        answer(200, &[("content-type", "text/html"), ("x-request-id", id)], &page)
    }

    fn token(&self, session: &str) -> Response<Full<Bytes>> {
        let Some(user) = self.state.lock().unwrap().users.get(session).cloned() else {
            return answer(401, &[], "who?");
        };
        let token = self.fresh("bearer");
        self.state.lock().unwrap().bearers.insert(token.clone(), user);
        json(200, &format!(r#"{{"access_token":"{token}","token_type":"Bearer"}}"#))
    }

    fn file(&self, bearer: Option<String>, body: &str) -> Response<Full<Bytes>> {
        if !self.knows(bearer) {
            return answer(401, &[], "who?");
        }
        let id = if self.seed == "one" { 41 } else { 86 };
        json(
            201,
            &format!(r#"{{"id":{id},"created_at":"{}","body":{body}}}"#, self.seed),
        )
    }

    /// The flaw: whoever has a token reads everybody's files.
    fn read(&self, bearer: Option<String>, id: &str) -> Response<Full<Bytes>> {
        if !self.knows(bearer) {
            return answer(401, &[], "who?");
        }
        match id {
            "1" if self.fixed => answer(403, &[], "not yours"),
            "1" => json(200, r#"{"id":1,"owner":"maire","secret":"délibération"}"#),
            _ => json(200, &format!(r#"{{"id":{id},"owner":"me"}}"#)),
        }
    }

    fn knows(&self, bearer: Option<String>) -> bool {
        bearer.is_some_and(|token| self.state.lock().unwrap().bearers.contains_key(&token))
    }
}

fn json(status: u16, body: &str) -> Response<Full<Bytes>> {
    answer(status, &[("content-type", "application/json")], body)
}

fn answer(status: u16, fields: &[(&str, &str)], body: &str) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status);
    for (name, value) in fields {
        response = response.header(*name, *value);
    }
    response
        .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
        .unwrap()
}
