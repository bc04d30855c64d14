//! Exchanges as the formats that other tools read: HAR 1.2 and WARC 1.1, streamed in little memory.
//!
//! Both write what they are given: for others than the person, give what
//! [`redacted_exchange`](crate::redacted_exchange) makes of it.

pub mod har;
mod sinks;
#[cfg(test)]
mod tests;
pub mod warc;

use std::fmt::Write as _;

use crate::entry::{Head, Micros, Start};

/// What both say of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The name of the program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The programme's notice: what may be done with it, for how long it may be kept.
    pub notice: String,
    /// `http` or `https`: how the target was asked; recordings do not tell.
    pub scheme: String,
}

/// An instant as RFC 3339 writes it, in UTC; what no calendar holds is the nearest one.
pub(crate) fn instant(at: Micros) -> String {
    let fallback = if at < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    };
    let instant = jiff::Timestamp::from_microsecond(at).unwrap_or(fallback);
    format!("{instant:.6}")
}

/// The address that a request went to; what no address may hold is escaped (RFC 3986 §2).
pub(crate) fn address(request: &Head, scheme: &str) -> String {
    let Start::Request { target, .. } = &request.start else {
        return format!("{scheme}://unknown.invalid/");
    };
    let absolute = ["http://", "https://"].iter().any(|scheme| target.starts_with(scheme));
    if absolute {
        return escaped(target);
    }
    let host = field(request, "host").unwrap_or_default();
    let host: String = host
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | ':' | '[' | ']'))
        .collect();
    let host = if host.is_empty() { "unknown.invalid" } else { &host };
    let slash = if target.starts_with('/') { "" } else { "/" };
    escaped(&format!("{scheme}://{host}{slash}{target}"))
}

/// The value of the first field of a name, as text.
pub(crate) fn field(head: &Head, name: &str) -> Option<String> {
    let found = head.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
}

fn escaped(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut fragment = false;
    for (at, byte) in bytes.iter().enumerate() {
        let good = match byte {
            b'%' => {
                let digits = bytes.get(at + 1..at + 3);
                digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            }
            b'#' => !std::mem::replace(&mut fragment, true),
            // Brackets stand only around the addresses of hosts.
            b'[' | b']' => at < address.find("://").map_or(0, |start| start + 50) && is_in_host(address, at),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte),
        };
        if good {
            out.push(char::from(*byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn is_in_host(address: &str, at: usize) -> bool {
    let start = address.find("://").map_or(0, |start| start + 3);
    let end = address[start..].find('/').map_or(address.len(), |end| start + end);
    (start..end).contains(&at)
}
