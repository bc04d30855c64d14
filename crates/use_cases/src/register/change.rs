//! Changing the version of a deployment, and ending it.

use super::declare::{check_host, check_version};
use super::deployment_entry;
use crate::error::{Fields, Outcome};
use crate::perform::UseCase;
use crate::sharing::deployment_changed;
use crate::unit::Unit;
use authorization::action::ChangeDeployment as MayChange;
use domain::deployment::{Deployment, DeploymentEvent, DeploymentState};
use domain::ids::{DeploymentId, OrganisationId, VersionId};
use domain::{Illegal, Machine};
use serde_json::json;

/// Notes the version and host of a deployment.
#[derive(Clone, Debug)]
pub struct ChangeDeployment {
    /// The deployment.
    pub deployment: DeploymentId,
    /// The version, where known.
    pub version: Option<VersionId>,
    /// Who hosts it, where another does.
    pub host: Option<OrganisationId>,
}

impl UseCase for ChangeDeployment {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_deployment(self.deployment, unit.now).await?;
        let proof = unit.permit_found::<MayChange, _>(found)?;
        let before = proof.row.deployment.clone();
        if before.state.is_terminal() {
            return Err(Illegal {
                machine: "deployment",
                from: before.state.code(),
                event: "change",
            }
            .into());
        }
        let mut fields = Fields::new();
        check_version(unit, &mut fields, before.product, self.version).await?;
        check_host(unit, &mut fields, self.host).await?;
        if before.state == DeploymentState::Confirmed && self.host.filter(|h| *h != before.organisation) != before.host
        {
            // Who hosts it reads about it: that was confirmed with the rest.
            fields.add("host", "register-error-host-confirmed");
        }
        fields.done()?;
        let after = Deployment {
            version: self.version,
            host: self.host.filter(|host| *host != before.organisation),
            ..before.clone()
        };
        if (after.version, after.host) == (before.version, before.host) {
            return Ok(());
        }
        unit.store.update_deployment(&after).await?;
        let body = json!({"version": after.version, "host": after.host, "version_before": before.version});
        let acting = proof.acting().clone();
        let entry = deployment_entry(after.id, after.organisation, "deployment.changed", body);
        unit.record(&acting, entry).await?;
        Ok(())
    }
}

/// Ends a deployment: what it gave the right to read is closed at once.
pub struct EndDeployment(pub DeploymentId);

impl UseCase for EndDeployment {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let found = unit.store.take_deployment(self.0, unit.now).await?;
        let proof = unit.permit_found::<MayChange, _>(found)?;
        let deployment = &proof.row.deployment;
        deployment.state.after(DeploymentEvent::End)?;
        unit.store
            .end_deployment(deployment.id, deployment.revision, unit.now)
            .await?;
        let acting = proof.acting().clone();
        let body = json!({"product": deployment.product});
        let entry = deployment_entry(deployment.id, deployment.organisation, "deployment.ended", body);
        unit.record(&acting, entry).await?;
        super::mails::tell(unit, deployment, "ended").await?;
        deployment_changed(unit, &acting, deployment.organisation, deployment.product).await?;
        Ok(deployment.organisation)
    }
}
