//! How much a form may hold, and how it is read without holding more.

use super::form::{Submitted, Upload};
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::Limited;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Poll, ready};
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
fn bounded(request: Request<Body>, most: u64) -> Request<Body> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    request.map(|body| Body::new(Limited::new(body, most)))
}

/// How many bytes of a body may still come.
#[derive(Clone)]
pub(crate) struct Room(Arc<AtomicU64>);

impl Room {
    /// Lets so many more bytes come.
    pub(crate) fn widen(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// Takes the room of some bytes; says whether there was any left.
    fn take(&self, bytes: u64) -> bool {
        let left = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            (left > 0).then(|| left.saturating_sub(bytes))
        });
        left.is_ok()
    }
}

/// Lets the parts of a body come one after the other, and ends with an error one that goes beyond its room.
///
/// Who reads a form takes all that is ready into memory, and whatever stands before its first part: of this no more is
/// ready than one part, and no more passes than the room that is given so far.
pub(crate) fn bounded_by_turns(request: Request<Body>, most: u64) -> (Request<Body>, Room) {
    let room = Room(Arc::new(AtomicU64::new(most)));
    let (of, mut waits) = (room.clone(), true);
    let bounded = request.map(|body| {
        let mut parts = body.into_data_stream();
        Body::from_stream(stream::poll_fn(move |cx| {
            waits = !waits;
            if waits {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let next = ready!(parts.poll_next_unpin(cx));
            let fits = |part: &Bytes| of.take(part.len() as u64);
            Poll::Ready(next.map(|part| match part {
                Ok(part) if !fits(&part) => Err(axum::Error::new(std::io::Error::other("a body beyond its room"))),
                part => part,
            }))
        }))
    });
    (bounded, room)
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
