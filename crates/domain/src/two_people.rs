//! Returns and ineligibilities: proposed by one, confirmed by another, contested before a third.

use crate::candidacy::CandidacyEvent;
use crate::ids::{CandidacyId, PersonId, ProposalId};
use crate::time::Timestamp;
use crate::{coded, refusals};

coded! {
    /// What is proposed about a candidacy.
    pub enum ProposalKind {
        /// To send it back to the candidate.
        Return = "return",
        /// To find it ineligible.
        Ineligible = "ineligible",
    }
}

impl ProposalKind {
    /// Gives the candidacy's event once a second person confirms.
    #[must_use]
    pub const fn event(self) -> CandidacyEvent {
        match self {
            Self::Return => CandidacyEvent::Return,
            Self::Ineligible => CandidacyEvent::DeclareIneligible,
        }
    }
}

refusals! {
    /// Why two or three people's decision cannot go on.
    pub enum PeopleRefusal {
        /// A second person is needed, and this is the first.
        SamePerson = "same_person",
        /// A third person is needed, and this is one of the two.
        NotAThirdPerson = "not_a_third_person",
        /// A reason is needed.
        ReasonMissing = "reason_missing",
        /// It has been confirmed already.
        AlreadyConfirmed = "already_confirmed",
        /// It has not been confirmed, so there is nothing to contest.
        NotConfirmed = "not_confirmed",
        /// It has been contested once already.
        AlreadyContested = "already_contested",
        /// The time to contest has run out.
        TooLate = "too_late",
        /// It has not been contested.
        NotContested = "not_contested",
        /// The objection has been decided already.
        AlreadyDecided = "already_decided",
    }
}

/// A return or an ineligibility, from its proposal to the decision of a third person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its identifier.
    pub id: ProposalId,
    /// The candidacy it is about.
    pub candidacy: CandidacyId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// Why; the candidate reads it.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Who confirmed it, and when.
    pub confirmed: Option<(PersonId, Timestamp)>,
    /// The candidate's objection.
    pub objection: Option<Objection>,
}

/// A candidate's objection to a return or an ineligibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// What the candidate says.
    pub grounds: String,
    /// Who objected, for the candidate.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The third person's decision.
    pub decision: Option<ObjectionDecision>,
}

/// What a third person decided about an objection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionDecision {
    /// Whether the candidate is right: the return or ineligibility is annulled.
    pub upheld: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Confirms a proposal by a second person and gives the candidacy's event.
///
/// # Errors
/// [`PeopleRefusal`] for the same person, an empty reason or a second confirmation.
pub fn confirm_proposal(
    mut proposal: Proposal,
    by: PersonId,
    now: Timestamp,
) -> Result<(Proposal, CandidacyEvent), PeopleRefusal> {
    if proposal.confirmed.is_some() {
        return Err(PeopleRefusal::AlreadyConfirmed);
    }
    if proposal.reason.trim().is_empty() {
        return Err(PeopleRefusal::ReasonMissing);
    }
    if by == proposal.proposed_by {
        return Err(PeopleRefusal::SamePerson);
    }
    proposal.confirmed = Some((by, now));
    let event = proposal.kind.event();
    Ok((proposal, event))
}

/// Gives the instant from which a confirmed proposal can no longer be contested.
#[must_use]
pub fn objection_ends_at(proposal: &Proposal, days: i64) -> Option<Timestamp> {
    let (_, confirmed_at) = proposal.confirmed?;
    Some(confirmed_at.plus_days(days))
}

/// Says whether a proposal is the one that stands: of those that were confirmed, the latest.
///
/// Each proposal is given with the instant of its confirmation. An earlier return is history once
/// the candidate has deposited again: contesting it would annul what came after it.
#[must_use]
pub fn stands(all: &[(ProposalId, Option<Timestamp>)], id: ProposalId) -> bool {
    let latest = all.iter().filter_map(|(one, at)| Some((at.as_ref()?, one))).max();
    latest.is_some_and(|(_, latest)| *latest == id)
}

/// Contests a confirmed proposal, once and within `days` of its confirmation.
///
/// # Errors
/// [`PeopleRefusal`] before the confirmation, a second time, too late or without grounds.
pub fn contest(
    mut proposal: Proposal,
    by: PersonId,
    grounds: String,
    now: Timestamp,
    days: i64,
) -> Result<Proposal, PeopleRefusal> {
    let end = objection_ends_at(&proposal, days).ok_or(PeopleRefusal::NotConfirmed)?;
    if proposal.objection.is_some() {
        return Err(PeopleRefusal::AlreadyContested);
    }
    if now >= end {
        return Err(PeopleRefusal::TooLate);
    }
    if grounds.trim().is_empty() {
        return Err(PeopleRefusal::ReasonMissing);
    }
    proposal.objection = Some(Objection {
        grounds,
        by,
        at: now,
        decision: None,
    });
    Ok(proposal)
}

/// Decides an objection by a third person; an upheld one reinstates the candidacy.
///
/// # Errors
/// [`PeopleRefusal`] for one of the two, the objector, no reason or a second decision.
pub fn decide_objection(
    mut proposal: Proposal,
    decision: ObjectionDecision,
) -> Result<(Proposal, Option<CandidacyEvent>), PeopleRefusal> {
    let (second, _) = proposal.confirmed.ok_or(PeopleRefusal::NotConfirmed)?;
    let first = proposal.proposed_by;
    let objection = proposal.objection.as_mut().ok_or(PeopleRefusal::NotContested)?;
    if objection.decision.is_some() {
        return Err(PeopleRefusal::AlreadyDecided);
    }
    if [first, second, objection.by].contains(&decision.by) {
        return Err(PeopleRefusal::NotAThirdPerson);
    }
    if decision.reason.trim().is_empty() {
        return Err(PeopleRefusal::ReasonMissing);
    }
    let event = decision.upheld.then_some(CandidacyEvent::Reinstate);
    objection.decision = Some(decision);
    Ok((proposal, event))
}
