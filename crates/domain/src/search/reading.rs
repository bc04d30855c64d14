//! Reading a text into terms.

use super::concepts::{MARK, compared, concept, family};
use super::document::{Document, Field, hash};
use super::identifiers::{Piece, pieces};
use super::stems::{folded, says_nothing, stem};
use std::collections::{BTreeMap, BTreeSet};

/// How an identifier is told from a word among the terms.
const NAME: char = '`';
/// How a fact is told from a word among the terms.
const FACT: char = '=';

/// What a text is about, beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// The kind of weakness, a CWE number.
    pub weakness: Option<i64>,
    /// What it was found in, as the scope names it; empty where that is not known.
    pub asset: &'a str,
    /// The version tested; empty where that is not known.
    pub version: &'a str,
}

/// A text under reading: its terms so far, and how it writes them.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    counted: BTreeMap<(String, Field), u32>,
    written: BTreeMap<String, String>,
}

impl Writing {
    /// Reads a text of a field.
    pub fn read(&mut self, field: Field, text: &str) {
        let mut run: Vec<(String, String)> = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Word(word, written) => run.push((word, written)),
                Piece::Break => self.words(field, &std::mem::take(&mut run)),
                Piece::Identifier(name) => {
                    self.words(field, &std::mem::take(&mut run));
                    self.count(field, format!("{NAME}{name}"), &name);
                }
            }
        }
        self.words(field, &run);
    }

    /// Takes the words of a run: concepts where it says one, stems of the others.
    fn words(&mut self, field: Field, run: &[(String, String)]) {
        let stems: Vec<String> = run.iter().map(|(word, _)| compared(word)).collect();
        let mut at = 0;
        while at < run.len() {
            let (word, written) = &run[at];
            if let Some((concept, words)) = concept(&stems[at..]) {
                let written: Vec<&str> = run[at..at + words]
                    .iter()
                    .map(|(_, written)| written.as_str())
                    .collect();
                self.count(field, concept.to_owned(), &written.join(" "));
                at += words;
                continue;
            }
            if !says_nothing(word) {
                self.count(field, stem(word), written);
            }
            at += 1;
        }
    }

    fn count(&mut self, field: Field, term: String, written: &str) {
        self.written.entry(term.clone()).or_insert_with(|| written.to_owned());
        *self.counted.entry((term, field)).or_default() += 1;
    }

    /// Takes what the text is about.
    pub fn facts(&mut self, subject: &Subject<'_>) {
        if let Some(number) = subject.weakness {
            self.count(Field::Facts, format!("{FACT}cwe:{number}"), "");
            if let Some(family) = family(number) {
                self.count(Field::Facts, format!("{FACT}kind:{family}"), "");
            }
        }
        for (name, said) in [("at", subject.asset), ("version", subject.version)] {
            let said = said.trim();
            if !said.is_empty() {
                self.count(Field::Facts, format!("{FACT}{name}:{}", folded(said)), said);
            }
        }
    }

    /// Gives what is kept of it.
    #[must_use]
    pub fn document(&self) -> Document {
        Document::of(&self.counted)
    }

    /// Gives what others are compared with.
    #[must_use]
    pub fn query(&self) -> Query {
        let mut titled = BTreeSet::new();
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for ((term, field), count) in &self.counted {
            *times.entry(term).or_default() += count;
            if *field == Field::Title {
                titled.insert(term.as_str());
            }
        }
        let mut asked: Vec<Asked> = times
            .iter()
            .map(|(term, times)| Asked {
                hash: hash(term),
                kind: Kind::of(term),
                times: *times,
                titled: titled.contains(term),
                written: self.written.get(*term).cloned().unwrap_or_default(),
            })
            .collect();
        asked.sort_by_key(|asked| asked.hash);
        Query { asked }
    }
}

/// What a term is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Concept,
    Name,
    Weakness(i64),
    Family,
    Asset,
    Version,
}

impl Kind {
    fn of(term: &str) -> Self {
        match term.split_once(':') {
            Some(("=cwe", number)) => Self::Weakness(number.parse().unwrap_or_default()),
            Some(("=kind", _)) => Self::Family,
            Some(("=at", _)) => Self::Asset,
            Some(("=version", _)) => Self::Version,
            _ if term.starts_with(MARK) => Self::Concept,
            _ if term.starts_with(NAME) => Self::Name,
            _ => Self::Word,
        }
    }

    /// Gives how much more than a word it weighs.
    pub(super) const fn weight(&self) -> f64 {
        match self {
            Self::Word => 1.0,
            Self::Concept => 1.2,
            Self::Name => 2.2,
            Self::Weakness(_) | Self::Family => 0.9,
            Self::Asset => 0.7,
            Self::Version => 0.1,
        }
    }
}

/// A term that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) hash: u64,
    pub(super) kind: Kind,
    pub(super) times: u32,
    pub(super) titled: bool,
    pub(super) written: String,
}

/// What others are compared with: the terms of a text, or of what somebody types into a search.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Sorted by hash.
    pub(super) asked: Vec<Asked>,
}

impl Query {
    /// Reads what somebody types into a search.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let mut writing = Writing::default();
        writing.read(Field::Text, text);
        writing.query()
    }

    /// Says whether nothing can be looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> BTreeSet<String> {
        let mut writing = Writing::default();
        writing.read(Field::Text, text);
        writing.counted.into_keys().map(|(term, _)| term).collect()
    }

    #[test]
    fn french_and_english_say_the_same_concepts() {
        for (french, english) in [
            ("mots de passe", "passwords"),
            ("téléversement", "file upload"),
            ("double authentification", "two-factor"),
            ("réinitialisation", "reset"),
            ("l’en-tête", "headers"),
            ("sans se connecter", "unauthenticated"),
        ] {
            assert_eq!(terms(french), terms(english), "{french} and {english}");
        }
    }

    #[test]
    fn words_of_one_family_share_their_stem() {
        for (one, other) in [
            ("contournée", "contournement"),
            ("abonnements", "abonnement"),
            ("validated", "validation"),
            ("exécutée", "exécution"),
        ] {
            assert_eq!(terms(one), terms(other), "{one} and {other}");
        }
        assert!(terms("et la de qui the with").is_empty());
    }

    #[test]
    fn a_query_says_how_the_text_writes_its_terms() {
        let query = Query::typed("Le Mot de passe de /api/Comptes/12");
        let written: BTreeSet<&str> = query.asked.iter().map(|asked| asked.written.as_str()).collect();
        assert!(
            written.contains("mot de passe") && written.contains("/api/comptes/*"),
            "{written:?}"
        );
        assert!(Query::typed("de la, 12 !").is_empty());
    }
}
