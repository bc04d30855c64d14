//! The page where scope, target and test accounts are prepared.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AssetId, CampaignId, ProductId, TestAccountId};
use domain::scope::AssetKind;
use use_cases::campaign::{AddAsset, AddTestAccount, RemoveAsset, RemoveTestAccount, ScopePage, SetTarget, ViewScope};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/scope.html")]
struct ScopeTemplate {
    page: Page,
    p: ScopePage,
    kinds: &'static [AssetKind],
    form: Submitted,
    errors: Errors,
}

impl ScopeTemplate {
    /// Gives the address that was typed, or the one that is kept.
    fn url(&self) -> String {
        if self.form.ticked("url") {
            self.form.text("url")
        } else {
            self.p.target.clone()
        }
    }

    fn product(&self, id: &ProductId) -> &str {
        self.p.record.product_name(id)
    }
}

async fn page(visitor: &Visitor, id: Uuid, form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewScope(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = ScopeTemplate {
        page: visitor
            .page(visitor.t("campaign-scope-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.record.campaign.name.clone(), at::show(id))
            .here()
            .with_notice(p.record.frame.notice),
        kinds: AssetKind::ALL,
        p,
        form,
        errors,
    };
    Ok(html(status, &template))
}

async fn done(visitor: &Visitor, id: Uuid, form: Submitted, outcome: use_cases::Outcome<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::scope(id), "flash-saved")),
        Err(error) => page(visitor, id, form, Errors::of(visitor, error, label)?).await,
    }
}

/// Shows the scope to those who prepare it.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, Submitted::default(), Errors::none()).await
}

/// Adds something to the scope.
pub async fn add(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AddAsset {
        campaign: CampaignId(id),
        product: form.id("product"),
        kind: AssetKind::from_code(&form.text("kind")),
        inside: form.text("inside") != "no",
        value: form.text("value"),
        note: form.text("note"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, form, outcome).await
}

/// Takes something out of the scope.
pub async fn remove(visitor: Visitor, Path((id, asset)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveAsset {
        campaign: CampaignId(id),
        asset: AssetId(asset),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, Submitted::default(), outcome).await
}

/// Says where the target is.
pub async fn set_target(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = SetTarget {
        campaign: CampaignId(id),
        url: form.text("url"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, form, outcome).await
}

/// Adds a test account.
pub async fn add_account(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AddTestAccount {
        campaign: CampaignId(id),
        product: form.id("account_product"),
        label: form.text("label"),
        secret: form.text("secret"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, form, outcome).await
}

/// Removes a test account.
pub async fn remove_account(visitor: Visitor, Path((id, account)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveTestAccount {
        campaign: CampaignId(id),
        account: TestAccountId(account),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, Submitted::default(), outcome).await
}
