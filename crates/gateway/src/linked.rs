//! Bodies of answers whose links lead back to the lease: which they are, and how they pass.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body::{Body, Frame};

use crate::links::Links;
use crate::tap::{Cut, Tap};

/// Fields that vouch for the very bytes of a body.
const VOUCHERS: [&str; 4] = ["content-md5", "digest", "content-digest", "repr-digest"];

/// Whether the body of an answer may hold links: a text that is whole and not compressed. Its fields are made ready for
/// another length.
pub(crate) fn may_hold(status: StatusCode, headers: &mut HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let text = kind.is_some_and(is_text);
    if !text || status == StatusCode::PARTIAL_CONTENT || headers.contains_key(header::CONTENT_ENCODING) {
        return false;
    }
    headers.remove(header::CONTENT_LENGTH);
    for name in VOUCHERS {
        headers.remove(name);
    }
    true
}

/// Whether a media type is a text of single bytes in which links stand; what is sent as events is read as it comes.
fn is_text(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let (kind, charset) = kind.split_once(';').unwrap_or((&kind, ""));
    let kind = kind.trim();
    let known = kind.starts_with("text/") && kind != "text/event-stream"
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
        || ["application/json", "application/javascript", "application/xml"].contains(&kind);
    known && !charset.contains("utf-16") && !charset.contains("utf-32")
}

/// A body whose links are replaced as it passes.
pub(crate) struct Linked {
    tap: Tap,
    links: Links,
    ended: bool,
}

impl Linked {
    pub(crate) fn new(tap: Tap, links: Links) -> Self {
        let ended = tap.is_end_stream();
        Self { tap, links, ended }
    }
}

impl Body for Linked {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let body = self.get_mut();
        loop {
            let done = match Pin::new(&mut body.tap).poll_frame(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(bytes) => {
                        // What is known to end here waits for nothing.
                        body.ended = body.tap.is_end_stream();
                        body.links.take(bytes, body.ended)
                    }
                    // Trailers are told to nobody: what stands before them would have to wait.
                    Err(_) => continue,
                },
                Poll::Ready(Some(Err(cut))) => return Poll::Ready(Some(Err(cut))),
                Poll::Ready(None) if body.ended => return Poll::Ready(None),
                Poll::Ready(None) => {
                    body.ended = true;
                    body.links.take(Bytes::new(), true)
                }
            };
            if !done.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(done))));
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.ended && self.links.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_that_are_whole_and_plain_are_read() {
        let table = [
            ("text/html; charset=UTF-8", true),
            ("application/ld+json", true),
            ("image/svg+xml", true),
            ("text/html; charset=utf-16le", false),
            ("text/event-stream", false),
            ("application/octet-stream", false),
            ("image/png", false),
        ];
        for (kind, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            headers.insert(header::CONTENT_LENGTH, 7.into());
            assert_eq!(may_hold(StatusCode::OK, &mut headers), expected, "{kind}");
            assert_eq!(headers.contains_key(header::CONTENT_LENGTH), !expected);
            assert!(!may_hold(StatusCode::PARTIAL_CONTENT, &mut headers));
            headers.insert(header::CONTENT_ENCODING, "gzip".parse().unwrap());
            assert!(!may_hold(StatusCode::OK, &mut headers));
        }
    }
}
