//! A deployer's answer: where it stands with a vulnerability, and why.

use super::circle::{self, note};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{PositionRow, SharingCase};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Permitted;
use authorization::action::{AnswerPosition as Answer, ReadSituations};
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::{AcceptanceRefusal, PositionEvent, PositionState, RiskAcceptance};
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
    /// Who accepts the risk, where the answer is that it is accepted.
    pub signatory: String,
    /// As what they accept it.
    pub function: String,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl UseCase for AnswerPosition {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (case, permitted) = own(unit, self.vulnerability, self.organisation).await?;
        let mut row = (*permitted).clone();
        if self.revision.is_some_and(|shown| shown != row.revision) {
            return Err(Error::Stale);
        }
        let from = row.state_at(unit.now);
        let event = self.event(from)?;
        let reason = self.reason(unit, from, event)?;
        let to = from.after(event)?;
        row.state = to;
        row.read_at = row.read_at.or(Some(unit.now));
        row.answered_at = Some(unit.now);
        row.answered_by = unit.actor.person();
        let holder = KeyHolder::Vulnerability(case.id);
        row.reason = match reason.is_empty() {
            true => None,
            false => Some(
                unit.seal(holder, place("position", "reason_sealed", row.id), reason.as_bytes())
                    .await?,
            ),
        };
        (row.acceptance, row.acceptance_until) = (None, None);
        if event == PositionEvent::AcceptRisk {
            let acceptance = self.acceptance(unit, &reason)?;
            let text = serde_json::to_string(&acceptance).map_err(|e| Error::Internal(e.to_string()))?;
            row.acceptance = Some(
                unit.seal(holder, place("position", "acceptance_sealed", row.id), text.as_bytes())
                    .await?,
            );
            row.acceptance_until = Some(acceptance.expires_at);
        }
        unit.store.save_position(&row).await?;
        let body = json!({"from": from, "to": to, "reason": reason, "until": row.acceptance_until});
        note(unit, permitted.acting(), &row, "position.answered", body).await
    }
}

impl AnswerPosition {
    fn event(&self, from: PositionState) -> Outcome<PositionEvent> {
        let event = self.answer.filter(|event| answers(from).contains(event));
        event.ok_or_else(|| Error::field("answer", "error-choose"))
    }

    fn reason(&self, unit: &Unit, from: PositionState, event: PositionEvent) -> Outcome<String> {
        use PositionEvent as E;
        let mut fields = Fields::new();
        let max = unit.app.settings.limits.text;
        let interchange = matches!(event, E::DeclareAffected | E::DeclareNotAffected | E::DeclareUnknown);
        let explained = matches!(
            event,
            E::DeclareNotAffected | E::DeclareUnknown | E::AcceptRisk | E::EndAcceptance | E::Reopen
        );
        let reason = if explained || (interchange && from.change_needs_reason()) {
            fields.required("reason", &self.reason, max)
        } else {
            fields.optional("reason", &self.reason, max)
        };
        fields.done()?;
        Ok(reason)
    }

    fn acceptance(&self, unit: &Unit, reason: &str) -> Outcome<RiskAcceptance> {
        let expires_at = self
            .until
            .ok_or_else(|| Error::field("until", "error-not-an-instant"))?;
        let acceptance = RiskAcceptance {
            signatory: self.signatory.trim().to_owned(),
            function: self.function.trim().to_owned(),
            reason: reason.to_owned(),
            expires_at,
        };
        match acceptance.check(unit.now) {
            Ok(()) => Ok(acceptance),
            Err(AcceptanceRefusal::SignatoryMissing) => Err(Error::field("signatory", "error-required")),
            Err(AcceptanceRefusal::FunctionMissing) => Err(Error::field("function", "error-required")),
            Err(AcceptanceRefusal::ReasonMissing) => Err(Error::field("reason", "error-required")),
            Err(AcceptanceRefusal::AlreadyExpired) => Err(Error::field("until", "sharing-error-acceptance-past")),
            Err(AcceptanceRefusal::TooLong) => Err(Error::field("until", "sharing-error-acceptance-too-long")),
        }
    }
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
async fn own(
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
    let runs = unit.store.run_by(organisation).await?;
    let deployer = circle::members(&case, &runs)
        .get(&organisation)
        .copied()
        .ok_or(Error::NotFound)?;
    let named = case.named.contains(&unit.person()?);
    if circle::level(&case, organisation, deployer, named, unit.now) < Disclosure::Alert {
        return Err(Error::NotFound);
    }
    circle::ensure(unit, reader.acting(), &case, organisation, deployer, named).await?;
    let found = unit.store.position(vulnerability, organisation).await?;
    Ok((case, unit.permit_found::<Answer, _>(found)?))
}
