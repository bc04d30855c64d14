//! What is kept of a text for search, sealed as the text is; and as a node holds it, opened.

use std::collections::BTreeMap;

/// The form in which documents are written; another form is read anew from the texts.
const FORM: u8 = 1;
/// The most terms that one document keeps.
const TERMS_MAX: usize = 2_000;
/// The longest term kept, in bytes.
const TERM_MAX: usize = 120;

/// A part of a text that a reader gets, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// What it is called.
    Title = 0,
    /// What it is.
    Text = 1,
    /// How it is exploited.
    Exploit = 2,
    /// What can be done meanwhile.
    Measures = 3,
    /// Whom to call.
    Alert = 4,
    /// Its kind of weakness, what it was found in, the version tested.
    Facts = 5,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Text,
        Self::Exploit,
        Self::Measures,
        Self::Alert,
        Self::Facts,
    ];
}

/// Some fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields(u8);

impl Fields {
    /// All of them.
    pub const ALL: Self = Self(0b11_1111);

    /// Takes these.
    #[must_use]
    pub fn of(fields: &[Field]) -> Self {
        Self(fields.iter().fold(0, |all, field| all | 1 << (*field as u8)))
    }

    /// Says whether a field is among them, by its number.
    #[must_use]
    pub(super) const fn has(self, field: u8) -> bool {
        self.0 & (1 << field) != 0
    }
}

/// One term of a field, and how often it stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// A stem; a backtick and an identifier; `~` and a concept; or `=` and a fact.
    pub word: String,
    /// Where it stands.
    pub field: Field,
    /// How often, at most 255.
    pub times: u8,
}

/// What is kept of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    terms: Vec<Term>,
}

/// A document that was written in another form, or is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a document of this form")]
pub struct Broken;

impl Document {
    /// Keeps counted terms, the most frequent where there are too many.
    pub(super) fn of(counted: &BTreeMap<(String, Field), u32>) -> Self {
        let mut terms: Vec<Term> = counted
            .iter()
            .filter(|((word, _), _)| word.len() <= TERM_MAX)
            .map(|((word, field), times)| Term {
                word: word.clone(),
                field: *field,
                times: u8::try_from(*times).unwrap_or(u8::MAX),
            })
            .collect();
        if terms.len() > TERMS_MAX {
            terms.sort_by_key(|term| std::cmp::Reverse(term.times));
            terms.truncate(TERMS_MAX);
        }
        terms.sort();
        Self { terms }
    }

    /// Gives its terms, in their order.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Writes it as it is sealed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORM];
        for term in &self.terms {
            let length = u8::try_from(term.word.len()).unwrap_or_default();
            bytes.extend([term.field as u8, term.times, length]);
            bytes.extend(term.word.as_bytes());
        }
        bytes
    }

    /// Reads one that was sealed.
    ///
    /// # Errors
    /// [`Broken`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Broken> {
        let (form, mut rest) = bytes.split_first().ok_or(Broken)?;
        if *form != FORM {
            return Err(Broken);
        }
        let mut terms = Vec::new();
        while let [field, times, length, after @ ..] = rest {
            let (word, after) = after.split_at_checked(usize::from(*length)).ok_or(Broken)?;
            terms.push(Term {
                word: std::str::from_utf8(word).map_err(|_| Broken)?.to_owned(),
                field: *Field::ALL.get(usize::from(*field)).ok_or(Broken)?,
                times: *times,
            });
            rest = after;
        }
        if rest.is_empty() {
            Ok(Self { terms })
        } else {
            Err(Broken)
        }
    }
}

/// A document as a node holds it: hashes in place of words, eight bytes a term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// Hash (48 bits), field, times; sorted.
    pub(super) entries: Box<[u64]>,
    /// Terms of each field, with how often they stand there.
    pub(super) lengths: [u16; Field::ALL.len()],
}

impl Indexed {
    /// Makes one of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut lengths = [0_u16; Field::ALL.len()];
        let mut entries: Vec<u64> = Vec::with_capacity(document.terms.len());
        for term in &document.terms {
            let field = term.field as u8;
            lengths[usize::from(field)] = lengths[usize::from(field)].saturating_add(u16::from(term.times));
            entries.push(hash(&term.word) << 16 | u64::from(field) << 8 | u64::from(term.times));
        }
        entries.sort_unstable();
        Self {
            entries: entries.into(),
            lengths,
        }
    }

    /// Gives about how much memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries.len() * size_of::<u64>() + size_of::<Self>()
    }
}

/// Gives 48 bits of a word's hash (FNV-1a, mixed): two words of an instance do not share one in practice.
pub(super) fn hash(word: &str) -> u64 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash >> 16
}

#[cfg(test)]
mod tests {
    use super::super::{Subject, Writing};
    use super::*;

    fn a_document() -> Document {
        let mut writing = Writing::default();
        writing.read(Field::Title, "Injection SQL dans la recherche");
        writing.read(
            Field::Text,
            "Le paramètre `ref` de /api/dossiers/12 n’est pas contrôlé.",
        );
        writing.facts(&Subject {
            weakness: Some(89),
            asset: "https://portail.example",
            version: "4.2",
        });
        writing.document()
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        let document = a_document();
        let bytes = document.to_bytes();
        assert_eq!(Document::from_bytes(&bytes), Ok(document));
        for cut in [0, 1, bytes.len() - 1] {
            assert_ne!(
                Document::from_bytes(&bytes[..cut]),
                Document::from_bytes(&bytes),
                "{cut}"
            );
        }
        assert_eq!(Document::from_bytes(&[FORM + 1]), Err(Broken));
        assert_eq!(Document::from_bytes(&[FORM, 9, 1, 0]), Err(Broken));
    }

    #[test]
    fn a_node_holds_no_word() {
        let document = a_document();
        let indexed = Indexed::of(&document);
        assert_eq!(indexed.entries.len(), document.terms().len());
        let said: u16 = document.terms().iter().map(|term| u16::from(term.times)).sum();
        assert_eq!(indexed.lengths.iter().sum::<u16>(), said);
    }

    #[test]
    fn a_long_text_keeps_its_most_frequent_words() {
        let mut writing = Writing::default();
        let many: Vec<String> = (0..3_000).map(|n| format!("w{n}x")).collect();
        writing.read(Field::Text, &many.join(" "));
        writing.read(Field::Text, "w7x w7x");
        let document = writing.document();
        assert_eq!(document.terms().len(), TERMS_MAX);
        assert!(document.terms().iter().any(|term| term.times == 3));
    }
}
