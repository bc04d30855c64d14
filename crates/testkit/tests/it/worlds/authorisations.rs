//! Authorisations: who reads, signs and revokes each, and the lists that lead there.

use super::dice::Dice;
use super::draw::id;
use super::model::{AuthorisationOf, CampaignOf, Reader, World};
use domain::authorisation::{Authorisation, AuthorisationState, SignerRole};
use domain::campaign::CampaignState;
use domain::ids::{AuthorisationId, OrganisationId, PersonId};
use domain::role::{Grant, GrantScope, Role};
use std::collections::BTreeSet;
use testkit::{START, TestApp};
use use_cases::authorisation::{Signature, ViewAuthorisation};
use use_cases::campaign::ViewCampaign;
use use_cases::desk::ViewDesk;
use use_cases::ports::AuthorisationRecord;
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::{Error, Outcome, Unit, read};

impl World {
    /// Draws who was asked for leave to test, and what became of it; some texts were replaced by newer ones.
    pub fn draw_authorisations(&mut self, dice: &mut Dice) {
        // A campaign that is kept as cancelled was never announced: nobody was asked.
        let announced = self.campaigns.iter().filter(|one| one.state.is_announced());
        for campaign in announced {
            for organisation in dice.some(&self.organisations, 40) {
                let role = dice.pick(SignerRole::ALL);
                let replaced = dice.chance(25);
                let mut texts = vec![(dice.pick(AuthorisationState::ALL), replaced)];
                if replaced && dice.chance(50) {
                    texts.push((AuthorisationState::Requested, false));
                }
                for (state, replaced) in texts {
                    self.authorisations.push(AuthorisationOf {
                        id: AuthorisationId(id(7, self.authorisations.len())),
                        campaign: campaign.id,
                        role,
                        organisation,
                        state,
                        replaced,
                    });
                }
            }
        }
    }

    fn campaign_of(&self, one: &AuthorisationOf) -> &CampaignOf {
        let mut campaigns = self.campaigns.iter();
        campaigns.find(|campaign| campaign.id == one.campaign).unwrap()
    }

    fn reads_authorisation(&self, grant: &Grant, one: &AuthorisationOf) -> bool {
        let campaign = self.campaign_of(one);
        let own = grant.scope == GrantScope::Organisation && grant.organisation == one.organisation;
        match grant.role {
            Role::Organiser => {
                grant.organisation == campaign.owner
                    && (grant.scope == GrantScope::Organisation
                        || grant.scope == GrantScope::Programme(campaign.programme))
            }
            Role::Pilot => grant.scope == GrantScope::Campaign(campaign.id),
            Role::Signatory | Role::SecurityOfficer | Role::VendorContact | Role::Verifier => own,
            _ => false,
        }
    }

    /// Says whether a reader reads, signs and revokes an authorisation.
    fn leave(&self, reader: &Reader, one: &AuthorisationOf) -> (bool, bool, bool) {
        use CampaignState::{Open, Planned, Ready, Suspended};
        let campaign = self.campaign_of(one);
        let to_come = matches!(campaign.state, Planned | Ready | Open | Suspended) && START < campaign.closes_at;
        let signs = !one.replaced && reader.held().any(|grant| signs(grant, one));
        (
            reader.held().any(|grant| self.reads_authorisation(grant, one)),
            signs && to_come && one.state == AuthorisationState::Requested,
            signs && one.state == AuthorisationState::Signed,
        )
    }
}

/// Says whether a role signs what is asked of its organisation.
fn signs(grant: &Grant, one: &AuthorisationOf) -> bool {
    grant.scope == GrantScope::Organisation
        && grant.organisation == one.organisation
        && (grant.role == Role::Signatory || (grant.role == Role::VendorContact && one.role == SignerRole::Vendor))
}

/// Keeps the authorisations with their sealed texts and signatures.
pub async fn keep_authorisations(unit: &mut Unit, world: &World) -> Outcome<()> {
    for one in &world.authorisations {
        keep(unit, world.campaign_of(one), one).await?;
    }
    Ok(())
}

