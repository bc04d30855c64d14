//! What others than the person may see of an exchange: secrets are left out, the original stays sealed.

mod body;
mod names;
mod personal;
mod url;

use crate::entry::{Head, Start};

pub use body::{Shown, redacted_body, redacted_body_as};
pub use personal::{Personal, Spotted, spot_personal, without_personal};

use names::is_secret;
use personal::bytes_without_personal;

/// What is left out of what others see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redaction {
    /// Secrets, by well-known names and by their form.
    Secrets,
    /// Secrets, and the personal identifiers that [`spot_personal`] finds.
    Personal,
}

/// Fields whose values carry secrets.
const SECRET: [&str; 11] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "cookie2",
    "set-cookie",
    "set-cookie2",
    "x-amz-security-token",
    "authentication-info",
    "proxy-authentication-info",
    "www-authenticate",
    "proxy-authenticate",
];

/// Fields whose values carry an address, whose parameters may be secret.
const ADDRESSES: [&str; 6] = [
    "location",
    "content-location",
    "referer",
    "refresh",
    "link",
    "x-original-url",
];

/// What stands in the place of a secret.
pub const REDACTED: &str = "[redacted]";

/// A head without the secrets it carries: credentials, cookies (their names stay), tokens in addresses.
pub fn redacted(head: &Head) -> Head {
    let fields = head
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), shown(&name.to_ascii_lowercase(), value)));
    Head {
        start: match &head.start {
            Start::Request { method, target } => Start::Request {
                method: method.clone(),
                target: url::without_secrets(target),
            },
            Start::Status(status) => Start::Status(*status),
        },
        version: head.version.clone(),
        fields: fields.collect(),
    }
}

/// As [`redacted`], and without what is asked for besides.
pub fn redacted_as(head: &Head, redaction: Redaction) -> Head {
    let mut shown = redacted(head);
    if redaction == Redaction::Personal {
        if let Start::Request { target, .. } = &mut shown.start {
            *target = without_personal(target).into_owned();
        }
        for (_, value) in &mut shown.fields {
            *value = bytes_without_personal(value);
        }
    }
    shown
}

/// The value of a field, by its name in small letters.
fn shown(name: &str, value: &[u8]) -> Vec<u8> {
    if SECRET.contains(&name) || is_secret(name) {
        return secret_field(name, &String::from_utf8_lossy(value)).into_bytes();
    }
    match std::str::from_utf8(value) {
        Ok(text) if ADDRESSES.contains(&name) => url::without_secrets(text).into_bytes(),
        Ok(text) => url::without_tokens(text).into_bytes(),
        Err(_) => value.to_vec(),
    }
}

/// Of cookies the names remain, of credentials the scheme.
fn secret_field(name: &str, text: &str) -> String {
    match name {
        "cookie" | "cookie2" => {
            let names = text.split(';').map(|pair| match pair.trim().split_once('=') {
                Some((name, _)) => format!("{name}={REDACTED}"),
                None => REDACTED.to_owned(),
            });
            names.collect::<Vec<_>>().join("; ")
        }
        "set-cookie" | "set-cookie2" => {
            let (pair, attributes) = match text.find(';') {
                Some(end) => text.split_at(end),
                None => (text, ""),
            };
            match pair.split_once('=') {
                Some((name, _)) => format!("{name}={REDACTED}{attributes}"),
                None => format!("{REDACTED}{attributes}"),
            }
        }
        _ => match text.split_once(' ') {
            Some((scheme, _)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
                format!("{scheme} {REDACTED}")
            }
            _ => REDACTED.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests;
