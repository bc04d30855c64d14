//! What somebody types into the search box, and which of what is found answers it.

use super::Query;
use crate::organisation::name_words;
use std::collections::BTreeSet;

/// The longest search, in characters.
pub const SEARCH_MAX: usize = 200;
/// How much of the best answer's likeness the others have at least.
const ANSWERS: f64 = 0.4;

crate::coded! {
    /// A part of what is searched.
    pub enum Part {
        /// Reports.
        Reports = "report",
        /// Vulnerabilities.
        Vulnerabilities = "vulnerability",
        /// Campaigns.
        Campaigns = "campaign",
        /// Programmes.
        Programmes = "programme",
        /// Products.
        Products = "product",
        /// Organisations.
        Organisations = "organisation",
    }
}

crate::refusals! {
    /// Why nothing can be looked for.
    pub enum Unsearchable {
        /// More was typed than a search takes.
        TooLong = "too_long",
        /// It holds what no keyboard types, such as a null character.
        NoText = "no_text",
        /// No letter and no figure is in it.
        SaysNothing = "says_nothing",
    }
}

/// A search as it was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// What texts are compared with.
    pub query: Query,
    /// The words that names are compared with, folded.
    pub words: BTreeSet<String>,
}

impl Typed {
    /// Reads a search.
    ///
    /// # Errors
    /// [`Unsearchable`] where it is too long, or nothing can be looked for.
    pub fn read(text: &str) -> Result<Self, Unsearchable> {
        if text.chars().count() > SEARCH_MAX {
            return Err(Unsearchable::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(Unsearchable::NoText);
        }
        let (query, words) = (Query::typed(text), name_words(text));
        if query.is_empty() && words.is_empty() {
            return Err(Unsearchable::SaysNothing);
        }
        Ok(Self { query, words })
    }

    /// Says whether a name is meant: each word of the search begins one of its words.
    #[must_use]
    pub fn means(&self, name: &str) -> bool {
        let of_name = name_words(name);
        let begins = |word: &String| {
            of_name
                .range(word.clone()..)
                .next()
                .is_some_and(|next| next.starts_with(word.as_str()))
        };
        !self.words.is_empty() && self.words.iter().all(begins)
    }
}

/// Says whether a text that was found answers a search, beside the best answer.
#[must_use]
pub fn answers(likeness: f64, best: f64) -> bool {
    likeness >= ANSWERS * best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_or_refused_with_its_reason() {
        for (text, expected) in [
            ("injection SQL", None),
            ("Clairval", None),
            ("de la", None),
            ("12", None),
            ("", Some(Unsearchable::SaysNothing)),
            (" … !?", Some(Unsearchable::SaysNothing)),
        ] {
            assert_eq!(Typed::read(text).err(), expected, "{text}");
        }
        let long = "é".repeat(SEARCH_MAX);
        assert!(Typed::read(&long).is_ok());
        assert_eq!(Typed::read(&format!("{long}e")).err(), Some(Unsearchable::TooLong));
    }

    #[test]
    fn each_word_begins_a_word_of_the_name_that_is_meant() {
        for (search, name, meant) in [
            ("guichet", "Guichet Demat", true),
            ("dém gui", "Guichet Demat", true),
            ("uichet", "Guichet Demat", false),
            ("guichet école", "Guichet Demat", false),
            ("l’école", "Campagne de l’École", true),
            ("guichets", "Guichet", false),
        ] {
            assert_eq!(Typed::read(search).unwrap().means(name), meant, "{search} in {name}");
        }
    }

    #[test]
    fn what_is_far_from_the_best_answer_is_left_out() {
        assert!(answers(0.9, 0.9) && answers(0.4, 0.9));
        assert!(!answers(0.3, 0.9));
    }
}
