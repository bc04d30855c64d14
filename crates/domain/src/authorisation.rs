//! Authorisations: leave to test, by a system's owner, its host and its vendor.

use crate::ids::{AuthorisationId, BlobId, CampaignId, OrganisationId};
use crate::machine::Machine as _;
use crate::role::Role;
use crate::time::{Timestamp, Window};
use crate::{coded, transitions};
use serde::{Deserialize, Serialize};

coded! {
    /// Where an authorisation stands.
    pub enum AuthorisationState {
        /// Its text waits for a signature.
        Requested = "requested",
        /// Signed, and live until it expires.
        Signed = "signed",
        /// Its term has come.
        Expired = "expired",
        /// Its signer has taken it back.
        Revoked = "revoked",
    }
}

coded! {
    /// What may happen to an authorisation.
    pub enum AuthorisationEvent {
        /// A signatory signs it.
        Sign = "sign",
        /// Its term comes.
        Expire = "expire",
        /// Its signer takes it back; the campaign is suspended at once.
        Revoke = "revoke",
    }
}

transitions! { AuthorisationState on AuthorisationEvent as "authorisation" {
    Requested, Sign => Signed;
    Signed, Expire => Expired;
    Signed, Revoke => Revoked;
}}

coded! {
    /// As what an organisation gives leave.
    pub enum SignerRole {
        /// It owns the system.
        Owner = "owner",
        /// It hosts the system.
        Host = "host",
        /// It makes the product.
        Vendor = "vendor",
    }
}

coded! {
    /// By what an authorisation is signed.
    pub enum SigningMeans {
        /// The signed text, scanned: whoever wrote their name on it signs.
        Scan = "scan",
        /// The password of an account, which signs in the account's own name only.
        Password = "password",
    }
}

/// Why nobody signs with what was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSigned {
    /// Neither a scan nor a password was given.
    NoMeans,
    /// A password signs for its own account; another person's name needs the scan of their signature.
    AnotherPerson,
}

/// Gives by what a signature is made; `own` is the name of the account, `name` the one that was typed.
///
/// # Errors
/// [`NotSigned`] where nothing was given, or a password in the name of somebody else.
pub fn signing_means(name: &str, own: &str, scan: bool, password: bool) -> Result<SigningMeans, NotSigned> {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match (scan, password) {
        (true, _) => Ok(SigningMeans::Scan),
        (false, false) => Err(NotSigned::NoMeans),
        (false, true) if plain(name) == plain(own) => Ok(SigningMeans::Password),
        (false, true) => Err(NotSigned::AnotherPerson),
    }
}

/// Gives the roles that sign for an organisation, as what it gives leave.
#[must_use]
pub const fn signing_roles(role: SignerRole) -> &'static [Role] {
    match role {
        SignerRole::Owner | SignerRole::Host => &[Role::Signatory],
        SignerRole::Vendor => &[Role::Signatory, Role::VendorContact],
    }
}

/// Leave to test, by one organisation in one role, for one campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// Its identifier.
    pub id: AuthorisationId,
    /// The campaign it is for.
    pub campaign: CampaignId,
    /// As what the organisation gives leave.
    pub signer_role: SignerRole,
    /// The organisation that gives leave.
    pub organisation: OrganisationId,
    /// The hash of the text that is signed.
    pub text_hash: Option<[u8; 32]>,
    /// The signed file, where there is one.
    pub blob: Option<BlobId>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// When its term comes.
    pub expires_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// The revision of its row.
    pub revision: i64,
}

impl Authorisation {
    /// Gives the authorisation's state at `now`; a revocation counts from its instant.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> AuthorisationState {
        let reached = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if !reached(self.signed_at) {
            AuthorisationState::Requested
        } else if reached(self.revoked_at) {
            AuthorisationState::Revoked
        } else if reached(self.expires_at) {
            AuthorisationState::Expired
        } else {
            AuthorisationState::Signed
        }
    }

    /// Says whether leave is given at `now`.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.state_at(now) == AuthorisationState::Signed
    }

    /// Says whether a newer text took its place at `ended_at`; one that was revoked or had expired by then
    /// stays so.
    #[must_use]
    pub fn is_replaced(&self, ended_at: Option<Timestamp>) -> bool {
        ended_at.is_some_and(|at| !self.state_at(at).is_terminal())
    }

    /// Says whether leave, given at `now`, lasts until the window has closed.
    #[must_use]
    pub fn covers(&self, window: Window, now: Timestamp) -> bool {
        self.is_live(now) && self.expires_at.is_none_or(|end| end >= window.closes_at)
    }
}

