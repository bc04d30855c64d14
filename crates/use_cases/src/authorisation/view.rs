//! Reading authorisations: the text, who signed, the scan.

use super::refuse_past;
use super::sign::Signature;
use crate::error::{Error, Outcome};
use crate::files::FileLeave;
use crate::perform::UseCase;
use crate::ports::{AuthorisationRecord, CampaignRecord};
use crate::unit::{Unit, place};
use authorization::action::{InviteToOrganisation, ReadAuthorisation, RevokeAuthorisation, SignAuthorisation};
use domain::Timestamp;
use domain::authorisation::{Authorisation, AuthorisationState, SignerRole, signing_roles};
use domain::ids::{AuthorisationId, CampaignId, OrganisationId};
use domain::programme::NoticeKind;
use domain::role::{Grant, GrantScope, Role};
use std::collections::HashMap;

/// Writes a hash for people to compare, in hexadecimal.
#[must_use]
pub fn hash_text(hash: Option<[u8; 32]>) -> String {
    hash.unwrap_or_default()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// One authorisation in a campaign's list.
#[derive(Clone, Debug)]
pub struct AuthorisationLine {
    /// The authorisation.
    pub id: AuthorisationId,
    /// In which role it is given.
    pub signer_role: SignerRole,
    /// Who gives it.
    pub giver: OrganisationId,
    /// Its name.
    pub organisation: String,
    /// Where it stands.
    pub state: AuthorisationState,
    /// When that began.
    pub since: Timestamp,
    /// Until when it holds once signed.
    pub until: Timestamp,
    /// Whether a newer text replaced it.
    pub replaced: bool,
}

fn since(record: &AuthorisationRecord, state: AuthorisationState) -> Timestamp {
    let a = &record.authorisation;
    let at = match state {
        AuthorisationState::Requested => None,
        AuthorisationState::Signed => a.signed_at,
        AuthorisationState::Expired => a.expires_at,
        AuthorisationState::Revoked => a.revoked_at,
    };
    at.unwrap_or(record.requested_at)
}

/// Gives a campaign's authorisations that the actor may read.
pub(crate) async fn lines_for_page(
    unit: &mut Unit,
    record: &CampaignRecord,
    names: &HashMap<OrganisationId, String>,
) -> Outcome<Vec<AuthorisationLine>> {
    let mut lines = Vec::new();
    for one in unit.store.authorisations_of(record.campaign.id).await? {
        if !unit.may::<ReadAuthorisation, _>(&one) {
            continue;
        }
        let state = one.authorisation.state_at(unit.now);
        lines.push(AuthorisationLine {
            id: one.authorisation.id,
            signer_role: one.authorisation.signer_role,
            giver: one.authorisation.organisation,
            organisation: names.get(&one.authorisation.organisation).cloned().unwrap_or_default(),
            since: since(&one, state),
            state,
            until: one.until,
            replaced: one.authorisation.is_replaced(one.ended_at),
        });
    }
    Ok(lines)
}

/// Who signs for an organisation.
#[derive(Clone, Debug)]
pub struct Signers {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The roles that sign.
    pub roles: &'static [Role],
    /// Whether nobody holds one of them.
    pub none: bool,
    /// Whether the reader may invite somebody.
    pub may_invite: bool,
}

/// Tells who can sign an authorisation.
pub(crate) async fn signers(unit: &mut Unit, waited: &Authorisation) -> Outcome<Signers> {
    let (organisation, roles) = (waited.organisation, signing_roles(waited.signer_role));
    let grants = unit.store.grants_of_organisation(organisation, unit.now).await?;
    let signs = |grant: &Grant| roles.contains(&grant.role) && grant.scope == GrantScope::Organisation;
    let found = unit.store.organisation(organisation).await?;
    Ok(Signers {
        organisation,
        roles,
        none: !grants.iter().any(signs),
        may_invite: found.is_some_and(|o| unit.may::<InviteToOrganisation, _>(o.peek())),
    })
}

/// Everything the page of an authorisation shows.
#[derive(Clone, Debug)]
pub struct AuthorisationPage {
    /// The authorisation.
    pub id: AuthorisationId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The campaign's name.
    pub campaign_name: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// In which role it is given.
    pub signer_role: SignerRole,
    /// Who gives it.
    pub organisation: String,
    /// Where it stands.
    pub state: AuthorisationState,
    /// Since when.
    pub since: Timestamp,
    /// When the campaign opens.
    pub opens_at: Timestamp,
    /// Until when it holds once signed.
    pub until: Timestamp,
    /// Whether a newer text replaced it.
    pub replaced: bool,
    /// Who signs for the organisation, while its signature is waited for.
    pub signers: Option<Signers>,
    /// The text.
    pub text: String,
    /// Its SHA-256.
    pub hash: String,
    /// Who signed it.
    pub signature: Option<Signature>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// Whether a signed scan is kept.
    pub has_scan: bool,
    /// Why it was revoked; empty where it was not.
    pub revocation: String,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Whether the reader may sign it now.
    pub may_sign: bool,
    /// Whether the reader may revoke it now.
    pub may_revoke: bool,
    /// The reader's own name, for the form.
    pub own_name: String,
}

/// Shows an authorisation with its text; the reading is journaled.
pub struct ViewAuthorisation(pub AuthorisationId);

impl UseCase for ViewAuthorisation {
    type Output = AuthorisationPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<AuthorisationPage> {
        let found = unit.store.authorisation(self.0).await?;
        let proof = unit.permit_found::<ReadAuthorisation, _>(found)?;
        let text = unit
            .open_text(&proof, place("authorisation", "text_sealed", self.0.0), &proof.text)
            .await?;
        let signature = match &proof.signatory {
            Some(sealed) => {
                let plain = unit
                    .open(&proof, place("authorisation", "signatory_sealed", self.0.0), sealed)
                    .await?;
                Some(serde_json::from_slice(&plain).map_err(|e| Error::Internal(e.to_string()))?)
            }
            None => None,
        };
        let revocation = match &proof.revocation {
            Some(sealed) => {
                unit.open_text(&proof, place("authorisation", "revocation_sealed", self.0.0), sealed)
                    .await?
            }
            None => String::new(),
        };
        let record = proof.into_value();
        let campaign = unit
            .store
            .campaign(record.authorisation.campaign, &unit.reader)
            .await?
            .ok_or(Error::NotFound)?;
        let campaign = campaign.peek();
        let organisation = unit.store.organisations(&[record.authorisation.organisation]).await?;
        let waited = record.ended_at.is_none() && record.authorisation.signed_at.is_none();
        let signers = match waited {
            true => Some(signers(unit, &record.authorisation).await?),
            false => None,
        };
        let state = record.authorisation.state_at(unit.now);
        let living = record.ended_at.is_none();
        let over = refuse_past(campaign, unit.now).is_err();
        let person = unit.person()?;
        Ok(AuthorisationPage {
            id: self.0,
            campaign: campaign.campaign.id,
            campaign_name: campaign.campaign.name.clone(),
            notice: campaign.frame.notice,
            signer_role: record.authorisation.signer_role,
            organisation: organisation.into_iter().next().map(|o| o.name).unwrap_or_default(),
            state,
            since: since(&record, state),
            opens_at: campaign.campaign.window.opens_at,
            until: record.until,
            replaced: record.authorisation.is_replaced(record.ended_at),
            signers,
            text,
            hash: hash_text(record.authorisation.text_hash),
            signature,
            signed_at: record.authorisation.signed_at,
            has_scan: record.authorisation.blob.is_some(),
            revocation,
            revoked_at: record.authorisation.revoked_at,
            may_sign: living
                && !over
                && state == AuthorisationState::Requested
                && unit.may::<SignAuthorisation, _>(&record),
            may_revoke: living && state == AuthorisationState::Signed && unit.may::<RevokeAuthorisation, _>(&record),
            own_name: unit.name_of(person).await?,
        })
    }
}

/// Gives leave to open the signed scan of an authorisation.
pub struct LeaveForScan(pub AuthorisationId);

impl UseCase for LeaveForScan {
    type Output = FileLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<FileLeave> {
        let found = unit.store.authorisation(self.0).await?;
        let proof = unit.permit_found::<ReadAuthorisation, _>(found)?;
        let blob = proof.authorisation.blob.ok_or(Error::NotFound)?;
        unit.file_leave(&proof, blob).await
    }
}
