//! Sharing: how far a vulnerability is told, to whom at most, and what holds it back.

use crate::disclosure::Disclosure;
use crate::ids::PersonId;
use crate::time::Timestamp;
use crate::{Machine as _, coded, refusals, transitions};

coded! {
    /// How far a vulnerability is shared, ordered.
    pub enum Phase {
        /// Organiser, verifiers, vendor and pilots; observers see that it exists.
        Restricted = "restricted",
        /// Every deployer learns that something exists, how severe, whom to call.
        Alert = "alert",
        /// Deployers get workarounds.
        Measures = "measures",
        /// Deployers get everything but the exploit.
        Details = "details",
        /// Everybody.
        Public = "public",
    }
}

impl Phase {
    /// Gives the level whose text the phase adds to what deployers read; none where it adds none.
    #[must_use]
    pub const fn tells(self) -> Disclosure {
        match self {
            Self::Restricted => Disclosure::None,
            Self::Alert => Disclosure::Alert,
            Self::Measures => Disclosure::Measures,
            Self::Details | Self::Public => Disclosure::Details,
        }
    }
}

coded! {
    /// What may happen to the phase.
    pub enum PhaseEvent {
        /// Deployers are alerted.
        ShareAlert = "share_alert",
        /// Deployers get workarounds.
        ShareMeasures = "share_measures",
        /// Deployers get the details.
        ShareDetails = "share_details",
        /// Everybody may read it.
        Publish = "publish",
        /// A mistake is corrected: back to `restricted`.
        BackToRestricted = "back_to_restricted",
        /// A mistake is corrected: back to `alert`.
        BackToAlert = "back_to_alert",
        /// A mistake is corrected: back to `measures`.
        BackToMeasures = "back_to_measures",
        /// A mistake is corrected: back to `details`.
        BackToDetails = "back_to_details",
    }
}

transitions! { Phase on PhaseEvent as "sharing" {
    Restricted, ShareAlert => Alert;
    Alert, ShareMeasures => Measures;
    Measures, ShareDetails => Details;
    Details, Publish => Public;
    Alert | Measures | Details | Public, BackToRestricted => Restricted;
    Measures | Details | Public, BackToAlert => Alert;
    Details | Public, BackToMeasures => Measures;
    Public, BackToDetails => Details;
}}

coded! {
    /// The Traffic Light Protocol 2.0, from the narrowest to the widest.
    pub enum Tlp {
        /// Named persons.
        Red = "RED",
        /// Deployers.
        AmberStrict = "AMBER+STRICT",
        /// Deployers and their operators.
        Amber = "AMBER",
        /// Members of the working group.
        Green = "GREEN",
        /// The public.
        Clear = "CLEAR",
    }
}

/// What holds a vulnerability back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embargo {
    /// Nothing.
    None,
    /// It is held back until an instant.
    Until {
        /// When the embargo ends.
        until: Timestamp,
        /// Whether the vendor consents to the details meanwhile.
        details_consented: bool,
    },
    /// It was held back, and somebody lifted it.
    Lifted {
        /// When the embargo would have ended.
        until: Timestamp,
        /// When it was lifted.
        at: Timestamp,
    },
}

impl Embargo {
    /// Gives the embargo of its stored parts.
    #[must_use]
    pub const fn from_parts(until: Option<Timestamp>, lifted_at: Option<Timestamp>, details_consented: bool) -> Self {
        match (until, lifted_at) {
            (None, _) => Self::None,
            (Some(until), None) => Self::Until {
                until,
                details_consented,
            },
            (Some(until), Some(at)) => Self::Lifted { until, at },
        }
    }

    /// Gives the parts that are stored: its end, when it was lifted, the vendor's consent.
    #[must_use]
    pub const fn parts(self) -> (Option<Timestamp>, Option<Timestamp>, bool) {
        match self {
            Self::None => (None, None, false),
            Self::Until {
                until,
                details_consented,
            } => (Some(until), None, details_consented),
            Self::Lifted { until, at } => (Some(until), Some(at), false),
        }
    }

