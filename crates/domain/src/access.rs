//! Access to targets: who may reach them now.

use crate::campaign::CampaignState;
use crate::refusals;

/// What is known about a person in front of a target, at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessFacts {
    /// The campaign's effective state, authorisations included.
    pub campaign: CampaignState,
    /// Whether every authorisation is live.
    pub authorised: bool,
    /// Whether the instant is within the campaign's window.
    pub inside_window: bool,
    /// Whether the person is a hunter (or verifier) of the campaign.
    pub takes_part: bool,
    /// Whether the person is suspended.
    pub person_suspended: bool,
    /// Whether the person accepted the campaign's present rules.
    pub rules_accepted: bool,
    /// Whether the person is a minor without a guardian's live consent.
    pub consent_missing: bool,
}

refusals! {
    /// Why a target cannot be reached.
    pub enum Denied {
        /// The person has no part in the campaign.
        NotAParticipant = "not_a_participant",
        /// The person is suspended.
        PersonSuspended = "person_suspended",
        /// The campaign is stopped.
        CampaignSuspended = "campaign_suspended",
        /// The campaign is not open.
        CampaignNotOpen = "campaign_not_open",
        /// The instant is outside the window.
        OutsideWindow = "outside_window",
        /// An authorisation is missing, expired or revoked.
        NotAuthorised = "not_authorised",
        /// The person has not accepted the present rules.
        RulesNotAccepted = "rules_not_accepted",
        /// A guardian's consent is missing.
        ConsentMissing = "consent_missing",
    }
}

/// Says whether a person may reach the campaign's targets, and otherwise the first reason why not.
///
/// # Errors
/// [`Denied`] unless every condition holds; somebody without a part learns nothing else.
pub fn may_reach_target(facts: &AccessFacts) -> Result<(), Denied> {
    let conditions = [
        (facts.takes_part, Denied::NotAParticipant),
        (!facts.person_suspended, Denied::PersonSuspended),
        (facts.campaign != CampaignState::Suspended, Denied::CampaignSuspended),
        (facts.inside_window, Denied::OutsideWindow),
        (facts.authorised, Denied::NotAuthorised),
        (facts.campaign == CampaignState::Open, Denied::CampaignNotOpen),
        (facts.rules_accepted, Denied::RulesNotAccepted),
        (!facts.consent_missing, Denied::ConsentMissing),
    ];
    conditions
        .into_iter()
        .find(|(holds, _)| !holds)
        .map_or(Ok(()), |(_, denied)| Err(denied))
}

/// Says whether a person may write a report: whoever may reach the targets may; once the window
/// has closed, a draft begun before may still be completed until the campaign closes.
///
/// # Errors
/// [`Denied`] as [`may_reach_target`].
pub fn may_write_report(facts: &AccessFacts, begun: bool) -> Result<(), Denied> {
    if !begun || facts.campaign != CampaignState::Verifying {
        return may_reach_target(facts);
    }
    may_reach_target(&AccessFacts {
        campaign: CampaignState::Open,
        inside_window: true,
        authorised: true,
        ..*facts
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missing_condition_is_enough() {
        for bits in 0..64u32 {
            for campaign in CampaignState::ALL {
                let bit = |n: u32| bits & (1 << n) != 0;
                let facts = AccessFacts {
                    campaign: *campaign,
                    authorised: bit(0),
                    inside_window: bit(1),
                    takes_part: bit(2),
                    person_suspended: bit(3),
                    rules_accepted: bit(4),
                    consent_missing: bit(5),
                };
                let all = bits == 0b01_0111 && *campaign == CampaignState::Open;
                assert_eq!(may_reach_target(&facts).is_ok(), all, "{facts:?}");
            }
        }
    }

    #[test]
    fn an_open_campaign_lets_its_hunter_through() {
        let facts = AccessFacts {
            campaign: CampaignState::Open,
            authorised: true,
            inside_window: true,
            takes_part: true,
            person_suspended: false,
            rules_accepted: true,
            consent_missing: false,
        };
        assert_eq!(may_reach_target(&facts), Ok(()));
        let outsider = AccessFacts {
            takes_part: false,
            campaign: CampaignState::Suspended,
            ..facts
        };
        assert_eq!(may_reach_target(&outsider), Err(Denied::NotAParticipant));
    }

    #[test]
    fn a_draft_is_completed_while_the_last_reports_are_verified() {
        let facts = AccessFacts {
            campaign: CampaignState::Verifying,
            authorised: false,
            inside_window: false,
            takes_part: true,
            person_suspended: false,
            rules_accepted: true,
            consent_missing: false,
        };
        assert_eq!(may_write_report(&facts, true), Ok(()));
        assert!(may_write_report(&facts, false).is_err());
        let suspended = AccessFacts {
            person_suspended: true,
            ..facts
        };
        assert_eq!(may_write_report(&suspended, true), Err(Denied::PersonSuspended));
        let closed = AccessFacts {
            campaign: CampaignState::Closed,
            ..facts
        };
        assert!(may_write_report(&closed, true).is_err());
    }
}
