//! A deployer's answer: where it stands with a vulnerability, and why.

use super::circle::{self, note};
use super::risk;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{PositionRow, SharingCase};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{AnswerPosition as Answer, ReadSituations};
use authorization::{Acting, Permitted};
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState, RiskProposal};
use domain::{Disclosure, Machine as _, Timestamp};
use serde_json::json;

/// Notes that a deployer's officer opened what concerns them.
#[derive(Clone, Debug)]
pub struct MarkRead {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The officer's organisation.
    pub organisation: OrganisationId,
}

impl UseCase for MarkRead {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (_, permitted) = own(unit, self.vulnerability, self.organisation).await?;
        let mut row = (*permitted).clone();
        if row.state != PositionState::Informed {
            return Ok(());
        }
        row.state = row.state.after(PositionEvent::Read)?;
        row.read_at = Some(unit.now);
        unit.store.save_position(&row).await?;
        note(unit, permitted.acting(), &row, "position.read", json!({})).await
    }
}

/// Says where an organisation stands.
#[derive(Clone, Debug)]
pub struct AnswerPosition {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The revision of the position that their form showed; none where none was shown.
    pub revision: Option<i64>,
    /// What it says; none where nothing was chosen.
    pub answer: Option<PositionEvent>,
    /// Why.
    pub reason: String,
    /// Until when the risk would be accepted, where that is the answer.
    pub until: Option<Timestamp>,
}

impl UseCase for AnswerPosition {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        match self.give(unit).await? {
            Some(proposed) => risk::tell_signatories(unit, &proposed).await,
            None => Ok(()),
        }
    }
}

impl AnswerPosition {
    /// Gives the answer; where it is that the risk is accepted, that is only proposed, and waits.
    pub(super) async fn give(&self, unit: &mut Unit) -> Outcome<Option<risk::Proposed>> {
        let (case, permitted) = own(unit, self.vulnerability, self.organisation).await?;
        let mut row = (*permitted).clone();
        if self.revision.is_some_and(|shown| shown != row.revision) {
            return Err(Error::Stale);
        }
        let from = row.state_at(unit.now);
        let event = self.event(from)?;
        let reason = reason(unit, &self.reason, from, event)?;
        row.read_at = row.read_at.or(Some(unit.now));
        if event == PositionEvent::AcceptRisk {
            let proposal = self.proposal(unit, reason)?;
            return Ok(Some(
                risk::propose(unit, permitted.acting(), &case, row, proposal).await?,
            ));
        }
        keep(unit, permitted.acting(), row, event, reason).await?;
        Ok(None)
    }

    fn event(&self, from: PositionState) -> Outcome<PositionEvent> {
        let event = self.answer.filter(|event| answers(from).contains(event));
        event.ok_or_else(|| Error::field("answer", "error-choose"))
    }

    fn proposal(&self, unit: &Unit, reason: String) -> Outcome<RiskProposal> {
        let expires_at = self
            .until
            .ok_or_else(|| Error::field("until", "error-not-an-instant"))?;
        let proposal = RiskProposal { reason, expires_at };
        proposal.check(unit.now).map_err(risk::refused)?;
        Ok(proposal)
    }
}

/// Gives the reason that was typed, where it is needed or was given.
pub(super) fn reason(unit: &Unit, typed: &str, from: PositionState, event: PositionEvent) -> Outcome<String> {
    let mut fields = Fields::new();
    let max = unit.app.settings.limits.text;
    let reason = if from.needs_reason(event) {
        fields.required("reason", typed, max)
    } else {
        fields.optional("reason", typed, max)
    };
    fields.done()?;
    Ok(reason)
}

/// Keeps an answer that is no acceptance of a risk; what was proposed to a signatory falls.
pub(super) async fn keep(
    unit: &mut Unit,
    acting: &Acting,
    mut row: PositionRow,
    event: PositionEvent,
    reason: String,
) -> Outcome<()> {
    let from = row.state_at(unit.now);
    let to = from.after(event)?;
    row.state = to;
    row.proposal = None;
    row.read_at = row.read_at.or(Some(unit.now));
    row.answered_at = Some(unit.now);
    row.answered_by = unit.actor.person();
    let holder = KeyHolder::Vulnerability(row.vulnerability);
    row.reason = match reason.is_empty() {
        true => None,
        false => Some(
            unit.seal(holder, place("position", "reason_sealed", row.id), reason.as_bytes())
                .await?,
        ),
    };
    (row.acceptance, row.acceptance_until) = (None, None);
    unit.store.save_position(&row).await?;
    let body = json!({"from": from, "to": to, "reason": reason});
    note(unit, acting, &row, "position.answered", body).await
}

/// Gives the answers that a deployer may give in a state.
#[must_use]
pub fn answers(from: PositionState) -> Vec<PositionEvent> {
    use PositionEvent as E;
    [
        E::DeclareAffected,
        E::DeclareNotAffected,
        E::DeclareUnknown,
        E::Mitigate,
        E::Update,
        E::AcceptRisk,
        E::EndAcceptance,
        E::Reopen,
    ]
    .into_iter()
    .filter(|event| from.allows(*event))
    .collect()
}

/// Takes an organisation's own position for an answer, where the vulnerability is visible to it.
pub(super) async fn own(
    unit: &mut Unit,
    vulnerability: VulnerabilityId,
    organisation: OrganisationId,
) -> Outcome<(SharingCase, Permitted<Answer, PositionRow>)> {
    let found = unit.store.organisation(organisation).await?;
    let reader = unit.permit_found::<ReadSituations, _>(found)?;
    let taken = unit
        .store
        .take_sharing_case(vulnerability)
        .await?
        .ok_or(Error::NotFound)?;
    let case = taken.peek().clone();
    let deployer = circle::deployer(unit, &case, organisation).await?;
    let named = case.named.contains(&unit.person()?);
    if circle::level(&case, organisation, deployer, named, unit.now) < Disclosure::Alert {
        return Err(Error::NotFound);
    }
    circle::ensure(unit, reader.acting(), &case, organisation, deployer, named).await?;
    let found = unit.store.position(vulnerability, organisation).await?;
    Ok((case, unit.permit_found::<Answer, _>(found)?))
}
