//! Accepting a risk: a security officer proposes it, a signatory of the same organisation signs or refuses it.

use super::answer::AnswerPosition;
use super::circle::{self, note};
use crate::authorisation::Signature;
use crate::error::{Error, Fields, Outcome};
use crate::people::check_own_password;
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{PositionRow, RiskRow, SharingCase};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::SignRisk as MaySign;
use authorization::{Acting, Permitted};
use domain::ids::{OrganisationId, PersonId, VulnerabilityId};
use domain::position::{AcceptanceRefusal, PositionEvent, RiskAcceptance, RiskProposal};
use domain::role::{GrantScope, Role};
use domain::{Disclosure, Machine as _};
use serde_json::json;
use uuid::Uuid;

/// Says which field a refused acceptance is about.
pub(super) fn refused(why: AcceptanceRefusal) -> Error {
    match why {
        AcceptanceRefusal::SignatoryMissing => Error::field("name", "error-required"),
        AcceptanceRefusal::FunctionMissing => Error::field("function", "error-required"),
        AcceptanceRefusal::ReasonMissing => Error::field("reason", "error-required"),
        AcceptanceRefusal::AlreadyExpired => Error::field("until", "sharing-error-acceptance-past"),
        AcceptanceRefusal::TooLong => Error::field("until", "sharing-error-acceptance-too-long"),
    }
}

/// A proposal that was kept, and whom it waits for.
pub(super) struct Proposed {
    position: Uuid,
    revision: i64,
    signatories: Vec<PersonId>,
}

/// Keeps the proposal that a signatory accepts the risk; the position does not change yet.
pub(super) async fn propose(
    unit: &mut Unit,
    acting: &Acting,
    case: &SharingCase,
    mut row: PositionRow,
    proposal: RiskProposal,
) -> Outcome<Proposed> {
    let signatories = signatories(unit, case, row.organisation).await?;
    if signatories.is_empty() {
        return Err(Error::field("answer", "sharing-error-no-signatory"));
    }
    let text = serde_json::to_vec(&proposal).map_err(|e| Error::Internal(e.to_string()))?;
    let at = place("position", "proposal_sealed", row.id);
    row.proposal = Some(RiskRow {
        sealed: unit.seal(KeyHolder::Vulnerability(case.id), at, &text).await?,
        until: proposal.expires_at,
        by: unit.person()?,
        at: unit.now,
    });
    unit.store.save_position(&row).await?;
    let body = json!({"reason": proposal.reason, "until": proposal.expires_at});
    note(unit, acting, &row, "position.risk_proposed", body).await?;
    Ok(Proposed {
        position: row.id,
        revision: row.revision + 1,
        signatories,
    })
}

/// Puts a mail in the queue for those who may sign what was proposed.
pub(super) async fn tell_signatories(unit: &mut Unit, proposed: &Proposed) -> Outcome<()> {
    let proposer = unit.person()?;
    for person in proposed.signatories.iter().filter(|person| **person != proposer) {
        tell(
            unit,
            "mail.risk_proposed",
            (proposed.position, proposed.revision),
            *person,
        )
        .await?;
    }
    Ok(())
}

async fn tell(unit: &mut Unit, kind: &str, (position, revision): (Uuid, i64), person: PersonId) -> Outcome<()> {
    let dedup = format!("{kind}/{position}/{revision}/{person}");
    unit.enqueue(kind, dedup, Some(position), Some(person), unit.now).await
}

