//! The values that an answer gives, each with the place where it stands, so that the value at the same place
//! of another answer can be found.

mod html;

use std::collections::HashMap;

use crate::decode::{READ, plain};
use crate::message::{Answer, media_type};

/// The most values that are read of an answer.
const MOST: usize = 4096;
/// The longest value that is carried on.
const LONGEST: usize = 4096;

/// The values of an answer, by their places.
pub(crate) type Places = HashMap<Place, String>;

/// Where a value stands in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place {
    /// What kind of thing it stands in.
    kind: Kind,
    /// By which name: of a field, an input, a parameter, or the path through JSON.
    pub(crate) name: String,
    /// Which of those that are named alike.
    nth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Field,
    Input,
    Meta,
    Parameter,
    Assigned,
    Json,
}

/// Collects values, numbering those whose places are named alike.
#[derive(Default)]
pub(crate) struct Collected {
    places: Places,
    counts: HashMap<(Kind, String), usize>,
}

impl Collected {
    pub(crate) fn add(&mut self, kind: Kind, name: &str, value: &str) {
        if self.places.len() >= MOST || value.is_empty() || value.len() > LONGEST || name.len() > LONGEST {
            return;
        }
        let nth = self.counts.entry((kind, name.to_owned())).or_default();
        let place = Place {
            kind,
            name: name.to_owned(),
            nth: *nth,
        };
        *nth += 1;
        self.places.insert(place, value.to_owned());
    }
}

/// Fields that say nothing that is sent back.
const MUTE: [&str; 12] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "keep-alive",
    "server",
    "set-cookie",
    "status",
    "transfer-encoding",
    "vary",
    "via",
];

/// Reads the values of an answer.
pub(crate) fn places(answer: &Answer) -> Places {
    let mut collected = Collected::default();
    for (name, value) in &answer.fields {
        let name = name.to_ascii_lowercase();
        let Ok(value) = std::str::from_utf8(value) else {
            continue;
        };
        if name == "set-cookie" {
            cookie(value, &mut collected);
        }
        if MUTE.contains(&name.as_str()) {
            continue;
        }
        collected.add(Kind::Field, &name, value);
        if name == "location" {
            html::parameters(value, &mut collected);
            segments(value, &mut collected);
        }
    }
    let body = plain(answer);
    if body.len() <= READ
        && let Ok(text) = std::str::from_utf8(&body)
    {
        body_places(&media_type(&answer.fields), text, &mut collected);
    }
    collected.places
}

fn body_places(kind: &str, text: &str, collected: &mut Collected) {
    let json = kind.ends_with("json") || text.trim_start().starts_with(['{', '[']);
    if json && let Ok(value) = serde_json::from_str(text) {
        json_places(&value, &mut String::new(), collected);
    } else if kind.starts_with("text/") || kind.contains("html") || kind.contains("xml") || kind.contains("javascript")
    {
        html::read(text, collected);
    }
}

/// The value of a cookie, which scripts send back in fields of their own (the double submit of tokens), as it is or
/// unescaped.
fn cookie(set: &str, collected: &mut Collected) {
    let pair = set.split(';').next().unwrap_or_default();
    if let Some((name, value)) = pair.split_once('=') {
        let (name, value) = (format!("cookie {}", name.trim()), value.trim());
        collected.add(Kind::Field, &name, value);
        if value.contains('%') {
            collected.add(
                Kind::Field,
                &format!("{name} unescaped"),
                &html::unescaped_address(value),
            );
        }
    }
}

/// The parts of a path that an answer leads to, by their number.
fn segments(location: &str, collected: &mut Collected) {
    let path = crate::carry::origin_form(location);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    for (number, part) in path.split('/').enumerate() {
        collected.add(Kind::Field, &format!("location segment {number}"), part);
    }
}

/// The scalars of JSON by their paths (RFC 6901).
fn json_places(value: &serde_json::Value, path: &mut String, collected: &mut Collected) {
    use serde_json::Value;
    let length = path.len();
    match value {
        Value::String(text) => collected.add(Kind::Json, path, text),
        Value::Number(number) => collected.add(Kind::Json, path, &number.to_string()),
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate().take(MOST) {
                path.push_str(&format!("/{number}"));
                json_places(value, path, collected);
                path.truncate(length);
            }
        }
        Value::Object(values) => {
            for (name, value) in values.iter().take(MOST) {
                path.push('/');
                path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                json_places(value, path, collected);
                path.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests;
