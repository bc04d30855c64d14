//! The kinds of weakness: CWE 4.15, by number and name (see `data/NOTICE-CWE.md`).

use std::sync::LazyLock;

/// A kind of weakness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakness {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

impl Weakness {
    /// Gives it as people write it: `CWE-79 Cross-site Scripting`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("CWE-{} {}", self.id, self.name)
    }
}

static ALL: LazyLock<Vec<Weakness>> = LazyLock::new(|| {
    let text = include_str!("../../data/cwe_4.15.csv");
    let mut all: Vec<Weakness> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .filter_map(Result::ok)
        .filter(|record| record.get(4) != Some("Prohibited"))
        .filter_map(|record| {
            Some(Weakness {
                id: record.get(0)?.parse().ok()?,
                name: record.get(1)?.to_owned(),
            })
        })
        .collect();
    all.sort_by_key(|weakness| weakness.id);
    all
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

/// Reads what people type: `79`, `CWE-79`, or the whole label.
#[must_use]
pub fn parse(text: &str) -> Option<&'static Weakness> {
    let text = text.trim();
    let upper = text.to_uppercase();
    let rest = upper
        .strip_prefix("CWE")
        .map_or(upper.as_str(), |rest| rest.trim_start_matches(['-', ' ']));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(number) => find(number),
        Err(_) => ALL.iter().find(|weakness| weakness.name.eq_ignore_ascii_case(text)),
    }
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
    use super::{all, find, kept, number, parse};

    #[test]
    fn kinds_are_found_as_people_type_them() {
        for text in ["79", "CWE-79", "cwe 79", " CWE-79 Improper Neutralization"] {
            assert_eq!(parse(text).map(|weakness| weakness.id), Some(79), "{text}");
        }
        assert_eq!(parse("Improper Input Validation").map(|weakness| weakness.id), Some(20));
        assert!(parse("nothing").is_none() && parse("").is_none() && find(1).is_none());
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
