//! Confirming that an organisation runs a product, or saying that its vendor does not know it.

use super::deployment_entry;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{Confirmation, DeploymentRecord};
use crate::sharing::deployment_changed;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{ConfirmDeployment as MayConfirm, RefuseDeployment as MayRefuse};
use authorization::{Acting, Permitted};
use domain::Machine;
use domain::deployment::{ConfirmedBy, DeploymentEvent};
use domain::ids::DeploymentId;
use domain::role::Role;
use serde_json::json;

/// Confirms a declared deployment: as the vendor, the group that answers for the organisation, or
/// a programme's organiser.
pub struct ConfirmDeployment(pub DeploymentId);

impl UseCase for ConfirmDeployment {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_deployment(self.0, unit.now).await?;
        let proof = unit.permit_found::<MayConfirm, _>(found)?;
        let by = quality(&proof);
        confirm(unit, &proof, by).await
    }
}

/// Gives in which quality the policies let somebody confirm.
fn quality(proof: &Permitted<MayConfirm, DeploymentRecord>) -> ConfirmedBy {
    match proof.acting() {
        Acting::Grant(grant) if grant.role == Role::VendorContact => ConfirmedBy::Vendor,
        Acting::Grant(grant) if proof.groups.contains(&grant.organisation) => ConfirmedBy::Group,
        _ => ConfirmedBy::Organiser,
    }
}

/// Confirms a permitted deployment and journals by what.
pub(super) async fn confirm(
    unit: &mut Unit,
    proof: &Permitted<MayConfirm, DeploymentRecord>,
    by: ConfirmedBy,
) -> Outcome<()> {
    let deployment = &proof.row.deployment;
    deployment.state.after(DeploymentEvent::Confirm)?;
    let acting = proof.acting().clone();
    let confirmation = Confirmation {
        by,
        person: acting.person(),
        at: unit.now,
    };
    unit.store
        .confirm_deployment(deployment.id, deployment.revision, confirmation)
        .await?;
    let body = json!({"by": by, "for": acting.organisation()});
    let entry = deployment_entry(deployment.id, deployment.organisation, "deployment.confirmed", body);
    unit.record(&acting, entry).await?;
    super::mails::tell(unit, deployment, "confirmed").await?;
    deployment_changed(unit, &acting, deployment.organisation, deployment.product).await
}

/// Says for the vendor that it does not know a declared deployment; it stays declared.
#[derive(Clone, Debug)]
pub struct RefuseDeployment {
    /// The deployment.
    pub deployment: DeploymentId,
    /// Why, for the organisation that declared it.
    pub reason: String,
}

impl UseCase for RefuseDeployment {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_deployment(self.deployment, unit.now).await?;
        let proof = unit.permit_found::<MayRefuse, _>(found)?;
        let deployment = &proof.row.deployment;
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, 1_000);
        fields.done()?;
        if !deployment.state.allows(DeploymentEvent::Confirm) || proof.row.refused_at.is_some() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let holder = KeyHolder::Organisation(deployment.organisation);
        let at = place("deployment", "refusal_sealed", deployment.id.0);
        let sealed = unit.seal(holder, at, reason.as_bytes()).await?;
        unit.store
            .refuse_deployment(deployment.id, deployment.revision, &sealed, unit.now)
            .await?;
        let acting = proof.acting().clone();
        let entry = deployment_entry(
            deployment.id,
            deployment.organisation,
            "deployment.refused",
            json!({"reason": reason}),
        );
        unit.record(&acting, entry).await?;
        super::mails::tell(unit, deployment, "refused").await
    }
}
