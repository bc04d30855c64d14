//! How much a form may hold, and how it is read without holding more.

use super::form::{Submitted, Upload};
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use http_body_util::Limited;
use use_cases::Limits;

/// Marks a request of somebody who has signed in.
#[derive(Clone, Copy)]
pub(super) struct OfSomebody;

/// Marks the actions that take files.
#[derive(Clone, Copy)]
pub struct TakesFiles;

/// Files of the largest size that one form may hold.
const FILES: usize = 4;
/// How many times the limit is read, and dropped, so that a browser gets to see the answer.
const PATIENCE: usize = 4;

/// Gives the bytes that a form may hold: few from somebody who has not signed in.
pub(super) fn most(limits: &Limits, somebody: bool, files: bool) -> usize {
    match (somebody, files) {
        (false, _) => limits.anonymous_bytes,
        (true, false) => limits.form_bytes,
        (true, true) => limits.file_bytes * FILES + limits.form_bytes,
    }
}

/// Why a form was not taken.
pub(super) enum Refusal {
    /// It holds more than so many bytes; what was typed is there as far as it was read.
    TooLarge(usize, Submitted),
    /// It cannot be read.
    Unreadable,
}

/// Reads a form of a request.
pub(super) async fn read(request: Request, limits: &Limits) -> Result<Submitted, Refusal> {
    let somebody = request.extensions().get::<OfSomebody>().is_some();
    let files = request.extensions().get::<TakesFiles>().is_some();
    let most = most(limits, somebody, files);
    let kind = request.headers().get(header::CONTENT_TYPE);
    let multipart = kind
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    if multipart {
        let patience = if somebody { most.saturating_mul(PATIENCE) } else { most };
        return parts(request, most, patience).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), most)
        .await
        .map_err(|_| Refusal::TooLarge(most, Submitted::default()))?;
    let mut submitted = Submitted::default();
    for (name, value) in form_urlencoded::parse(&bytes) {
        submitted.add_text(name.into_owned(), value.into_owned());
    }
    Ok(submitted)
}

/// The bytes that the heads of a form's parts may take, together with what stands before the first.
pub(crate) const HEADS: usize = 1 << 20;

/// Ends a body that goes on for too long with an error.
pub(crate) fn bounded(request: Request<Body>, most: u64) -> Request<Body> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    request.map(|body| Body::new(Limited::new(body, most)))
}

/// Reads a form with files. What goes over the limit is dropped as it comes in.
async fn parts(mut request: Request<Body>, most: usize, patience: usize) -> Result<Submitted, Refusal> {
    axum::extract::DefaultBodyLimit::disable().apply(&mut request);
    // What is no part of a form, before the first and in the heads of all, would be held without end.
    let request = bounded(request, patience.saturating_add(HEADS) as u64);
    let unreadable = |_: MultipartError| Refusal::Unreadable;
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|_| Refusal::Unreadable)?;
    let (mut submitted, mut seen) = (Submitted::default(), 0);
    while let Some(mut part) = multipart.next_field().await.map_err(unreadable)? {
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
            seen += chunk.len();
            if seen > patience {
                return Err(Refusal::TooLarge(most, submitted));
            }
            if seen > most && file.is_some() {
                bytes.clear();
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
        match file {
            Some(name) => submitted.add_file(field, Upload { name, bytes }),
            None => submitted.add_text(field, String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
    if seen > most {
        return Err(Refusal::TooLarge(most, submitted));
    }
    Ok(submitted)
}
