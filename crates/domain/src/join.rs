//! Joining: an organisation that runs a product joins the campaign that tests it.

use crate::campaign::CampaignState;
use crate::{coded, transitions};

coded! {
    /// Where an organisation stands that wants to join a campaign.
    pub enum JoinState {
        /// It asked; the campaign's organiser answers.
        Asked = "asked",
        /// The group that answers for it proposed it; it answers.
        Proposed = "proposed",
        /// It joined.
        Joined = "joined",
        /// The organiser declined.
        Declined = "declined",
        /// It refused what its group proposed.
        Refused = "refused",
        /// The group that proposed it, or brought it into a draft, answers for it no more.
        Lapsed = "lapsed",
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
        /// The group that answers for it asks in its place: it answers.
        Propose = "propose",
        /// It accepts what its group proposed, or its group does that administers it.
        Agree = "agree",
        /// It refuses what its group proposed.
        Refuse = "refuse",
        /// The group that proposed it answers for it no more.
        Lapse = "lapse",
    }
}

transitions! { JoinState on JoinEvent as "join" {
    Asked, Accept => Joined;
    Asked, Decline => Declined;
    Asked, Propose => Proposed;
    Proposed, Agree => Joined;
    Proposed, Refuse => Refused;
    Proposed | Joined, Lapse => Lapsed;
    Asked | Joined, Leave => Left;
}}

/// Says whether a campaign in this state can be joined: it is announced, and something will still be tested.
#[must_use]
pub const fn can_be_joined(campaign: CampaignState) -> bool {
    use CampaignState::{Open, Planned, Ready, Suspended};
    matches!(campaign, Planned | Ready | Open | Suspended)
}

/// Says whether a group may bring its members into a campaign in this state: as long as something will be tested, and
/// before it is announced too, for a group asks its members first.
#[must_use]
pub const fn members_may_be_brought(campaign: CampaignState) -> bool {
    matches!(campaign, CampaignState::Draft) || can_be_joined(campaign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_or_not_announced_is_not_joined() {
        for state in CampaignState::ALL {
            let expected = matches!(state.code(), "planned" | "ready" | "open" | "suspended");
            assert_eq!(can_be_joined(*state), expected, "{state:?}");
            assert_eq!(
                members_may_be_brought(*state),
                expected || state.code() == "draft",
                "{state:?}"
            );
        }
    }
}
