//! Addresses and texts without the secrets in them.

use std::borrow::Cow;

use super::REDACTED;
use super::names::is_secret;

/// The least that a part of a token weighs to be taken for one.
const TOKEN_PART: usize = 8;

/// An address, or what holds one, without the secrets among its parameters, in query or fragment,
/// without the password before its host, and without what looks like a token (RFC 7519).
pub(super) fn without_secrets(address: &str) -> String {
    let address = without_password(address);
    let mut shown = String::with_capacity(address.len());
    let mut rest = address.as_ref();
    let mut mark = None;
    while let Some(end) = rest.find(['?', '&', '#', ';']) {
        parameter(&mut shown, mark, &rest[..end]);
        mark = rest[end..].chars().next();
        shown.extend(mark);
        rest = &rest[end + 1..];
    }
    parameter(&mut shown, mark, rest);
    without_tokens(&shown)
}

/// Adds what stands between two marks; a parameter after the first of them.
fn parameter(shown: &mut String, mark: Option<char>, part: &str) {
    match part.split_once('=') {
        Some((name, value)) if mark.is_some() && is_secret(&unescaped(name)) => {
            // What ends an address within a field goes on after the secret.
            let end = value.find(['>', '"', ' ']).unwrap_or(value.len());
            shown.push_str(&format!("{name}={REDACTED}{}", &value[end..]));
        }
        _ => shown.push_str(part),
    }
}

/// `//user:password@host` without the password (RFC 3986 §3.2.1).
fn without_password(address: &str) -> Cow<'_, str> {
    let hidden = || {
        let start = address.find("//")? + 2;
        let length = address[start..].find(['/', '?', '#']).unwrap_or(address.len() - start);
        let at = address[start..start + length].rfind('@')? + start;
        let colon = address[start..at].find(':')? + start;
        Some(format!("{}:{REDACTED}{}", &address[..colon], &address[at..]))
    };
    hidden().map_or(Cow::Borrowed(address), Cow::Owned)
}

/// A name as it was before it was put into an address.
pub(super) fn unescaped(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| name.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// A text without what looks like a JSON Web Token: three parts of base64url between dots, the first
/// of which begins as `{"` does.
pub(super) fn without_tokens(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("eyJ") {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        let length = token(from.as_bytes());
        if length > 0 {
            shown.push_str(REDACTED);
            rest = &from[length..];
        } else {
            shown.push_str(&from[..3]);
            rest = &from[3..];
        }
    }
    shown.push_str(rest);
    shown
}

/// How long the token is that bytes begin with; 0 when they begin with none.
fn token(bytes: &[u8]) -> usize {
    let part = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            .count()
    };
    let header = part(0);
    if header < TOKEN_PART || bytes.get(header) != Some(&b'.') {
        return 0;
    }
    let claims = part(header + 1);
    let dot = header + 1 + claims;
    if claims < TOKEN_PART || bytes.get(dot) != Some(&b'.') {
        return 0;
    }
    let mut end = dot + 1 + part(dot + 1);
    // The five parts of an encrypted one (RFC 7516).
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1 + part(end + 1);
    }
    end
}
