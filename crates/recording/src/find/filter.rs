//! Which exchanges are asked for.

use crate::entry::{Entry, Head, Micros, Start};
use crate::record::SegmentRecord;

/// How many bytes of a path a list shows.
pub(super) const SHOWN: usize = 2048;

/// How far the instants of exchanges may lie outside those of their segment, in microseconds: an
/// exchange that began just before a segment was opened may be told of in it.
const SLACK: Micros = 60_000_000;

/// By which leases; everybody's is said, never meant by leaving something out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leases {
    /// Whatever the lease.
    All,
    /// Only these.
    Only(Vec<String>),
}

/// Which exchanges are asked for: those for which everything that is said holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// By which leases.
    pub leases: Leases,
    /// Begun at this instant or later.
    pub since: Option<Micros>,
    /// Begun before this instant.
    pub until: Option<Micros>,
    /// With this method.
    pub method: Option<String>,
    /// With this in path and query; ASCII capitals count as small letters.
    pub path: Option<String>,
    /// With a status between these, both included.
    pub status: Option<(u16, u16)>,
    /// With this text in a head, or in the first mebibyte of a body or of the messages of a side,
    /// as it passed or decompressed; ASCII capitals count as small letters.
    pub text: Option<String>,
    /// Towards the target with this fingerprint.
    pub target: Option<String>,
}

impl Filter {
    /// Everything that came by these leases.
    pub fn of(leases: Leases) -> Self {
        Self {
            leases,
            since: None,
            until: None,
            method: None,
            path: None,
            status: None,
            text: None,
            target: None,
        }
    }

    /// Whether something that is asked for may have begun in a segment, by its instants alone.
    pub(super) fn may_stand_in(&self, record: &SegmentRecord) -> bool {
        let empty = record.counts.is_some_and(|counts| counts.exchanges == 0);
        let early = self
            .since
            .is_some_and(|since| record.last.saturating_add(SLACK) < since);
        let late = self
            .until
            .is_some_and(|until| record.first.saturating_sub(SLACK) >= until);
        !(empty || early || late)
    }

    /// Whether a beginning is one that is asked for, as far as it tells.
    pub(super) fn takes(&self, begin: &Entry) -> bool {
        let Entry::Begin {
            at,
            lease,
            target,
            head,
            ..
        } = begin
        else {
            return false;
        };
        let Start::Request { method, target: path } = &head.start else {
            return false;
        };
        let by_lease = match &self.leases {
            Leases::All => true,
            Leases::Only(leases) => leases.contains(lease),
        };
        by_lease
            && self.since.is_none_or(|since| *at >= since)
            && self.until.is_none_or(|until| *at < until)
            && self.method.as_ref().is_none_or(|asked| asked == method)
            && self.target.as_ref().is_none_or(|asked| asked == target)
            && self
                .path
                .as_ref()
                .is_none_or(|asked| holds(path.as_bytes(), asked.as_bytes()))
    }

    /// Whether a status is one that is asked for.
    pub(super) fn takes_status(&self, status: Option<u16>) -> bool {
        self.status
            .is_none_or(|(low, high)| status.is_some_and(|status| (low..=high).contains(&status)))
    }

    /// Whether the text stands in a head; true when none is asked for.
    pub(super) fn text_in_head(&self, head: &Head) -> bool {
        let Some(text) = &self.text else { return true };
        let text = text.as_bytes();
        let start = match &head.start {
            Start::Request { method, target } => format!("{method} {target} {}", head.version),
            Start::Status(status) => format!("{} {status}", head.version),
        };
        holds(start.as_bytes(), text)
            || head
                .fields
                .iter()
                .any(|(name, value)| holds(&[name.as_bytes(), b": ", value].concat(), text))
    }

    /// Whether the text stands in some bytes; true when none is asked for.
    pub(super) fn text_in(&self, bytes: &[u8]) -> bool {
        self.text.as_ref().is_none_or(|text| holds(bytes, text.as_bytes()))
    }
}

/// Whether bytes hold others, ASCII capitals counting as small letters.
fn holds(bytes: &[u8], asked: &[u8]) -> bool {
    let Some(first) = asked.first() else { return true };
    let Some(last) = bytes.len().checked_sub(asked.len()) else {
        return false;
    };
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    (0..=last).any(|at| {
        (bytes[at] == small || bytes[at] == capital) && bytes[at..at + asked.len()].eq_ignore_ascii_case(asked)
    })
}

/// The first bytes of a text, cut between characters.
pub(super) fn shown(text: &str) -> String {
    let end = (0..=SHOWN.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(0);
    text[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_held_is_found(before: Vec<u8>, asked in "[ -~]{0,8}", after: Vec<u8>) {
            let bytes = [before, asked.to_ascii_uppercase().into_bytes(), after].concat();
            prop_assert!(holds(&bytes, asked.as_bytes()));
        }

        #[test]
        fn what_is_not_held_is_not_found(bytes in prop::collection::vec(0u8..100, 0..50), asked in prop::collection::vec(128u8.., 1..5)) {
            prop_assert!(!holds(&bytes, &asked));
        }

        #[test]
        fn long_texts_are_cut_between_characters(text in "é{1000,1100}a") {
            prop_assert!(text.starts_with(&shown(&text)) && shown(&text).len() <= SHOWN);
        }
    }
}
