//! Personal identifiers in what others see: found by their form and, where they have them, by their check digits.
//!
//! What is looked for are identifiers that people in France have: the number of social security (NIR), account
//! numbers (IBAN), telephone numbers and e-mail addresses. They are found as they stand in pages, forms, JSON and
//! addresses alike: escapes are read as what they mean.

mod cursor;
mod email;
mod iban;
mod nir;
mod phone;

use std::borrow::Cow;
use std::ops::Range;

use cursor::Cursor;

/// A kind of personal identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Personal {
    /// The number in the national register of people, which is that of social security, with its key
    /// (décret n° 82-103 du 22 janvier 1982).
    Nir,
    /// An account number (ISO 13616) of a country in which payments in euros are made, whose check digits are right.
    Iban,
    /// A French telephone number, overseas included, in national or international form.
    Phone,
    /// An e-mail address (RFC 5321 §4.1.2), as people have them.
    Email,
}

impl Personal {
    /// What stands in the place of an identifier of this kind.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Nir => "[redacted-nir]",
            Self::Iban => "[redacted-iban]",
            Self::Phone => "[redacted-phone]",
            Self::Email => "[redacted-email]",
        }
    }
}

/// Where a personal identifier stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spotted {
    /// Its kind.
    pub kind: Personal,
    /// Its bytes in the text.
    pub place: Range<usize>,
}

/// Finds the personal identifiers of a text, in their order; the time it takes grows with the text alone.
pub fn spot_personal(text: &str) -> impl Iterator<Item = Spotted> {
    Spotting {
        cursor: Cursor::of(text),
        no_email_before: 0,
    }
}

/// Replaces the personal identifiers of a text by their marks.
pub fn without_personal(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut copied = 0;
    for Spotted { kind, place } in spot_personal(text) {
        shown.push_str(&text[copied..place.start]);
        shown.push_str(kind.mark());
        copied = place.end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// As [`without_personal`], for bytes: what is no UTF-8 is read as Latin-1, as old applications send it.
pub(super) fn bytes_without_personal(bytes: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => without_personal(text).into_owned().into_bytes(),
        Err(_) => {
            let text: String = bytes.iter().copied().map(char::from).collect();
            let shown = without_personal(&text);
            // Marks are ASCII, and everything else was a byte.
            shown.chars().map(|meant| meant as u8).collect()
        }
    }
}

struct Spotting<'t> {
    cursor: Cursor<'t>,
    /// No address begins before this: what stands there was read through to its end.
    no_email_before: usize,
}

impl Iterator for Spotting<'_> {
    type Item = Spotted;

    fn next(&mut self) -> Option<Spotted> {
        loop {
            let start = self.cursor;
            let first = self.cursor.next()?;
            if !begins(first) || start.is_within_word() {
                continue;
            }
            if let Some((kind, end)) = self.spot(start, first) {
                self.cursor = end.after_mark();
                let place = start.at()..end.at();
                return Some(Spotted { kind, place });
            }
        }
    }
}

impl<'t> Spotting<'t> {
    fn spot(&mut self, start: Cursor<'t>, first: char) -> Option<(Personal, Cursor<'t>)> {
        let number = match first {
            '0' | '+' => phone::end(start).map(|end| (Personal::Phone, end)),
            '1'..='8' => nir::end(start).map(|end| (Personal::Nir, end)),
            'A'..='Z' | 'a'..='z' => iban::end(start).map(|end| (Personal::Iban, end)),
            _ => None,
        };
        if number.is_some() {
            return number;
        }
        if start.at() < self.no_email_before {
            return None;
        }
        match email::end(start) {
            Ok(end) => Some((Personal::Email, end)),
            Err(read) => {
                self.no_email_before = read;
                None
            }
        }
    }
}

/// What an identifier may begin with.
fn begins(first: char) -> bool {
    first == '+' || first.is_alphanumeric()
}

#[cfg(test)]
mod tests;
