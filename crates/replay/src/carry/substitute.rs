//! Recorded values replaced by those that came now, wherever a request holds them, in one pass.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Carried, Change, ChangePlace};

/// How many first bytes of a value lead to it.
const LEAD: usize = 4;
/// From this length on a value is known wherever it stands, even within a longer word.
const SURE: usize = 16;
/// The most changes that are told of a request.
const TOLD: usize = 1000;

/// What stands for what, by the first bytes of what is replaced.
pub(crate) struct Substitution {
    long: HashMap<[u8; LEAD], Vec<Replaced>>,
    whole: HashMap<Vec<u8>, Replaced>,
}

/// How what stands somewhere is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    Plain,
    Address,
    Json,
}

/// A value as a request writes it, and what is sent instead.
struct Replaced {
    recorded: Vec<u8>,
    sent: Vec<u8>,
    /// The value itself.
    value: String,
    /// What stands for it now, as it is.
    replayed: String,
}

impl Replaced {
    /// What is sent where things are written so: a value that every way writes alike does not tell which way was
    /// meant, and what stands for it now may need it.
    fn sent(&self, writing: Writing) -> Cow<'_, [u8]> {
        if self.recorded != self.value.as_bytes() {
            return Cow::Borrowed(&self.sent);
        }
        match writing {
            Writing::Address if in_address(&self.value) == self.value => {
                Cow::Owned(in_address(&self.replayed).into_bytes())
            }
            Writing::Json => Cow::Owned(in_json(&self.replayed).into_bytes()),
            _ => Cow::Borrowed(&self.sent),
        }
    }
}

impl Substitution {
    pub(super) fn new(values: &HashMap<String, Carried>) -> Self {
        let mut substitution = Self {
            long: HashMap::new(),
            whole: HashMap::new(),
        };
        for (value, carried) in values {
            for (recorded, sent) in written(value, &carried.replayed) {
                let lead = recorded.first_chunk::<LEAD>().copied();
                let one = Replaced {
                    recorded,
                    sent,
                    value: value.clone(),
                    replayed: carried.replayed.clone(),
                };
                if carried.only_whole {
                    substitution.whole.insert(one.recorded.clone(), one);
                } else if let Some(lead) = lead {
                    substitution.long.entry(lead).or_default().push(one);
                }
            }
        }
        // Of those that begin alike the longest is meant; the order of a hash map is none.
        for others in substitution.long.values_mut() {
            others.sort_by(|left, right| {
                let longer = right.recorded.len().cmp(&left.recorded.len());
                longer.then_with(|| left.recorded.cmp(&right.recorded))
            });
        }
        substitution
    }

    /// Replaces what is known in some bytes, and tells of it.
    pub(super) fn apply(
        &self,
        bytes: &[u8],
        (place, writing): (ChangePlace, Writing),
        changes: &mut Vec<Change>,
    ) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let Some(known) = self.known(bytes, at) else {
                out.push(bytes[at]);
                at += 1;
                continue;
            };
            let (length, sent) = (known.recorded.len(), known.sent(writing));
            if changes.len() < TOLD {
                changes.push(Change {
                    place,
                    recorded: String::from_utf8_lossy(&bytes[at..at + length]).into_owned(),
                    sent: String::from_utf8_lossy(&sent).into_owned(),
                });
            }
            out.extend_from_slice(&sent);
            at += length;
        }
        out
    }

    /// A text with what is known replaced.
    pub(crate) fn text(&self, text: &str) -> String {
        let bytes = self.apply(text.as_bytes(), (ChangePlace::Body, Writing::Plain), &mut Vec::new());
        String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
    }

    /// Adds the values that some bytes hold.
    pub(super) fn find(&self, bytes: &[u8], found: &mut HashSet<String>) {
        let mut at = 0;
        while at < bytes.len() {
            at += match self.known(bytes, at) {
                Some(known) => {
                    found.insert(known.value.clone());
                    known.recorded.len()
                }
                None => 1,
            };
        }
    }

    /// The value that stands at a place of some bytes.
    fn known(&self, bytes: &[u8], at: usize) -> Option<&Replaced> {
        let rest = &bytes[at..];
        let begins = at == 0 || !is_word(bytes[at - 1]);
        if begins && !self.whole.is_empty() && (at == 0 || is_mark(bytes[at - 1])) {
            let length = rest.iter().position(|byte| is_mark(*byte)).unwrap_or(rest.len());
            if let Some(known) = self.whole.get(&rest[..length]) {
                return Some(known);
            }
        }
        let others = self.long.get(rest.first_chunk::<LEAD>()?)?;
        others.iter().find(|one| {
            let length = one.recorded.len();
            let ends = rest.get(length).is_none_or(|byte| !is_word(*byte));
            rest.starts_with(&one.recorded) && (length >= SURE || (begins && ends))
        })
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What stands around whole values in paths, queries, forms and JSON.
fn is_mark(byte: u8) -> bool {
    b"/?&=#\"',:;{}[] \r\n".contains(&byte)
}

/// A pair of values in the ways that requests and pages write them: as it is, in an address or a form, in JSON,
/// with references to characters as template engines make them.
fn written(recorded: &str, sent: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let ways: [fn(&str) -> String; 7] = [
        str::to_owned,
        in_address,
        |text| in_address(text).replace("%20", "+"),
        in_json,
        |text| referenced(text, "&<>\"'"),
        |text| referenced(text, "&<>\"'+"),
        |text| referenced(text, "&<>\"'+/="),
    ];
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = Vec::with_capacity(ways.len());
    for way in ways {
        let written = way(recorded).into_bytes();
        // A way that writes the value as another does says nothing new.
        if pairs.iter().all(|(known, _)| *known != written) {
            pairs.push((written, way(sent).into_bytes()));
        }
    }
    pairs
}

fn in_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// A text with references in the place of some characters (HTML §13.1.4).
fn referenced(text: &str, escaped: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ if escaped.contains(character) => out.push_str(&format!("&#{};", u32::from(character))),
            _ => out.push(character),
        }
    }
    out
}
