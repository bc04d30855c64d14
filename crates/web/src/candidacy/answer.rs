//! What a candidate answers: confirm, withdraw, contest.

use super::show::again;
use crate::shell::{Answer, Submitted, Visitor, redirect_with};
use axum::extract::Path;
use domain::ids::{CandidacyId, ProposalId};
use use_cases::candidacy::{ConfirmPlace, ContestProposal, WithdrawCandidacy};
use use_cases::{Error, perform};
use uuid::Uuid;

pub(super) async fn confirm(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    match perform(
        &visitor.context,
        ConfirmPlace {
            candidacy: CandidacyId(id),
        },
    )
    .await
    {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-candidacy-confirmed",
        )),
        Err(error) => again(&visitor, id, error, Submitted::default()).await,
    }
}

pub(super) async fn withdraw(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = WithdrawCandidacy {
        candidacy: CandidacyId(id),
        reason: form.text("reason"),
        sure: form.ticked("sure"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-candidacy-withdrawn",
        )),
        Err(error) => again(&visitor, id, error, form).await,
    }
}

pub(super) async fn contest(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(proposal) = form.id::<ProposalId>("proposal") else {
        return Err(visitor.problem(Error::NotFound));
    };
    let command = ContestProposal {
        candidacy: CandidacyId(id),
        proposal,
        grounds: form.text("grounds"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacy(id),
            "flash-candidacy-contested",
        )),
        Err(error) => again(&visitor, id, error, form).await,
    }
}
