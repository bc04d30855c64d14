//! Replays: recorded requests sent again, and what their answers come to.

use crate::campaign::CampaignState;
use crate::report::ReportState;
use crate::{coded, refusals};

coded! {
    /// What the answers of a replay come to, beside those that were recorded.
    pub enum ReplayResult {
        /// The same answers.
        Same = "same",
        /// The same but for what every run has of its own.
        SameButVolatile = "same_but_volatile",
        /// At least one other answer.
        Different = "different",
        /// At least one answer did not come.
        NoAnswer = "no_answer",
    }
}

impl ReplayResult {
    /// Says whether the target answered everything, so that a verdict can rest on what it said.
    #[must_use]
    pub const fn is_answered(self) -> bool {
        !matches!(self, Self::NoAnswer)
    }

    /// Gives what several steps come to together: the gravest of them.
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Self>) -> Self {
        let grave = |one: &Self| match one {
            Self::Same => 0,
            Self::SameButVolatile => 1,
            Self::Different => 2,
            Self::NoAnswer => 3,
        };
        steps.into_iter().max_by_key(grave).unwrap_or(Self::NoAnswer)
    }
}

/// What is known when somebody wants to send recorded requests again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplayFacts {
    /// Where the report stands.
    pub report: ReportState,
    /// Where its campaign stands.
    pub campaign: CampaignState,
    /// Whether everyone whose leave is needed gives it.
    pub authorised: bool,
    /// Whether the target was stopped.
    pub stopped: bool,
    /// How often it was done for this report already.
    pub before: usize,
    /// How often it may be done.
    pub most: usize,
}

refusals! {
    /// Why recorded requests are not sent again.
    pub enum ReplayRefusal {
        /// Nobody verifies the report now.
        NotVerified = "not_verified",
        /// The campaign is stopped, or was given up, or has not begun.
        CampaignStopped = "campaign_stopped",
        /// An authorisation is missing, expired or revoked: it holds beyond the window, for this.
        NotAuthorised = "not_authorised",
        /// The target is stopped.
        TargetStopped = "target_stopped",
        /// It was done as often as it may be.
        TooOften = "too_often",
    }
}

/// Says whether recorded requests may be sent again: what the hunter needed, but for the window.
///
/// # Errors
/// [`ReplayRefusal`] for the first condition that does not hold.
pub fn may_replay(facts: &ReplayFacts) -> Result<(), ReplayRefusal> {
    use CampaignState::{Closed, Open, Verifying};
    let verified = matches!(facts.report, ReportState::Submitted | ReportState::InVerification);
    let conditions = [
        (verified, ReplayRefusal::NotVerified),
        (facts.authorised, ReplayRefusal::NotAuthorised),
        (
            matches!(facts.campaign, Open | Verifying | Closed),
            ReplayRefusal::CampaignStopped,
        ),
        (!facts.stopped, ReplayRefusal::TargetStopped),
        (facts.before < facts.most, ReplayRefusal::TooOften),
    ];
    let first = conditions.into_iter().find(|(holds, _)| !holds);
    first.map_or(Ok(()), |(_, refusal)| Err(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_needs_what_the_hunt_needed_but_for_the_window() {
        let fine = ReplayFacts {
            report: ReportState::InVerification,
            campaign: CampaignState::Verifying,
            authorised: true,
            stopped: false,
            before: 0,
            most: 1,
        };
        for campaign in [CampaignState::Open, CampaignState::Closed] {
            assert_eq!(may_replay(&ReplayFacts { campaign, ..fine }), Ok(()));
        }
        let table = [
            (
                ReplayFacts {
                    report: ReportState::Verified,
                    ..fine
                },
                ReplayRefusal::NotVerified,
            ),
            (
                ReplayFacts {
                    authorised: false,
                    ..fine
                },
                ReplayRefusal::NotAuthorised,
            ),
            (
                ReplayFacts {
                    campaign: CampaignState::Suspended,
                    ..fine
                },
                ReplayRefusal::CampaignStopped,
            ),
            (
                ReplayFacts {
                    campaign: CampaignState::Cancelled,
                    ..fine
                },
                ReplayRefusal::CampaignStopped,
            ),
            (
                ReplayFacts {
                    campaign: CampaignState::Archived,
                    ..fine
                },
                ReplayRefusal::CampaignStopped,
            ),
            (ReplayFacts { stopped: true, ..fine }, ReplayRefusal::TargetStopped),
            (ReplayFacts { before: 1, ..fine }, ReplayRefusal::TooOften),
        ];
        for (facts, refusal) in table {
            assert_eq!(may_replay(&facts), Err(refusal), "{facts:?}");
        }
    }

    #[test]
    fn the_gravest_step_tells() {
        use ReplayResult::{Different, NoAnswer, Same, SameButVolatile};
        assert_eq!(ReplayResult::of([Same, SameButVolatile, Same]), SameButVolatile);
        assert_eq!(ReplayResult::of([Different, NoAnswer]), NoAnswer);
        assert_eq!(ReplayResult::of([Same, Different]), Different);
        assert_eq!(ReplayResult::of([Same]), Same);
        assert_eq!(ReplayResult::of([]), NoAnswer);
    }
}
