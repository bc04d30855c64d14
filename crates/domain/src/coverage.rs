//! Coverage: which endpoints of a target were touched, by how many hunters, when; without contents.
//!
//! What is kept is counted from recordings, one target at a time; what is shown is computed from it by
//! [`shown`], which never lets a small number or a single day point at somebody.

mod found;
mod hunters;
pub mod plot;
mod shown;
mod template;

use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use found::{EndpointOrder, found};
pub use hunters::HunterCount;
pub use shown::{Others, Period, Shown, ShownEndpoint, TOLD_FROM, Told, shown};
pub use template::{endpoint, folded_method, folded_path};

/// The most days that are told apart; beyond, the last of them stand for the later ones.
pub const MAX_DAYS: usize = 1_000;

/// One exchange as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// The method and the folded path, as [`endpoint`] writes them.
    pub endpoint: String,
    /// What stands for whoever made it: a keyed hash.
    pub hunter: u64,
    /// The day on which it began, in Paris.
    pub day: Date,
    /// The status of the final answer (RFC 9110 §15), where one came.
    pub status: Option<u16>,
}

/// Counts of some exchanges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many.
    pub requests: u64,
    /// By how many people.
    pub hunters: HunterCount,
}

/// What is counted of one endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// All exchanges that touched it.
    pub counted: Counted,
    /// How many of them by the day on which they began.
    pub days: BTreeMap<Date, u64>,
}

/// What is counted of one target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// All exchanges.
    pub total: Counted,
    /// Those that the target answered with 404, or that found no answer: they touched no endpoint.
    pub nowhere: Counted,
    /// The endpoints, by method and folded path.
    pub endpoints: BTreeMap<String, Touched>,
    /// The exchanges that touched endpoints beyond those told apart, together.
    pub others: Counted,
    /// All exchanges, by the day on which they began.
    pub days: BTreeMap<Date, Counted>,
}

impl Coverage {
    /// Counts one exchange; an endpoint that is new goes to the others where `most` are told apart already.
    pub fn count(&mut self, touch: &Touch, most: usize) {
        self.total.add(touch);
        let day = bounded(&self.days, touch.day);
        self.days.entry(day).or_default().add(touch);
        if touch.status.is_none_or(|status| status == 404) {
            self.nowhere.add(touch);
            return;
        }
        if self.endpoints.len() >= most && !self.endpoints.contains_key(&touch.endpoint) {
            self.others.add(touch);
            return;
        }
        let endpoint = self.endpoints.entry(touch.endpoint.clone()).or_default();
        endpoint.counted.add(touch);
        *endpoint.days.entry(day).or_default() += 1;
    }
}

impl Counted {
    fn add(&mut self, touch: &Touch) {
        self.requests = self.requests.saturating_add(1);
        self.hunters.add(touch.hunter);
    }

    /// Adds counts of other exchanges.
    fn merge(&mut self, other: &Self) {
        self.requests = self.requests.saturating_add(other.requests);
        self.hunters.merge(&other.hunters);
    }
}

/// Gives the day under which something is kept: its own, or the last one where there are too many.
fn bounded<T>(days: &BTreeMap<Date, T>, day: Date) -> Date {
    match days.last_key_value() {
        Some((last, _)) if days.len() >= MAX_DAYS && !days.contains_key(&day) => *last,
        _ => day,
    }
}

#[cfg(test)]
mod tests;
