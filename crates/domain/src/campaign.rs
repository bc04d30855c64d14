//! Campaigns: time-boxed tests of products.

use crate::ids::{CampaignId, ProgrammeId, RulesId};
use crate::time::{Timestamp, Window, Within};
use crate::{coded, transitions};

coded! {
    /// How a campaign tests.
    pub enum CampaignKind {
        /// Hunters look for flaws and are rewarded.
        BugBounty = "bug_bounty",
        /// Testers go through a checklist.
        Pentest = "pentest",
        /// Students look for flaws, without reward.
        PedagogicalBugBounty = "pedagogical_bug_bounty",
    }
}

coded! {
    /// Where a campaign stands.
    pub enum CampaignState {
        /// Being written.
        Draft = "draft",
        /// Announced to its parties; authorisations and commitments are gathered.
        Planned = "planned",
        /// Every authorisation and commitment is there.
        Ready = "ready",
        /// Targets can be reached.
        Open = "open",
        /// Stopped for now; nothing passes.
        Suspended = "suspended",
        /// The window has closed; the last reports are verified.
        Verifying = "verifying",
        /// Over.
        Closed = "closed",
        /// Over, and put away.
        Archived = "archived",
        /// Given up before it opened.
        Cancelled = "cancelled",
    }
}

impl CampaignState {
    /// Says whether those whom a campaign concerns know of it: it was announced, and not given up.
    #[must_use]
    pub const fn is_announced(self) -> bool {
        !matches!(self, Self::Draft | Self::Cancelled)
    }
}

coded! {
    /// What may happen to a campaign.
    pub enum CampaignEvent {
        /// It is announced to its parties.
        Plan = "plan",
        /// Nothing is missing.
        MakeReady = "make_ready",
        /// Something is missing again.
        FallBack = "fall_back",
        /// Its window opens.
        Open = "open",
        /// It is stopped, or an authorisation is revoked.
        Suspend = "suspend",
        /// It goes on.
        Resume = "resume",
        /// Its window closes.
        EndWindow = "end_window",
        /// The last report is settled.
        Close = "close",
        /// It is put away.
        Archive = "archive",
        /// It is given up.
        Cancel = "cancel",
    }
}

transitions! { CampaignState on CampaignEvent as "campaign" {
    Draft, Plan => Planned;
    Planned, MakeReady => Ready;
    Ready, FallBack => Planned;
    Ready, Open => Open;
    Open, Suspend => Suspended;
    Suspended, Resume => Open;
    Open | Suspended, EndWindow => Verifying;
    Verifying, Close => Closed;
    Closed, Archive => Archived;
    Draft | Planned | Ready, Cancel => Cancelled;
}}

/// Gives the state that the clock and the authorisations make of a stored one.
///
/// A ready campaign opens with its window, and only while every authorisation is live; an open
/// one that loses an authorisation is suspended at once; after the window it is verifying.
#[must_use]
pub fn effective_state(
    stored: CampaignState,
    window: Window,
    suspended: bool,
    authorised: bool,
    now: Timestamp,
) -> CampaignState {
    use CampaignState::{Open, Ready, Suspended, Verifying};
    match (stored, window.at(now)) {
        (Ready | Open | Suspended, Within::After) => Verifying,
        (Ready | Open, Within::Before) => Ready,
        (Ready | Open, Within::Inside) if suspended => Suspended,
        (Ready | Open, Within::Inside) if authorised => Open,
        (Ready, Within::Inside) => Ready,
        (Open, Within::Inside) => Suspended,
        (other, _) => other,
    }
}

/// Says whether a campaign with this stored state and window has ended at `now`, so that members
/// may read its outcome; one that was cancelled never ran.
#[must_use]
pub fn has_ended(stored: CampaignState, window: Window, now: Timestamp) -> bool {
    use CampaignState::{Archived, Closed, Verifying};
    matches!(
        effective_state(stored, window, false, true, now),
        Verifying | Closed | Archived
    )
}

/// A time-boxed test of products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Its identifier.
    pub id: CampaignId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// How it tests.
    pub kind: CampaignKind,
    /// Its name.
    pub name: String,
    /// When targets can be reached.
    pub window: Window,
    /// Its stored state; ask [`Campaign::state_at`] what the clock makes of it.
    pub state: CampaignState,
    /// Since when it is stopped, where it is.
    pub suspended_at: Option<Timestamp>,
    /// The rules that hunters accept, once chosen.
    pub rules: Option<RulesId>,
    /// Whether its convention shares the restitution, without exploit, with the working group.
    pub restitution_shared: bool,
    /// The revision of its row.
    pub revision: i64,
}

impl Campaign {
    /// Gives the campaign's state at `now`, where `authorised` says that all leave is given now.
    #[must_use]
    pub fn state_at(&self, authorised: bool, now: Timestamp) -> CampaignState {
        let suspended = self.suspended_at.is_some_and(|at| at <= now);
        effective_state(self.state, self.window, suspended, authorised, now)
    }

    /// Says whether the campaign has ended at `now`, so that members may read its outcome.
    #[must_use]
    pub fn has_ended(&self, now: Timestamp) -> bool {
        has_ended(self.state, self.window, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_and_closed_follow_the_clock_and_the_leave() {
        use CampaignState as S;
        let window = Window {
            opens_at: Timestamp(10),
            closes_at: Timestamp(20),
        };
        let at =
            |stored, suspended, authorised, now| effective_state(stored, window, suspended, authorised, Timestamp(now));
        assert_eq!(at(S::Ready, false, true, 9), S::Ready);
        assert_eq!(at(S::Ready, false, true, 10), S::Open);
        assert_eq!(at(S::Ready, false, false, 10), S::Ready);
        assert_eq!(at(S::Open, false, false, 15), S::Suspended);
        assert_eq!(at(S::Open, true, true, 15), S::Suspended);
        assert_eq!(at(S::Suspended, false, true, 15), S::Suspended);
        for stored in [S::Ready, S::Open, S::Suspended] {
            assert_eq!(at(stored, true, false, 20), S::Verifying);
        }
        for stored in [S::Draft, S::Planned, S::Verifying, S::Closed, S::Archived, S::Cancelled] {
            assert_eq!(at(stored, false, true, 15), stored);
        }
    }
}
