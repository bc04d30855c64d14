//! Cookies (RFC 6265): what the instance sets replaces the recorded values of the same names.
//!
//! One host is asked, so domains say nothing; paths are not told apart.

use std::collections::BTreeMap;

use super::{Change, ChangePlace};
use crate::message::Fields;

/// The most cookies that are kept (RFC 6265 §6.1 asks for fifty).
const MOST: usize = 500;

/// Takes what an answer sets and takes back.
pub(super) fn learn(jar: &mut BTreeMap<String, String>, fields: &Fields) {
    let set = fields
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    for (_, value) in set {
        let text = String::from_utf8_lossy(value);
        let mut parts = text.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            continue;
        };
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        if parts.any(ends) {
            jar.remove(&name);
        } else if jar.len() < MOST || jar.contains_key(&name) {
            jar.insert(name, value);
        }
    }
}

/// Whether an attribute takes the cookie back; an instant long past is how that is written without `Max-Age`.
fn ends(attribute: &str) -> bool {
    let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
    let value = value.trim().trim_matches('"');
    match name.trim().to_ascii_lowercase().as_str() {
        "max-age" => value.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
        "expires" => value.contains("1970") || value.contains("-70 "),
        _ => false,
    }
}

/// A recorded field `Cookie` with the values that the instance set.
pub(super) fn carried(jar: &BTreeMap<String, String>, value: &[u8], changes: &mut Vec<Change>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(value) else {
        return value.to_vec();
    };
    let pairs = text.split(';').map(|pair| {
        let known = pair
            .trim()
            .split_once('=')
            .and_then(|(name, value)| Some((name, value, jar.get(name)?)));
        match known {
            Some((name, before, now)) if before != now => {
                let sent = format!("{name}={now}");
                changes.push(Change {
                    place: ChangePlace::Cookie,
                    recorded: pair.trim().to_owned(),
                    sent: sent.clone(),
                });
                sent
            }
            _ => pair.trim().to_owned(),
        }
    });
    pairs.collect::<Vec<_>>().join("; ").into_bytes()
}
