//! Replays: recorded requests sent again, and what their answers come to.

use crate::campaign::CampaignState;
use crate::report::ReportState;
use crate::retest::RetestState;
use crate::time::{MINUTE, SECOND, Timestamp};
use crate::vulnerability::VulnerabilityState;
use crate::{coded, refusals, transitions};

/// How long a clean copy has to answer, in microseconds, before the replay is given up.
pub const STARTING: i64 = 10 * MINUTE;

/// For how long whoever sends the requests holds the replay without a word, in microseconds: what it sends for a
/// longer time, it says again and again.
pub const HELD: i64 = 60 * SECOND;

coded! {
    /// Where a replay stands.
    pub enum ReplayState {
        /// A clean copy of the target is awaited, or somebody who sends.
        Waiting = "waiting",
        /// The requests are being sent.
        Sending = "sending",
        /// What the answers come to is kept.
        Done = "done",
        /// It came to nothing, and says why.
        Failed = "failed",
    }
}

coded! {
    /// What may happen to a replay.
    pub enum ReplayEvent {
        /// The first request leaves.
        Send = "send",
        /// The answers are kept.
        Keep = "keep",
        /// It is given up.
        Fail = "fail",
    }
}

transitions! { ReplayState on ReplayEvent as "replay" {
    Waiting, Send => Sending;
    Sending, Keep => Done;
    Waiting | Sending, Fail => Failed;
}}

coded! {
    /// Why a replay came to nothing.
    pub enum ReplayFailure {
        /// The clean copy of the target did not start, or not in time.
        NotStarted = "not_started",
        /// The target is no longer in the campaign, is stopped, or was not found.
        TargetGone = "target_gone",
        /// Whoever had it made may not judge by it any more.
        RightsEnded = "rights_ended",
        /// The campaign was stopped.
        CampaignStopped = "campaign_stopped",
        /// Leave to test the target ended.
        NotAuthorised = "not_authorised",
        /// The vendor of a corrected version took its agreement back.
        NotAgreed = "not_agreed",
        /// The server stopped while the requests were being sent.
        Interrupted = "interrupted",
        /// The exchanges could not be read or sent.
        Broken = "broken",
    }
}

impl From<ReplayRefusal> for ReplayFailure {
    fn from(refusal: ReplayRefusal) -> Self {
        match refusal {
            ReplayRefusal::CampaignStopped => Self::CampaignStopped,
            ReplayRefusal::NotAuthorised => Self::NotAuthorised,
            ReplayRefusal::NotAgreed => Self::NotAgreed,
            ReplayRefusal::TargetStopped => Self::TargetGone,
            ReplayRefusal::NotDue | ReplayRefusal::UnderWay | ReplayRefusal::TooOften => Self::RightsEnded,
        }
    }
}

impl ReplayState {
    /// Gives the state at `now` of a replay that somebody answers for until an instant, and why it failed where the
    /// clock ended it: nothing stays under way for whom nobody answers any more.
    #[must_use]
    pub fn at(self, until: Timestamp, now: Timestamp) -> (Self, Option<ReplayFailure>) {
        match self {
            Self::Waiting if until <= now => (Self::Failed, Some(ReplayFailure::NotStarted)),
            Self::Sending if until <= now => (Self::Failed, Some(ReplayFailure::Interrupted)),
            _ => (self, None),
        }
    }

    /// Says whether its result is still to come.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Sending)
    }
}

/// Says whether somebody judges a report by what a replay shows.
#[must_use]
pub const fn is_report_judged(report: ReportState) -> bool {
    matches!(report, ReportState::Submitted | ReportState::InVerification)
}

/// Says whether a retest is supported by what a replay shows: whoever accepted it makes it, or a verifier judges it.
#[must_use]
pub const fn is_retest_judged(vulnerability: VulnerabilityState, retest: RetestState, own: bool) -> bool {
    let due = match retest {
        RetestState::Accepted => own,
        RetestState::Reported => !own,
        _ => false,
    };
    due && matches!(vulnerability, VulnerabilityState::Retesting)
}

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
    /// Whether somebody judges by what it shows: see [`is_report_judged`] and [`is_retest_judged`].
    pub due: bool,
    /// Whether the person has another one under way.
    pub under_way: bool,
    /// Where its campaign stands.
    pub campaign: CampaignState,
    /// Whether everyone whose leave is needed gives it.
    pub authorised: bool,
    /// Whether the vendor agrees to what is hosted for retests; always, of what hunters test.
    pub agreed: bool,
    /// Whether the target was stopped.
    pub stopped: bool,
    /// How often it was done for this report or retest already.
    pub before: usize,
    /// How often it may be done.
    pub most: usize,
}

refusals! {
    /// Why recorded requests are not sent again.
    pub enum ReplayRefusal {
        /// Nobody verifies the report, or makes or judges the retest, now.
        NotDue = "not_due",
        /// The person has another one under way.
        UnderWay = "under_way",
        /// The campaign is stopped, or was given up, or has not begun.
        CampaignStopped = "campaign_stopped",
        /// An authorisation is missing, expired or revoked: it holds beyond the window, for this.
        NotAuthorised = "not_authorised",
        /// The vendor of a corrected version does not agree to it.
        NotAgreed = "not_agreed",
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
    let conditions = [
        (facts.due, ReplayRefusal::NotDue),
        (facts.authorised, ReplayRefusal::NotAuthorised),
        (facts.agreed, ReplayRefusal::NotAgreed),
        (
            matches!(facts.campaign, Open | Verifying | Closed),
            ReplayRefusal::CampaignStopped,
        ),
        (!facts.stopped, ReplayRefusal::TargetStopped),
        (!facts.under_way, ReplayRefusal::UnderWay),
        (facts.before < facts.most, ReplayRefusal::TooOften),
    ];
    let first = conditions.into_iter().find(|(holds, _)| !holds);
    first.map_or(Ok(()), |(_, refusal)| Err(refusal))
}

#[cfg(test)]
mod tests;
