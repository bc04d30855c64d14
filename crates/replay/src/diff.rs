//! How a replayed answer differs from the recorded one; pure.
//!
//! A difference that every two runs show (dates, identifiers of requests, values that are carried on) is told and
//! marked as expected, so that what is left is what a person looks at. The person's verdict is not made here.

mod fields;
mod json;
mod lines;
#[cfg(test)]
mod tests;
mod volatile;

use sha2::{Digest, Sha256};

use crate::carry::{Carry, Substitution};
use crate::decode::{READ, plain};
use crate::message::{Answer, media_type};

/// The most differences that are told.
pub(crate) const MOST: usize = 200;
/// How many characters of each side are shown.
const SHOWN: usize = 400;

/// Where two answers differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In their status.
    Status,
    /// In a field, by its name in small letters; of `set-cookie` with the name of the cookie.
    Field(String),
    /// In a body of JSON, by the path (RFC 6901).
    Json(String),
    /// In a body of text, by the number of the line, from 1: of the recorded one where it has it.
    Line(usize),
    /// In a body as a whole.
    Body,
    /// There are more differences than are told.
    More,
}

/// Why a difference was to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A value that the instance issued and that is carried on.
    Carried,
    /// What every run has of its own: instants, identifiers of requests, hashes, nonces.
    Volatile,
    /// How the body was framed, which the difference of the body tells itself.
    Framing,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub place: Place,
    /// What was recorded there, the first 400 characters; nothing when nothing was.
    pub recorded: Option<String>,
    /// What stands there now, likewise.
    pub replayed: Option<String>,
    /// Why it was to be expected; nothing when it was not.
    pub expected: Option<Expected>,
}

/// What the differences of an answer come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summary {
    /// The same answer.
    Same,
    /// The same but for what was to be expected.
    SameButVolatile,
    /// Another answer, or one where none was recorded.
    Different,
    /// None came.
    NoAnswer,
}

/// What a comparison knows and gathers.
struct Comparison {
    substitution: Substitution,
    differences: Vec<Difference>,
}

/// Compares a recorded answer with the one that came now, knowing what was carried on.
pub fn compare(recorded: Option<&Answer>, replayed: Option<&Answer>, carry: &Carry) -> Vec<Difference> {
    let mut comparison = Comparison {
        substitution: carry.substitution(),
        differences: Vec::new(),
    };
    let status = |answer: Option<&Answer>| answer.map(|answer| answer.status.to_string());
    if status(recorded) != status(replayed) {
        comparison.tell(Place::Status, status(recorded), status(replayed), None);
    }
    if let (Some(recorded), Some(replayed)) = (recorded, replayed) {
        fields::compare(&recorded.fields, &replayed.fields, &mut comparison);
        comparison.bodies(recorded, replayed);
    }
    comparison.differences
}

/// What differences come to, when an answer came or none did.
pub fn summary(differences: &[Difference], answered: bool) -> Summary {
    match () {
        () if !answered => Summary::NoAnswer,
        () if differences.is_empty() => Summary::Same,
        () if differences.iter().all(|one| one.expected.is_some()) => Summary::SameButVolatile,
        () => Summary::Different,
    }
}

impl Comparison {
    /// Whether no more differences are told.
    fn is_full(&self) -> bool {
        self.differences.len() > MOST
    }

    fn tell(&mut self, place: Place, recorded: Option<String>, replayed: Option<String>, expected: Option<Expected>) {
        if self.differences.len() < MOST {
            self.differences.push(Difference {
                place,
                recorded: recorded.map(shown),
                replayed: replayed.map(shown),
                expected,
            });
        } else if self.differences.len() == MOST {
            self.differences.push(Difference {
                place: Place::More,
                recorded: None,
                replayed: None,
                expected: None,
            });
        }
    }

    /// Tells of two texts that differ, and whether that was to be expected.
    fn texts(&mut self, place: Place, recorded: &str, replayed: &str) {
        if recorded != replayed {
            let expected = self.expected(recorded, replayed);
            self.tell(place, Some(recorded.to_owned()), Some(replayed.to_owned()), expected);
        }
    }

    fn expected(&self, recorded: &str, replayed: &str) -> Option<Expected> {
        // Texts are compared as they stand: whether a page escapes what it shows is what many reports are about.
        let carried = self.substitution.text(recorded);
        if carried == replayed {
            return Some(Expected::Carried);
        }
        (volatile::folded(&carried) == volatile::folded(replayed)).then_some(Expected::Volatile)
    }

    fn bodies(&mut self, recorded: &Answer, replayed: &Answer) {
        let (before, now) = (plain(recorded), plain(replayed));
        let (mut before, mut now) = (before.as_ref(), now.as_ref());
        let cut = recorded.cut || replayed.cut;
        if cut {
            // What was not kept of one cannot be compared with the other.
            let common = before.len().min(now.len());
            (before, now) = (&before[..common], &now[..common]);
        }
        if before == now {
            return;
        }
        let short = before.len() <= READ && now.len() <= READ;
        let is_json = media_type(&replayed.fields).ends_with("json");
        let (before_text, now_text) = (lossy(before, cut), lossy(now, cut));
        match (before_text, now_text) {
            (Some(before), Some(now)) if short => {
                let parsed = |text: &str| serde_json::from_str(text).ok();
                if is_json && let (Some(before), Some(now)) = (parsed(before), parsed(now)) {
                    json::compare(&before, &now, &mut String::new(), self);
                } else if !lines::compare(before, now, self) {
                    self.whole(before.as_bytes(), now.as_bytes());
                }
            }
            _ => self.whole(before, now),
        }
    }

    fn whole(&mut self, before: &[u8], now: &[u8]) {
        self.tell(Place::Body, Some(digest(before)), Some(digest(now)), None);
    }
}

/// Bytes as text; of those that are cut, the last character may be broken.
fn lossy(bytes: &[u8], cut: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if cut && error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

fn digest(bytes: &[u8]) -> String {
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes, SHA-256 {digest}", bytes.len())
}

fn shown(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
