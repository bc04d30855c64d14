//! What the page of parties and products offers.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::CampaignRecord;
use crate::unit::Unit;
use authorization::action::ManageCampaign;
use domain::ids::{CampaignId, OrganisationId};
use domain::organisation::Organisation;
use domain::party::PartyKind;

/// The page where parties and products are chosen.
#[derive(Clone, Debug)]
pub struct PartiesPage {
    /// The campaign.
    pub record: CampaignRecord,
    /// The organisations that are named on the page.
    pub organisations: Vec<Organisation>,
    /// Confirmed candidates of the campaign's call that are not beneficiaries yet.
    pub proposed: Vec<(OrganisationId, String)>,
}

impl PartiesPage {
    /// Gives an organisation's name.
    #[must_use]
    pub fn name(&self, id: &OrganisationId) -> &str {
        self.organisations
            .iter()
            .find(|o| o.id == *id)
            .map(|o| o.name.as_str())
            .unwrap_or_default()
    }
}

/// Shows what may be chosen as parties and products of a campaign.
pub struct ViewParties(pub CampaignId);

impl UseCase for ViewParties {
    type Output = PartiesPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<PartiesPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let record = unit.permit_found::<ManageCampaign, _>(found)?.into_value();
        super::refuse_begun(&record, unit.now)?;
        let present = record.organisations(PartyKind::Beneficiary);
        let candidates = match record.call {
            Some(call) => unit.store.confirmed_candidates(call).await?,
            None => Vec::new(),
        };
        let organisations = unit.store.organisations(&named(&record, &candidates)).await?;
        let proposed = organisations
            .iter()
            .filter(|o| candidates.contains(&o.id) && !present.contains(&o.id))
            .map(|o| (o.id, o.name.clone()))
            .collect();
        Ok(PartiesPage {
            record,
            organisations,
            proposed,
        })
    }
}

/// Gives those whose names the page shows: parties, candidates, and who answers for the products.
fn named(record: &CampaignRecord, candidates: &[OrganisationId]) -> Vec<OrganisationId> {
    let mut named = candidates.to_vec();
    named.push(record.frame.owner);
    named.extend(record.parties.iter().map(|party| party.organisation));
    for one in &record.products {
        named.push(one.vendor);
        named.extend(one.owners.iter().chain(&one.hosts));
    }
    named.sort_unstable();
    named.dedup();
    named
}
