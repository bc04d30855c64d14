//! What looks like personal data in the texts of an archive: counted by kind and file, never kept.

use domain::seed::{PersonalCounts, PersonalFinds, PersonalKind};
use recording::{Personal, spot_personal};

/// How much of a text is held until it is looked through.
const WINDOW: usize = 256 << 10;

/// By how many of its first bytes a file is known as a text.
const FIRST: usize = 8 << 10;

/// The texts of an archive as they come in.
pub(super) struct Texts {
    finds: PersonalFinds,
    /// How many more bytes are read.
    left: u64,
    name: String,
    counts: PersonalCounts,
    held: Vec<u8>,
    /// How the present file is read.
    reading: Reading,
}

#[derive(PartialEq, Eq)]
enum Reading {
    /// Its first bytes are awaited.
    First,
    Text,
    /// It is none, or nothing more is read.
    Not,
}

impl Texts {
    pub(super) fn new(most: u64) -> Self {
        Self {
            finds: PersonalFinds::default(),
            left: most,
            name: String::new(),
            counts: PersonalCounts::default(),
            held: Vec::new(),
            reading: Reading::Not,
        }
    }

    /// Begins a file.
    pub(super) fn begin(&mut self, name: &str) {
        self.name = name.to_owned();
        self.counts = PersonalCounts::default();
        self.held.clear();
        self.reading = Reading::First;
    }

    /// Takes content of the file.
    pub(super) fn take(&mut self, mut content: &[u8]) {
        while !content.is_empty() && self.reading != Reading::Not {
            let (now, later) = content.split_at(content.len().min(WINDOW - self.held.len()));
            self.held.extend_from_slice(now);
            content = later;
            if self.reading == Reading::First && self.held.len() >= FIRST {
                self.sort();
            }
            if self.held.len() == WINDOW {
                self.look(false);
            }
        }
    }

    /// Ends the file.
    pub(super) fn end(&mut self) {
        if self.reading == Reading::First {
            self.sort();
        }
        self.look(true);
        self.finds.add(&self.name, self.counts);
        self.reading = Reading::Not;
    }

    /// Gives what was found in all.
    pub(super) fn done(self) -> PersonalFinds {
        self.finds
    }

    /// Says by its beginning whether a file is a text.
    fn sort(&mut self) {
        self.reading = match self.held.iter().take(FIRST).any(|byte| *byte == 0) {
            true => {
                self.finds.other += 1;
                Reading::Not
            }
            false => Reading::Text,
        };
    }

    /// Looks through what is held, up to a place where nothing is cut apart.
    fn look(&mut self, ends: bool) {
        if self.reading != Reading::Text || self.held.is_empty() {
            return;
        }
        if self.left < self.held.len() as u64 {
            self.finds.unread += 1;
            self.reading = Reading::Not;
            return;
        }
        let until = if ends { self.held.len() } else { boundary(&self.held) };
        self.left -= until as u64;
        for spotted in spot_personal(&read(&self.held[..until])) {
            self.counts.add(kind(spotted.kind));
        }
        self.held.drain(..until);
    }
}

/// Gives where a text can be cut: after its last line, or at least between two words. A word that fills all of what is held
/// is cut anywhere.
fn boundary(held: &[u8]) -> usize {
    let line = held.iter().rposition(|byte| *byte == b'\n');
    let blank = || held.iter().rposition(|byte| matches!(byte, b';' | b',' | b'\t'));
    line.or_else(blank).map_or(held.len(), |at| at + 1)
}

/// Reads bytes as UTF-8, or as Latin-1 where they are none, as old applications write.
fn read(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

const fn kind(of: Personal) -> PersonalKind {
    match of {
        Personal::Nir => PersonalKind::Nir,
        Personal::Iban => PersonalKind::Iban,
        Personal::Phone => PersonalKind::Phone,
        Personal::Email => PersonalKind::Email,
    }
}
