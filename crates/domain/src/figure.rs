//! Figures that leave the house: what they are, and which are too small to be shown.

use crate::coded;

coded! {
    /// What a figure is (`product.md` §5.8).
    pub enum FigureNature {
        /// Counted in the records.
        Counted = "counted",
        /// Said by those it is about.
        Declared = "declared",
        /// Computed by a formula that stands beside it.
        Estimated = "estimated",
    }
}

/// Organisations below which a count is not shown, so that nobody is guessed from it.
pub const SMALLEST_SHOWN: i64 = 5;

/// Gives a count of organisations as the public may read it; none where it is too small.
#[must_use]
pub const fn shown_in_public(organisations: i64) -> Option<i64> {
    if organisations >= SMALLEST_SHOWN {
        Some(organisations)
    } else {
        None
    }
}

/// Gives how many tests sharing saved at the most: each further organisation that runs a tested
/// product would otherwise have tested it itself.
#[must_use]
pub fn tests_saved(deployers_by_product: &[i64]) -> i64 {
    deployers_by_product.iter().map(|count| (count - 1).max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_masked() {
        assert_eq!(shown_in_public(4), None);
        assert_eq!(shown_in_public(5), Some(5));
    }

    #[test]
    fn the_first_test_of_a_product_saves_nothing() {
        assert_eq!(tests_saved(&[0, 1, 18]), 17);
    }
}
