//! The kinds of weakness: CWE 4.15, by number and name (see `data/NOTICE-CWE.md`), with French names of our own.

use domain::search::{Field, Fields, Indexed, Query, Seen, Writing, rank};
use i18n::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind of weakness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakness {
    /// Its number.
    pub id: i64,
    /// Its name in CWE.
    pub name: String,
    /// Its name in French, where we have given it one.
    pub french: Option<String>,
}

impl Weakness {
    /// Gives its name in a language: in French where it has a French one, else as CWE names it.
    #[must_use]
    pub fn name_in(&self, lang: Lang) -> &str {
        match (lang, &self.french) {
            (Lang::Fr, Some(french)) => french,
            _ => &self.name,
        }
    }

    /// Gives it as people write it: `CWE-79 Cross-site Scripting`.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        format!("CWE-{} {}", self.id, self.name_in(lang))
    }
}

/// How many of the most alike a search chooses from.
const LOOKED_AT: usize = 40;

/// French names, and the words by which people look for each, by number.
static FRENCH: LazyLock<HashMap<i64, (String, String)>> = LazyLock::new(|| {
    let text = include_str!("../../data/cwe_fr.csv");
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .filter_map(Result::ok)
        .filter_map(|record| {
            let id = record.get(0)?.parse().ok()?;
            Some((id, (record.get(1)?.to_owned(), record.get(2)?.to_owned())))
        })
        .collect()
});

static ALL: LazyLock<Vec<Weakness>> = LazyLock::new(|| {
    let text = include_str!("../../data/cwe_4.15.csv");
    let mut all: Vec<Weakness> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .filter_map(Result::ok)
        .filter(|record| record.get(4) != Some("Prohibited"))
        .filter_map(|record| {
            let id = record.get(0)?.parse().ok()?;
            Some(Weakness {
                id,
                name: record.get(1)?.to_owned(),
                french: FRENCH.get(&id).map(|(name, _)| name.clone()),
            })
        })
        .collect();
    all.sort_by_key(|weakness| weakness.id);
    all
});

/// What a search compares of each kind: its names as its title, the words people look by as its text.
static INDEXED: LazyLock<Vec<Indexed>> = LazyLock::new(|| {
    let read = |weakness: &Weakness| {
        let mut writing = Writing::default();
        writing.read(Field::Title, &weakness.name);
        if let Some((name, words)) = FRENCH.get(&weakness.id) {
            // Those that we have named are those that people choose: their words count as much as their name.
            writing.read(Field::Title, name);
            writing.read(Field::Title, words);
        }
        Indexed::of(&writing.document())
    };
    ALL.iter().map(read).collect()
});

/// Gives every kind that a report may be given, by number.
#[must_use]
pub fn all() -> &'static [Weakness] {
    &ALL
}

/// Finds a kind by its number.
#[must_use]
pub fn find(id: i64) -> Option<&'static Weakness> {
    ALL.binary_search_by_key(&id, |weakness| weakness.id)
        .ok()
        .and_then(|at| ALL.get(at))
}

/// Reads what people type: `79`, `CWE-79`, the whole label, or a name in either language.
#[must_use]
pub fn parse(text: &str) -> Option<&'static Weakness> {
    let text = text.trim();
    let upper = text.to_uppercase();
    let rest = upper
        .strip_prefix("CWE")
        .map_or(upper.as_str(), |rest| rest.trim_start_matches(['-', ' ']));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let lower = text.to_lowercase();
    let named = |weakness: &&Weakness| {
        let french = weakness.french.as_ref();
        weakness.name.to_lowercase() == lower || french.is_some_and(|name| name.to_lowercase() == lower)
    };
    match digits.parse() {
        Ok(number) => find(number),
        Err(_) => ALL.iter().find(named),
    }
}

