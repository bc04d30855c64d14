//! What organisers do with a candidacy: propose, confirm, decide objections, record appeals.

use super::show::again;
use crate::shell::{Answer, Submitted, Visitor, redirect_with};
use axum::extract::Path;
use domain::ids::{CandidacyId, ProposalId};
use domain::two_people::ProposalKind;
use use_cases::candidacy::{AnswerProposal, DecideObjection, Propose, RecordAppeal};
use use_cases::{Error, perform};
use uuid::Uuid;

pub(super) async fn propose(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(kind) = ProposalKind::from_code(&form.text("kind")) else {
        return again(&visitor, id, Error::field("reason", "error-choose"), form).await;
    };
    let command = Propose {
        candidacy: CandidacyId(id),
        kind,
        reason: form.text("reason"),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-candidacy-proposed",
        )),
        Err(error) => again(&visitor, id, error, form).await,
    }
}

pub(super) async fn answer(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(proposal) = form.id::<ProposalId>("proposal") else {
        return Err(visitor.problem(Error::NotFound));
    };
    let command = AnswerProposal {
        candidacy: CandidacyId(id),
        proposal,
        confirm: form.text("answer") == "confirm",
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-candidacy-answered",
        )),
        Err(error) => again(&visitor, id, error, form).await,
    }
}

pub(super) async fn decide_objection(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(proposal) = form.id::<ProposalId>("proposal") else {
        return Err(visitor.problem(Error::NotFound));
    };
    let command = DecideObjection {
        candidacy: CandidacyId(id),
        proposal,
        upheld: form.text("answer") == "uphold",
        reason: form.text("decision_reason"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-candidacy-answered",
        )),
        Err(error) => again(&visitor, id, error, form).await,
    }
}

pub(super) async fn appeal(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = RecordAppeal {
        candidacy: CandidacyId(id),
        kind: form.text("appeal_kind"),
        lodged_on: form.text("lodged_on"),
        reference: form.text("reference"),
        text: form.text("appeal_text"),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-saved",
        )),
        Err(error) => again(&visitor, id, error, form).await,
    }
}
