//! Receptions: the order in which complete and signed forms came in.

use crate::ids::{BlobId, CallId, CandidacyId, PersonId, ReceptionId};
use crate::refusals;
use crate::time::Timestamp;

/// The reception of a complete and signed form; nothing of it changes but its death.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Its identifier.
    pub id: ReceptionId,
    /// The candidacy that was received.
    pub candidacy: CandidacyId,
    /// The call that gave the number.
    pub call: CallId,
    /// The call's order number, without gaps and never given twice.
    pub order_number: i64,
    /// When it was received; within a call it grows with the number.
    pub received_at: Timestamp,
    /// When the number died (return, ineligibility, withdrawal, lapse), unless it lives.
    pub dead_at: Option<Timestamp>,
    /// The signed form.
    pub form: Option<BlobId>,
}

impl Reception {
    /// Says whether the number still counts in ranks.
    #[must_use]
    pub const fn lives(&self) -> bool {
        self.dead_at.is_none()
    }
}

/// Says whether a form is signed for a deposit: it has a signed form, and not the one that was
/// received before, where that was sent back.
#[must_use]
pub fn is_signed_anew(signed_form: Option<BlobId>, returned: Option<Option<BlobId>>) -> bool {
    signed_form.is_some() && returned != Some(signed_form)
}

/// Gives a call's next order number and an instant that is later than the last one given.
#[must_use]
pub fn next_reception(last_order: i64, last_received_at: Option<Timestamp>, now: Timestamp) -> (i64, Timestamp) {
    let at = last_received_at.map_or(now, |last| now.max(last.plus(1)));
    (last_order.saturating_add(1), at)
}

/// Gives the rank of an order number: one plus the living receptions with a smaller number.
#[must_use]
pub fn rank(living: &[i64], order_number: i64) -> usize {
    1 + living.iter().filter(|n| **n < order_number).count()
}

refusals! {
    /// Why a paper deposit cannot be confirmed.
    pub enum PaperRefusal {
        /// The one who entered it cannot confirm it.
        SamePerson = "same_person",
        /// It has been confirmed before.
        AlreadyConfirmed = "already_confirmed",
        /// It cannot have arrived after it was entered.
        ArrivalInFuture = "arrival_in_future",
    }
}

/// A form that came on paper: two people enter it, with its scan and stated arrival.
///
/// Its number is the entry's; both instants are public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperDeposit {
    /// The candidacy it is about.
    pub candidacy: CandidacyId,
    /// When it is said to have arrived.
    pub stated_arrival: Timestamp,
    /// The scan of the signed form.
    pub scan: BlobId,
    /// Who entered it.
    pub entered_by: PersonId,
    /// When they entered it.
    pub entered_at: Timestamp,
    /// Who checked the entry against the paper.
    pub confirmed_by: Option<PersonId>,
}

impl PaperDeposit {
    /// Confirms the entry by a second person.
    ///
    /// # Errors
    /// [`PaperRefusal`] where the person entered it, it is confirmed already or it arrived later.
    pub fn confirm(mut self, by: PersonId) -> Result<Self, PaperRefusal> {
        if self.confirmed_by.is_some() {
            return Err(PaperRefusal::AlreadyConfirmed);
        }
        if by == self.entered_by {
            return Err(PaperRefusal::SamePerson);
        }
        if self.stated_arrival > self.entered_at {
            return Err(PaperRefusal::ArrivalInFuture);
        }
        self.confirmed_by = Some(by);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn the_first_reception_is_number_one_now() {
        assert_eq!(next_reception(0, None, Timestamp(7)), (1, Timestamp(7)));
    }

    #[test]
    fn paper_takes_two_people() {
        let (a, b) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let paper = PaperDeposit {
            candidacy: CandidacyId(Uuid::nil()),
            stated_arrival: Timestamp(1),
            scan: BlobId(Uuid::nil()),
            entered_by: a,
            entered_at: Timestamp(2),
            confirmed_by: None,
        };
        assert_eq!(paper.clone().confirm(a), Err(PaperRefusal::SamePerson));
        let confirmed = paper.clone().confirm(b).unwrap();
        assert_eq!(confirmed.confirm(a), Err(PaperRefusal::AlreadyConfirmed));
        let late = PaperDeposit {
            stated_arrival: Timestamp(3),
            ..paper
        };
        assert_eq!(late.confirm(b), Err(PaperRefusal::ArrivalInFuture));
    }

    proptest! {
        #[test]
        fn numbers_have_no_gap_and_instants_grow(clock in prop::collection::vec(-1000i64..1000, 1..50)) {
            let (mut order, mut last) = (0, None);
            for now in clock {
                let (next, at) = next_reception(order, last, Timestamp(now));
                prop_assert_eq!(next, order + 1);
                prop_assert!(last.is_none_or(|l| at > l) && at >= Timestamp(now));
                (order, last) = (next, Some(at));
            }
        }

        #[test]
        fn living_numbers_have_ranks_one_to_n(mut living in prop::collection::btree_set(1i64..500, 0..40)) {
            let numbers: Vec<i64> = living.iter().copied().collect();
            for (i, n) in numbers.iter().enumerate() {
                prop_assert_eq!(rank(&numbers, *n), i + 1);
            }
            living.clear();
        }
    }
}
