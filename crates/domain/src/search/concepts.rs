//! What French and English say alike: a table of concepts of security and of the services of local authorities.

use super::stems::{says_nothing, stem};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a concept is told from a word among the terms.
pub(super) const MARK: char = '~';

/// One way to say a concept: its stems after the first, and the concept.
type Way = (Vec<String>, String);

/// The ways to say each concept by their first stem, the longest first.
static WAYS: LazyLock<HashMap<String, Vec<Way>>> = LazyLock::new(|| {
    let mut ways: HashMap<String, Vec<Way>> = HashMap::new();
    for line in include_str!("concepts.txt").lines() {
        let Some((concept, said)) = line.split_once(": ") else {
            continue;
        };
        for way in said.split('|').map(str::trim) {
            let mut stems = way.split([' ', '-', '\'']).map(compared);
            let Some(first) = stems.next() else { continue };
            let way = (stems.collect(), format!("{MARK}{concept}"));
            ways.entry(first).or_default().push(way);
        }
    }
    for known in ways.values_mut() {
        known.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    ways
});

/// Gives what of a folded word is compared within a way to say something.
pub(super) fn compared(word: &str) -> String {
    if says_nothing(word) {
        word.to_owned()
    } else {
        stem(word)
    }
}

/// Finds the concept that some compared words begin with, and of how many words it is made.
pub(super) fn concept(words: &[String]) -> Option<(&'static str, usize)> {
    let (first, rest) = words.split_first()?;
    WAYS.get(first)?
        .iter()
        .find(|(way, _)| rest.starts_with(way))
        .map(|(way, concept)| (concept.as_str(), way.len() + 1))
}

/// Kinds of weakness that people choose for one another, by the numbers of CWE.
const FAMILIES: [(&str, &[i64]); 18] = [
    ("injection", &[74, 89, 90, 91, 564, 943]),
    ("script", &[79, 80, 83, 84, 85, 86, 87, 116]),
    ("access", &[284, 285, 425, 566, 639, 668, 732, 862, 863, 1220]),
    (
        "authentication",
        &[
            287, 288, 289, 290, 294, 302, 303, 304, 305, 306, 307, 308, 521, 620, 640, 798, 799, 1391, 1392,
        ],
    ),
    ("session", &[384, 488, 539, 565, 613, 614, 1004, 1275]),
    ("forgery", &[345, 346, 352, 942, 1385]),
    ("files", &[22, 23, 35, 36, 73, 98, 538, 548, 552]),
    ("upload", &[351, 434, 436, 646]),
    ("entities", &[611, 776, 827]),
    ("request", &[441, 610, 918]),
    ("command", &[77, 78, 88, 94, 95, 96, 97, 470, 917, 1336]),
    ("object", &[502, 915, 1321]),
    (
        "cryptography",
        &[
            256, 257, 261, 295, 297, 311, 312, 319, 321, 326, 327, 328, 330, 331, 338, 340, 347, 759, 760, 916,
        ],
    ),
    (
        "disclosure",
        &[
            200, 201, 203, 204, 209, 213, 215, 359, 497, 527, 530, 532, 540, 598, 615,
        ],
    ),
    ("exhaustion", &[400, 407, 409, 674, 770, 789, 834, 1333]),
    ("order", &[362, 364, 366, 367, 421, 820, 837]),
    ("interface", &[451, 601, 1021, 1022]),
    ("logic", &[20, 184, 472, 602, 807, 840, 841, 1173, 1236, 1284]),
];

/// Names the family of a kind of weakness.
pub(super) fn family(weakness: i64) -> Option<&'static str> {
    FAMILIES
        .iter()
        .find(|(_, numbers)| numbers.contains(&weakness))
        .map(|(family, _)| *family)
}
