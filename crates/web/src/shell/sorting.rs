//! The orders of a list to choose from, where rows are cards and have no heads.

use super::choice::Choice;
use super::page::Page;
use addresses::Sorting;

/// Gives the orders to choose from: how the address says each, and its words.
pub(crate) fn orders(page: &Page, sorting: Sorting, orders: &[(&str, &str)]) -> Vec<Choice> {
    let said = sorting.said();
    orders
        .iter()
        .map(|(code, key)| Choice::new(code, page.t(key), &said))
        .collect()
}
