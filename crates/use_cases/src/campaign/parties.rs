//! The organisations of a campaign, and how they commit themselves.

use super::{end_texts, entry, refuse_begun, settle, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::{CommitToCampaign, ManageCampaign};
use domain::ids::{CampaignId, OrganisationId, PartyId};
use domain::party::{Party, PartyKind};
use serde_json::json;

/// Adds organisations to a campaign in one part.
#[derive(Clone, Debug)]
pub struct AddParties {
    /// The campaign.
    pub campaign: CampaignId,
    /// The part.
    pub kind: PartyKind,
    /// The organisations.
    pub organisations: Vec<OrganisationId>,
}

impl UseCase for AddParties {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        refuse_begun(&proof, unit.now)?;
        let acting = proof.acting().clone();
        let known = unit.store.organisations(&self.organisations).await?;
        if known.is_empty() || known.len() != self.organisations.len() {
            return Err(Error::field("organisation", "error-choose"));
        }
        for organisation in &known {
            add(unit, self.campaign, organisation.id, self.kind).await?;
        }
        end_texts(unit, &acting, &proof).await?;
        let body = json!({"part": self.kind, "organisations": self.organisations});
        unit.record(&acting, entry(self.campaign, "campaign.parties_added", body))
            .await?;
        settle(unit, self.campaign).await
    }
}

/// Adds one party, unless it is there.
pub(crate) async fn add(
    unit: &mut Unit,
    campaign: CampaignId,
    organisation: OrganisationId,
    kind: PartyKind,
) -> Outcome<()> {
    let party = Party {
        id: PartyId(unit.fresh_id()),
        campaign,
        organisation,
        kind,
        committed_at: None,
        from: unit.now,
        until: None,
    };
    Ok(unit.store.insert_party(&party).await?)
}

/// Takes an organisation out of a campaign.
#[derive(Clone, Debug)]
pub struct RemoveParty {
    /// The campaign.
    pub campaign: CampaignId,
    /// The party.
    pub party: PartyId,
}

impl UseCase for RemoveParty {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        refuse_begun(&proof, unit.now)?;
        let acting = proof.acting().clone();
        let party = proof
            .parties
            .iter()
            .find(|p| p.id == self.party)
            .ok_or(Error::NotFound)?;
        let signs = proof.products.iter().any(|p| {
            (party.kind == PartyKind::Vendor && p.vendor == party.organisation)
                || (party.kind == PartyKind::Host && p.hosts.contains(&party.organisation))
        });
        if signs {
            return Err(Error::Conflict("error-campaign-party-needed"));
        }
        let body = json!({"part": party.kind, "organisation": party.organisation});
        unit.store.end_party(self.party, unit.now).await?;
        end_texts(unit, &acting, &proof).await?;
        unit.record(&acting, entry(self.campaign, "campaign.party_removed", body))
            .await?;
        settle(unit, self.campaign).await
    }
}

/// Commits an organisation to a campaign, by one of its officers.
#[derive(Clone, Debug)]
pub struct CommitParty {
    /// The campaign.
    pub campaign: CampaignId,
    /// The party.
    pub party: PartyId,
}

impl UseCase for CommitParty {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let record = unit
            .store
            .take_campaign(self.campaign, &unit.reader)
            .await?
            .ok_or(Error::NotFound)?;
        let found = unit.store.party(self.party).await?;
        let proof = unit.permit_found::<CommitToCampaign, _>(found)?;
        if proof.party.campaign != self.campaign {
            return Err(Error::NotFound);
        }
        refuse_begun(record.peek(), unit.now)?;
        let acting = proof.acting().clone();
        let grant = match &acting {
            Acting::Grant(grant) => Some(grant.id),
            _ => None,
        };
        let person = unit.person()?;
        let body = json!({"part": proof.party.kind, "organisation": proof.party.organisation});
        let done = unit.store.commit_party(self.party, person, grant, unit.now).await;
        done.map_err(|_| Error::Conflict("error-not-in-this-state"))?;
        unit.record(&acting, entry(self.campaign, "campaign.committed", body))
            .await?;
        settle(unit, self.campaign).await
    }
}
