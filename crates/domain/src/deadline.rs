//! Deadlines: typed clocks that desks show and jobs announce.

use crate::coded;
use crate::time::{DAY, Timestamp};
use uuid::Uuid;

coded! {
    /// What a deadline is about.
    pub enum DeadlineKind {
        /// A call closes to deposits.
        CallCloses = "call_closes",
        /// A selected candidate must confirm its place.
        ConfirmPlace = "confirm_place",
        /// A returned candidate must deposit again.
        DepositAgain = "deposit_again",
        /// A candidate may contest a return or an ineligibility.
        Object = "object",
        /// A party must commit itself, or sign, before the campaign opens.
        SignAuthorisation = "sign_authorisation",
        /// An authorisation ends.
        AuthorisationExpiry = "authorisation_expiry",
        /// A campaign opens.
        CampaignOpens = "campaign_opens",
        /// A campaign's window closes.
        CampaignCloses = "campaign_closes",
        /// A hunter must answer a verifier's question.
        AnswerInformation = "answer_information",
        /// A hunter may contest a closing.
        AppealClosing = "appeal_closing",
        /// A hunter may reopen what was closed unanswered.
        ReopenReport = "reopen_report",
        /// A vendor must acknowledge a vulnerability.
        VendorAcknowledge = "vendor_acknowledge",
        /// A vendor may give its opinion before the phase moves.
        VendorOpinion = "vendor_opinion",
        /// A vendor must announce a fix.
        Fix = "fix",
        /// A deployer must say where it stands.
        Position = "position",
        /// A vendor must ask for the retest of what it announced, or somebody accept an offered one.
        Retest = "retest",
        /// An accepted risk must be looked at again.
        RiskExpiry = "risk_expiry",
        /// An embargo ends.
        EmbargoEnd = "embargo_end",
    }
}

coded! {
    /// Where a deadline stands.
    pub enum DeadlineStanding {
        /// More than the notice remains.
        Far = "far",
        /// It is near.
        Near = "near",
        /// It has passed.
        Passed = "passed",
    }
}

/// A typed clock about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What it is about.
    pub kind: DeadlineKind,
    /// The thing it is about.
    pub subject: Uuid,
    /// Since when it runs.
    pub since: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// The rule or act that sets it, where one does (`art. R. 421-1 CJA`).
    pub legal_base: Option<String>,
}

/// Days before its due instant from which a deadline is near.
pub const NEAR_DAYS: i64 = 3;

/// Gives the order in which things wait on a desk: what is late or near first, then what has no date and
/// can be done at once, then what is far; the earliest first among the dated.
#[must_use]
pub fn urgency(due_at: Option<Timestamp>, now: Timestamp) -> (u8, Option<Timestamp>) {
    match due_at {
        Some(due) if due <= now.plus_days(NEAR_DAYS) => (0, due_at),
        None => (1, None),
        Some(_) => (2, due_at),
    }
}

impl Deadline {
    /// Gives where the deadline stands at `now`.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> DeadlineStanding {
        let left = self.due_at.since(now);
        if left <= 0 {
            DeadlineStanding::Passed
        } else if left <= NEAR_DAYS * DAY {
            DeadlineStanding::Near
        } else {
            DeadlineStanding::Far
        }
    }
}

/// Puts deadlines in the order of a desk: the first due first, then by kind and subject.
pub fn sort(deadlines: &mut [Deadline]) {
    deadlines.sort_by_key(|one| (one.due_at, one.kind, one.subject));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_comes_first_and_what_is_far_last() {
        let now = Timestamp(100 * DAY);
        let near = Some(now.plus_days(2));
        let late = Some(now.plus_days(-4));
        let far = Some(now.plus_days(12));
        let mut items = [far, None, near, late];
        items.sort_by_key(|due| urgency(*due, now));
        assert_eq!(items, [late, near, None, far]);
    }

    #[test]
    fn a_deadline_comes_near_then_passes() {
        let one = Deadline {
            kind: DeadlineKind::Position,
            subject: Uuid::nil(),
            since: Timestamp(0),
            due_at: Timestamp(10 * DAY),
            legal_base: None,
        };
        assert_eq!(one.standing(Timestamp(6 * DAY)), DeadlineStanding::Far);
        assert_eq!(one.standing(Timestamp(7 * DAY)), DeadlineStanding::Near);
        assert_eq!(one.standing(Timestamp(10 * DAY)), DeadlineStanding::Passed);
    }
}
