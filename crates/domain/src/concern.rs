//! What concerns one organisation: how severe it is for it, and in which order it is looked at.

use crate::coded;
use crate::position::PositionState;
use crate::severity::Severity;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// How severe something is: a band, with a score in tenths where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rated {
    /// The band.
    pub band: Severity,
    /// The score in tenths.
    pub score_tenths: Option<i64>,
}

/// Gives an organisation's own risk: the severity in its environment where it gave one, else the
/// severity that was established for everybody.
#[must_use]
pub fn own_risk(base: Rated, own: Option<Rated>) -> Rated {
    own.unwrap_or(base)
}

coded! {
    /// In which order a list of concerns is read.
    pub enum ConcernOrder {
        /// By what has to be done first.
        Due = "due",
        /// By the organisation's own risk, the worst first.
        Risk = "risk",
        /// By where the organisation stands.
        State = "state",
        /// By product.
        Product = "product",
        /// By the day it was opened, the newest first.
        Opened = "opened",
    }
}

coded! {
    /// Which part of a list of concerns is read.
    pub enum ConcernPart {
        /// What awaits an answer.
        Unanswered = "unanswered",
        /// What has awaited one for too long.
        Overdue = "overdue",
        /// What the organisation is exposed to, or may be.
        Exposed = "exposed",
        /// What it has settled.
        Settled = "settled",
    }
}

/// What a concern is sorted and chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concern<'a> {
    /// The organisation's own risk.
    pub risk: Rated,
    /// By when something has to be done.
    pub due: Option<Timestamp>,
    /// Where the organisation stands now.
    pub state: PositionState,
    /// The product's name, as names are sorted.
    pub product: &'a str,
    /// When the vulnerability was opened.
    pub opened_at: Timestamp,
    /// Whether an answer is awaited.
    pub unanswered: bool,
}

impl Concern<'_> {
    /// Says whether the concern belongs to a part of the list at `now`.
    #[must_use]
    pub fn is_in(&self, part: ConcernPart, now: Timestamp) -> bool {
        match part {
            ConcernPart::Unanswered => self.unanswered,
            ConcernPart::Overdue => self.unanswered && self.due.is_some_and(|due| due <= now),
            ConcernPart::Exposed => self.state.is_behind(),
            ConcernPart::Settled => !self.state.is_behind(),
        }
    }

    /// Compares two concerns in an order; what is alike in it goes by what has to be done first,
    /// then by risk, then by age.
    #[must_use]
    pub fn compare(&self, other: &Self, order: ConcernOrder) -> Ordering {
        let due = (self.due.is_none(), self.due).cmp(&(other.due.is_none(), other.due));
        let risk = other.risk.cmp(&self.risk);
        let opened = other.opened_at.cmp(&self.opened_at);
        let first = match order {
            ConcernOrder::Due => due,
            ConcernOrder::Risk => risk,
            ConcernOrder::State => self.state.cmp(&other.state),
            ConcernOrder::Product => self.product.cmp(other.product),
            ConcernOrder::Opened => opened,
        };
        first.then(due).then(risk).then(opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(band: Severity, score: i64) -> Rated {
        Rated {
            band,
            score_tenths: Some(score),
        }
    }

    #[test]
    fn an_own_severity_counts_before_the_common_one() {
        let (base, own) = (rated(Severity::Critical, 91), rated(Severity::Low, 21));
        assert_eq!(own_risk(base, None), base);
        assert_eq!(own_risk(base, Some(own)), own);
        let chosen = Rated {
            band: Severity::High,
            score_tenths: None,
        };
        assert!(base > chosen && chosen > own && rated(Severity::High, 75) > chosen);
    }

    fn concern(risk: Rated, due: Option<i64>, state: PositionState, product: &str) -> Concern<'_> {
        Concern {
            risk,
            due: due.map(Timestamp),
            state,
            product,
            opened_at: Timestamp(due.unwrap_or_default()),
            unanswered: due.is_some() && state != PositionState::RiskAccepted,
        }
    }

    #[test]
    fn each_order_begins_with_what_it_says() {
        let (low, high) = (rated(Severity::Low, 30), rated(Severity::High, 80));
        let list = [
            concern(low, Some(5), PositionState::Informed, "c"),
            concern(high, Some(9), PositionState::RiskAccepted, "b"),
            concern(high, None, PositionState::UpToDate, "a"),
        ];
        for (order, products) in [
            (ConcernOrder::Due, "cba"),
            (ConcernOrder::Risk, "bac"),
            (ConcernOrder::State, "cab"),
            (ConcernOrder::Product, "abc"),
            (ConcernOrder::Opened, "bca"),
        ] {
            let mut sorted = list;
            sorted.sort_by(|one, other| one.compare(other, order));
            let found: String = sorted.iter().map(|concern| concern.product).collect();
            assert_eq!(found, products, "{order:?}");
        }
    }

    #[test]
    fn parts_say_what_is_left_to_do() {
        use ConcernPart as P;
        let any = rated(Severity::Medium, 50);
        for (due, state, parts) in [
            (
                Some(5),
                PositionState::Informed,
                vec![P::Unanswered, P::Overdue, P::Exposed],
            ),
            (Some(50), PositionState::Read, vec![P::Unanswered, P::Exposed]),
            (Some(5), PositionState::RiskAccepted, vec![P::Exposed]),
            (None, PositionState::Mitigated, vec![P::Exposed]),
            (None, PositionState::UpToDate, vec![P::Settled]),
            (None, PositionState::NotAffected, vec![P::Settled]),
        ] {
            let concern = concern(any, due, state, "a");
            let found: Vec<P> = P::ALL
                .iter()
                .copied()
                .filter(|part| concern.is_in(*part, Timestamp(10)))
                .collect();
            assert_eq!(found, parts, "{state:?} {due:?}");
        }
    }
}
