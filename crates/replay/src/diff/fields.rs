//! How the fields of two answers differ.

use std::collections::BTreeMap;

use super::{Comparison, Expected, Place};
use crate::message::Fields;

/// Fields of the connection, which say nothing of the answer (RFC 9110 §7.6.1).
const CONNECTION: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "alt-svc",
];

/// Fields of which every answer has its own.
const VOLATILE: [&str; 18] = [
    "age",
    "date",
    "etag",
    "expires",
    "last-modified",
    "nel",
    "report-to",
    "request-id",
    "server-timing",
    "traceparent",
    "tracestate",
    "x-amzn-trace-id",
    "x-correlation-id",
    "x-request-id",
    "x-response-time",
    "x-runtime",
    "x-trace-id",
    "x-varnish",
];

pub(super) fn compare(recorded: &Fields, replayed: &Fields, comparison: &mut Comparison) {
    let (before, now) = (by_name(recorded), by_name(replayed));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    for name in names {
        let (before, now) = (before.get(name), now.get(name));
        if before == now {
            continue;
        }
        let place = Place::Field(name.clone());
        let expected = match () {
            () if name == "content-length" => Some(Expected::Framing),
            () if VOLATILE.contains(&name.as_str()) => Some(Expected::Volatile),
            () => None,
        };
        match (before, now) {
            (Some(before), Some(now)) if expected.is_none() => one(place, before, now, comparison),
            _ => comparison.tell(place, before.cloned(), now.cloned(), expected),
        }
    }
}

/// One field that both have.
fn one(place: Place, before: &str, now: &str, comparison: &mut Comparison) {
    let is_cookie = matches!(&place, Place::Field(name) if name.starts_with("set-cookie"));
    if !is_cookie {
        return comparison.texts(place, before, now);
    }
    // A new value is what cookies are issued for; only their attributes are compared.
    let expected = (attributes(before) == attributes(now)).then_some(Expected::Carried);
    comparison.tell(place, Some(before.to_owned()), Some(now.to_owned()), expected);
}

/// The attributes of a cookie in small letters, without the instants at which it ends.
fn attributes(cookie: &str) -> Vec<String> {
    let parts = cookie.split(';').skip(1).map(|part| part.trim().to_ascii_lowercase());
    let mut attributes: Vec<String> = parts
        .filter(|part| !part.starts_with("expires") && !part.is_empty())
        .collect();
    attributes.sort();
    attributes
}

/// The values of fields by their names in small letters; those of one name together, but each cookie apart.
fn by_name(fields: &Fields) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in fields {
        let mut name = name.to_ascii_lowercase();
        if CONNECTION.contains(&name.as_str()) {
            continue;
        }
        let value = String::from_utf8_lossy(value);
        if name == "set-cookie" {
            let cookie = value.split(['=', ';']).next().unwrap_or_default();
            name = format!("set-cookie {}", cookie.trim());
        }
        let all = values.entry(name).or_default();
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(&value);
    }
    values
}
