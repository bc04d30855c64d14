//! How well duplicates are proposed, on a labelled set (`data/README.md`).

use domain::search::{Field, Fields, Indexed, Seen, Subject, Writing, rank, worth_a_look};

const SET: &str = include_str!("../data/duplicates.txt");
const BOILERPLATE: &str = include_str!("../data/boilerplate.txt");
/// Proposals for one text at most.
const MOST: usize = 5;

/// A text of the set.
pub struct Labelled {
    /// The flaw it tells; none for a distractor.
    flaw: Option<u32>,
    weakness: i64,
    /// What it is called.
    pub title: &'static str,
    /// What it says.
    pub text: &'static str,
}

/// Gives every text of the set.
pub fn all() -> Vec<Labelled> {
    let lines: Vec<&str> = SET.lines().collect();
    let entries = lines.chunks_exact(3).map(|entry| {
        let mut head = entry[0].trim_start_matches('@').split(' ');
        Labelled {
            flaw: head.next().and_then(|flaw| flaw.parse().ok()),
            weakness: head.nth(1).and_then(|cwe| cwe.parse().ok()).unwrap_or_default(),
            title: entry[1],
            text: entry[2],
        }
    });
    entries.collect()
}

/// Gives what the `n`th text bears beside its own words, where texts are dressed: nothing for two fifths.
pub fn boilerplate(n: usize) -> &'static str {
    BOILERPLATE.lines().nth(n % 5).unwrap_or_default()
}

/// Which flaws are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaws {
    /// Those on which the weights were chosen.
    Even,
    /// Those that were only measured.
    Odd,
    All,
}

/// What was reached.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    asked: f64,
    alike: f64,
    proposed: f64,
    right: f64,
    first: f64,
    any: f64,
    in_vain: f64,
    distractors: f64,
}

impl Figures {
    fn recall(&self) -> f64 {
        self.right / self.alike
    }

    fn precision(&self) -> f64 {
        self.right / self.proposed
    }

    fn first_is_right(&self) -> f64 {
        self.first / self.asked
    }
}

/// Asks with each text for those that it may repeat; `worth` says which proposals are made.
fn measure(flaws: Flaws, dressed: bool, worth: impl Fn(f64, f64) -> bool) -> Figures {
    let set = all();
    let writings: Vec<Writing> = set
        .iter()
        .enumerate()
        .map(|(n, one)| {
            let mut writing = Writing::default();
            writing.read(Field::Title, one.title);
            writing.read(Field::Text, one.text);
            if dressed {
                writing.read(Field::Text, boilerplate(n));
            }
            writing.facts(&Subject {
                weakness: Some(one.weakness),
                ..Subject::default()
            });
            writing
        })
        .collect();
    let documents: Vec<Indexed> = writings.iter().map(|one| Indexed::of(&one.document())).collect();
    let mut figures = Figures::default();
    for (n, one) in set.iter().enumerate() {
        let wanted = match (flaws, one.flaw) {
            (Flaws::Even, Some(flaw)) => flaw % 2 == 0,
            (Flaws::Odd, Some(flaw)) => flaw % 2 == 1,
            (Flaws::Even | Flaws::Odd, None) => false,
            (Flaws::All, _) => true,
        };
        if !wanted {
            continue;
        }
        let others: Vec<usize> = (0..set.len()).filter(|other| *other != n).collect();
        let seen: Vec<Seen<'_>> = others
            .iter()
            .map(|other| Seen {
                document: &documents[*other],
                fields: Fields::ALL,
            })
            .collect();
        let hits = rank(&writings[n].query(), &seen, MOST);
        let best = hits.first().map_or(0.0, |hit| hit.likeness);
        let proposed = hits.iter().filter(|hit| worth(hit.likeness, best));
        let right: Vec<bool> = proposed
            .map(|hit| one.flaw.is_some() && set[others[hit.place]].flaw == one.flaw)
            .collect();
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or_default());
        if one.flaw.is_none() {
            figures.distractors += 1.0;
            figures.in_vain += count(right.len());
            continue;
        }
        let alike = others.iter().filter(|other| set[**other].flaw == one.flaw).count();
        figures.asked += 1.0;
        figures.alike += count(alike);
        figures.proposed += count(right.len());
        figures.right += count(right.iter().filter(|right| **right).count());
        figures.first += f64::from(u8::from(right.first() == Some(&true)));
        figures.any += f64::from(u8::from(right.contains(&true)));
    }
    figures
}

/// Prints precision and recall.
pub fn print() {
    println!(
        "{:34} {:>9} {:>12} {:>15} {:>13} {:>16}",
        "", "recall@5", "precision@5", "first is right", "any is right", "for distractors"
    );
    for (name, flaws, dressed) in [
        ("weights chosen on (even flaws)", Flaws::Even, false),
        ("only measured (odd flaws)", Flaws::Odd, false),
        ("all", Flaws::All, false),
        ("dressed: chosen on", Flaws::Even, true),
        ("dressed: only measured", Flaws::Odd, true),
        ("dressed: all", Flaws::All, true),
    ] {
        let figures = measure(flaws, dressed, worth_a_look);
        println!(
            "{name:34} {:8.1}% {:11.1}% {:14.1}% {:12.1}% {:16}",
            100.0 * figures.recall(),
            100.0 * figures.precision(),
            100.0 * figures.first_is_right(),
            100.0 * figures.any / figures.asked,
            match figures.distractors > 0.0 {
                true => format!("{:.1} a text", figures.in_vain / figures.distractors),
                false => String::new(),
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_set_is_what_its_readme_says() {
        let mut flaws: BTreeMap<u32, usize> = BTreeMap::new();
        let set = all();
        for flaw in set.iter().filter_map(|one| one.flaw) {
            *flaws.entry(flaw).or_default() += 1;
        }
        assert_eq!((flaws.len(), flaws.values().sum::<usize>(), set.len()), (70, 205, 249));
        assert!(flaws.values().all(|told| (2..=4).contains(told)));
        assert!(set.iter().all(|one| one.weakness > 0 && !one.title.starts_with('@')));
        assert_eq!(BOILERPLATE.lines().count(), 3);
    }

    #[test]
    fn duplicates_are_proposed_as_well_as_they_were() {
        for (dressed, recall, precision, first) in [(false, 0.87, 0.53, 0.92), (true, 0.81, 0.42, 0.89)] {
            let figures = measure(Flaws::All, dressed, worth_a_look);
            let told = format!("dressed {dressed}: {figures:?}");
            assert!(figures.recall() >= recall, "{told}");
            assert!(figures.precision() >= precision, "{told}");
            assert!(figures.first_is_right() >= first, "{told}");
        }
    }

    #[test]
    fn a_worse_choice_falls_below_the_floor() {
        let last = measure(Flaws::All, false, |likeness, best| likeness < best);
        assert!(
            last.recall() < 0.5 && last.first_is_right() < 0.8,
            "the best left out: {last:?}"
        );
        let everything = measure(Flaws::All, false, |_, _| true);
        assert!(everything.precision() < 0.42, "always five: {everything:?}");
    }
}
