//! Returns and ineligibilities: one proposes, another confirms, a third decides an objection.

use super::change::{change, lapse_at, note, place_late, promote, take_for};
use super::{letter, mails};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CandidacyRow, ProposalRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::InstructCandidacy;
use domain::Machine;
use domain::call::CallState;
use domain::candidacy::CandidacyState;
use domain::ids::{CandidacyId, ProposalId};
use domain::two_people::{
    self, Objection, ObjectionDecision, PeopleRefusal, Proposal, ProposalKind, confirm_proposal, decide_objection,
};
use serde_json::json;

/// Gives the sentence of a refusal among people.
pub(crate) fn refused(refusal: PeopleRefusal) -> Error {
    match refusal {
        PeopleRefusal::SamePerson => Error::Conflict("candidacy-error-same-person"),
        PeopleRefusal::NotAThirdPerson => Error::Conflict("candidacy-error-third-person"),
        PeopleRefusal::ReasonMissing => Error::field("reason", "error-required"),
        PeopleRefusal::TooLate => Error::Conflict("candidacy-error-too-late"),
        PeopleRefusal::AlreadyContested => Error::Conflict("candidacy-error-contested-once"),
        PeopleRefusal::AlreadyConfirmed
        | PeopleRefusal::NotConfirmed
        | PeopleRefusal::NotContested
        | PeopleRefusal::AlreadyDecided => Error::Conflict("error-not-in-this-state"),
    }
}

/// Seals a text of a proposal under the candidacy's programme.
pub(crate) async fn seal_text(
    unit: &mut Unit,
    row: &CandidacyRow,
    column: &'static str,
    id: ProposalId,
    text: &str,
) -> Outcome<Vec<u8>> {
    let holder = KeyHolder::Programme(row.programme);
    unit.seal(holder, place("candidacy_proposal", column, id.0), text.as_bytes())
        .await
}

/// Opens a stored proposal into what the domain decides on.
pub(crate) async fn opened(unit: &mut Unit, stored: &ProposalRow) -> Outcome<Proposal> {
    let at = |column| place("candidacy_proposal", column, stored.id.0);
    let reason = unit.open_text_unnoted(at("reason_sealed"), &stored.reason).await?;
    let objection = match &stored.contest {
        None => None,
        Some((by, when, grounds)) => {
            let grounds = unit.open_text_unnoted(at("contest_sealed"), grounds).await?;
            let decision = match &stored.decision {
                None => None,
                Some((by, when, upheld, reason)) => Some(ObjectionDecision {
                    upheld: *upheld,
                    reason: unit.open_text_unnoted(at("contest_reason_sealed"), reason).await?,
                    by: *by,
                    at: *when,
                }),
            };
            Some(Objection {
                grounds,
                by: *by,
                at: *when,
                decision,
            })
        }
    };
    Ok(Proposal {
        id: stored.id,
        candidacy: stored.candidacy,
        kind: stored.kind,
        reason,
        proposed_by: stored.proposed.0,
        proposed_at: stored.proposed.1,
        confirmed: stored.confirmed,
        objection,
    })
}

/// Finds the proposal that stands, to contest it or to decide its objection.
pub(crate) async fn open_standing(
    unit: &mut Unit,
    row: &CandidacyRow,
    id: ProposalId,
) -> Outcome<(ProposalRow, Proposal)> {
    let all = unit.store.proposals(row.candidacy.id).await?;
    let confirmed: Vec<_> = all.iter().map(|one| (one.id, one.confirmed.map(|c| c.1))).collect();
    let found = open_proposal(unit, row, id).await?;
    if found.0.confirmed.is_some() && !two_people::stands(&confirmed, id) {
        return Err(Error::Conflict("candidacy-error-superseded"));
    }
    Ok(found)
}

/// Finds a proposal of a candidacy and opens it.
async fn open_proposal(unit: &mut Unit, row: &CandidacyRow, id: ProposalId) -> Outcome<(ProposalRow, Proposal)> {
    let all = unit.store.proposals(row.candidacy.id).await?;
    let stored = all
        .into_iter()
        .find(|proposal| proposal.id == id)
        .ok_or(Error::NotFound)?;
    let proposal = opened(unit, &stored).await?;
    Ok((stored, proposal))
}

/// Proposes to return a candidacy or to find it ineligible; another person confirms.
#[derive(Clone, Debug)]
pub struct Propose {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// Why; the candidate reads it.
    pub reason: String,
}

