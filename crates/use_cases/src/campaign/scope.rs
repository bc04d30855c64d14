//! The scope: what may and may not be tested, and where the target is.

use super::accounts::{AccountLine, account_lines};
use super::{end_texts, entry, refuse_over, settle, suspend, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::CampaignRecord;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::PrepareScope;
use authorization::{Action, Permitted};
use domain::campaign::CampaignState;
use domain::ids::{AssetId, CampaignId, ProductId};
use domain::scope::AssetKind;
use serde_json::{Value, json};

/// One line of a scope, opened.
#[derive(Clone, Debug)]
pub struct AssetLine {
    /// The asset.
    pub id: AssetId,
    /// The product it belongs to.
    pub product: ProductId,
    /// What it is.
    pub kind: AssetKind,
    /// Whether it may be tested.
    pub inside: bool,
    /// Its address.
    pub value: String,
    /// A remark about it.
    pub note: String,
}

/// Opens a campaign's scope for whoever holds a proof; the reading is journaled.
pub(crate) async fn open_assets<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
) -> Outcome<Vec<AssetLine>> {
    let mut lines = Vec::new();
    for row in unit.store.scope_assets(proof.campaign.id).await? {
        let value = unit
            .open_text(proof, place("scope_asset", "value_sealed", row.id.0), &row.value)
            .await?;
        let note = match &row.note {
            Some(note) => {
                unit.open_text(proof, place("scope_asset", "note_sealed", row.id.0), note)
                    .await?
            }
            None => String::new(),
        };
        lines.push(AssetLine {
            id: row.id,
            product: row.product,
            kind: row.kind,
            inside: row.inside,
            value,
            note,
        });
    }
    Ok(lines)
}

/// Opens where a campaign's target is for whoever holds a proof.
pub(crate) async fn open_target<A: Action>(unit: &mut Unit, proof: &Permitted<A, CampaignRecord>) -> Outcome<String> {
    let at = place("campaign", "target_url_sealed", proof.campaign.id.0);
    match proof.target_url.clone() {
        Some(sealed) => unit.open_text(proof, at, &sealed).await,
        None => Ok(String::new()),
    }
}

/// Ends the texts that no longer say what is tested; a campaign that is open stops until its organiser resumes it.
pub(crate) async fn change_scope(
    unit: &mut Unit,
    proof: &Permitted<PrepareScope, CampaignRecord>,
    kind: &'static str,
    body: Value,
) -> Outcome<()> {
    let id = proof.campaign.id;
    let acting = proof.acting().clone();
    end_texts(unit, &acting, proof).await?;
    unit.record(&acting, entry(id, kind, body)).await?;
    if proof.state_at(unit.now) == CampaignState::Open {
        suspend(unit, proof, &acting, "", "campaign.suspended_scope").await?;
    }
    settle(unit, id).await
}

/// Adds something to the scope; the texts that were asked for end.
#[derive(Clone, Debug)]
pub struct AddAsset {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product it belongs to.
    pub product: Option<ProductId>,
    /// What it is.
    pub kind: Option<AssetKind>,
    /// Whether it may be tested.
    pub inside: bool,
    /// Its address.
    pub value: String,
    /// A remark about it.
    pub note: String,
}

impl UseCase for AddAsset {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let mut fields = Fields::new();
        let value = fields.required("value", &self.value, 500);
        let note = fields.optional("note", &self.note, 500);
        let product = self
            .product
            .filter(|id| proof.products.iter().any(|p| p.product == *id));
        if product.is_none() {
            fields.add("product", "error-choose");
        }
        if self.kind.is_none() {
            fields.add("kind", "error-choose");
        }
        fields.done()?;
        let (Some(product), Some(kind)) = (product, self.kind) else {
            return Err(Error::field("product", "error-choose"));
        };
        let id = AssetId(unit.fresh_id());
        let holder = KeyHolder::Campaign(self.campaign);
        let sealed_note = match note.is_empty() {
            true => None,
            false => Some(
                unit.seal(holder, place("scope_asset", "note_sealed", id.0), note.as_bytes())
                    .await?,
            ),
        };
        let row = crate::ports::AssetRow {
            id,
            campaign: self.campaign,
            product,
            kind,
            inside: self.inside,
            value: unit
                .seal(holder, place("scope_asset", "value_sealed", id.0), value.as_bytes())
                .await?,
            note: sealed_note,
        };
        unit.store.insert_asset(&row, unit.now).await?;
        let body = json!({"asset": id, "product": product, "kind": kind, "inside": self.inside});
        change_scope(unit, &proof, "campaign.scope_added", body).await
    }
}

/// Takes something out of the scope; the texts that were asked for end.
#[derive(Clone, Debug)]
pub struct RemoveAsset {
    /// The campaign.
    pub campaign: CampaignId,
    /// The asset.
    pub asset: AssetId,
}

impl UseCase for RemoveAsset {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        unit.store.end_asset(self.campaign, self.asset, unit.now).await?;
        change_scope(unit, &proof, "campaign.scope_removed", json!({"asset": self.asset})).await
    }
}

/// Says where the target is; the texts that were asked for end.
#[derive(Clone, Debug)]
pub struct SetTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The address of the target.
    pub url: String,
}

impl UseCase for SetTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let mut fields = Fields::new();
        let url = fields.required("url", &self.url, 500);
        if !(url.is_empty() || url.starts_with("https://") || url.starts_with("http://")) {
            fields.add("url", "error-not-a-url");
        }
        fields.done()?;
        let at = place("campaign", "target_url_sealed", self.campaign.0);
        let sealed = unit
            .seal(KeyHolder::Campaign(self.campaign), at, url.as_bytes())
            .await?;
        unit.store.set_campaign_target(self.campaign, Some(sealed)).await?;
        change_scope(unit, &proof, "campaign.target_set", json!({})).await
    }
}

/// The page where scope, target and accounts are prepared.
#[derive(Clone, Debug)]
pub struct ScopePage {
    /// The campaign.
    pub record: CampaignRecord,
    /// The scope.
    pub assets: Vec<AssetLine>,
    /// Where the target is.
    pub target: String,
    /// The test accounts, without their secrets.
    pub accounts: Vec<AccountLine>,
    /// Whether the campaign is open, so that a change suspends it.
    pub open: bool,
}

/// Shows a campaign's scope to those who prepare it.
pub struct ViewScope(pub CampaignId);

impl UseCase for ViewScope {
    type Output = ScopePage;

    async fn run(&self, unit: &mut Unit) -> Outcome<ScopePage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<PrepareScope, _>(found)?;
        let assets = open_assets(unit, &proof).await?;
        let target = open_target(unit, &proof).await?;
        let accounts = account_lines(unit, self.0).await?;
        Ok(ScopePage {
            open: proof.state_at(unit.now) == CampaignState::Open,
            record: proof.into_value(),
            assets,
            target,
            accounts,
        })
    }
}
