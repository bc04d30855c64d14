//! Corrected versions: what a campaign hosts for retests alone, and who accepted that it is hosted.

use crate::campaign::CampaignState;
use crate::target::TargetEngine;
use crate::{coded, refusals, transitions};

coded! {
    /// What whoever makes a product says of a corrected version that is hosted for retests.
    pub enum Acceptance {
        /// It was asked, and has not answered.
        Asked = "asked",
        /// One of its people accepted.
        Accepted = "accepted",
        /// Nobody answers for it here: who runs the campaign wrote down on what its agreement rests.
        Recorded = "recorded",
        /// One of its people refused, or took the agreement back.
        Refused = "refused",
    }
}

coded! {
    /// What may happen to it.
    pub enum AcceptanceEvent {
        /// One of the vendor's people accepts.
        Accept = "accept",
        /// Who runs the campaign writes down on what the agreement rests.
        Record = "record",
        /// One of the vendor's people refuses.
        Refuse = "refuse",
    }
}

transitions! { Acceptance on AcceptanceEvent as "corrected_version" {
    Asked | Recorded | Refused, Accept => Accepted;
    Asked, Record => Recorded;
    Asked | Accepted | Recorded, Refuse => Refused;
}}

impl Acceptance {
    /// Says whether requests may be sent to what is hosted.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Accepted | Self::Recorded)
    }
}

refusals! {
    /// Why who runs a campaign does not write down on what the vendor's agreement rests.
    pub enum RecordRefusal {
        /// Somebody here can answer for the vendor.
        VendorAnswers = "vendor_answers",
        /// The vendor refused this very version before: to take it away and declare it again does not ask anew.
        RefusedBefore = "refused_before",
    }
}

/// Says whether who runs a campaign may write down on what the vendor's agreement rests: only where none of its people
/// can be asked, `vendor_people` being how many can, and where none of them refused the very same version before.
///
/// # Errors
/// [`RecordRefusal`] for the first condition that does not hold.
pub const fn may_record(vendor_people: usize, refused_before: bool) -> Result<(), RecordRefusal> {
    match (vendor_people, refused_before) {
        (0, false) => Ok(()),
        (0, true) => Err(RecordRefusal::RefusedBefore),
        _ => Err(RecordRefusal::VendorAnswers),
    }
}

/// What is known of a campaign in which a corrected version is, or would be, hosted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFacts {
    /// Where the campaign stands.
    pub campaign: CampaignState,
    /// Whether its recordings are still kept: what is hosted for retests goes with them.
    pub kept: bool,
    /// What the version would run on.
    pub engine: TargetEngine,
}

refusals! {
    /// Why a corrected version is not hosted.
    pub enum HostRefusal {
        /// It would be reached at an address elsewhere, which is somebody's system and needs their signature.
        Elsewhere = "elsewhere",
        /// The campaign has not opened: what is tested can still be declared.
        NotBegun = "not_begun",
        /// The campaign was archived or cancelled.
        Over = "over",
        /// The campaign's recordings are kept no more.
        NotKept = "not_kept",
    }
}

/// Says whether a corrected version may be hosted for retests: here only, from the opening until the recordings go.
///
/// # Errors
/// [`HostRefusal`] for the first condition that does not hold.
pub const fn may_host(facts: &HostFacts) -> Result<(), HostRefusal> {
    use CampaignState::{Archived, Cancelled, Closed, Draft, Open, Planned, Ready, Suspended, Verifying};
    if !matches!(facts.engine, TargetEngine::Container) {
        return Err(HostRefusal::Elsewhere);
    }
    match facts.campaign {
        Draft | Planned | Ready => Err(HostRefusal::NotBegun),
        Archived | Cancelled => Err(HostRefusal::Over),
        Open | Suspended | Verifying | Closed if !facts.kept => Err(HostRefusal::NotKept),
        Open | Suspended | Verifying | Closed => Ok(()),
    }
}

