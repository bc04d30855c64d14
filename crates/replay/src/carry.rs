//! What the instance issues is carried on into the requests that follow; pure.

mod cookies;
mod substitute;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::message::{Answer, Fields, Request, field, media_type};
use crate::places::places;
pub(crate) use substitute::Substitution;
use substitute::Writing;

/// The most values that are carried on.
const MOST: usize = 8192;
/// From this length on a value is carried on wherever it stands; a shorter one only where it is all of a
/// value, and when its place is named as those of identifiers and tokens are.
const LONG: usize = 8;

/// Where a request was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangePlace {
    /// Path or query.
    Target,
    /// A cookie.
    Cookie,
    /// Another field.
    Field,
    /// The body.
    Body,
}

/// One value that was carried on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub place: ChangePlace,
    /// What was recorded; of a cookie its name and value.
    pub recorded: String,
    /// What was sent instead.
    pub sent: String,
}

/// What was learnt so far from answers: what to send instead of what was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carry {
    /// By their names, the values that the instance set.
    cookies: BTreeMap<String, String>,
    /// Values by what was recorded.
    values: HashMap<String, Carried>,
    /// Where redirects lead, by where they led.
    targets: HashMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Carried {
    replayed: String,
    /// Whether it may be carried on only where it is all of a value.
    only_whole: bool,
}

impl Carry {
    /// Learns from an answer that was recorded and the one that came now: of the values that stand at the same
    /// places, those that the recorded requests that follow send.
    pub fn learn<'r>(
        &mut self,
        recorded: Option<&Answer>,
        replayed: &Answer,
        later: impl IntoIterator<Item = &'r Request>,
    ) {
        cookies::learn(&mut self.cookies, &replayed.fields);
        let Some(recorded) = recorded else { return };
        self.learn_redirect(&recorded.fields, &replayed.fields);
        let candidates = candidates(recorded, replayed);
        let sent = sent_later(&candidates, later);
        for (value, carried) in candidates {
            if value == carried.replayed {
                self.values.remove(&value);
            } else if sent.contains(&value) && self.values.len() < MOST {
                self.values.insert(value, carried);
            }
        }
    }

    fn learn_redirect(&mut self, recorded: &Fields, replayed: &Fields) {
        let (Some(before), Some(now)) = (field(recorded, "location"), field(replayed, "location")) else {
            return;
        };
        let (before, now) = (origin_form(&before), origin_form(&now));
        if before.starts_with('/') && now.starts_with('/') && self.targets.len() < MOST {
            self.targets.insert(before, now);
        }
    }

    /// The request to send instead of a recorded one, and what was changed.
    pub fn apply(&self, recorded: &Request) -> (Request, Vec<Change>) {
        let (mut request, mut changes) = (recorded.clone(), Vec::new());
        let substitution = Substitution::new(&self.values);
        match self.targets.get(&recorded.target) {
            Some(target) if *target != recorded.target => {
                changes.push(Change {
                    place: ChangePlace::Target,
                    recorded: recorded.target.clone(),
                    sent: target.clone(),
                });
                request.target = target.clone();
            }
            // A redirect that leads where it led leaves nothing to carry on.
            Some(_) => {}
            None => {
                let target = substitution.apply(
                    recorded.target.as_bytes(),
                    (ChangePlace::Target, Writing::Address),
                    &mut changes,
                );
                request.target = String::from_utf8(target).unwrap_or_else(|_| recorded.target.clone());
            }
        }
        for (name, value) in &mut request.fields {
            if name.eq_ignore_ascii_case("cookie") {
                *value = cookies::carried(&self.cookies, value, &mut changes);
            } else {
                *value = substitution.apply(value, (ChangePlace::Field, Writing::Plain), &mut changes);
            }
        }
        request.body = substitution.apply(&recorded.body, (ChangePlace::Body, writing_of(recorded)), &mut changes);
        (request, changes)
    }

    /// What replaces recorded values, to compare a recorded answer with one that came now.
    pub(crate) fn substitution(&self) -> Substitution {
        Substitution::new(&self.values)
    }
}

/// How the body of a request is written.
fn writing_of(request: &Request) -> Writing {
    match media_type(&request.fields).as_str() {
        "application/x-www-form-urlencoded" => Writing::Address,
        kind if kind.ends_with("json") => Writing::Json,
        _ => Writing::Plain,
    }
}

/// The values of a recorded answer, with those that stand at the same places now.
fn candidates(recorded: &Answer, replayed: &Answer) -> HashMap<String, Carried> {
    let now = places(replayed);
    let mut before: Vec<_> = places(recorded).into_iter().collect();
    // Of a value that stands at several places the last by their names counts, in every run alike.
    before.sort_by(|(left, _), (right, _)| left.cmp(right));
    let mut candidates = HashMap::new();
    for (place, value) in before {
        let Some(replayed) = now.get(&place).cloned() else {
            continue;
        };
        let only_whole = value.len() < LONG;
        if !only_whole || is_identifier(&place.name) {
            candidates.insert(value, Carried { replayed, only_whole });
        }
    }
    candidates
}

/// Those of the values that requests send.
fn sent_later<'r>(
    candidates: &HashMap<String, Carried>,
    later: impl IntoIterator<Item = &'r Request>,
) -> HashSet<String> {
    let substitution = Substitution::new(candidates);
    let mut sent = HashSet::new();
    for request in later {
        substitution.find(request.target.as_bytes(), &mut sent);
        substitution.find(&request.body, &mut sent);
        for (_, value) in &request.fields {
            substitution.find(value, &mut sent);
        }
    }
    sent
}

/// Path and query of an address, without scheme, host and fragment.
pub(crate) fn origin_form(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let relative = match address.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            &rest[end..]
        }
        _ => address,
    };
    if relative.is_empty() {
        "/".to_owned()
    } else {
        relative.to_owned()
    }
}

/// Whether a place is named as those of identifiers and tokens are.
fn is_identifier(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let words = [
        "token",
        "csrf",
        "xsrf",
        "nonce",
        "state",
        "uuid",
        "key",
        "code",
        "location segment",
    ];
    last == "id" || last.ends_with("_id") || last.ends_with("-id") || words.iter().any(|word| last.contains(word))
}