impl UseCase for Propose {
    type Output = ProposalId;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProposalId> {
        let person = unit.person()?;
        let (frame, proof) = take_for::<InstructCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let row = proof.into_value();
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        if frame.call.state == CallState::Cancelled {
            return Err(Error::Conflict("candidacy-error-call-cancelled"));
        }
        row.candidacy.state.after(self.kind.event())?;
        let waiting = |p: &ProposalRow| p.confirmed.is_none() && p.refused.is_none();
        if unit.store.proposals(self.candidacy).await?.iter().any(waiting) {
            return Err(Error::Conflict("candidacy-error-proposal-waits"));
        }
        let id = ProposalId(unit.fresh_id());
        let stored = ProposalRow {
            id,
            candidacy: self.candidacy,
            kind: self.kind,
            reason: seal_text(unit, &row, "reason_sealed", id, &reason).await?,
            proposed: (person, unit.now),
            confirmed: None,
            refused: None,
            contest: None,
            decision: None,
        };
        unit.store.insert_proposal(&stored).await?;
        let body = json!({"proposal": id, "what": self.kind, "reason": reason});
        note(unit, &acting, &row, proposed_kind(self.kind), body).await?;
        Ok(id)
    }
}

const fn proposed_kind(kind: ProposalKind) -> &'static str {
    match kind {
        ProposalKind::Return => "candidacy.return_proposed",
        ProposalKind::Ineligible => "candidacy.ineligibility_proposed",
    }
}

/// Confirms a proposal by a second person, or refuses it.
#[derive(Clone, Copy, Debug)]
pub struct AnswerProposal {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The proposal.
    pub proposal: ProposalId,
    /// Whether it is confirmed.
    pub confirm: bool,
}

impl UseCase for AnswerProposal {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let person = unit.person()?;
        let (frame, proof) = take_for::<InstructCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        let (mut stored, proposal) = open_proposal(unit, &row, self.proposal).await?;
        if stored.refused.is_some() || stored.confirmed.is_some() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        if !self.confirm {
            stored.refused = Some((person, unit.now));
            unit.store.save_proposal(&stored).await?;
            note(
                unit,
                &acting,
                &row,
                "candidacy.proposal_refused",
                json!({"proposal": stored.id}),
            )
            .await?;
            return Ok(());
        }
        let reason = proposal.reason.clone();
        let (_, event) = confirm_proposal(proposal, person, unit.now).map_err(refused)?;
        stored.confirmed = Some((person, unit.now));
        unit.store.save_proposal(&stored).await?;
        let letter_kind = match stored.kind {
            ProposalKind::Return => {
                let until = frame
                    .call
                    .window
                    .closes_at
                    .max(unit.now.plus_days(frame.settings.objection_days));
                row.answer_by = Some(until);
                lapse_at(unit, &frame, row.candidacy.id, until).await?;
                "returned"
            }
            ProposalKind::Ineligible => "ineligible",
        };
        change(
            unit,
            &acting,
            &mut row,
            event,
            json!({"proposal": stored.id, "reason": reason}),
        )
        .await?;
        letter::issue(unit, &acting, &frame, &row, letter_kind, &reason).await?;
        mails::tell(unit, &row, "mail.candidacy_answered", &stored.id.to_string(), unit.now).await?;
        promote(unit, &frame).await
    }
}

/// Decides the objection to a return or an ineligibility, by a third person.
#[derive(Clone, Debug)]
pub struct DecideObjection {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The contested proposal.
    pub proposal: ProposalId,
    /// Whether the candidate is right.
    pub upheld: bool,
    /// Why.
    pub reason: String,
}

impl UseCase for DecideObjection {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let person = unit.person()?;
        let (frame, proof) = take_for::<InstructCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        let mut fields = Fields::new();
        let reason = fields.required("decision_reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        let (mut stored, proposal) = open_standing(unit, &row, self.proposal).await?;
        let decision = ObjectionDecision {
            upheld: self.upheld,
            reason: reason.clone(),
            by: person,
            at: unit.now,
        };
        let (_, event) = decide_objection(proposal, decision).map_err(refused)?;
        let sealed = seal_text(unit, &row, "contest_reason_sealed", stored.id, &reason).await?;
        stored.decision = Some((person, unit.now, self.upheld, sealed));
        unit.store.save_proposal(&stored).await?;
        let body = json!({"proposal": stored.id, "reason": reason});
        let letter_kind = match event {
            Some(event) => {
                if row.candidacy.state != CandidacyState::Returned && row.candidacy.state != CandidacyState::Ineligible
                {
                    return Err(Error::Conflict("error-not-in-this-state"));
                }
                unit.store.revive_reception(row.candidacy.id).await?;
                change(unit, &acting, &mut row, event, body).await?;
                "reinstated"
            }
            None => {
                note(unit, &acting, &row, "candidacy.objection_dismissed", body).await?;
                if let Some(until) = row.answer_by {
                    // Time stood still for the candidate while the objection waited.
                    lapse_at(unit, &frame, row.candidacy.id, until.max(unit.now)).await?;
                }
                "objection_dismissed"
            }
        };
        letter::issue(unit, &acting, &frame, &row, letter_kind, &reason).await?;
        if event.is_some() {
            place_late(unit, &acting, &frame, &mut row).await?;
        }
        let key = format!("{}/objection", stored.id);
        mails::tell(unit, &row, "mail.candidacy_answered", &key, unit.now).await
    }
}
