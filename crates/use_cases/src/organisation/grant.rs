//! Ending a role.

use super::entry;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::EndGrant as MayEnd;
use domain::ids::{GrantId, OrganisationId};
use domain::role::Role;
use domain::time::SECOND;
use serde_json::json;
use uuid::Uuid;

/// Ends a role; its rights end at once. The platform always keeps one administrator.
pub struct EndGrant(pub GrantId);

impl UseCase for EndGrant {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let grant = unit.store.grant(self.0).await?.ok_or(Error::NotFound)?;
        let found = unit.store.organisation(grant.organisation).await?;
        let proof = unit.permit_found::<MayEnd, _>(found)?;
        let acting = proof.acting().clone();
        if grant.role == Role::Administrator {
            refuse_last(unit, &acting).await?;
        }
        // Whoever ended it in the same second may have begun later, and come first.
        let ended = grant.until.is_some_and(|until| until.0 < unit.now.0 + SECOND);
        if ended {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        unit.store
            .end_grant(&grant, unit.now)
            .await
            .map_err(|_| Error::Conflict("error-not-in-this-state"))?;
        let body = json!({"grant": grant.id, "person": grant.person, "role": grant.role});
        unit.record(&acting, entry(grant.organisation, "organisation.role_ended", body))
            .await?;
        Ok(grant.organisation)
    }
}

/// Lets only an administrator end an administrator's role, and never the last one.
async fn refuse_last(unit: &mut Unit, acting: &Acting) -> Outcome<()> {
    if acting.role() != Some(Role::Administrator) {
        return Err(Error::NotFound);
    }
    // Two administrators who end each other's role at once must come one after the other.
    unit.store.lock_stream("platform", Uuid::nil()).await?;
    if unit.store.count_holders(Role::Administrator, unit.now).await? < 2 {
        return Err(Error::Conflict("error-last-administrator"));
    }
    Ok(())
}
