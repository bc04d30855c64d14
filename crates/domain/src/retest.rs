//! Retests: whether an announced fix holds.

use crate::ids::{PersonId, RetestId, VulnerabilityId};
use crate::time::Timestamp;
use crate::vulnerability::VulnerabilityEvent;
use crate::{coded, refusals, transitions};

coded! {
    /// Where a retest stands.
    pub enum RetestState {
        /// The vendor asks for it.
        Requested = "requested",
        /// Somebody is asked to make it.
        Offered = "offered",
        /// They will.
        Accepted = "accepted",
        /// They will not.
        Declined = "declined",
        /// They did not answer in time.
        Expired = "expired",
        /// They said what they found.
        Reported = "reported",
        /// A verifier agrees.
        Confirmed = "confirmed",
        /// A verifier does not agree.
        Rejected = "rejected",
    }
}

coded! {
    /// What may happen to a retest.
    pub enum RetestEvent {
        /// Somebody is asked to make it.
        Offer = "offer",
        /// They accept.
        Accept = "accept",
        /// They decline.
        Decline = "decline",
        /// Their time to answer runs out.
        Expire = "expire",
        /// They say what they found.
        Report = "report",
        /// A verifier agrees.
        Confirm = "confirm",
        /// A verifier does not agree.
        Reject = "reject",
    }
}

transitions! { RetestState on RetestEvent as "retest" {
    Requested | Declined | Expired | Rejected, Offer => Offered;
    Offered, Accept => Accepted;
    Offered, Decline => Declined;
    Offered, Expire => Expired;
    Accepted, Report => Reported;
    Reported, Confirm => Confirmed;
    Reported, Reject => Rejected;
}}

coded! {
    /// Whom a retest is offered to.
    pub enum OfferedTo {
        /// The hunter who reported the flaw.
        Reporter = "reporter",
        /// Any hunter of the pool.
        Pool = "pool",
        /// A verifier.
        Verifier = "verifier",
    }
}

impl OfferedTo {
    /// Gives whom to ask next: the reporter, then the pool, then a verifier, again and again.
    #[must_use]
    pub const fn next(last: Option<Self>) -> Self {
        match last {
            None => Self::Reporter,
            Some(Self::Reporter) => Self::Pool,
            Some(Self::Pool | Self::Verifier) => Self::Verifier,
        }
    }
}

coded! {
    /// What a retest found.
    pub enum RetestOutcome {
        /// The flaw is gone.
        Fixed = "fixed",
        /// A part of it remains.
        Partial = "partial",
        /// It is still there.
        NotFixed = "not_fixed",
        /// It could not be told.
        CannotTell = "cannot_tell",
    }
}

impl RetestOutcome {
    /// Gives the event that a confirmed outcome causes for the vulnerability.
    #[must_use]
    pub const fn effect(self) -> VulnerabilityEvent {
        match self {
            Self::Fixed => VulnerabilityEvent::ConfirmFixed,
            Self::Partial | Self::NotFixed => VulnerabilityEvent::FindNotFixed,
            Self::CannotTell => VulnerabilityEvent::CannotTell,
        }
    }

    /// Gives the round that follows: a fix that does not hold opens the next.
    #[must_use]
    pub const fn next_round(self, round: i64) -> i64 {
        match self {
            Self::Partial | Self::NotFixed => round.saturating_add(1),
            Self::Fixed | Self::CannotTell => round,
        }
    }
}

/// One retest of a fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retest {
    /// Its identifier.
    pub id: RetestId,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The round of the fix.
    pub round: i64,
    /// Its number within the round, from one.
    pub n: i64,
    /// Where it stands.
    pub state: RetestState,
    /// Whom it is offered to.
    pub offered_to: Option<OfferedTo>,
    /// Until when they may accept.
    pub offer_ends_at: Option<Timestamp>,
    /// Who makes it.
    pub by: Option<PersonId>,
    /// What they found.
    pub outcome: Option<RetestOutcome>,
    /// The revision of its row.
    pub revision: i64,
}

refusals! {
    /// Why a retest's finding cannot be confirmed or rejected.
    pub enum RetestRefusal {
        /// The one who made it cannot judge it.
        OwnRetest = "own_retest",
        /// It says nothing yet.
        OutcomeMissing = "outcome_missing",
    }
}

impl Retest {
    /// Gives the retest's state at `now`: an offer expires with the clock.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> RetestState {
        let over = self.offer_ends_at.is_some_and(|end| end <= now);
        if self.state == RetestState::Offered && over {
            RetestState::Expired
        } else {
            self.state
        }
    }

    /// Says whether a verifier may judge the finding, and gives it.
    ///
    /// # Errors
    /// [`RetestRefusal`] for one's own retest or where there is no finding.
    pub fn may_be_judged_by(&self, verifier: PersonId) -> Result<RetestOutcome, RetestRefusal> {
        if self.by == Some(verifier) {
            return Err(RetestRefusal::OwnRetest);
        }
        self.outcome.ok_or(RetestRefusal::OutcomeMissing)
    }
}
