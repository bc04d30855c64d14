//! Which of the terms that are asked a text has.

use super::document::Field;
use super::likeness::Seen;
use super::reading::Query;

/// A term that was asked and that a text has.
pub(super) struct Match {
    pub(super) asked: usize,
    /// How often, weighed by field.
    pub(super) times: f64,
    pub(super) titled: bool,
}

/// What each field of a text weighs.
pub(super) const fn field_weight(field: usize) -> f64 {
    match field {
        0 => 2.0,
        3 | 4 => 0.6,
        _ => 1.0,
    }
}

/// How many times as many terms as a search a text has, from which on each is looked up instead of all being read.
const LOOKED_UP: usize = 12;

/// Finds the terms that a text has of those asked: both are sorted by hash.
pub(super) fn find(query: &Query, one: &Seen<'_>, matches: &mut Vec<Match>) {
    let entries = &one.document.entries;
    if query.asked.len() * LOOKED_UP < entries.len() {
        for (asked, term) in query.asked.iter().enumerate() {
            let from = matches.len();
            let first = entries.partition_point(|entry| entry >> 16 < term.hash);
            for entry in entries[first..].iter().take_while(|entry| *entry >> 16 == term.hash) {
                add(one, *entry, asked, from, matches);
            }
        }
        return;
    }
    let from = matches.len();
    let mut asked = 0;
    for entry in entries {
        while query.asked.get(asked).is_some_and(|term| term.hash < entry >> 16) {
            asked += 1;
        }
        let Some(term) = query.asked.get(asked) else { break };
        if term.hash == entry >> 16 {
            add(one, *entry, asked, from, matches);
        }
    }
}

/// Counts a term that stands in a field which the reader gets, with what was found of it before.
fn add(one: &Seen<'_>, entry: u64, asked: usize, from: usize, matches: &mut Vec<Match>) {
    let [field, times] = [(entry >> 8) & 0xff, entry & 0xff].map(small);
    if !one.fields.has(field) {
        return;
    }
    let titled = field == Field::Title as u8;
    let times = f64::from(times) * field_weight(usize::from(field));
    match matches[from..].last_mut().filter(|last| last.asked == asked) {
        Some(last) => {
            last.times += times;
            last.titled |= titled;
        }
        None => matches.push(Match { asked, times, titled }),
    }
}

fn small(byte: u64) -> u8 {
    u8::try_from(byte).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Fields, Indexed, Query, Seen, Writing, rank};

    fn seen(texts: &[Indexed], fields: Fields) -> Vec<Seen<'_>> {
        texts.iter().map(|document| Seen { document, fields }).collect()
    }

    #[test]
    fn a_short_search_finds_in_long_texts_what_reading_them_whole_finds() {
        let filler: Vec<String> = (0..200).map(|n| format!("mot{n}x")).collect();
        let long = |title: &str| {
            let mut writing = Writing::default();
            writing.read(Field::Title, title);
            writing.read(Field::Text, &filler.join(" "));
            Indexed::of(&writing.document())
        };
        let texts = [long("Factures d’autrui"), long("Session conservée")];
        let found = rank(&Query::typed("factures"), &seen(&texts, Fields::ALL), 5);
        assert_eq!(found.iter().map(|hit| hit.place).collect::<Vec<_>>(), [0]);
        let all = format!("factures {}", filler.join(" "));
        let whole = rank(&Query::typed(&all), &seen(&texts, Fields::ALL), 5);
        assert_eq!(whole.iter().map(|hit| hit.place).collect::<Vec<_>>(), [0, 1]);
        let none = seen(&texts, Fields::of(&[Field::Text]));
        assert!(rank(&Query::typed("factures"), &none, 5).is_empty());
    }
}
