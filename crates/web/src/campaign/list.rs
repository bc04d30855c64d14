//! Lists of campaigns.

use super::Words;
use crate::shell::{Answer, Page, Visitor, html};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use use_cases::campaign::{CampaignSummary, ListCampaigns, ListCampaignsOfProgramme};
use use_cases::read;

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    page: Page,
    campaigns: Vec<CampaignSummary>,
    new: String,
    rules: String,
}

/// Lists the campaigns that concern the reader.
pub async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let campaigns = read(&visitor.context, ListCampaigns)
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = ListPage {
        page: visitor
            .page(visitor.t("campaign-list-title"))
            .here()
            .with_notices(campaigns.iter().map(|campaign| campaign.notice)),
        campaigns,
        new: String::new(),
        rules: String::new(),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Lists the campaigns of a programme for its organisers.
pub async fn of_programme(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    let (notice, campaigns) = read(&visitor.context, ListCampaignsOfProgramme(slug.clone()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = ListPage {
        page: visitor
            .page(visitor.t("campaign-list-title-programme"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .here()
            .with_notice(notice),
        campaigns,
        new: at::new_in(&slug),
        rules: at::rules(&slug),
    };
    Ok(html(StatusCode::OK, &template))
}
