//! Proofs: what an organisation shows to have its declaration confirmed without its vendor.

use super::confirm::confirm;
use super::deployment_entry;
use crate::error::{Error, Fields, Outcome};
use crate::files::{FileLeave, StagedFile, store_paper};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::ProofRow;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{ChangeDeployment, ConfirmDeployment, ReadDeployment};
use domain::Machine;
use domain::deployment::{ConfirmedBy, DeploymentEvent};
use domain::ids::{DeploymentId, OrganisationId};
use domain::role::Role;
use serde_json::json;
use uuid::Uuid;

/// Says under whose key a proof is sealed, where the person may show one.
struct Holder(DeploymentId);

impl UseCase for Holder {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let found = unit.store.deployment(self.0, unit.now).await?;
        let proof = unit.permit_found::<ChangeDeployment, _>(found)?;
        proof.row.deployment.state.after(DeploymentEvent::Confirm)?;
        if proof.row.proof_waiting {
            return Err(Error::Conflict("error-proof-waiting"));
        }
        Ok(proof.row.deployment.organisation)
    }
}

struct Keep {
    deployment: DeploymentId,
    file: StagedFile,
}

impl UseCase for Keep {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let found = unit.store.take_deployment(self.deployment, unit.now).await?;
        let proof = unit.permit_found::<ChangeDeployment, _>(found)?;
        let deployment = &proof.row.deployment;
        deployment.state.after(DeploymentEvent::Confirm)?;
        if proof.row.proof_waiting {
            return Err(Error::Conflict("error-proof-waiting"));
        }
        let holder = KeyHolder::Organisation(deployment.organisation);
        let id = unit.fresh_id();
        let name = unit
            .seal(
                holder,
                place("deployment_proof", "name_sealed", id),
                self.file.name().as_bytes(),
            )
            .await?;
        let acting = proof.acting().clone();
        let row = ProofRow {
            id,
            deployment: deployment.id,
            blob: self.file.keep(unit, holder).await?,
            name,
            created_by: acting.person(),
            created_at: unit.now,
            decided_at: None,
            accepted: None,
            reason: None,
        };
        unit.store.insert_proof(&row).await?;
        let entry = deployment_entry(
            deployment.id,
            deployment.organisation,
            "deployment.proof_offered",
            json!({"proof": id}),
        );
        unit.record(&acting, entry).await?;
        Ok(id)
    }
}

/// Shows a proof for a declared deployment: a file, sealed under its organisation.
///
/// # Errors
/// [`Error::Invalid`] for a file that cannot be taken; [`Error::Conflict`] where a proof waits.
pub async fn offer_proof(context: &Context, deployment: DeploymentId, name: &str, bytes: Vec<u8>) -> Outcome<Uuid> {
    let organisation = read(context, Holder(deployment)).await?;
    let file = store_paper(context, KeyHolder::Organisation(organisation), "proof", bytes, name).await?;
    perform(context, Keep { deployment, file }).await
}

/// Accepts a proof, which confirms the deployment, or rejects it with a reason.
#[derive(Clone, Debug)]
pub struct DecideProof {
    /// The proof.
    pub proof: Uuid,
    /// Whether it is accepted.
    pub accept: bool,
    /// Why not, where it is rejected.
    pub reason: String,
}

impl UseCase for DecideProof {
    type Output = DeploymentId;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeploymentId> {
        let row = unit.store.proof(self.proof).await?.ok_or(Error::NotFound)?;
        let found = unit.store.take_deployment(row.deployment, unit.now).await?;
        let leave = unit.permit_found::<ConfirmDeployment, _>(found)?;
        if leave.acting().role() == Some(Role::VendorContact) {
            return Err(Error::NotFound);
        }
        let (id, organisation) = (leave.row.deployment.id, leave.row.deployment.organisation);
        let mut fields = Fields::new();
        let reason = if self.accept {
            String::new()
        } else {
            fields.required("proof_reason", &self.reason, 1_000)
        };
        fields.done()?;
        let sealed = if self.accept {
            None
        } else {
            let at = place("deployment_proof", "reason_sealed", row.id);
            Some(
                unit.seal(KeyHolder::Organisation(organisation), at, reason.as_bytes())
                    .await?,
            )
        };
        let acting = leave.acting().clone();
        unit.store
            .decide_proof(row.id, self.accept, sealed, acting.person(), unit.now)
            .await?;
        let kind = if self.accept {
            "deployment.proof_accepted"
        } else {
            "deployment.proof_rejected"
        };
        let body = json!({"proof": row.id, "reason": reason});
        unit.record(&acting, deployment_entry(id, organisation, kind, body))
            .await?;
        if self.accept {
            confirm(unit, &leave, ConfirmedBy::Proof).await?;
        }
        Ok(id)
    }
}

/// Gives leave to open a proof's file, and its name; the vendor does not read it.
pub struct ReadProof(pub Uuid);

impl UseCase for ReadProof {
    type Output = (FileLeave, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let row = unit.store.proof(self.0).await?.ok_or(Error::NotFound)?;
        let found = unit.store.deployment(row.deployment, unit.now).await?;
        let leave = unit.permit_found::<ReadDeployment, _>(found)?;
        if leave.acting().role() == Some(Role::VendorContact) {
            return Err(Error::NotFound);
        }
        let name = unit
            .open_text(&leave, place("deployment_proof", "name_sealed", row.id), &row.name)
            .await?;
        Ok((unit.file_leave(&leave, row.blob).await?, name))
    }
}
