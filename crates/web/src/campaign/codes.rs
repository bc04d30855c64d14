//! A school's one-time codes: followed, made, printed, ended.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::CampaignId;
use use_cases::campaign::{CodeSheet, CodesPage, EndCodes, MakeCodes, ViewCodes};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/codes.html")]
struct CodesTemplate {
    page: Page,
    p: CodesPage,
    form: Submitted,
    count: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "campaign/sheet.html")]
struct SheetTemplate {
    page: Page,
    sheet: CodeSheet,
    join: String,
}

/// Shows the page with what was typed.
pub(super) async fn page(visitor: &Visitor, id: Uuid, form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCodes(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = CodesTemplate {
        page: visitor
            .page(visitor.t("campaign-codes-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.record.campaign.name.clone(), at::show(id))
            .here()
            .with_notice(p.record.frame.notice),
        p,
        count: Some(form.text("count"))
            .filter(|count| !count.is_empty())
            .unwrap_or_else(|| "30".to_owned()),
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows a school its codes and who has joined.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, Submitted::default(), Errors::none()).await
}

/// Makes codes and shows them once, on a sheet made for paper.
pub async fn make(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = MakeCodes {
        campaign: CampaignId(id),
        count: form.number("count").unwrap_or_default(),
    };
    match perform(&visitor.context, command).await {
        Ok(sheet) => {
            let template = SheetTemplate {
                page: visitor
                    .page(visitor.t("campaign-sheet-title"))
                    .under(visitor.t("campaign-list-title"), at::LIST)
                    .under(sheet.record.campaign.name.clone(), at::show(id))
                    .under(visitor.t("campaign-codes-title"), at::codes(id))
                    .here()
                    .showing_once(true)
                    .with_notice(sheet.record.frame.notice),
                join: format!("{}{}", visitor.web.app.settings.public_url, at::JOIN),
                sheet,
            };
            Ok(html(StatusCode::OK, &template))
        }
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, form, errors).await
        }
    }
}

/// Ends every unused code of the school.
pub async fn end(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    perform(&visitor.context, EndCodes(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::codes(id),
        "flash-campaign-codes-ended",
    ))
}
