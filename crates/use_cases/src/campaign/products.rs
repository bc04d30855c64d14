//! What a campaign tests, with those who own and host the tested systems.

use super::{end_texts, entry, parties, refuse_begun, settle, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::ManageCampaign;
use domain::authorisation::SignerRole;
use domain::campaign::CampaignState;
use domain::ids::{CampaignId, OrganisationId, ProductId, VersionId};
use domain::party::PartyKind;
use serde_json::json;

/// Adds a product to a campaign, or changes its version, owners and hosts.
#[derive(Clone, Debug)]
pub struct SetProduct {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product.
    pub product: Option<ProductId>,
    /// The version that is tested, where it is known.
    pub version: Option<VersionId>,
    /// Who owns the tested systems.
    pub owners: Vec<OrganisationId>,
    /// Who hosts the tested systems.
    pub hosts: Vec<OrganisationId>,
}

impl UseCase for SetProduct {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        refuse_begun(&proof, unit.now)?;
        let acting = proof.acting().clone();
        let (product, vendor) = self.check(unit).await?;
        parties::add(unit, self.campaign, vendor, PartyKind::Vendor).await?;
        for host in &self.hosts {
            let present = proof.parties.iter().any(|p| p.organisation == *host) || *host == vendor;
            if !present {
                parties::add(unit, self.campaign, *host, PartyKind::Host).await?;
            }
        }
        let owners = self.owners.iter().map(|o| (SignerRole::Owner, *o));
        let signers: Vec<_> = owners
            .chain(self.hosts.iter().map(|h| (SignerRole::Host, *h)))
            .collect();
        unit.store
            .set_campaign_product(self.campaign, product, self.version, &signers)
            .await?;
        let added = !proof.products.iter().any(|one| one.product == product);
        if added && proof.campaign.state != CampaignState::Draft {
            super::duplicate::note(unit, &proof, &[product]).await?;
        }
        end_texts(unit, &acting, &proof).await?;
        let body = json!({"product": product, "version": self.version});
        unit.record(&acting, entry(self.campaign, "campaign.product_set", body))
            .await?;
        settle(unit, self.campaign).await
    }
}

impl SetProduct {
    /// Checks everything at once; gives the product and who makes it.
    async fn check(&self, unit: &mut Unit) -> Outcome<(ProductId, OrganisationId)> {
        let mut fields = Fields::new();
        let found = match self.product {
            Some(id) => unit.store.product(id).await?,
            None => None,
        };
        let product = found.map(|found| (found.peek().product.id, found.peek().product.vendor));
        match product {
            None => fields.add("product", "error-choose"),
            Some((product, _)) => crate::register::check_version(unit, &mut fields, product, self.version).await?,
        }
        for (field, list) in [("owners", &self.owners), ("hosts", &self.hosts)] {
            let known = unit.store.organisations(list).await?;
            if list.is_empty() || known.len() != list.len() {
                fields.add(field, "error-choose");
            }
        }
        fields.done()?;
        product.ok_or(Error::NotFound)
    }
}

/// Takes a product out of a campaign.
#[derive(Clone, Debug)]
pub struct RemoveProduct {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product.
    pub product: ProductId,
}

impl UseCase for RemoveProduct {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        refuse_begun(&proof, unit.now)?;
        let acting = proof.acting().clone();
        for asset in unit.store.scope_assets(self.campaign).await? {
            if asset.product == self.product {
                unit.store.end_asset(self.campaign, asset.id, unit.now).await?;
            }
        }
        unit.store.remove_campaign_product(self.campaign, self.product).await?;
        end_texts(unit, &acting, &proof).await?;
        unit.record(
            &acting,
            entry(
                self.campaign,
                "campaign.product_removed",
                json!({"product": self.product}),
            ),
        )
        .await?;
        settle(unit, self.campaign).await
    }
}