/// Gives the signatories of an organisation who may learn of the vulnerability themselves.
pub(super) async fn signatories(
    unit: &mut Unit,
    case: &SharingCase,
    organisation: OrganisationId,
) -> Outcome<Vec<PersonId>> {
    let deployer = circle::deployer(unit, case, organisation).await?;
    let grants = unit.store.grants_of_organisation(organisation, unit.now).await?;
    let learns = |person: &PersonId| {
        let named = case.named.contains(person);
        circle::level(case, organisation, deployer, named, unit.now) >= Disclosure::Alert
    };
    let mut people: Vec<PersonId> = grants
        .iter()
        .filter(|grant| grant.role == Role::Signatory && grant.scope == GrantScope::Organisation)
        .map(|grant| grant.person)
        .filter(learns)
        .collect();
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Takes the position whose risk a signatory is asked to accept.
async fn asked(
    unit: &mut Unit,
    vulnerability: VulnerabilityId,
    organisation: OrganisationId,
) -> Outcome<Permitted<MaySign, PositionRow>> {
    let found = unit.store.position(vulnerability, organisation).await?;
    unit.permit_found::<MaySign, _>(found)?;
    let taken = unit.store.take_sharing_case(vulnerability).await?;
    let case = taken.ok_or(Error::NotFound)?.peek().clone();
    let deployer = circle::deployer(unit, &case, organisation).await?;
    let named = case.named.contains(&unit.person()?);
    if circle::level(&case, organisation, deployer, named, unit.now) < Disclosure::Alert {
        return Err(Error::NotFound);
    }
    let found = unit.store.position(vulnerability, organisation).await?;
    let proof = unit.permit_found::<MaySign, _>(found)?;
    if proof.waits_for_signature(unit.now) {
        Ok(proof)
    } else {
        Err(Error::Conflict("error-not-in-this-state"))
    }
}

/// Opens what was proposed.
pub(super) async fn proposed<A: authorization::Action>(
    unit: &mut Unit,
    position: &Permitted<A, PositionRow>,
) -> Outcome<Option<(RiskRow, RiskProposal)>> {
    let Some(row) = position.proposal.clone() else {
        return Ok(None);
    };
    let at = place("position", "proposal_sealed", position.id);
    let text = unit.open_text(position, at, &row.sealed).await?;
    let proposal = serde_json::from_str(&text).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Some((row, proposal)))
}

/// Signs a proposed acceptance; the password was checked.
struct Sign {
    vulnerability: VulnerabilityId,
    organisation: OrganisationId,
    /// The revision of the position that the signatory read.
    revision: Option<i64>,
    signature: Signature,
}

impl UseCase for Sign {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = asked(unit, self.vulnerability, self.organisation).await?;
        if self.revision.is_some_and(|shown| shown != proof.revision) {
            return Err(Error::Stale);
        }
        let (kept, proposal) = proposed(unit, &proof).await?.ok_or(Error::NotFound)?;
        let acceptance = RiskAcceptance {
            signatory: self.signature.name.clone(),
            function: self.signature.function.trim().to_owned(),
            delegation: self.signature.delegation.trim().to_owned(),
            reason: proposal.reason.clone(),
            expires_at: proposal.expires_at,
        };
        acceptance.check(unit.now).map_err(refused)?;
        let (mut row, person) = ((*proof).clone(), unit.person()?);
        let from = row.state_at(unit.now);
        row.state = from.after(PositionEvent::AcceptRisk)?;
        let holder = KeyHolder::Vulnerability(self.vulnerability);
        let text = serde_json::to_vec(&acceptance).map_err(|e| Error::Internal(e.to_string()))?;
        let at = |column| place("position", column, proof.id);
        row.acceptance = Some(unit.seal(holder, at("acceptance_sealed"), &text).await?);
        row.reason = Some(
            unit.seal(holder, at("reason_sealed"), proposal.reason.as_bytes())
                .await?,
        );
        row.acceptance_until = Some(acceptance.expires_at);
        row.answered_at = Some(unit.now);
        row.answered_by = Some(person);
        row.proposal = None;
        unit.store.save_position(&row).await?;
        let body = json!({"from": from, "to": row.state, "reason": proposal.reason, "until": proposal.expires_at,
            "proposed_by": kept.by, "means": "password", "name": acceptance.signatory, "function": acceptance.function,
            "delegation": acceptance.delegation, "delegation_from": self.signature.delegation_from,
            "delegation_until": self.signature.delegation_until});
        note(unit, proof.acting(), &row, "position.risk_signed", body).await?;
        super::expiry::enqueue(unit, &row).await?;
        if kept.by != person {
            tell(unit, "mail.risk_signed", (row.id, row.revision), kept.by).await?;
        }
        Ok(())
    }
}

