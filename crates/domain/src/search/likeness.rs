//! How alike two texts are, and why (BM25: Robertson and Zaragoza, 2009, with a weight for each field).

use super::document::{Field, Fields, Indexed};
use super::matching::{Match, field_weight, find};
use super::reading::{Asked, Kind, Query};

/// From this likeness on, a text is proposed as one that may say the same.
const LIKELY: f64 = 0.3;
/// How much of the best proposal's likeness the others have at least.
const COMPARABLE: f64 = 0.4;

/// How soon more of a word adds nothing.
const SATURATION: f64 = 1.2;
/// How much a long text is held against its words.
const LENGTH: f64 = 0.6;
/// Texts that are reckoned with where there are few, so that a rare word weighs from the start.
const PRIOR: f64 = 25.0;
/// How much more a word of the title says.
const TITLED: f64 = 1.6;
/// The terms by which a long text is judged: those that say most.
const JUDGED: usize = 10;
/// What a term that no other text has weighs in that judgement.
const NOWHERE: f64 = 0.5;
/// Words that are named among the reasons.
const NAMED: usize = 8;
/// How much of two titles is the same where they are called alike.
const ALIKE: f64 = 0.55;

/// A text that a reader sees, and what of it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The text.
    pub document: &'a Indexed,
    /// What of it the reader gets.
    pub fields: Fields,
}

/// Why two texts may say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// These paths, parameters or names stand in both.
    Names(Vec<String>),
    /// They are about the same asset.
    Asset,
    /// They are of the same kind of weakness, a CWE number.
    Weakness(i64),
    /// They are called alike.
    Title,
    /// They have so many words in common; those that say most are named, as the first text writes them.
    Words(usize, Vec<String>),
    /// The same version was tested.
    Version(String),
}

/// A text that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among those that were looked through.
    pub place: usize,
    /// How alike it is: 1 where it says about all that was asked.
    pub likeness: f64,
    /// Why, the strongest reason first.
    pub reasons: Vec<Reason>,
}

