//! Where the bytes of bodies and messages come from, and what others may see of a whole exchange.

use std::io::Write;

use crate::archive::Archive;
use crate::collect::{Part, Recorded};
use crate::decode::{Encoding, decoded};
use crate::entry::{Content, Head};
use crate::reader::ReadError;
use crate::redact::{Redaction, Shown, redacted_as, redacted_body_as};

/// The longest body that is held in memory to be decompressed or to be read for secrets.
pub(crate) const HELD: u64 = 8 << 20;
/// The longest that decompressing may make of it.
pub(crate) const DECODED: usize = 16 << 20;

/// Gives the recorded bytes of bodies and messages.
pub trait Bodies {
    /// Writes them out piece by piece, and says how many they are.
    fn copy(&mut self, part: &Part, out: &mut dyn Write) -> Result<u64, ReadError>;
}

impl Bodies for Archive {
    fn copy(&mut self, part: &Part, out: &mut dyn Write) -> Result<u64, ReadError> {
        Archive::copy(self, part, out)
    }
}

/// Bodies whose bytes stand in the exchange itself, as those of a bundle and of what is redacted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inline;

impl Bodies for Inline {
    fn copy(&mut self, part: &Part, out: &mut dyn Write) -> Result<u64, ReadError> {
        let mut written = 0;
        for content in &part.contents {
            let Content::Inline(bytes) = content else {
                return Err(ReadError::Missing);
            };
            out.write_all(bytes)?;
            written += bytes.len() as u64;
        }
        Ok(written)
    }
}

/// The first bytes of a body or a message, in memory, and whether these are all that passed.
pub fn held(part: &Part, bodies: &mut dyn Bodies, limit: usize) -> Result<(Vec<u8>, bool), ReadError> {
    let (mut begun, mut weight) = (part.clone_marks(), 0);
    for content in &part.contents {
        if weight > limit as u64 {
            break;
        }
        weight += content.length();
        begun.contents.push(content.clone());
    }
    let mut bytes = Vec::new();
    bodies.copy(&begun, &mut bytes)?;
    let whole = bytes.len() <= limit && !part.cut;
    bytes.truncate(limit);
    Ok((bytes, whole))
}

impl Content {
    /// How many bytes.
    pub(crate) fn length(&self) -> u64 {
        match self {
            Self::Inline(bytes) => bytes.len() as u64,
            Self::Stored(location) => u64::from(location.length),
        }
    }
}

impl Part {
    /// How many of its bytes are recorded.
    pub fn kept(&self) -> u64 {
        let lengths = self.contents.iter().map(Content::length);
        lengths.fold(0, u64::saturating_add)
    }

    fn of(bytes: Vec<u8>, like: &Self) -> Self {
        Self {
            contents: vec![Content::Inline(bytes)],
            ..like.clone_marks()
        }
    }

    fn clone_marks(&self) -> Self {
        Self {
            contents: Vec::new(),
            ..*self
        }
    }
}

