//! How often plain numbers are taken for identifiers, and what hostile texts cost.

use super::*;

/// How many in a thousand of such numbers are taken for a personal identifier.
fn taken(numbers: impl Iterator<Item = String>) -> f64 {
    let (mut all, mut wrong) = (0u32, 0u32);
    for number in numbers {
        all += 1;
        wrong += u32::from(spot_personal(&number).next().is_some());
    }
    f64::from(wrong) * 1000.0 / f64::from(all)
}

/// Numbers that are drawn, always the same.
fn drawn(count: usize) -> impl Iterator<Item = u64> {
    let bytes = crate::tests::chance(8 * count);
    let numbers: Vec<u64> = bytes
        .chunks_exact(8)
        .map(|eight| eight.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
        .collect();
    numbers.into_iter()
}

/// A sort of numbers, and how one is made of what was drawn.
type Sort = (&'static str, fn(u64) -> String);

/// An instant of these years in microseconds.
fn microseconds(drawn: u64) -> u64 {
    1_790_000_000_000_000 + drawn % 100_000_000_000_000
}

/// 100,000 of each sort: plain numbers are left alone.
#[test]
fn plain_numbers_are_left_alone() {
    let sorts: [Sort; 8] = [
        ("of 64 bits", |drawn| drawn.to_string()),
        ("of 32 bits", |drawn| (drawn >> 32).to_string()),
        ("microseconds", |drawn| microseconds(drawn).to_string()),
        ("milliseconds", |drawn| (microseconds(drawn) / 1000).to_string()),
        ("seconds", |drawn| (microseconds(drawn) / 1_000_000).to_string()),
        ("fractions", |drawn| (drawn as f64 / 1e20).to_string()),
        ("with ten decimals", |drawn| format!("{:.10}", drawn as f64 / 1e17)),
        ("hexadecimal", |drawn| format!("{drawn:016x}")),
    ];
    for (name, sort) in sorts {
        assert_eq!(taken(drawn(100_000).map(sort)), 0.0, "{name}");
    }
}

/// What cannot be told apart: some numbers of 15 digits have a last two that is a right key, and one that is written
/// with ten digits and a nought before may be a telephone number as well as anything.
#[test]
fn few_numbers_look_like_identifiers() {
    let sorts: [(Sort, std::ops::Range<f64>); 3] = [
        (
            ("of 15 digits", |drawn| {
                (100_000_000_000_000 + drawn % 900_000_000_000_000).to_string()
            }),
            3.0..7.0,
        ),
        (
            ("filled up to 10 digits", |drawn| {
                format!("{:010}", drawn % 10_000_000_000)
            }),
            80.0..100.0,
        ),
        (
            ("filled up to 14 digits", |drawn| {
                format!("{:014}", drawn % 100_000_000_000_000)
            }),
            0.0..0.2,
        ),
    ];
    for ((name, sort), expected) in sorts {
        let taken = taken(drawn(100_000).map(sort));
        println!("of numbers {name}, {taken} in a thousand are taken for an identifier");
        assert!(expected.contains(&taken), "{name}: {taken}");
    }
}

/// What reading a long text costs does not grow faster than the text.
#[test]
fn hostile_texts_cost_no_more_than_others() {
    for piece in [
        "a-", "a@", "a.", "a@a.", "+", "0", "06 ", "FR76 ", "1 85 ", "%C3", "&#", "\\u", "a'", "+33 ",
    ] {
        let text = piece.repeat((2 << 20) / piece.len());
        let begin = std::time::Instant::now();
        assert!(spot_personal(&text).count() < text.len());
        assert!(
            begin.elapsed() < std::time::Duration::from_secs(10),
            "{piece}: {:?}",
            begin.elapsed()
        );
    }
}
