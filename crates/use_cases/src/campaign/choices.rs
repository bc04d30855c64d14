//! What the page of parties and products offers.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, OrganisationFilter, ProductChoice};
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
    /// Every organisation that may be chosen.
    pub organisations: Vec<Organisation>,
    /// Confirmed candidates of the campaign's call that are not beneficiaries yet.
    pub proposed: Vec<(OrganisationId, String)>,
    /// Every product that may be chosen.
    pub products: Vec<ProductChoice>,
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
        let found = unit.store.campaign(self.0).await?;
        let record = unit.permit_found::<ManageCampaign, _>(found)?.into_value();
        super::refuse_begun(&record, unit.now)?;
        let filter = OrganisationFilter {
            limit: 2_000,
            ..OrganisationFilter::default()
        };
        let organisations = unit.store.list_organisations(&filter).await?;
        let present = record.organisations(PartyKind::Beneficiary);
        let candidates = match record.call {
            Some(call) => unit.store.confirmed_candidates(call).await?,
            None => Vec::new(),
        };
        let proposed = organisations
            .iter()
            .filter(|o| candidates.contains(&o.id) && !present.contains(&o.id))
            .map(|o| (o.id, o.name.clone()))
            .collect();
        let products = unit.store.product_choices().await?;
        Ok(PartiesPage {
            record,
            organisations,
            proposed,
            products,
        })
    }
}
