//! How many distinct people, in bounded room: exact up to a number, estimated beyond.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many people are counted exactly; beyond, the estimate errs by 6 % (one standard deviation).
const EXACT: usize = 256;

/// A count of distinct people: the least of the keyed hashes that stand for them (k minimum values,
/// Bar-Yossef et al. 2002). Counting somebody again changes nothing, and the order does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HunterCount {
    least: BTreeSet<u64>,
}

impl HunterCount {
    /// Counts somebody.
    pub fn add(&mut self, hunter: u64) {
        self.least.insert(hunter);
        self.bound();
    }

    /// Counts everybody whom another count knows.
    pub fn merge(&mut self, other: &Self) {
        self.least.extend(&other.least);
        self.bound();
    }

    /// Says whether the number is exact.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.least.len() < EXACT
    }

    /// Gives how many there are: exactly up to 255, an estimate beyond.
    #[must_use]
    pub fn count(&self) -> u64 {
        if self.is_exact() {
            return self.least.len() as u64;
        }
        let greatest = self.least.last().copied().unwrap_or(u64::MAX).max(1);
        let estimate = (EXACT as u128 - 1) * u128::from(u64::MAX) / u128::from(greatest);
        u64::try_from(estimate).unwrap_or(u64::MAX)
    }

    fn bound(&mut self) {
        while self.least.len() > EXACT {
            self.least.pop_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that are spread as hashes are (Steele et al. 2014, SplitMix64).
    fn spread(number: u64) -> u64 {
        let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    #[test]
    fn people_are_counted_once_and_many_are_estimated() {
        let mut count = HunterCount::default();
        for number in 0..20_000u64 {
            count.add(spread(number));
            count.add(spread(number));
            let (exact, told) = (number as f64 + 1.0, count.count() as f64);
            let allowed = if number < 255 { 0.0 } else { 0.25 * exact };
            assert!((told - exact).abs() <= allowed, "{told} of {exact}");
        }
        assert!(count.least.len() <= EXACT && !count.is_exact());
    }

    #[test]
    fn merging_is_counting_both() {
        let of = |range: std::ops::Range<u64>| {
            let mut count = HunterCount::default();
            range.for_each(|number| count.add(spread(number)));
            count
        };
        let mut merged = of(0..400);
        merged.merge(&of(200..900));
        assert_eq!(merged, of(0..900));
    }
}
