//! Ports of authorisations to test.

use super::{CampaignLine, Stored};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::authorisation::Authorisation;
use domain::ids::{AuthorisationId, BlobId, CampaignId, OrganisationId, PersonId, ProgrammeId};
use uuid::Uuid;

/// An authorisation as stored, with what policies ask about it.
#[derive(Clone, Debug)]
pub struct AuthorisationRecord {
    /// The authorisation.
    pub authorisation: Authorisation,
    /// The programme under whose key its text is sealed.
    pub programme: ProgrammeId,
    /// The programme's owner.
    pub owner: OrganisationId,
    /// The organisations that lead the campaign.
    pub pilots: Vec<OrganisationId>,
    /// The canonical text, sealed under the programme.
    pub text: Vec<u8>,
    /// `scan` or `password`, once signed.
    pub means: Option<String>,
    /// Name, function and delegation of who signed, sealed under the programme.
    pub signatory: Option<Vec<u8>>,
    /// Who signed.
    pub signed_by: Option<PersonId>,
    /// Who revoked it.
    pub revoked_by: Option<PersonId>,
    /// Why it was revoked, sealed under the programme.
    pub revocation: Option<Vec<u8>>,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// Until when it will hold once signed.
    pub until: Timestamp,
    /// When a newer text replaced it.
    pub ended_at: Option<Timestamp>,
}

impl Resource for AuthorisationRecord {
    const TYPE: &'static str = "Authorisation";

    fn id(&self) -> Uuid {
        self.authorisation.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("organisation", Attr::organisation(self.authorisation.organisation)),
            ("signer_role", Attr::code(self.authorisation.signer_role.code())),
            ("campaign", Attr::id(self.authorisation.campaign)),
            ("programme", Attr::id(self.programme)),
            ("owner", Attr::organisation(self.owner)),
            ("pilots", Attr::ids(self.pilots.iter().copied())),
            ("replaced", Attr::Bool(self.ended_at.is_some())),
        ]
    }
}

/// Authorisations to test.
#[async_trait]
pub trait Authorisations {
    /// Gives an authorisation.
    async fn authorisation(&mut self, id: AuthorisationId) -> Stored<Option<Loaded<AuthorisationRecord>>>;
    /// Gives an authorisation for a change.
    async fn take_authorisation(&mut self, id: AuthorisationId) -> Stored<Option<Loaded<AuthorisationRecord>>>;
    /// Adds an authorisation that waits to be signed.
    async fn insert_authorisation(&mut self, record: &AuthorisationRecord) -> Stored<()>;
    /// Marks an authorisation signed.
    async fn sign_authorisation(
        &mut self,
        id: AuthorisationId,
        means: &str,
        blob: Option<BlobId>,
        signatory: Vec<u8>,
        by: PersonId,
        at: Timestamp,
    ) -> Stored<()>;
    /// Marks an authorisation revoked.
    async fn revoke_authorisation(
        &mut self,
        id: AuthorisationId,
        reason: Vec<u8>,
        by: PersonId,
        at: Timestamp,
    ) -> Stored<()>;
    /// Ends an authorisation whose text no longer fits.
    async fn end_authorisation(&mut self, id: AuthorisationId, at: Timestamp) -> Stored<()>;
    /// Lists a campaign's authorisations, replaced ones last.
    async fn authorisations_of(&mut self, campaign: CampaignId) -> Stored<Vec<AuthorisationRecord>>;
    /// Lists the authorisations that wait for organisations to sign.
    async fn authorisations_to_sign(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Stored<Vec<(Authorisation, CampaignLine)>>;
}
