//! Exchanges as pages show them: heads as lines, bodies as texts where they are.

use std::fmt::Write as _;

use domain::Timestamp;
use recording::{Bodies, Encoding, Head, Part, Place, Recorded, Side, Start, decoded};
use use_cases::ports::{ExchangeLine, RecordingTrouble, ShownBody, ShownExchange, ShownMessage};

use crate::convert::failed;

/// How many bytes of a body a page shows.
const SHOWN: usize = 64 << 10;

/// How many WebSocket messages a page shows.
const MESSAGES: usize = 100;

/// How much of a body is taken to be decompressed.
const TAKEN: u64 = 8 << 20;

/// Shows an exchange.
pub(crate) fn shown(
    place: Place,
    exchange: &Recorded,
    bodies: &mut dyn Bodies,
) -> Result<ShownExchange, RecordingTrouble> {
    let answer = exchange.responses.last().map(|(_, head)| head);
    let messages = exchange.messages.iter().take(MESSAGES).map(|message| {
        Ok(ShownMessage {
            sent: message.side == Side::Client,
            at: Timestamp(message.at),
            body: body(&message.part, Encoding::Plain, bodies)?,
        })
    });
    let messages = messages.collect::<Result<Vec<_>, RecordingTrouble>>()?;
    Ok(ShownExchange {
        line: line(place, exchange),
        fingerprint: exchange.target.clone(),
        request: lines(&exchange.request),
        request_body: body(&exchange.request_body, Encoding::of(&exchange.request), bodies)?,
        response: answer.map(lines).unwrap_or_default(),
        response_body: body(
            &exchange.response_body,
            answer.map_or(Encoding::Plain, Encoding::of),
            bodies,
        )?,
        messages,
        took_ms: exchange.end.map(|(at, _)| (at - exchange.at) / 1000),
    })
}

fn line(place: Place, exchange: &Recorded) -> ExchangeLine {
    let (method, path) = match &exchange.request.start {
        Start::Request { method, target } => (method.clone(), target.clone()),
        Start::Status(_) => (String::new(), String::new()),
    };
    let status = exchange.responses.last().and_then(|(_, head)| match head.start {
        Start::Status(status) => Some(status),
        Start::Request { .. } => None,
    });
    ExchangeLine {
        place: place.to_string(),
        at: Timestamp(exchange.at),
        method,
        path,
        status,
        received: exchange.response_body.length,
        messages: exchange.messages.len() as u64 + exchange.more_messages,
    }
}

/// Writes a head as it is read in a tool: its first line, then its fields.
pub(crate) fn lines(head: &Head) -> String {
    let mut text = match &head.start {
        Start::Request { method, target } => format!("{method} {target} {}", head.version),
        Start::Status(status) => format!("{} {status}", head.version),
    };
    for (name, value) in &head.fields {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n{name}: {}", String::from_utf8_lossy(value));
    }
    text
}

fn body(part: &Part, encoding: Encoding, bodies: &mut dyn Bodies) -> Result<ShownBody, RecordingTrouble> {
    if part.kept() == 0 {
        return Ok(match part.length {
            None | Some(0) => ShownBody::None,
            Some(length) => ShownBody::Bytes(length),
        });
    }
    let length = part.length.unwrap_or_else(|| part.kept());
    if part.kept() > TAKEN {
        return Ok(ShownBody::Bytes(length));
    }
    let mut bytes = Vec::new();
    bodies.copy(part, &mut bytes).map_err(failed)?;
    let plain = decoded(encoding, &bytes, SHOWN + 4);
    let cut = !plain.whole || part.cut || plain.bytes.len() > SHOWN;
    Ok(match text_of(&plain.bytes) {
        Some(text) => ShownBody::Text { text, cut },
        None => ShownBody::Bytes(length),
    })
}

/// Shows the body of an answer with its head.
pub(crate) fn shown_part(
    part: &Part,
    head: Option<&Head>,
    bodies: &mut dyn Bodies,
) -> Result<ShownBody, RecordingTrouble> {
    body(part, head.map_or(Encoding::Plain, Encoding::of), bodies)
}

/// Shows a body whose bytes are at hand.
pub(crate) fn body_of_bytes(head: &Head, bytes: &[u8], cut: bool) -> ShownBody {
    if bytes.is_empty() {
        return ShownBody::None;
    }
    let plain = decoded(Encoding::of(head), bytes, SHOWN + 4);
    match text_of(&plain.bytes) {
        Some(text) => ShownBody::Text {
            text,
            cut: cut || !plain.whole || plain.bytes.len() > SHOWN,
        },
        None => ShownBody::Bytes(bytes.len() as u64),
    }
}

/// Gives a text, cut between characters; nothing where the bytes are no text.
fn text_of(bytes: &[u8]) -> Option<String> {
    let bytes = &bytes[..bytes.len().min(SHOWN)];
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // The last character may be cut in its middle.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    (!valid.is_empty() && !valid.chars().any(strange)).then(|| valid.to_owned())
}
