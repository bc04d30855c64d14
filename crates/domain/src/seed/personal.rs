//! What looks like personal data in the texts of an archive: where, and how many, never which.

use crate::coded;

coded! {
    /// What looks like personal data.
    pub enum PersonalKind {
        /// A number of social security (NIR).
        Nir = "nir",
        /// An account number (ISO 13616).
        Iban = "iban",
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
    }
}

/// How many of each kind were found, in the order of [`PersonalKind::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PersonalCounts([u64; 4]);

impl PersonalCounts {
    /// Counts one more.
    pub fn add(&mut self, kind: PersonalKind) {
        self.0[kind as usize] += 1;
    }

    /// Counts all of another.
    pub fn add_all(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum += more;
        }
    }

    /// Gives how many of a kind were found.
    #[must_use]
    pub const fn of(&self, kind: PersonalKind) -> u64 {
        self.0[kind as usize]
    }

    /// Says whether none was found.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0 == [0; 4]
    }

    /// Gives the kinds that were found, each with how many.
    #[must_use]
    pub fn found(&self) -> Vec<(PersonalKind, u64)> {
        let all = PersonalKind::ALL.iter().map(|kind| (*kind, self.of(*kind)));
        all.filter(|(_, count)| *count > 0).collect()
    }
}

/// The most files that are named for what looks like personal data in them; the others are counted.
pub const NAMED_FILES: usize = 50;

/// What the texts of an archive hold that looks like personal data: where, and how many, never which.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PersonalFinds {
    /// How many in all.
    pub counts: PersonalCounts,
    /// The first files in which they stand, each with its own.
    pub files: Vec<(String, PersonalCounts)>,
    /// In how many more files they stand.
    pub more: u64,
    /// How many texts were not read to their end, since there was more than is read.
    pub unread: u64,
    /// How many files are no texts and were not read.
    pub other: u64,
}

impl PersonalFinds {
    /// Takes what was found in one file.
    pub fn add(&mut self, file: &str, counts: PersonalCounts) {
        if counts.is_none() {
            return;
        }
        self.counts.add_all(&counts);
        if self.files.len() < NAMED_FILES {
            self.files.push((file.to_owned(), counts));
        } else {
            self.more += 1;
        }
    }

    /// Says whether anything looks like personal data.
    #[must_use]
    pub fn warn(&self) -> bool {
        !self.counts.is_none()
    }
}
