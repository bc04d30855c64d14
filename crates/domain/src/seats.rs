//! Places: who gets one, who waits, and who follows when one is freed.

use crate::candidacy::CandidacyEvent;
use crate::coded;
use crate::ids::CandidacyId;

/// A candidacy with its living order number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Numbered {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The order number of its living reception.
    pub order_number: i64,
}

coded! {
    /// What the decision of a call says about one candidacy.
    pub enum Outcome {
        /// It has a place.
        Selected = "selected",
        /// It is on the waiting list.
        Waiting = "waiting",
        /// It has neither.
        NotSelected = "not_selected",
    }
}

impl Outcome {
    /// Gives the event that brings a received candidacy to this outcome.
    #[must_use]
    pub const fn event(self) -> CandidacyEvent {
        match self {
            Self::Selected => CandidacyEvent::Select,
            Self::Waiting => CandidacyEvent::Wait,
            Self::NotSelected => CandidacyEvent::NotSelect,
        }
    }
}

/// Decides a call: the first by order number get the places, the next wait.
///
/// `eligible` are the living receptions of eligible candidacies, in any order; without
/// `max_waiting` the waiting list has no end.
#[must_use]
pub fn decide(places: usize, max_waiting: Option<usize>, eligible: &[Numbered]) -> Vec<(CandidacyId, Outcome)> {
    let mut ordered = eligible.to_vec();
    ordered.sort_unstable_by_key(|one| (one.order_number, one.candidacy));
    let waits_until = max_waiting.map(|most| places.saturating_add(most));
    ordered
        .into_iter()
        .enumerate()
        .map(|(i, one)| {
            let outcome = if i < places {
                Outcome::Selected
            } else if waits_until.is_none_or(|end| i < end) {
                Outcome::Waiting
            } else {
                Outcome::NotSelected
            };
            (one.candidacy, outcome)
        })
        .collect()
}

/// Gives the candidacy that a free place goes to: the first waiting, where a place is free.
#[must_use]
pub fn promote(places: usize, taken: usize, waiting: &[Numbered]) -> Option<CandidacyId> {
    if taken >= places {
        return None;
    }
    waiting
        .iter()
        .min_by_key(|one| (one.order_number, one.candidacy))
        .map(|one| one.candidacy)
}

/// Places a candidacy that is received again or reinstated once its call has been decided.
///
/// It never takes a place over somebody's head: it gets a free place only where nobody with a
/// smaller number waits; otherwise it waits at its number's rank, even past the list's end.
#[must_use]
pub fn place_late(places: usize, taken: usize, waiting: &[Numbered], late: Numbered) -> Outcome {
    let first = waiting.iter().all(|one| one.order_number > late.order_number);
    if taken < places && first {
        Outcome::Selected
    } else {
        Outcome::Waiting
    }
}

/// Gives the smallest seat number from one to `places` that nobody sits on.
#[must_use]
pub fn free_seat(places: i64, occupied: &[i64]) -> Option<i64> {
    (1..=places).find(|n| !occupied.contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn numbered(n: i64) -> Numbered {
        Numbered {
            candidacy: CandidacyId(Uuid::from_u128(n as u128)),
            order_number: n,
        }
    }

    #[test]
    fn the_first_get_places_the_next_wait_the_rest_are_not_selected() {
        let all: Vec<_> = [5, 2, 9, 1].map(numbered).to_vec();
        let decided = decide(2, Some(1), &all);
        let order: Vec<_> = decided.iter().map(|(_, outcome)| *outcome).collect();
        assert_eq!(
            order,
            [
                Outcome::Selected,
                Outcome::Selected,
                Outcome::Waiting,
                Outcome::NotSelected
            ]
        );
        assert_eq!(decided[0].0, numbered(1).candidacy);
        assert!(decide(2, None, &all).iter().all(|(_, o)| *o != Outcome::NotSelected));
    }

    #[test]
    fn a_free_place_goes_to_the_first_waiting_only() {
        let waiting = [7, 4].map(numbered);
        assert_eq!(promote(6, 5, &waiting), Some(numbered(4).candidacy));
        assert_eq!(promote(6, 6, &waiting), None);
        assert_eq!(promote(6, 0, &[]), None);
    }

    #[test]
    fn a_late_one_does_not_pass_those_who_wait() {
        let waiting = [7, 4].map(numbered);
        assert_eq!(place_late(6, 5, &waiting, numbered(9)), Outcome::Waiting);
        assert_eq!(place_late(6, 5, &waiting, numbered(2)), Outcome::Selected);
        assert_eq!(place_late(6, 6, &waiting, numbered(2)), Outcome::Waiting);
    }

    #[test]
    fn seats_are_given_from_the_smallest() {
        assert_eq!(free_seat(3, &[1, 3]), Some(2));
        assert_eq!(free_seat(2, &[1, 2]), None);
    }
}
