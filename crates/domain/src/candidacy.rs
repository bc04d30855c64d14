//! Candidacies: an organisation's answer to a call.

use crate::ids::{CallId, CandidacyId, OrganisationId};
use crate::time::Timestamp;
use crate::{coded, transitions};

coded! {
    /// Where a candidacy stands.
    pub enum CandidacyState {
        /// Being written; nobody but the candidate sees it.
        Draft = "draft",
        /// Complete, signed and numbered.
        Received = "received",
        /// Has a place, to be confirmed by the candidate.
        Selected = "selected",
        /// On the waiting list.
        Waiting = "waiting",
        /// Decided without a place or a waiting list to stand on.
        NotSelected = "not_selected",
        /// Has a place and has confirmed it.
        Confirmed = "confirmed",
        /// Not confirmed, or not deposited again, in time.
        Lapsed = "lapsed",
        /// Sent back by two people; its number is dead.
        Returned = "returned",
        /// Found ineligible by two people.
        Ineligible = "ineligible",
        /// Withdrawn by the candidate.
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// What may happen to a candidacy.
    pub enum CandidacyEvent {
        /// A complete and signed form is deposited.
        Receive = "receive",
        /// The decision gives it a place.
        Select = "select",
        /// The decision puts it on the waiting list.
        Wait = "wait",
        /// The decision gives it neither.
        NotSelect = "not_select",
        /// A freed place goes to it.
        Promote = "promote",
        /// The candidate confirms its place.
        Confirm = "confirm",
        /// The time to confirm, or to deposit again, has run out.
        Lapse = "lapse",
        /// Two people send it back, with a reason.
        Return = "return",
        /// A returned candidacy is deposited again, under a new number.
        ReceiveAgain = "receive_again",
        /// The return or the ineligibility is annulled; the old number lives again.
        Reinstate = "reinstate",
        /// Two people find it ineligible, with a reason.
        DeclareIneligible = "declare_ineligible",
        /// The candidate withdraws.
        Withdraw = "withdraw",
    }
}

// A reinstated candidacy is `received` again under its old number; where the call has been
// decided, the same transaction places it at once (see `seats::place_late`), so that a reinstated
// return can never sit on a place that was given to another in the meantime.
transitions! { CandidacyState on CandidacyEvent as "candidacy" {
    Draft, Receive => Received;
    Received, Select => Selected;
    Received, Wait => Waiting;
    Received, NotSelect => NotSelected;
    Waiting, Promote => Selected;
    Selected, Confirm => Confirmed;
    Selected, Lapse => Lapsed;
    Received | Waiting | Selected, Return => Returned;
    Returned, ReceiveAgain => Received;
    Returned, Reinstate => Received;
    Returned, Lapse => Lapsed;
    Received | Waiting | Selected | Confirmed, DeclareIneligible => Ineligible;
    Ineligible, Reinstate => Received;
    Draft | Received | Waiting | Selected | Confirmed | Returned, Withdraw => Withdrawn;
}}

impl CandidacyState {
    /// Says whether the candidacy is the organisation's living one for its call.
    #[must_use]
    pub const fn is_living(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::Received | Self::Selected | Self::Waiting | Self::Confirmed | Self::Returned
        )
    }

    /// Says whether the candidacy's reception lives, so that its order number counts in ranks.
    #[must_use]
    pub const fn keeps_number(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Selected | Self::Waiting | Self::Confirmed | Self::NotSelected
        )
    }

    /// Says whether the candidacy takes one of the call's places.
    #[must_use]
    pub const fn takes_place(self) -> bool {
        matches!(self, Self::Selected | Self::Confirmed)
    }

    /// Says whether `event` in this state frees a place that the first waiting then gets.
    #[must_use]
    pub fn frees_place(self, event: CandidacyEvent) -> bool {
        use crate::Machine as _;
        self.takes_place() && self.after(event).is_ok_and(|next| !next.takes_place())
    }
}

/// An organisation's answer to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidacy {
    /// Its identifier.
    pub id: CandidacyId,
    /// The call it answers.
    pub call: CallId,
    /// Who is a candidate.
    pub organisation: OrganisationId,
    /// The organisation's how-manieth candidacy to this call, from one.
    pub attempt: i64,
    /// Where it stands.
    pub state: CandidacyState,
    /// When it was first deposited; a return does not change it.
    pub first_deposited_at: Option<Timestamp>,
    /// The revision of its row.
    pub revision: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_taken_place_can_be_freed() {
        assert!(CandidacyState::Selected.frees_place(CandidacyEvent::Lapse));
        assert!(CandidacyState::Confirmed.frees_place(CandidacyEvent::Withdraw));
        assert!(CandidacyState::Selected.frees_place(CandidacyEvent::Return));
        assert!(!CandidacyState::Selected.frees_place(CandidacyEvent::Confirm));
        assert!(!CandidacyState::Waiting.frees_place(CandidacyEvent::Withdraw));
        assert!(!CandidacyState::Confirmed.frees_place(CandidacyEvent::Return));
    }
}
