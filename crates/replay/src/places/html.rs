//! Values in pages: of inputs, of `meta`, of the parameters of links, and those that scripts assign.

use super::{Collected, Kind};

/// Reads a page tag by tag, as tolerant as browsers are.
pub(super) fn read(text: &str, collected: &mut Collected) {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        assigned(&rest[..start], collected);
        let from = &rest[start + 1..];
        let name_length = from
            .find(|character: char| !character.is_ascii_alphanumeric())
            .unwrap_or(from.len());
        let end = tag_end(from);
        tag(
            &from[..name_length].to_ascii_lowercase(),
            &from[name_length..end],
            collected,
        );
        rest = &from[end..];
    }
    assigned(rest, collected);
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that never closes hides no page.
    tag.find('>').unwrap_or(tag.len())
}

fn tag(name: &str, attributes: &str, collected: &mut Collected) {
    let attributes = read_attributes(attributes);
    let get = |wanted: &str| {
        attributes
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    match name {
        "input" | "button" | "option" => {
            if let (Some(name), Some(value)) = (get("name").or(get("id")), get("value")) {
                collected.add(Kind::Input, name, value);
            }
        }
        "meta" => {
            if let (Some(name), Some(value)) = (get("name").or(get("property")), get("content")) {
                collected.add(Kind::Meta, name, value);
            }
        }
        _ => {}
    }
    for (name, value) in &attributes {
        match name.as_str() {
            "href" | "src" | "action" | "formaction" => parameters(value, collected),
            _ if name.starts_with("data-") => collected.add(Kind::Assigned, name, value),
            _ => {}
        }
    }
}

/// The attributes of a tag: names in small letters, values without references to characters.
fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && attributes.len() < 64 {
        let length = rest
            .find(|character: char| character.is_whitespace() || character == '=')
            .unwrap_or(rest.len());
        let name = rest[..length].to_ascii_lowercase();
        rest = rest[length..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            if length == 0 {
                break;
            }
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &value[1..];
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                value.split_at(end)
            }
        };
        attributes.push((name, unescaped(value)));
        rest = after.trim_start();
    }
    attributes
}

/// A text in which references to characters are resolved, those that tokens meet (HTML §13.5).
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        let from = &rest[start..];
        let end = from.bytes().take(10).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&from[1..end])?, end))) {
            Some((character, end)) => {
                plain.push(character);
                rest = &from[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &from[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = reference.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)
        }
    }
}

/// A value as it was before it was put into an address (RFC 3986 §2.1).
pub(super) fn unescaped_address(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let digits = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The parameters in the query of an address.
pub(super) fn parameters(address: &str, collected: &mut Collected) {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    for part in query.split('#').next().unwrap_or_default().split('&') {
        if let Some((name, value)) = part.split_once('=') {
            collected.add(Kind::Parameter, name, value);
        }
    }
}

/// What scripts and data within a page assign: `name = "value"` and `"name": "value"`.
fn assigned(text: &str, collected: &mut Collected) {
    let mut rest = text;
    let mut before = "";
    while let Some(start) = rest.find(['"', '\'']) {
        let quote = rest[start..].chars().next().unwrap_or('"');
        let Some((value, after)) = rest[start + 1..].split_once(quote) else {
            return;
        };
        let lead = rest[..start].trim_end();
        if let Some(name) = lead.strip_suffix([':', '=']) {
            // Either the word before the mark, or the string before it.
            let name = name.trim_end();
            let word = name
                .rsplit(|character: char| !character.is_alphanumeric() && character != '_')
                .next();
            let name = if name.is_empty() {
                before
            } else {
                word.unwrap_or_default()
            };
            if !name.is_empty() && name.len() <= 64 {
                collected.add(Kind::Assigned, name, value);
            }
        }
        before = value;
        rest = after;
    }
}