async fn keep(unit: &mut Unit, campaign: &CampaignOf, one: &AuthorisationOf) -> Outcome<()> {
    let holder = KeyHolder::Programme(campaign.programme);
    let at = |column| place("authorisation", column, one.id.0);
    let until = START.plus_days(if one.state == AuthorisationState::Expired {
        -2
    } else {
        60
    });
    let somebody = PersonId(unit.fresh_id());
    let record = AuthorisationRecord {
        authorisation: Authorisation {
            id: one.id,
            campaign: campaign.id,
            signer_role: one.role,
            organisation: one.organisation,
            text_hash: Some([1; 32]),
            blob: None,
            signed_at: None,
            expires_at: Some(until),
            revoked_at: None,
            revision: 1,
        },
        programme: campaign.programme,
        owner: campaign.owner,
        pilots: Vec::<OrganisationId>::new(),
        text: unit.seal(holder, at("text_sealed"), b"Autorisation").await?,
        means: None,
        signatory: None,
        signed_by: None,
        revoked_by: None,
        revocation: None,
        requested_at: START.plus_days(-20),
        until,
        ended_at: None,
    };
    unit.store.insert_authorisation(&record).await?;
    if one.state != AuthorisationState::Requested {
        let signature = serde_json::to_vec(&Signature::default()).unwrap();
        let sealed = unit.seal(holder, at("signatory_sealed"), &signature).await?;
        let signed_at = START.plus_days(-15);
        unit.store
            .sign_authorisation(one.id, "password", None, sealed, somebody, signed_at)
            .await?;
    }
    if one.state == AuthorisationState::Revoked {
        let reason = unit.seal(holder, at("revocation_sealed"), b"Raison").await?;
        let revoked_at = START.plus_days(-10);
        unit.store
            .revoke_authorisation(one.id, reason, somebody, revoked_at)
            .await?;
    }
    if one.replaced {
        unit.store.end_authorisation(one.id, START.plus_days(-1)).await?;
    }
    Ok(())
}

/// Every authorisation that somebody may read is on its campaign's page, which they may read too; the
/// desk names those that they may sign.
pub async fn authorisations_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    let told = |what: &str| format!("world {seed}: {what} for {:?}", reader.grants);
    let (mut readable, mut to_sign) = (BTreeSet::new(), BTreeSet::new());
    for one in &world.authorisations {
        let found = match read(&context, ViewAuthorisation(one.id)).await {
            Ok(page) => (true, page.may_sign, page.may_revoke),
            Err(Error::NotFound) => (false, false, false),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(found, world.leave(reader, one), "{}", told(&format!("{:?}", one.id)));
        if found.0 {
            readable.insert(one.id);
        }
        if found.1 {
            to_sign.insert(format!("/autorisations/{}", one.id));
        }
    }
    for campaign in &world.campaigns {
        let of: Vec<&AuthorisationOf> = world
            .authorisations
            .iter()
            .filter(|one| one.campaign == campaign.id && readable.contains(&one.id))
            .collect();
        match read(&context, ViewCampaign(campaign.id)).await {
            Ok(page) => {
                let listed: BTreeSet<AuthorisationId> = page.authorisations.iter().map(|line| line.id).collect();
                let expected: BTreeSet<AuthorisationId> = of.iter().map(|one| one.id).collect();
                assert_eq!(listed, expected, "{}", told("the campaign's page"));
            }
            Err(Error::NotFound) => {
                let current = of.iter().any(|one| !one.replaced);
                assert!(!current, "{}", told("readable, and on no page"));
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    let desk = read(&context, ViewDesk).await.unwrap().into_iter();
    let waits: BTreeSet<String> = desk
        .filter(|item| item.what == "authorisation-desk-sign")
        .map(|item| item.href)
        .collect();
    assert_eq!(waits, to_sign, "{}", told("the desk"));
}