/// Says whether anything may still be started for a campaign, by hunters or by retests: what only serves that is taken
/// until then, and no longer than the recordings are kept, with which it would go at once.
///
/// # Errors
/// [`HostRefusal`] for the first condition that does not hold.
pub const fn may_start(facts: &HostFacts) -> Result<(), HostRefusal> {
    use CampaignState::{Draft, Planned, Ready};
    match facts.campaign {
        Draft | Planned | Ready if facts.kept => Ok(()),
        Draft | Planned | Ready => Err(HostRefusal::NotKept),
        _ => may_host(facts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Machine as _;
    use proptest::prelude::*;

    #[test]
    fn hosted_from_the_opening_until_the_recordings_go() {
        use CampaignState as S;
        let of = |campaign, kept, engine| may_host(&HostFacts { campaign, kept, engine });
        for (campaign, kept, said) in [
            (S::Draft, true, Err(HostRefusal::NotBegun)),
            (S::Planned, true, Err(HostRefusal::NotBegun)),
            (S::Ready, true, Err(HostRefusal::NotBegun)),
            (S::Open, true, Ok(())),
            (S::Suspended, true, Ok(())),
            (S::Verifying, true, Ok(())),
            (S::Closed, true, Ok(())),
            (S::Closed, false, Err(HostRefusal::NotKept)),
            (S::Archived, true, Err(HostRefusal::Over)),
            (S::Cancelled, true, Err(HostRefusal::Over)),
        ] {
            assert_eq!(of(campaign, kept, TargetEngine::Container), said, "{campaign:?}");
            let elsewhere = of(campaign, kept, TargetEngine::External);
            assert_eq!(elsewhere, Err(HostRefusal::Elsewhere), "{campaign:?}");
        }
    }

    #[test]
    fn what_serves_starting_is_taken_from_the_draft_until_the_recordings_go() {
        use CampaignState as S;
        let engine = TargetEngine::Container;
        for (campaign, kept, said) in [
            (S::Draft, true, Ok(())),
            (S::Planned, true, Ok(())),
            (S::Ready, true, Ok(())),
            (S::Ready, false, Err(HostRefusal::NotKept)),
            (S::Open, true, Ok(())),
            (S::Suspended, true, Ok(())),
            (S::Suspended, false, Err(HostRefusal::NotKept)),
            (S::Verifying, true, Ok(())),
            (S::Closed, true, Ok(())),
            (S::Closed, false, Err(HostRefusal::NotKept)),
            (S::Archived, true, Err(HostRefusal::Over)),
            (S::Cancelled, true, Err(HostRefusal::Over)),
        ] {
            assert_eq!(
                may_start(&HostFacts { campaign, kept, engine }),
                said,
                "{campaign:?} {kept}"
            );
        }
    }

    #[test]
    fn nobody_answers_in_the_place_of_those_who_can() {
        for (people, refused, said) in [
            (0, false, Ok(())),
            (0, true, Err(RecordRefusal::RefusedBefore)),
            (1, false, Err(RecordRefusal::VendorAnswers)),
            (7, true, Err(RecordRefusal::VendorAnswers)),
        ] {
            assert_eq!(may_record(people, refused), said, "{people} {refused}");
        }
    }

    proptest! {
        #[test]
        fn a_refusal_is_undone_by_the_vendor_alone(events in proptest::collection::vec(0..3usize, 0..12)) {
            let mut state = Acceptance::Asked;
            let mut last = None;
            for one in events {
                let event = AcceptanceEvent::ALL[one];
                if let Ok(after) = state.after(event) {
                    (state, last) = (after, Some(event));
                }
            }
            // What holds was said to hold last; nobody writes an agreement down over a refusal, or an acceptance.
            prop_assert_eq!(state.holds(), matches!(last, Some(AcceptanceEvent::Accept | AcceptanceEvent::Record)));
            if state == Acceptance::Refused {
                prop_assert!(state.after(AcceptanceEvent::Record).is_err());
                prop_assert_eq!(state.after(AcceptanceEvent::Accept), Ok(Acceptance::Accepted));
            }
        }

        #[test]
        fn what_is_hosted_goes_with_the_recordings(at in 0..9usize) {
            let campaign = CampaignState::ALL[at];
            for engine in TargetEngine::ALL {
                let gone = HostFacts { campaign, kept: false, engine: *engine };
                prop_assert!(may_host(&gone).is_err());
            }
        }
    }
}
