//! Heads, fields and digests as a WARC file writes them.

use crate::collect::Recorded;
use crate::entry::{Head, Start};
use crate::export::har::form::word;
use crate::export::{field, instant};

/// A head as it passes in HTTP/1.1, without the framing that its recorded body has no more.
pub(super) fn http_head(head: &Head) -> Vec<u8> {
    let mut bytes = match &head.start {
        Start::Request { method, target } => format!("{method} {target} {}\r\n", version(head)),
        Start::Status(status) => format!("{} {status} \r\n", version(head)),
    }
    .into_bytes();
    for (name, value) in &head.fields {
        if !name.eq_ignore_ascii_case("transfer-encoding") {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
    }
    bytes.extend(b"\r\n");
    bytes
}

fn version(head: &Head) -> &str {
    if head.version.starts_with("HTTP/") {
        &head.version
    } else {
        "HTTP/1.1"
    }
}

pub(super) fn metadata(exchange: &Recorded) -> String {
    let mut fields = String::new();
    put(&mut fields, "beffroi-exchange", &exchange.id.to_string());
    put(&mut fields, "beffroi-lease", &exchange.lease);
    put(&mut fields, "beffroi-fingerprint", &exchange.target);
    let last = exchange.responses.last().map(|(_, head)| head);
    for (name, head) in [("request", Some(&exchange.request)), ("response", last)] {
        if let Some(framing) = head.and_then(|head| field(head, "transfer-encoding")) {
            put(&mut fields, &format!("beffroi-{name}-transfer-encoding"), &framing);
        }
    }
    if let Some((at, outcome)) = exchange.end {
        put(&mut fields, "beffroi-outcome", word(outcome));
        put(&mut fields, "beffroi-ended", &instant(at));
        let milliseconds = at.saturating_sub(exchange.at).max(0) / 1000;
        put(&mut fields, "fetchTimeMs", &milliseconds.to_string());
    }
    fields
}

/// Adds a field; a value has no line of its own.
pub(super) fn put(text: &mut String, name: &str, value: &str) {
    let value = value.replace(['\r', '\n'], " ");
    text.push_str(&format!("{name}: {value}\r\n"));
}

/// Base32 (RFC 4648 §6) with its padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let mut five = [0u8; 8];
        five[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(five);
        let letters = (group.len() * 8).div_ceil(5);
        for at in 0..8 {
            let letter = LETTERS[(bits >> (35 - 5 * at)) as usize & 31];
            text.push(if at < letters { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base32;

    #[test]
    fn base32_is_that_of_rfc_4648() {
        let table = [
            ("", ""),
            ("f", "MY======"),
            ("fo", "MZXQ===="),
            ("foo", "MZXW6==="),
            ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ];
        for (plain, expected) in table {
            assert_eq!(base32(plain.as_bytes()), expected);
        }
    }
}
