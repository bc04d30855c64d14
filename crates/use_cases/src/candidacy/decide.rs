//! Deciding a call: places to the first by order of receipt, the next wait.

use super::change::{change, living_number, places, seat, take};
use super::{letter, mails};
use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::{InstructCandidacies, ReadCandidacies};
use domain::call::CallState;
use domain::candidacy::CandidacyState;
use domain::ids::{CallId, CandidacyId};
use domain::seats::{self, Outcome as Seating};
use serde_json::json;

/// Shows what deciding a call now would give, in the order of receipt.
pub struct PreviewDecision(pub CallId);

/// One line of a decision.
#[derive(Clone, Debug)]
pub struct DecisionLine {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The candidate.
    pub organisation: String,
    /// Its order number.
    pub order_number: i64,
    /// What it gets.
    pub outcome: Seating,
}

impl UseCase for PreviewDecision {
    type Output = Vec<DecisionLine>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.candidacy_call(self.0).await?;
        let frame = unit.permit_found::<ReadCandidacies, _>(found)?;
        let received = unit.store.numbered(self.0, CandidacyState::Received).await?;
        let mut lines = Vec::new();
        for (candidacy, outcome) in seats::decide(places(&frame), max_waiting(&frame), &received) {
            let row = unit.store.candidacy(candidacy).await?.ok_or(Error::NotFound)?;
            let organisations = unit.store.organisations(&[row.peek().candidacy.organisation]).await?;
            let number = received
                .iter()
                .find(|one| one.candidacy == candidacy)
                .map(|one| one.order_number);
            lines.push(DecisionLine {
                candidacy,
                organisation: organisations.into_iter().next().map(|o| o.name).unwrap_or_default(),
                order_number: number.unwrap_or_default(),
                outcome,
            });
        }
        Ok(lines)
    }
}

fn max_waiting(frame: &crate::ports::CallFrame) -> Option<usize> {
    frame
        .call
        .max_waiting
        .map(|most| usize::try_from(most).unwrap_or_default())
}

/// Decides a closed call.
#[derive(Clone, Copy, Debug)]
pub struct DecideCall {
    /// The call.
    pub call: CallId,
}

impl UseCase for DecideCall {
    type Output = Vec<(CandidacyId, Seating)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.take_candidacy_call(self.call).await?;
        let proof = unit.permit_found::<InstructCandidacies, _>(found)?;
        let acting = proof.acting().clone();
        let mut frame = proof.into_value();
        if frame.call.state_at(unit.now) != CallState::Closed {
            return Err(Error::Conflict("candidacy-error-call-not-closed"));
        }
        if unit.store.count_undecided(self.call).await? > 0 {
            return Err(Error::Conflict("candidacy-error-undecided"));
        }
        unit.store.set_call_decided(self.call, unit.now).await?;
        frame.call.state = CallState::Decided;
        frame.decided_at = Some(unit.now);
        let received = unit.store.numbered(self.call, CandidacyState::Received).await?;
        let decided = seats::decide(places(&frame), max_waiting(&frame), &received);
        let mut public = Vec::new();
        for (candidacy, outcome) in &decided {
            place(unit, &acting, &frame, *candidacy, *outcome).await?;
            public.push(json!({"order": living_number(unit, *candidacy).await?, "outcome": outcome}));
        }
        let entry = NewEntry {
            stream_kind: "call",
            stream_id: self.call.0,
            kind: "call.decided",
            log: Log::Public,
            holder: KeyHolder::Instance,
            body: json!({"places": frame.call.places, "decided": public}),
        };
        unit.record(&acting, entry).await?;
        Ok(decided)
    }
}

async fn place(
    unit: &mut Unit,
    acting: &Acting,
    frame: &crate::ports::CallFrame,
    id: CandidacyId,
    outcome: Seating,
) -> Outcome<()> {
    let mut row = take(unit, id).await?;
    if outcome == Seating::Selected {
        return seat(unit, acting, frame, &mut row, outcome.event()).await;
    }
    change(unit, acting, &mut row, outcome.event(), json!({})).await?;
    letter::issue(unit, acting, frame, &row, outcome.code(), "").await?;
    mails::tell(unit, &row, "mail.candidacy_decided", &unit.now.0.to_string(), unit.now).await
}