/// Looks through texts and gives the most alike, best first; equals stay in their order.
///
/// Only what is among `seen` has a part in the result.
#[must_use]
pub fn rank(query: &Query, seen: &[Seen<'_>], most: usize) -> Vec<Hit> {
    let mut matches: Vec<Match> = Vec::new();
    let mut ends = Vec::with_capacity(seen.len());
    let mut having = vec![0_u32; query.asked.len()];
    let mut total = 0.0;
    for one in seen {
        let from = matches.len();
        find(query, one, &mut matches);
        for found in &matches[from..] {
            having[found.asked] += 1;
        }
        total += length(one);
        ends.push(matches.len());
    }
    if matches.is_empty() {
        return Vec::new();
    }
    let mean = (total / count(seen.len())).max(1.0);
    let weights = weights(query, &having, seen.len());
    let all = judged(&weights, &having);
    let mut scored: Vec<(usize, f64)> = Vec::new();
    let mut from = 0;
    for (place, (one, to)) in seen.iter().zip(&ends).enumerate() {
        if *to > from {
            let norm = SATURATION * (1.0 - LENGTH + LENGTH * length(one) / mean);
            let said = |found: &Match| weights[found.asked] * found.times * (SATURATION + 1.0) / (found.times + norm);
            let said = most_saying(matches[from..*to].iter().map(said).collect());
            scored.push((place, said / all));
        }
        from = *to;
    }
    scored.sort_by(|(place, one), (other, two)| two.total_cmp(one).then(place.cmp(other)));
    scored.truncate(most);
    let hits = scored.into_iter().map(|(place, likeness)| {
        let from = place.checked_sub(1).map_or(0, |before| ends[before]);
        Hit {
            place,
            likeness,
            reasons: reasons(query, &seen[place], &matches[from..ends[place]], &weights),
        }
    });
    hits.collect()
}

/// Says whether a likeness is worth a person's look, beside the best one.
#[must_use]
pub fn worth_a_look(likeness: f64, best: f64) -> bool {
    likeness >= LIKELY && likeness >= COMPARABLE * best
}

/// Gives what a text would have to share to be wholly like what is asked.
fn judged(weights: &[f64], having: &[u32]) -> f64 {
    let weigh = |(weight, having): (&f64, &u32)| if *having == 0 { weight * NOWHERE } else { *weight };
    most_saying(weights.iter().zip(having).map(weigh).collect())
}

/// Sums up the terms that say most: what many texts repeat word for word does not outweigh them.
fn most_saying(mut said: Vec<f64>) -> f64 {
    said.sort_by(|one, other| other.total_cmp(one));
    said.iter().take(JUDGED).sum()
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Gives how long what the reader sees of a text is, weighed by field.
fn length(one: &Seen<'_>) -> f64 {
    let lengths = (0_u8..).zip(one.document.lengths).take(Field::Facts as usize);
    lengths
        .filter(|(field, _)| one.fields.has(*field))
        .map(|(field, length)| f64::from(length) * field_weight(usize::from(field)))
        .sum()
}

/// Gives what each term asked weighs: the rarer, the more.
fn weights(query: &Query, having: &[u32], texts: usize) -> Vec<f64> {
    let weigh = |asked: &Asked, having: u32| {
        let rare = (1.0 + (count(texts) + PRIOR - f64::from(having)) / (f64::from(having) + 0.5)).ln();
        let often = 1.0 + f64::from(asked.times).ln().min(1.0) * 0.5;
        rare * rare.sqrt() * often * asked.kind.weight() * if asked.titled { TITLED } else { 1.0 }
    };
    query
        .asked
        .iter()
        .zip(having)
        .map(|(asked, having)| weigh(asked, *having))
        .collect()
}

/// Says why a text was found, the strongest reason first.
fn reasons(query: &Query, one: &Seen<'_>, matches: &[Match], weights: &[f64]) -> Vec<Reason> {
    let mut best: Vec<&Match> = matches.iter().collect();
    best.sort_by(|one, other| weights[other.asked].total_cmp(&weights[one.asked]));
    let asked = |found: &&Match| &query.asked[found.asked];
    let named = |is: fn(&Kind) -> bool| -> Vec<String> {
        let of_kind = best.iter().map(asked).filter(|asked| is(&asked.kind));
        of_kind.map(|asked| asked.written.clone()).collect()
    };
    let mut reasons = Vec::new();
    let mut names = named(|kind| *kind == Kind::Name);
    if !names.is_empty() {
        names.truncate(NAMED);
        reasons.push(Reason::Names(names));
    }
    if alike(query, one, matches) {
        reasons.push(Reason::Title);
    }
    for found in best.iter().map(asked) {
        match found.kind {
            Kind::Weakness(number) => reasons.push(Reason::Weakness(number)),
            Kind::Asset => reasons.push(Reason::Asset),
            _ => {}
        }
    }
    let mut words = named(|kind| matches!(kind, Kind::Word | Kind::Concept));
    if !words.is_empty() {
        let all = words.len();
        words.truncate(NAMED);
        reasons.push(Reason::Words(all, words));
    }
    reasons.extend(named(|kind| *kind == Kind::Version).pop().map(Reason::Version));
    reasons
}

/// Says whether two titles have most of their terms in common.
fn alike(query: &Query, one: &Seen<'_>, matches: &[Match]) -> bool {
    let common = matches
        .iter()
        .filter(|found| found.titled && query.asked[found.asked].titled)
        .count();
    let asked = query.asked.iter().filter(|asked| asked.titled).count();
    let told = usize::from(one.document.lengths[Field::Title as usize]);
    common >= 2 && 2.0 * count(common) / count(asked + told) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Subject, Writing};
    use super::*;

    fn text(title: &str, text: &str, weakness: i64) -> Writing {
        let mut writing = Writing::default();
        writing.read(Field::Title, title);
        writing.read(Field::Text, text);
        writing.facts(&Subject {
            weakness: Some(weakness),
            asset: "portail.example",
            version: "4.2",
        });
        writing
    }

    fn texts() -> Vec<Indexed> {
        [
            text(
                "Lecture des factures d’autrui",
                "Le numéro de /api/factures/12 se change.",
                639,
            ),
            text(
                "SQL injection in the search",
                "The `ref` parameter of /recherche reaches the query.",
                89,
            ),
            text(
                "Session conservée",
                "Le témoin reste valable après la déconnexion.",
                613,
            ),
        ]
        .map(|writing| Indexed::of(&writing.document()))
        .into()
    }

    fn seen(texts: &[Indexed], fields: Fields) -> Vec<Seen<'_>> {
        texts.iter().map(|document| Seen { document, fields }).collect()
    }

    #[test]
    fn a_paraphrase_in_the_other_language_comes_first_with_its_reasons() {
        let texts = texts();
        let asked = text(
            "Injection SQL dans la recherche",
            "La valeur de `ref` est reprise par /recherche.",
            89,
        )
        .query();
        let found = rank(&asked, &seen(&texts, Fields::ALL), 5);
        assert_eq!(found[0].place, 1);
        assert!(worth_a_look(found[0].likeness, found[0].likeness) && found[0].likeness > 2.0 * found[1].likeness);
        let reasons = &found[0].reasons;
        let Reason::Names(names) = &reasons[0] else {
            panic!("{reasons:?}")
        };
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(
            reasons.contains(&Reason::Weakness(89)) && reasons.contains(&Reason::Title),
            "{reasons:?}"
        );
        assert!(reasons.contains(&Reason::Asset) && reasons.contains(&Reason::Version("4.2".to_owned())));
        assert!(reasons.iter().any(|reason| matches!(reason, Reason::Words(2.., _))));
    }

    #[test]
    fn what_is_not_seen_has_no_part_in_what_is_found() {
        let texts = texts();
        let asked = text("Factures d’autrui", "Le numéro de /api/factures/7 se change.", 639).query();
        let two = rank(&asked, &seen(&texts[..2], Fields::ALL), 5);
        let all = rank(&asked, &seen(&texts, Fields::ALL), 5);
        assert_eq!((two[0].place, all[0].place), (0, 0));
        let titles = rank(&asked, &seen(&texts, Fields::of(&[Field::Title])), 5);
        assert!(
            titles[0]
                .reasons
                .iter()
                .all(|reason| !matches!(reason, Reason::Names(_) | Reason::Weakness(_)))
        );
        assert!(rank(&asked, &seen(&texts, Fields::default()), 5).is_empty());
        assert!(rank(&asked, &[], 5).is_empty());
    }

    #[test]
    fn the_same_text_is_as_alike_as_can_be_and_an_empty_one_like_nothing() {
        let texts = texts();
        let same = text(
            "Session conservée",
            "Le témoin reste valable après la déconnexion.",
            613,
        )
        .query();
        let found = rank(&same, &seen(&texts, Fields::ALL), 1);
        assert_eq!((found.len(), found[0].place), (1, 2));
        assert!(found[0].likeness > 0.8, "{}", found[0].likeness);
        let empty = Indexed::of(&Document::default());
        assert!(rank(&same, &seen(&[empty], Fields::ALL), 5).is_empty());
        assert!(rank(&Query::default(), &seen(&texts, Fields::ALL), 5).is_empty());
    }
}