/// Refuses a proposed acceptance; the position stays as it is.
#[derive(Clone, Debug)]
pub struct RefuseRisk {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The signatory's organisation.
    pub organisation: OrganisationId,
    /// The revision of the position that was read; one that changed meanwhile is not refused.
    pub revision: Option<i64>,
    /// Why.
    pub reason: String,
}

impl UseCase for RefuseRisk {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = asked(unit, self.vulnerability, self.organisation).await?;
        if self.revision.is_some_and(|shown| shown != proof.revision) {
            return Err(Error::Stale);
        }
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        let mut row = (*proof).clone();
        let kept = row.proposal.take().ok_or(Error::NotFound)?;
        unit.store.save_position(&row).await?;
        let body = json!({"reason": reason, "proposed_by": kept.by});
        note(unit, proof.acting(), &row, "position.risk_refused", body).await?;
        if kept.by != unit.person()? {
            tell(unit, "mail.risk_refused", (row.id, row.revision), kept.by).await?;
        }
        Ok(())
    }
}

/// Gives whoever signs for an organisation their own name.
struct OwnName(VulnerabilityId, OrganisationId);

impl UseCase for OwnName {
    type Output = String;

    async fn run(&self, unit: &mut Unit) -> Outcome<String> {
        let found = unit.store.position(self.0, self.1).await?;
        unit.permit_found::<MaySign, _>(found)?;
        let person = unit.person()?;
        unit.name_of(person).await
    }
}

/// Checks that a signature is complete and its password right; it is made in the signatory's own name.
async fn checked(
    context: &Context,
    (vulnerability, organisation): (VulnerabilityId, OrganisationId),
    signature: Signature,
    password: &str,
) -> Outcome<Signature> {
    let signature = Signature {
        name: read(context, OwnName(vulnerability, organisation)).await?,
        ..signature
    };
    let mut fields = signature.problems(context.app.clock.now());
    if password.is_empty() {
        fields.add("password", "error-required");
    }
    fields.done()?;
    check_own_password(context, password, "password").await?;
    Ok(signature)
}

/// Signs the acceptance of a risk that an officer proposed, with the signatory's own password.
///
/// `revision` is that of the position that was read; one that changed meanwhile is not signed.
///
/// # Errors
/// [`Error::Invalid`] for a missing function, a delegation that does not hold today or a wrong password;
/// [`Error::NotFound`] for who does not sign for the organisation; [`Error::Stale`] for a changed position.
pub async fn sign_risk(
    context: &Context,
    vulnerability: VulnerabilityId,
    organisation: OrganisationId,
    revision: Option<i64>,
    signature: Signature,
    password: &str,
) -> Outcome<()> {
    let signature = checked(context, (vulnerability, organisation), signature, password).await?;
    let command = Sign {
        vulnerability,
        organisation,
        revision,
        signature,
    };
    perform(context, command).await
}

/// Proposes and signs in one go.
struct AcceptAtOnce(AnswerPosition, Signature);

impl UseCase for AcceptAtOnce {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let Some(proposed) = self.0.give(unit).await? else {
            return Err(Error::field("answer", "error-choose"));
        };
        let sign = Sign {
            vulnerability: self.0.vulnerability,
            organisation: self.0.organisation,
            revision: Some(proposed.revision),
            signature: self.1.clone(),
        };
        sign.run(unit).await
    }
}

/// Proposes the acceptance of a risk and signs it, for a person who is security officer and signatory.
///
/// # Errors
/// As [`AnswerPosition`] and [`sign_risk`].
pub async fn accept_at_once(
    context: &Context,
    answer: AnswerPosition,
    signature: Signature,
    password: &str,
) -> Outcome<()> {
    let what = (answer.vulnerability, answer.organisation);
    let signature = checked(context, what, signature, password).await?;
    perform(context, AcceptAtOnce(answer, signature)).await
}
