//! What holds for every request: its number, where a form may come from, and the headers.

use super::visitor::{RequestId, SESSION_COOKIE, cookie};
use super::{Problem, Web};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Numbers the request, refuses forms from other sites, adds the headers.
pub async fn guard(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let mut bytes = [0; 8];
    web.app.chance.fill(&mut bytes);
    let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = if changes(request.method()) && !from_here(request.headers()) {
        Problem::from_elsewhere(request, &web).await.into_response()
    } else {
        answer(&web, request, next).await
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    if web.secure {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", value);
    }
    response
}

/// Answers a request; one that no handler could read gets a page of ours too.
async fn answer(web: &Web, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let asset = asked.uri.path().starts_with("/assets/");
    if response.status().is_client_error() && !is_page && !asset {
        return Problem::unread(&mut asked, web).await.into_response();
    }
    response
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Says whether a form comes from one of our own pages: browsers say where it comes from, and a
/// request without a session has nothing to abuse.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        return site == "same-origin" || site == "none";
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
        (None, _) => cookie(headers, SESSION_COOKIE).is_none(),
    }
}
