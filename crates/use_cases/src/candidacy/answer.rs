//! What a candidate answers: it confirms its place, withdraws, or contests.

use super::change::{change, note, promote, take_for};
use super::proposal::{open_standing, seal_text};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::AnswerCandidacy;
use domain::candidacy::CandidacyEvent;
use domain::ids::{CandidacyId, ProposalId};
use domain::two_people;
use serde_json::json;

/// Confirms the place that a candidacy got.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmPlace {
    /// The candidacy.
    pub candidacy: CandidacyId,
}

impl UseCase for ConfirmPlace {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (_, proof) = take_for::<AnswerCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        if row.answer_by.is_some_and(|until| unit.now >= until) {
            return Err(Error::Conflict("candidacy-error-too-late"));
        }
        change(unit, &acting, &mut row, CandidacyEvent::Confirm, json!({})).await
    }
}

/// Withdraws a candidacy; a place that it held goes to the first waiting.
#[derive(Clone, Debug)]
pub struct WithdrawCandidacy {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// Why, where the candidate says so.
    pub reason: String,
    /// Whether they said that they are sure: it cannot be undone.
    pub sure: bool,
}

impl UseCase for WithdrawCandidacy {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (frame, proof) = take_for::<AnswerCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        let mut fields = Fields::new();
        let reason = fields.optional("reason", &self.reason, unit.app.settings.limits.reason);
        if !self.sure {
            fields.add("sure", "error-sure");
        }
        fields.done()?;
        change(
            unit,
            &acting,
            &mut row,
            CandidacyEvent::Withdraw,
            json!({"reason": reason}),
        )
        .await?;
        promote(unit, &frame).await
    }
}

/// Contests a return or an ineligibility, once; a third person decides.
#[derive(Clone, Debug)]
pub struct ContestProposal {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The return or ineligibility.
    pub proposal: ProposalId,
    /// Why it should be annulled.
    pub grounds: String,
}

impl UseCase for ContestProposal {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let person = unit.person()?;
        let (frame, proof) = take_for::<AnswerCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let row = proof.into_value();
        let mut fields = Fields::new();
        let grounds = fields.required("grounds", &self.grounds, unit.app.settings.limits.answer);
        fields.done()?;
        let (mut stored, proposal) = open_standing(unit, &row, self.proposal).await?;
        if row.candidacy.state != after(&proposal) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        two_people::contest(
            proposal,
            person,
            grounds.clone(),
            unit.now,
            frame.settings.objection_days,
        )
        .map_err(super::proposal::refused)?;
        let sealed = seal_text(unit, &row, "contest_sealed", stored.id, &grounds).await?;
        stored.contest = Some((person, unit.now, sealed));
        unit.store.save_proposal(&stored).await?;
        note(
            unit,
            &acting,
            &row,
            "candidacy.contested",
            json!({"proposal": stored.id, "reason": grounds}),
        )
        .await?;
        Ok(())
    }
}

/// Gives the state in which a confirmed proposal leaves a candidacy.
fn after(proposal: &two_people::Proposal) -> domain::candidacy::CandidacyState {
    match proposal.kind {
        two_people::ProposalKind::Return => domain::candidacy::CandidacyState::Returned,
        two_people::ProposalKind::Ineligible => domain::candidacy::CandidacyState::Ineligible,
    }
}