/// Looks for kinds by words, in French or English; the best first.
#[must_use]
pub fn search(words: &str, most: usize) -> Vec<&'static Weakness> {
    let query = Query::typed(words);
    let seen: Vec<Seen<'_>> = INDEXED
        .iter()
        .map(|document| Seen {
            document,
            fields: Fields::ALL,
        })
        .collect();
    let found = rank(&query, &seen, LOOKED_AT);
    let best = found.first().map_or(0.0, |hit| hit.likeness);
    // Those that we have named are those that people choose; variants that nobody knows come after them.
    let (named, others): (Vec<_>, Vec<_>) = found
        .iter()
        .filter_map(|hit| Some((ALL.get(hit.place)?, hit.likeness)))
        .partition(|(weakness, likeness)| weakness.french.is_some() && *likeness >= best / 2.0);
    let all = named.into_iter().chain(others).map(|(weakness, _)| weakness);
    all.take(most).collect()
}

/// Gives a number as it is sealed: always as long, so that the length of what is sealed tells nothing.
pub(crate) fn kept(number: i64) -> String {
    format!("{number:06}")
}

/// Reads a number as it was sealed.
pub(crate) fn number(kept: &str) -> Option<i64> {
    kept.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{FRENCH, all, find, kept, number, parse, search};
    use i18n::Lang;

    #[test]
    fn kinds_are_found_as_people_type_them() {
        for text in [
            "79",
            "CWE-79",
            "cwe 79",
            " CWE-79 Improper Neutralization",
            "script intersite (XSS)",
        ] {
            assert_eq!(parse(text).map(|weakness| weakness.id), Some(79), "{text}");
        }
        assert_eq!(parse("Improper Input Validation").map(|weakness| weakness.id), Some(20));
        assert_eq!(parse("injection sql").map(|weakness| weakness.id), Some(89));
        assert!(parse("nothing").is_none() && parse("").is_none() && find(1).is_none());
    }

    #[test]
    fn kinds_are_looked_for_by_words_of_both_languages() {
        for (words, id) in [
            ("injection de base de données", 89),
            ("sql injection", 89),
            ("xss", 79),
            ("cross-site scripting", 79),
            ("idor", 639),
            ("mot de passe en dur", 798),
            ("hard-coded credentials", 798),
            ("requête forgée", 352),
            ("csrf", 352),
            ("téléversement de fichier", 434),
            ("unrestricted upload", 434),
            ("traversée de répertoire", 22),
            ("redirection ouverte", 601),
            ("open redirect", 601),
            ("déconnexion", 613),
            ("force brute", 307),
            ("clickjacking", 1021),
            ("désérialisation", 502),
            ("xxe", 611),
            ("ssrf", 918),
            ("missing authorization", 862),
        ] {
            let found: Vec<i64> = search(words, 5).iter().map(|weakness| weakness.id).collect();
            assert!(found.contains(&id), "{words}: {found:?}");
        }
        assert!(search("zzzz", 5).is_empty() && search("", 5).is_empty());
    }

    #[test]
    fn names_are_french_first_and_fall_back_to_english() {
        let sql = find(89).unwrap();
        assert_eq!(sql.label(Lang::Fr), "CWE-89 Injection SQL");
        assert!(sql.label(Lang::En).starts_with("CWE-89 Improper Neutralization"));
        let rare = find(5).unwrap();
        assert_eq!(rare.label(Lang::Fr), rare.label(Lang::En));
    }

    #[test]
    fn every_french_name_is_of_a_kind_that_can_be_chosen_and_stands_once() {
        let mut names: Vec<&String> = FRENCH.values().map(|(name, _)| name).collect();
        assert!(names.len() >= 200, "{}", names.len());
        assert_eq!(
            all().iter().filter(|weakness| weakness.french.is_some()).count(),
            names.len()
        );
        names.sort();
        names.dedup();
        assert_eq!(names.len(), FRENCH.len());
    }

    #[test]
    fn every_number_is_kept_in_the_same_length() {
        for weakness in all() {
            assert_eq!(
                (kept(weakness.id).len(), number(&kept(weakness.id))),
                (6, Some(weakness.id))
            );
        }
        assert_eq!(number(""), None);
    }

    #[test]
    fn prohibited_kinds_are_left_out() {
        assert_eq!(all().len(), 880);
    }
}
