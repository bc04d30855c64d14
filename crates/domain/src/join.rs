//! Joining: an organisation that runs a product joins the campaign that tests it.

use crate::campaign::CampaignState;
use crate::{coded, transitions};

coded! {
    /// Where an organisation stands that wants to join a campaign.
    pub enum JoinState {
        /// It asked; the campaign's organiser answers.
        Asked = "asked",
        /// It joined.
        Joined = "joined",
        /// The organiser declined.
        Declined = "declined",
        /// It took itself back.
        Left = "left",
    }
}

coded! {
    /// What may happen to it.
    pub enum JoinEvent {
        /// The organiser accepts, or the programme has it as a member already.
        Accept = "accept",
        /// The organiser declines.
        Decline = "decline",
        /// It takes itself back.
        Leave = "leave",
    }
}

transitions! { JoinState on JoinEvent as "join" {
    Asked, Accept => Joined;
    Asked, Decline => Declined;
    Asked | Joined, Leave => Left;
}}

/// Says whether a campaign in this state can be joined: it is announced, and something will still be tested.
#[must_use]
pub const fn can_be_joined(campaign: CampaignState) -> bool {
    use CampaignState::{Open, Planned, Ready, Suspended};
    matches!(campaign, Planned | Ready | Open | Suspended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_or_not_announced_is_not_joined() {
        for state in CampaignState::ALL {
            let expected = matches!(state.code(), "planned" | "ready" | "open" | "suspended");
            assert_eq!(can_be_joined(*state), expected, "{state:?}");
        }
    }
}
