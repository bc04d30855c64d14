//! Bodies without the secrets in them, as far as their type lets them be read.

use super::names::is_secret;
use super::personal::bytes_without_personal;
use super::url::{unescaped, without_tokens};
use super::{REDACTED, Redaction};
use crate::entry::Head;

/// What others may see of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// As it passed, or as it passed but for secrets.
    Bytes(Vec<u8>),
    /// Nothing: its type carries secrets and it is too long, or compressed, to be read.
    Withheld,
}

/// The longest body that is read for secrets.
const LONGEST: usize = 8 << 20;

/// A body without the secrets of well-known names that forms, JSON and pages carry, and without what looks
/// like a token (RFC 7519). `body` is decompressed; what is no text stays as it is.
pub fn redacted_body(head: &Head, body: &[u8]) -> Shown {
    let kind = media_type(head);
    if body.is_empty() {
        return Shown::Bytes(Vec::new());
    }
    let Ok(text) = std::str::from_utf8(body) else {
        let opaque = !is_form(&kind) && !is_json(&kind);
        return if opaque {
            Shown::Bytes(body.to_vec())
        } else {
            Shown::Withheld
        };
    };
    if body.len() > LONGEST {
        return Shown::Withheld;
    }
    let shown = match kind.as_str() {
        "application/x-www-form-urlencoded" => form(text),
        "multipart/form-data" => multipart(text),
        "" if looks_like_form(text) => form(text),
        kind if is_json(kind) || looks_like_json(text) => json(text),
        _ => markup(text),
    };
    Shown::Bytes(without_tokens(&shown).into_bytes())
}

/// As [`redacted_body`], and without what is asked for besides. Texts that are no UTF-8 are read as Latin-1;
/// pictures, archives and other files stay as they are.
pub fn redacted_body_as(head: &Head, body: &[u8], redaction: Redaction) -> Shown {
    match (redacted_body(head, body), redaction) {
        (Shown::Bytes(bytes), Redaction::Personal) if is_text(&media_type(head), &bytes) => {
            if bytes.len() > LONGEST {
                return Shown::Withheld;
            }
            Shown::Bytes(bytes_without_personal(&bytes))
        }
        (shown, _) => shown,
    }
}

/// Whether people read it: it says so, or it is UTF-8.
fn is_text(kind: &str, body: &[u8]) -> bool {
    let says_so = [
        "text/",
        "application/xml",
        "application/javascript",
        "application/xhtml",
    ];
    says_so.iter().any(|start| kind.starts_with(start)) || kind.ends_with("+xml") || std::str::from_utf8(body).is_ok()
}

/// The media type of a head in small letters, without parameters (RFC 9110 §8.3.1).
fn media_type(head: &Head) -> String {
    let field = head
        .fields
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let value = field.map(|(_, value)| String::from_utf8_lossy(value).to_ascii_lowercase());
    let value = value.unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_owned()
}

fn is_form(kind: &str) -> bool {
    kind == "application/x-www-form-urlencoded" || kind == "multipart/form-data"
}

fn is_json(kind: &str) -> bool {
    kind == "application/json" || kind.ends_with("+json") || kind == "text/json"
}

fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Tools send forms without saying so.
fn looks_like_form(text: &str) -> bool {
    text.contains('=') && !text.contains(|character: char| character.is_whitespace() || "<>{}\"".contains(character))
}

fn form(text: &str) -> String {
    let parts = text.split('&').map(|part| match part.split_once('=') {
        Some((name, _)) if is_secret(&unescaped(name)) => format!("{name}={REDACTED}"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("&")
}

/// The parts of a form of parts (RFC 7578): each begins after a line that begins with `--`.
fn multipart(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let (mut secret, mut within) = (false, false);
    for line in text.split_inclusive('\n') {
        if line.starts_with("--") {
            (secret, within) = (false, false);
            shown.push_str(line);
        } else if within {
            if !secret {
                shown.push_str(line);
            }
        } else if line.trim().is_empty() {
            within = true;
            shown.push_str(line);
            if secret {
                shown.push_str(REDACTED);
                shown.push_str("\r\n");
            }
        } else {
            secret |= disposition_name(line).is_some_and(|name| is_secret(&name));
            shown.push_str(line);
        }
    }
    shown
}

fn disposition_name(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let start = lower.find(" name=").or_else(|| lower.find(";name="))? + 6;
    let value = line.get(start..)?.trim_start_matches('"');
    Some(value.split(['"', ';', '\r', '\n']).next()?.to_owned())
}

/// JSON in which the values of secret names are replaced, whatever they hold; its layout stays, and it
/// need not be whole: it is read token by token.
fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        let (name, after) = from.split_at(string_end(from));
        shown.push_str(name);
        rest = after;
        let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
        let plain = serde_json::from_str::<String>(name).unwrap_or_else(|_| name.to_owned());
        if let Some(value) = value.filter(|_| is_secret(&plain)) {
            shown.push_str(&rest[..rest.len() - value.len()]);
            let end = value_end(value);
            let nothing = end == 0 || &value[..end] == "null" || matches!(&value[..end], "true" | "false");
            if nothing {
                shown.push_str(&value[..end]);
            } else {
                shown.push_str(&format!("\"{REDACTED}\""));
            }
            rest = &value[end..];
        }
    }
    shown.push_str(rest);
    shown
}

/// Where a string ends that a text begins with, its quotes included.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where a value ends that a text begins with: a string, a scalar, or all that brackets hold.
fn value_end(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => at += string_end(&text[at..]),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' | b',' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' | b':' => at += 1,
            _ => {
                at += text[at..]
                    .find(['"', '{', '[', '}', ']', ',', ':'])
                    .unwrap_or(text.len() - at)
            }
        }
        let scalar_ended = depth == 0 && at > 0;
        if scalar_ended {
            return text[..at].trim_end().len();
        }
    }
    text.len()
}

/// Pages and other texts: the values of `input` and `meta` with secret names.
fn markup(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        let end = from.find('>').map_or(from.len(), |end| end + 1);
        shown.push_str(&tag(&from[..end]));
        rest = &from[end..];
    }
    shown.push_str(rest);
    shown
}

fn tag(tag: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let value = match () {
        () if lower.starts_with("<input") => " value=",
        () if lower.starts_with("<meta") => " content=",
        () => return tag.to_owned(),
    };
    let secret = attribute(tag, &lower, " name=").is_some_and(|(start, end)| is_secret(&tag[start..end]));
    match attribute(tag, &lower, value) {
        Some((start, end)) if secret => format!("{}{REDACTED}{}", &tag[..start], &tag[end..]),
        _ => tag.to_owned(),
    }
}

/// Where the value of an attribute stands; `lower` is the tag in small letters, as long as the tag.
fn attribute(tag: &str, lower: &str, name: &str) -> Option<(usize, usize)> {
    let start = lower.find(name)? + name.len();
    let quote = tag[start..].chars().next()?;
    if quote == '"' || quote == '\'' {
        let end = tag[start + 1..].find(quote)? + start + 1;
        return Some((start + 1, end));
    }
    let length = tag[start..].find([' ', '>', '/', '\n']).unwrap_or(tag.len() - start);
    Some((start, start + length))
}