/// An exchange without the secrets it carries, its bytes within it (see [`Inline`]).
///
/// Bodies are decompressed for it. A body that is too long to be read for secrets, or whose compression is
/// not known, is left out and marked as cut.
pub fn redacted_exchange(exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<Recorded, ReadError> {
    redacted_exchange_as(exchange, bodies, Redaction::Secrets)
}

/// As [`redacted_exchange`], and without what is asked for besides.
pub fn redacted_exchange_as(
    exchange: &Recorded,
    bodies: &mut dyn Bodies,
    redaction: Redaction,
) -> Result<Recorded, ReadError> {
    let mut shown = exchange.clone();
    shown.request = redacted_as(&exchange.request, redaction);
    for (_, head) in &mut shown.responses {
        *head = redacted_as(head, redaction);
    }
    let mut readable = |head: &mut Head, part: &Part| readable(head, part, bodies, redaction);
    shown.request_body = readable(&mut shown.request, &exchange.request_body)?;
    let mut none = Head::default();
    let answer = shown.responses.last_mut().map_or(&mut none, |(_, head)| head);
    shown.response_body = readable(answer, &exchange.response_body)?;
    for message in &mut shown.messages {
        message.part = readable(&mut Head::default(), &message.part)?;
    }
    Ok(shown)
}

/// A body that was read for secrets; its head tells what became of it.
fn readable(head: &mut Head, part: &Part, bodies: &mut dyn Bodies, redaction: Redaction) -> Result<Part, ReadError> {
    let withheld = Part {
        cut: true,
        ..part.clone_marks()
    };
    if part.contents.is_empty() {
        return Ok(part.clone_marks());
    }
    if part.kept() > HELD {
        return Ok(withheld);
    }
    let mut bytes = Vec::new();
    bodies.copy(part, &mut bytes)?;
    let encoding = Encoding::of(head);
    if encoding != Encoding::Plain {
        let plain = decoded(encoding, &bytes, DECODED);
        if !plain.whole {
            return Ok(withheld);
        }
        bytes = plain.bytes;
    }
    let Shown::Bytes(bytes) = redacted_body_as(head, &bytes, redaction) else {
        return Ok(withheld);
    };
    head.fields
        .retain(|(name, _)| !name.eq_ignore_ascii_case("content-encoding"));
    for (name, value) in &mut head.fields {
        if name.eq_ignore_ascii_case("content-length") {
            *value = bytes.len().to_string().into_bytes();
        }
    }
    Ok(Part::of(bytes, part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_bytes_are_held(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..9), 0..9), limit in 0usize..60, cut: bool) {
            let bytes = pieces.concat();
            let contents = pieces.into_iter().map(Content::Inline).collect();
            let part = Part { contents, cut, ..Part::default() };
            let (held, whole) = held(&part, &mut Inline, limit).unwrap();
            prop_assert_eq!(&held[..], &bytes[..limit.min(bytes.len())]);
            prop_assert_eq!(whole, bytes.len() <= limit && !cut);
        }
    }

    #[test]
    fn personal_identifiers_go_from_all_parts_of_an_exchange_where_that_is_asked_for() {
        let gzip = {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(b"{\"nir\":\"185057800608491\"}").unwrap();
            encoder.finish().unwrap()
        };
        let head = |start| Head {
            start,
            version: "HTTP/1.1".into(),
            fields: vec![("content-encoding".into(), b"gzip".to_vec())],
        };
        let exchange = Recorded {
            id: crate::ExchangeId { session: 1, number: 1 },
            at: 0,
            lease: "lease".into(),
            target: "print".into(),
            request: Head {
                fields: Vec::new(),
                ..head(crate::Start::Request {
                    method: "GET".into(),
                    target: "/a?tel=0639981234".into(),
                })
            },
            request_body: Part::of(b"de=a%40mairie.example".to_vec(), &Part::default()),
            responses: vec![(0, head(crate::Start::Status(200)))],
            response_body: Part::of(gzip, &Part::default()),
            messages: vec![crate::Message {
                side: crate::Side::Client,
                at: 0,
                opcode: 1,
                part: Part::of(b"FR76 3000 6000 0112 3456 7890 189".to_vec(), &Part::default()),
            }],
            more_messages: 0,
            end: None,
        };
        let bytes = |part: &Part| {
            let mut bytes = Vec::new();
            Inline.copy(part, &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let told = |exchange: &Recorded| {
            let bodies = [
                &exchange.request_body,
                &exchange.response_body,
                &exchange.messages[0].part,
            ];
            (format!("{:?}", exchange.request.start), bodies.map(bytes))
        };
        let (start, bodies) = told(&redacted_exchange_as(&exchange, &mut Inline, Redaction::Personal).unwrap());
        assert!(start.contains("/a?tel=[redacted-phone]"), "{start}");
        assert_eq!(
            bodies,
            ["de=[redacted-email]", "{\"nir\":\"[redacted-nir]\"}", "[redacted-iban]"]
        );
        let (start, bodies) = told(&redacted_exchange(&exchange, &mut Inline).unwrap());
        assert!(start.contains("0639981234") && bodies[1].contains("185057800608491"));
    }
}
