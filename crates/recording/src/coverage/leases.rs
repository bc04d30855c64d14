//! How many distinct leases, in bounded room: exact up to a number, estimated beyond.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::short_hash;

/// How many leases are counted exactly; beyond, the estimate errs by 6 % (one standard deviation).
const EXACT: usize = 256;

/// A count of distinct leases that can be merged: the least hashes of their names (k minimum values).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseCount {
    least: BTreeSet<u64>,
}

impl LeaseCount {
    /// One lease.
    pub fn of(lease: &str) -> Self {
        Self {
            least: BTreeSet::from([short_hash(lease)]),
        }
    }

    /// How many distinct leases there are: exactly up to 255, an estimate beyond.
    pub fn count(&self) -> u64 {
        if self.least.len() < EXACT {
            return self.least.len() as u64;
        }
        let greatest = self.least.last().copied().unwrap_or(u64::MAX).max(1);
        let estimate = (EXACT as u128 - 1) * (u128::from(u64::MAX)) / u128::from(greatest);
        u64::try_from(estimate).unwrap_or(u64::MAX)
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.least.extend(&other.least);
        while self.least.len() > EXACT {
            self.least.pop_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leases_are_counted_once_and_many_are_estimated() {
        let mut count = LeaseCount::default();
        for number in 0..20_000u32 {
            for _ in 0..2 {
                count.merge(&LeaseCount::of(&number.to_string()));
            }
            let (exact, told) = (f64::from(number + 1), count.count() as f64);
            let allowed = if number < 255 { 0.0 } else { 0.25 * exact };
            assert!((told - exact).abs() <= allowed, "{told} of {exact}");
        }
        assert!(count.least.len() <= EXACT);
    }
}
