//! Starting a candidacy, for an organisation that may answer the call.

use crate::error::{Error, FieldError, Outcome};
use crate::perform::UseCase;
use crate::ports::{CallFrame, CandidacyRow};
use crate::unit::Unit;
use authorization::action::StartCandidacy as MayStart;
use domain::candidacy::{Candidacy, CandidacyState};
use domain::eligibility::{CandidateFacts, IneligibilityReason};
use domain::ids::{CallId, CandidacyId, OrganisationId, ProgrammeId};
use domain::organisation::{AffiliationKind, Organisation};
use domain::role::{GrantScope, Role};
use serde_json::json;

/// Gives every reason why an organisation may not answer a call.
pub(crate) async fn reasons(
    unit: &mut Unit,
    frame: &CallFrame,
    organisation: &Organisation,
) -> Outcome<Vec<IneligibilityReason>> {
    let facts = facts(unit, frame.call.programme, organisation).await?;
    Ok(frame.call.eligibility.check(&facts))
}

/// Gives what a call of a programme asks of a candidate, as it is today.
pub(crate) async fn facts(
    unit: &mut Unit,
    programme: ProgrammeId,
    organisation: &Organisation,
) -> Outcome<CandidateFacts> {
    let within = unit.store.affiliations_of(organisation.id, unit.now).await?;
    let today = unit.today();
    Ok(CandidateFacts {
        organisation: organisation.id,
        kind: organisation.kind,
        completed: unit.store.completed_tracks(programme, organisation.id, today).await?,
        within: within
            .into_iter()
            .filter(|(_, kind)| *kind == AffiliationKind::Territory)
            .map(|(organisation, _)| organisation.id)
            .collect(),
        merged: organisation.successor.is_some() || organisation.ended.is_some(),
    })
}

/// Gives the sentence of a reason.
#[must_use]
pub const fn reason_key(reason: IneligibilityReason) -> &'static str {
    match reason {
        IneligibilityReason::CourseNotCompleted => "candidacy-ineligible-course-not-completed",
        IneligibilityReason::KindNotAllowed => "candidacy-ineligible-kind-not-allowed",
        IneligibilityReason::OutsideTerritory => "candidacy-ineligible-outside-territory",
        IneligibilityReason::Merged => "candidacy-ineligible-merged",
    }
}

/// Makes the refusal that names every reason.
pub(crate) fn refuse(reasons: &[IneligibilityReason]) -> Outcome<()> {
    if reasons.is_empty() {
        return Ok(());
    }
    Err(Error::Invalid(
        reasons
            .iter()
            .map(|reason| FieldError {
                field: "organisation".to_owned(),
                message: reason_key(*reason),
                detail: None,
            })
            .collect(),
    ))
}

/// An organisation that one may be a candidate for.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The organisation.
    pub organisation: Organisation,
    /// Why it may not answer the call.
    pub reasons: Vec<IneligibilityReason>,
    /// Its living candidacy to this call.
    pub living: Option<CandidacyId>,
}

/// Shows a call to those who may be candidates, with their organisations.
pub struct ViewStart(pub CallId);

impl UseCase for ViewStart {
    type Output = (CallFrame, bool, Vec<Candidate>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        unit.person()?;
        let frame = open_call(unit, self.0).await?;
        let officers: Vec<_> = unit
            .actor
            .grants()
            .iter()
            .filter(|grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation)
            .map(|grant| grant.organisation)
            .collect();
        let mut candidates = Vec::new();
        for organisation in unit.store.organisations(&officers).await? {
            candidates.push(Candidate {
                reasons: reasons(unit, &frame, &organisation).await?,
                living: unit.store.living_candidacy(frame.call.id, organisation.id).await?,
                organisation,
            });
        }
        let open = frame.call.takes_deposits(unit.now);
        Ok((frame, open, candidates))
    }
}

/// Gives a call that was published; a draft is not there for candidates.
pub(crate) async fn open_call(unit: &mut Unit, id: CallId) -> Outcome<CallFrame> {
    let frame = unit
        .store
        .candidacy_call(id)
        .await?
        .ok_or(Error::NotFound)?
        .peek()
        .clone();
    if frame.call.state == domain::call::CallState::Draft {
        return Err(Error::NotFound);
    }
    Ok(frame)
}

/// Starts a candidacy of an organisation to a call.
#[derive(Clone, Copy, Debug)]
pub struct StartCandidacy {
    /// The call.
    pub call: CallId,
    /// The candidate.
    pub organisation: OrganisationId,
}

impl UseCase for StartCandidacy {
    type Output = CandidacyId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CandidacyId> {
        let person = unit.person()?;
        open_call(unit, self.call).await?;
        let frame = unit
            .store
            .take_candidacy_call(self.call)
            .await?
            .ok_or(Error::NotFound)?
            .peek()
            .clone();
        let row = new_row(unit, &frame, self.organisation, "online").await?;
        let living = unit.store.living_candidacy(self.call, self.organisation).await?;
        let proof = match living {
            Some(living) => {
                let found = unit.store.candidacy(living).await?;
                return Ok(unit.permit_found::<MayStart, _>(found)?.candidacy.id);
            }
            None => {
                let loaded = unit.store.insert_candidacy(&row).await?;
                unit.permit::<MayStart, _>(loaded)?
            }
        };
        if !frame.call.takes_deposits(unit.now) {
            return Err(Error::Conflict("candidacy-error-call-not-open"));
        }
        let organisations = unit.store.organisations(&[self.organisation]).await?;
        let organisation = organisations.into_iter().next().ok_or(Error::NotFound)?;
        refuse(&reasons(unit, &frame, &organisation).await?)?;
        let acting = proof.acting().clone();
        super::change::note(unit, &acting, &proof, "candidacy.started", json!({"by": person})).await?;
        Ok(proof.candidacy.id)
    }
}

/// Makes the row of a new draft.
pub(crate) async fn new_row(
    unit: &mut Unit,
    frame: &CallFrame,
    organisation: OrganisationId,
    channel: &str,
) -> Outcome<CandidacyRow> {
    let attempts = unit.store.count_attempts(frame.call.id, organisation).await?;
    Ok(CandidacyRow {
        candidacy: Candidacy {
            id: CandidacyId(unit.fresh_id()),
            call: frame.call.id,
            organisation,
            attempt: attempts + 1,
            state: CandidacyState::Draft,
            first_deposited_at: None,
            revision: 1,
        },
        programme: frame.call.programme,
        owner: frame.owner,
        answers: None,
        signatory: None,
        signed_form: None,
        signed_answers_hmac: None,
        answer_by: None,
        channel: channel.to_owned(),
        state_at: unit.now,
        created_by: unit.actor.person(),
        created_at: unit.now,
    })
}
