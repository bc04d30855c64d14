//! A product that a campaign tests once more: the reason for it, in writing.

use super::{entry, refuse_begun, settle, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignProduct, CampaignRecord};
use crate::register::{AlreadyTested, already_tested, is_one_more, seen_deployers};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::ManageCampaign;
use authorization::{Action, Permitted};
use domain::ids::{CampaignId, ProductId};
use sealing::Place;
use serde_json::json;
use uuid::Uuid;

/// Gives where the reason of a product of a campaign is sealed.
fn reason_of(campaign: CampaignId, product: ProductId) -> Place<'static> {
    let row = Uuid::new_v5(&campaign.0, product.0.as_bytes());
    place("campaign_product", "duplicate_reason_sealed", row)
}

/// Says whether a campaign would test a product once more, as the reader may know.
pub(super) async fn tests_once_more(unit: &mut Unit, campaign: CampaignId, product: ProductId) -> Outcome<bool> {
    match unit.store.product(product).await? {
        Some(found) => is_one_more(unit, found.peek(), Some(campaign)).await,
        None => Ok(false),
    }
}

/// Notes for each product whether the campaign tests it once more; what was noted stays while it is prepared.
pub(super) async fn note(unit: &mut Unit, record: &CampaignRecord, products: &[ProductId]) -> Outcome<()> {
    for product in products {
        if tests_once_more(unit, record.campaign.id, *product).await? {
            unit.store.note_duplicate(record.campaign.id, *product).await?;
        }
    }
    Ok(())
}

/// Opens the reasons of a campaign's products, by their names.
pub(super) async fn reasons<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
) -> Outcome<Vec<(String, String)>> {
    let mut reasons = Vec::new();
    for one in &proof.products {
        let reason = opened(unit, proof, one).await?;
        if !reason.is_empty() {
            reasons.push((one.name.clone(), reason));
        }
    }
    Ok(reasons)
}

async fn opened<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
    one: &CampaignProduct,
) -> Outcome<String> {
    match &one.duplicate_reason {
        Some(sealed) => {
            unit.open_text(proof, reason_of(proof.campaign.id, one.product), sealed)
                .await
        }
        None => Ok(String::new()),
    }
}

/// What is known of a product's tests, and why a campaign tests it once more.
#[derive(Clone, Debug)]
pub struct DuplicatePage {
    /// Whether a reason is needed: it tests the product once more, or did when it was announced.
    pub needs_reason: bool,
    /// The campaign.
    pub record: CampaignRecord,
    /// The product, as the campaign tests it.
    pub product: CampaignProduct,
    /// What is known of its other tests.
    pub tested: AlreadyTested,
    /// The reason; empty where none was written.
    pub reason: String,
}

/// Shows what is known of the other tests of a campaign's product, to whoever plans the campaign.
#[derive(Clone, Copy, Debug)]
pub struct ViewDuplicate {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product.
    pub product: ProductId,
}

impl UseCase for ViewDuplicate {
    type Output = DuplicatePage;

    async fn run(&self, unit: &mut Unit) -> Outcome<DuplicatePage> {
        let found = unit.store.campaign(self.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<ManageCampaign, _>(found)?;
        refuse_begun(&proof, unit.now)?;
        let product = proof.products.iter().find(|one| one.product == self.product);
        let product = product.cloned().ok_or(Error::NotFound)?;
        let found = unit.store.product(self.product).await?.ok_or(Error::NotFound)?;
        let running = seen_deployers(unit, found.peek()).await?;
        let tested = already_tested(unit, found.peek(), running, Some(self.campaign)).await?;
        Ok(DuplicatePage {
            needs_reason: product.duplicate || tested.duplicate,
            tested,
            reason: opened(unit, &proof, &product).await?,
            product,
            record: proof.into_value(),
        })
    }
}

/// Writes why a campaign tests a product once more.
#[derive(Clone, Debug)]
pub struct ExplainDuplicate {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product.
    pub product: ProductId,
    /// Why, for everybody who sees the campaign.
    pub reason: String,
}

impl UseCase for ExplainDuplicate {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        refuse_begun(&proof, unit.now)?;
        if !proof.products.iter().any(|one| one.product == self.product) {
            return Err(Error::NotFound);
        }
        let mut fields = Fields::new();
        let reason = fields.required("duplicate_reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        let at = reason_of(self.campaign, self.product);
        let sealed = unit
            .seal(KeyHolder::Campaign(self.campaign), at, reason.as_bytes())
            .await?;
        unit.store
            .explain_duplicate(self.campaign, self.product, &sealed)
            .await?;
        let acting = proof.acting().clone();
        let body = json!({"product": self.product, "reason": reason});
        unit.record(&acting, entry(self.campaign, "campaign.duplicate_explained", body))
            .await?;
        settle(unit, self.campaign).await
    }
}
