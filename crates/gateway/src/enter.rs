//! Coming in with a browser: the campaign's page posts the credential, a cookie carries it from then on.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY, SET_COOKIE};
use http::{HeaderValue, Method, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;

use crate::credential::{COOKIE_NAME, matches};
use crate::grants::Held;
use crate::refusal::Refusal;

/// The most that the form weighs.
const FORM: usize = 1024;

/// Sets the cookie when the credential is the one of the lease, and leads to the target's first page.
pub(crate) async fn enter(
    method: &Method,
    body: Incoming,
    held: &Held,
    https: bool,
) -> Result<Response<Full<Bytes>>, Refusal> {
    if method != Method::POST {
        return Err(Refusal::NoCredential);
    }
    let form = Limited::new(body, FORM)
        .collect()
        .await
        .map_err(|_| Refusal::NoCredential)?
        .to_bytes();
    let credential = form_urlencoded::parse(&form).find(|(name, _)| name == "credential");
    let (_, credential) = credential.ok_or(Refusal::NoCredential)?;
    if !matches(&credential, &held.lease.credential) {
        return Err(Refusal::WrongCredential);
    }
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!("{COOKIE_NAME}={credential}; Path=/; HttpOnly; SameSite=Lax{secure}");
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.insert(LOCATION, HeaderValue::from_static("/"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        SET_COOKIE,
        HeaderValue::from_str(&cookie).map_err(|_| Refusal::WrongCredential)?,
    );
    Ok(response)
}
