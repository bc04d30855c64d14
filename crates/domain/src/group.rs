//! Groups: where each member stands with a campaign that the group opens for its members.

use crate::coded;
use crate::join::JoinState;

coded! {
    /// Where a member of a group stands with one campaign of the group.
    pub enum MemberStanding {
        /// It takes part.
        In = "in",
        /// The campaign was proposed to it; it has not answered.
        Waits = "waits",
        /// It asked to join by itself; the organiser answers.
        Asks = "asks",
        /// It refused, or left: its word holds, and it is not brought in again.
        Declined = "declined",
        /// It is brought in at once: it delegated its administration to the group.
        AtOnce = "at_once",
        /// It is asked first.
        ToAsk = "to_ask",
        /// It says to run what is tested, and nobody confirmed it.
        Unconfirmed = "unconfirmed",
        /// It does not run what is tested.
        RunsNot = "runs_not",
    }
}

impl MemberStanding {
    /// Says whether the group may bring the member in: at once, or by asking it.
    #[must_use]
    pub const fn may_be_brought(self) -> bool {
        matches!(self, Self::AtOnce | Self::ToAsk)
    }
}

/// What is known of a member of a group and one campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberFacts {
    /// Whether it delegated its administration to the group.
    pub delegated: bool,
    /// Whether it runs what is tested, confirmed.
    pub confirmed: bool,
    /// Whether it says to run what is tested, and nobody confirmed it.
    pub declared: bool,
    /// Whether it is a party of the campaign.
    pub party: bool,
    /// Where it last stood as one who joins, where it ever did.
    pub join: Option<JoinState>,
}

impl MemberFacts {
    /// Gives where the member stands.
    #[must_use]
    pub const fn standing(self) -> MemberStanding {
        use JoinState::{Asked, Joined, Left, Proposed, Refused};
        if self.party {
            return MemberStanding::In;
        }
        if !self.confirmed {
            return if self.declared {
                MemberStanding::Unconfirmed
            } else {
                MemberStanding::RunsNot
            };
        }
        match self.join {
            Some(Joined) => MemberStanding::In,
            Some(Proposed) => MemberStanding::Waits,
            Some(Asked) => MemberStanding::Asks,
            Some(Left | Refused) => MemberStanding::Declined,
            // The organiser may think better of what they declined; what lapsed is asked anew.
            Some(JoinState::Declined | JoinState::Lapsed) | None => {
                if self.delegated {
                    MemberStanding::AtOnce
                } else {
                    MemberStanding::ToAsk
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(delegated: bool, runs: &str, party: bool, join: Option<JoinState>) -> &'static str {
        let facts = MemberFacts {
            delegated,
            confirmed: runs == "confirmed",
            declared: runs == "declared",
            party,
            join,
        };
        facts.standing().code()
    }

    #[test]
    fn who_delegated_is_brought_in_at_once_and_others_are_asked() {
        use JoinState as J;
        for (join, delegated, asked) in [
            (None, "at_once", "to_ask"),
            (Some(J::Asked), "asks", "asks"),
            (Some(J::Proposed), "waits", "waits"),
            (Some(J::Joined), "in", "in"),
            (Some(J::Declined), "at_once", "to_ask"),
            (Some(J::Lapsed), "at_once", "to_ask"),
            (Some(J::Refused), "declined", "declined"),
            (Some(J::Left), "declined", "declined"),
        ] {
            assert_eq!(standing(true, "confirmed", false, join), delegated, "{join:?}");
            assert_eq!(standing(false, "confirmed", false, join), asked, "{join:?}");
        }
    }

    #[test]
    fn who_does_not_run_it_confirmed_is_not_brought_in() {
        for join in [
            None,
            Some(JoinState::Joined),
            Some(JoinState::Proposed),
            Some(JoinState::Left),
        ] {
            for delegated in [true, false] {
                assert_eq!(standing(delegated, "declared", false, join), "unconfirmed", "{join:?}");
                assert_eq!(standing(delegated, "", false, join), "runs_not", "{join:?}");
            }
        }
        assert_eq!(
            standing(false, "", true, None),
            "in",
            "a party takes part whatever it runs"
        );
    }

    #[test]
    fn only_who_is_free_may_be_brought() {
        let free: Vec<&str> = MemberStanding::ALL
            .iter()
            .filter(|one| one.may_be_brought())
            .map(|one| one.code())
            .collect();
        assert_eq!(free, ["at_once", "to_ask"]);
    }
}
