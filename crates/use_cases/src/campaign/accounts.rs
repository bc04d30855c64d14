//! Test accounts: kept sealed, handed out one by one, each reading journaled.

use super::{entry, refuse_over, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::TestAccountRow;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{PrepareScope, TakeTestAccount};
use domain::access::may_reach_target;
use domain::ids::{CampaignId, ProductId, TestAccountId};
use serde_json::json;

/// A test account in a list; its secret stays sealed.
#[derive(Clone, Debug)]
pub struct AccountLine {
    /// The account.
    pub id: TestAccountId,
    /// The product it opens.
    pub product: ProductId,
    /// What tells it from others.
    pub label: String,
    /// Who has it; empty where nobody has.
    pub handed_to: String,
    /// When it was handed out.
    pub handed_at: Option<domain::Timestamp>,
}

/// Lists the accounts of a campaign without opening any's credentials.
pub(crate) async fn account_lines(unit: &mut Unit, campaign: CampaignId) -> Outcome<Vec<AccountLine>> {
    let mut lines = Vec::new();
    for row in unit.store.test_accounts(campaign).await? {
        let handed_to = match row.handed_to {
            Some(person) => unit.pseudonym_of(person).await?,
            None => String::new(),
        };
        let at = place("test_account", "label_sealed", row.id.0);
        let label = unit.open_text_unnoted(at, &row.label).await?;
        lines.push(AccountLine {
            id: row.id,
            product: row.product,
            label,
            handed_to,
            handed_at: row.handed_at,
        });
    }
    Ok(lines)
}

/// Adds credentials for a tester.
#[derive(Clone, Debug)]
pub struct AddTestAccount {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product it opens.
    pub product: Option<ProductId>,
    /// What tells it from others, never a secret.
    pub label: String,
    /// The credentials.
    pub secret: String,
}

impl UseCase for AddTestAccount {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let acting = proof.acting().clone();
        let mut fields = Fields::new();
        let label = fields.required("label", &self.label, 200);
        let secret = fields.required("secret", &self.secret, 2_000);
        let product = self
            .product
            .filter(|id| proof.products.iter().any(|p| p.product == *id));
        if product.is_none() {
            fields.add("account_product", "error-choose");
        }
        fields.done()?;
        let id = TestAccountId(unit.fresh_id());
        let holder = KeyHolder::Campaign(self.campaign);
        let label_at = place("test_account", "label_sealed", id.0);
        let at = place("test_account", "secret_sealed", id.0);
        let row = TestAccountRow {
            id,
            campaign: self.campaign,
            product: product.ok_or(Error::NotFound)?,
            label: unit.seal(holder, label_at, label.as_bytes()).await?,
            secret: unit.seal(holder, at, secret.as_bytes()).await?,
            handed_to: None,
            handed_at: None,
        };
        unit.store.insert_test_account(&row, unit.now).await?;
        unit.record(
            &acting,
            entry(self.campaign, "campaign.account_added", json!({"account": id})),
        )
        .await?;
        Ok(())
    }
}

/// Ends a test account.
#[derive(Clone, Debug)]
pub struct RemoveTestAccount {
    /// The campaign.
    pub campaign: CampaignId,
    /// The account.
    pub account: TestAccountId,
}

impl UseCase for RemoveTestAccount {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let acting = proof.acting().clone();
        unit.store
            .end_test_account(self.campaign, self.account, unit.now)
            .await?;
        unit.record(
            &acting,
            entry(
                self.campaign,
                "campaign.account_removed",
                json!({"account": self.account}),
            ),
        )
        .await?;
        Ok(())
    }
}

/// Takes a free test account of a product: one for each hunter.
#[derive(Clone, Debug)]
pub struct TakeTestAccountOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product.
    pub product: ProductId,
}

impl UseCase for TakeTestAccountOf {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<TakeTestAccount>(unit, self.campaign).await?;
        let person = unit.person()?;
        may_reach_target(&proof.access_facts(person, unit.now)).map_err(|_| Error::Conflict("error-target-closed"))?;
        let acting = proof.acting().clone();
        let mut accounts = unit.store.test_accounts(self.campaign).await?;
        accounts.retain(|a| a.product == self.product);
        if accounts.iter().any(|a| a.handed_to == Some(person)) {
            return Err(Error::Conflict("error-account-already"));
        }
        let free = accounts.iter().find(|a| a.handed_to.is_none());
        let free = free.ok_or(Error::Conflict("error-account-none-left"))?;
        unit.store.hand_test_account(free.id, person, unit.now).await?;
        let body = json!({"account": free.id, "person": person});
        unit.record(&acting, entry(self.campaign, "campaign.account_handed", body))
            .await?;
        Ok(())
    }
}