/// What the text of an authorisation is made from; its bytes are rendered and hashed above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorisationText {
    /// The version of the template it is rendered with.
    pub template_version: i64,
    /// The programme's name.
    pub programme: String,
    /// The act that the programme rests on.
    pub legal_basis: String,
    /// The notice that follows the programme; empty where there is none.
    pub notice: String,
    /// The campaign's name.
    pub campaign: String,
    /// Who asks for the leave.
    pub organiser: String,
    /// In which role the organisation gives its leave.
    pub signer_role: SignerRole,
    /// The organisation that gives its leave.
    pub organisation: String,
    /// Its SIREN, where it has one.
    pub siren: Option<String>,
    /// The other parties, each with its part.
    pub parties: Vec<String>,
    /// The products and versions that may be tested.
    pub products: Vec<String>,
    /// Where the target is; empty where the scope says it.
    pub target: String,
    /// The targets that the gateway leads to, each on a line.
    pub targets: Vec<String>,
    /// What may be tested.
    pub inside: Vec<String>,
    /// What must not be tested.
    pub outside: Vec<String>,
    /// What is forbidden, one a line.
    pub prohibitions: Vec<String>,
    /// When testing may take place, already written for people.
    pub period: String,
    /// Until when the leave holds, already written for people.
    pub until: String,
    /// Whom to call so that everything stops.
    pub stop_contact: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_clock_ends_an_authorisation() {
        let signed = Authorisation {
            id: AuthorisationId(Uuid::nil()),
            campaign: CampaignId(Uuid::nil()),
            signer_role: SignerRole::Owner,
            organisation: OrganisationId(Uuid::nil()),
            text_hash: Some([0; 32]),
            blob: None,
            signed_at: Some(Timestamp(10)),
            expires_at: Some(Timestamp(30)),
            revoked_at: None,
            revision: 0,
        };
        assert_eq!(signed.state_at(Timestamp(9)), AuthorisationState::Requested);
        assert_eq!(signed.state_at(Timestamp(10)), AuthorisationState::Signed);
        assert_eq!(signed.state_at(Timestamp(30)), AuthorisationState::Expired);
        let window = |closes| Window {
            opens_at: Timestamp(15),
            closes_at: Timestamp(closes),
        };
        assert!(signed.covers(window(30), Timestamp(10)));
        assert!(!signed.covers(window(31), Timestamp(10)));
        let revoked = Authorisation {
            revoked_at: Some(Timestamp(20)),
            ..signed
        };
        assert_eq!(revoked.state_at(Timestamp(20)), AuthorisationState::Revoked);
        assert_eq!(revoked.state_at(Timestamp(40)), AuthorisationState::Revoked);
        assert!(!revoked.is_replaced(Some(Timestamp(25))), "revoked is for good");
        assert!(revoked.is_replaced(Some(Timestamp(19))));
        assert!(!revoked.is_replaced(None));
    }

    #[test]
    fn a_password_signs_for_its_own_account_only() {
        use NotSigned::{AnotherPerson, NoMeans};
        use SigningMeans::{Password, Scan};
        for (name, scan, password, expected) in [
            ("Awa Diallo", false, true, Ok(Password)),
            ("  awa   DIALLO ", false, true, Ok(Password)),
            ("Claire Morel", false, true, Err(AnotherPerson)),
            ("Claire Morel", true, true, Ok(Scan)),
            ("Claire Morel", true, false, Ok(Scan)),
            ("Awa Diallo", false, false, Err(NoMeans)),
        ] {
            assert_eq!(
                signing_means(name, "Awa Diallo", scan, password),
                expected,
                "{name} {scan} {password}"
            );
        }
    }
}
