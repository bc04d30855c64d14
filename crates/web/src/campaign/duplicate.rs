//! What is known of the other tests of a campaign's product, and why it is tested once more.

use super::{Words, label};
use crate::register::already_tested as tests;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{CampaignId, ProductId};
use use_cases::campaign::{DuplicatePage, ExplainDuplicate, ViewDuplicate};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/duplicate.html")]
struct DuplicateTemplate {
    page: Page,
    p: DuplicatePage,
    reason: String,
    errors: Errors,
}

async fn page(visitor: &Visitor, id: Uuid, product: Uuid, typed: Option<String>, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let query = ViewDuplicate {
        campaign: CampaignId(id),
        product: ProductId(product),
    };
    let p = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let notices: Vec<_> = p.tested.lines.iter().map(|line| line.notice).collect();
    let template = DuplicateTemplate {
        page: visitor
            .page(visitor.t("tested-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.record.campaign.name.clone(), at::show(id))
            .under(visitor.t("campaign-parties-title"), at::parties(id))
            .here()
            .with_notice(p.record.frame.notice)
            .with_notices(notices),
        reason: typed.unwrap_or_else(|| p.reason.clone()),
        p,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows what is known, and the form of the reason.
pub async fn show(visitor: Visitor, Path((id, product)): Path<(Uuid, Uuid)>) -> Answer {
    page(&visitor, id, product, None, Errors::none()).await
}

/// Writes the reason.
pub async fn explain(visitor: Visitor, Path((id, product)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let reason = form.text("duplicate_reason");
    let command = ExplainDuplicate {
        campaign: CampaignId(id),
        product: ProductId(product),
        reason: reason.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::show(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, product, Some(reason), errors).await
        }
    }
}
