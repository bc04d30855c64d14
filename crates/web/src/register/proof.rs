//! Proofs of a deployment: shown, read, decided on.

use super::deployment::{Typed, errors, page};
use crate::shell::{Answer, Submitted, Visitor, redirect_with, send_asked};
use addresses::register as at;
use axum::extract::Path;
use domain::ids::DeploymentId;
use use_cases::perform;
use use_cases::register::{DecideProof, ReadProof, offer_proof};
use uuid::Uuid;

/// Shows a proof for a declared deployment.
pub(super) async fn offer(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let (name, bytes) = match form.file("proof") {
        Some(file) => (file.name.clone(), file.bytes.clone()),
        None => Default::default(),
    };
    match offer_proof(&visitor.context, DeploymentId(id), &name, bytes).await {
        Ok(_) => Ok(redirect_with(&visitor.web, &at::deployment(id), "flash-proof-offered")),
        Err(error) => page(&visitor, id, Typed::default(), errors(&visitor, error)?).await,
    }
}

/// Sends a proof's file.
pub(super) async fn download(visitor: Visitor, Path(proof): Path<Uuid>) -> Answer {
    send_asked(&visitor, ReadProof(proof)).await
}

/// Accepts or rejects a proof.
pub(super) async fn decide(visitor: Visitor, Path(proof): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let accept = form.text("decision") == "accept";
    let command = DecideProof {
        proof,
        accept,
        reason: form.text("proof_reason"),
    };
    match perform(&visitor.context, command).await {
        Ok(deployment) => {
            let flash = if accept {
                "flash-deployment-confirmed"
            } else {
                "flash-saved"
            };
            Ok(redirect_with(&visitor.web, &at::deployment(deployment.0), flash))
        }
        Err(error) => {
            let typed = Typed {
                proof_reason: form.text("proof_reason"),
                ..Typed::default()
            };
            let problems = errors(&visitor, error)?;
            let id = form.id::<Uuid>("deployment").unwrap_or_default();
            page(&visitor, id, typed, problems).await
        }
    }
}