    /// Gives the furthest phase let through at `now`; a known exploitation lifts any embargo.
    #[must_use]
    pub fn cap(self, exploited_at: Option<Timestamp>, now: Timestamp) -> Phase {
        let exploited = exploited_at.is_some_and(|at| at <= now);
        match self {
            Self::Until {
                until,
                details_consented,
            } if now < until && !exploited => {
                if details_consented {
                    Phase::Details
                } else {
                    Phase::Measures
                }
            }
            _ => Phase::Public,
        }
    }
}

coded! {
    /// Where the vendor's opinion on a move stands.
    pub enum Opinion {
        /// Asked, and within its deadline.
        Awaited = "awaited",
        /// Given, whatever it says.
        Given = "given",
        /// Not given by its deadline.
        Silent = "silent",
    }
}

impl Opinion {
    /// Gives the opinion's standing: asked when, given when, and due within `days`.
    #[must_use]
    pub fn at(asked_at: Option<Timestamp>, given_at: Option<Timestamp>, days: i64, now: Timestamp) -> Self {
        if given_at.is_some_and(|at| at <= now) {
            Self::Given
        } else if asked_at.is_some_and(|at| at.plus_days(days) <= now) {
            Self::Silent
        } else {
            Self::Awaited
        }
    }
}

/// What is known when the organiser moves the phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveFacts<'a> {
    /// The phase now.
    pub from: Phase,
    /// The vendor's opinion on this move.
    pub opinion: Opinion,
    /// Whether that opinion is unfavourable.
    pub opposed: bool,
    /// The reason; see [`MoveFacts::needs_reason`].
    pub reason: &'a str,
    /// Who may read at most.
    pub tlp: Tlp,
    /// Whether a retest confirmed that a fix holds (see `domain::fix::holds`); an announced one is none.
    pub fix_holds: bool,
    /// Whether the text that the next phase tells is written (see [`Phase::tells`]).
    pub is_written: bool,
    /// The organiser who moves it.
    pub by: PersonId,
    /// A second person who agrees to publish without a fix.
    pub second: Option<PersonId>,
    /// The furthest phase that the embargo lets through.
    pub embargo_cap: Phase,
}

impl MoveFacts<'_> {
    /// Says whether a move needs a reason: back, against the vendor's opinion, or public without a
    /// fix that holds.
    #[must_use]
    pub fn needs_reason(&self, to: Phase) -> bool {
        to < self.from || self.opposed || (to == Phase::Public && !self.fix_holds)
    }
}

refusals! {
    /// Why a phase cannot move.
    pub enum MoveRefusal {
        /// There is no such step from here.
        NoSuchStep = "no_such_step",
        /// The vendor's opinion is awaited.
        OpinionAwaited = "opinion_awaited",
        /// A reason is needed.
        ReasonMissing = "reason_missing",
        /// The text that the phase tells is not written.
        NothingToTell = "nothing_to_tell",
        /// The embargo holds it back.
        Embargo = "embargo",
        /// Only what is CLEAR can be public.
        NotClear = "not_clear",
        /// Without a fix that a retest confirmed, a second person must agree.
        SecondPersonMissing = "second_person_missing",
    }
}

/// Moves the phase and gives the new one.
///
/// # Errors
/// [`MoveRefusal`] for the first rule that does not hold.
pub fn move_phase(facts: &MoveFacts<'_>, event: PhaseEvent) -> Result<Phase, MoveRefusal> {
    let to = facts.from.after(event).map_err(|_| MoveRefusal::NoSuchStep)?;
    let reasoned = !facts.needs_reason(to) || !facts.reason.trim().is_empty();
    if to < facts.from {
        return reasoned.then_some(to).ok_or(MoveRefusal::ReasonMissing);
    }
    let two = facts.second.is_some_and(|second| second != facts.by);
    let public = to == Phase::Public;
    let conditions = [
        (facts.is_written, MoveRefusal::NothingToTell),
        (facts.opinion != Opinion::Awaited, MoveRefusal::OpinionAwaited),
        (to <= facts.embargo_cap, MoveRefusal::Embargo),
        (!public || facts.tlp == Tlp::Clear, MoveRefusal::NotClear),
        (!public || facts.fix_holds || two, MoveRefusal::SecondPersonMissing),
        (reasoned, MoveRefusal::ReasonMissing),
    ];
    conditions
        .into_iter()
        .find(|(holds, _)| !holds)
        .map_or(Ok(to), |(_, why)| Err(why))
}
