//! Revoking an authorisation: with a reason, and the campaign stops in the same transaction.

use crate::campaign::{entry, mail_organisers, settle, suspend};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::RevokeAuthorisation;
use domain::authorisation::AuthorisationEvent;
use domain::campaign::CampaignState;
use domain::ids::{AuthorisationId, CampaignId};
use domain::machine::Machine;
use serde_json::json;

/// Takes an authorisation back.
#[derive(Clone, Debug)]
pub struct RevokeAuthorisationOf {
    /// The authorisation.
    pub authorisation: AuthorisationId,
    /// Why.
    pub reason: String,
}

impl UseCase for RevokeAuthorisationOf {
    type Output = CampaignId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignId> {
        let seen = unit
            .store
            .authorisation(self.authorisation)
            .await?
            .ok_or(Error::NotFound)?;
        let id = seen.peek().authorisation.campaign;
        let before = unit
            .store
            .take_campaign(id, &unit.reader)
            .await?
            .ok_or(Error::NotFound)?;
        let found = unit.store.take_authorisation(self.authorisation).await?;
        let proof = unit.permit_found::<RevokeAuthorisation, _>(found)?;
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, 2_000);
        fields.done()?;
        let state = proof.authorisation.state_at(unit.now);
        state.after(AuthorisationEvent::Revoke)?;
        let acting = proof.acting().clone();
        let person = unit.person()?;
        let at = place("authorisation", "revocation_sealed", self.authorisation.0);
        let sealed = unit
            .seal(KeyHolder::Programme(proof.programme), at, reason.as_bytes())
            .await?;
        unit.store
            .revoke_authorisation(self.authorisation, sealed, person, unit.now)
            .await?;
        let body = json!({"authorisation": self.authorisation, "organisation": proof.authorisation.organisation,
            "signer_role": proof.authorisation.signer_role, "reason": reason});
        unit.record(&acting, entry(id, "campaign.authorisation_revoked", body))
            .await?;
        let before = before.peek().clone();
        if before.state_at(unit.now) == CampaignState::Open {
            suspend(unit, &before, &acting, &reason, "campaign.suspended_revoked").await?;
        } else {
            mail_organisers(unit, &before, "mail.authorisation-revoked").await?;
        }
        settle(unit, id).await?;
        Ok(id)
    }
}
