//! Lists of campaigns.

use super::Words;
use crate::shell::{Answer, Choice, Page, Visitor, html, orders, with_query};
use addresses::Sorting;
use addresses::campaign as at;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use std::collections::HashMap;
use use_cases::campaign::{CampaignOrder, CampaignSummary, ListCampaigns, ListCampaignsOfProgramme};
use use_cases::read;

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    page: Page,
    campaigns: Vec<CampaignSummary>,
    new: String,
    rules: String,
    /// How the list is sorted, where its heads sort it.
    sorting: Option<Sorting>,
}

/// The columns by which campaigns are sorted, and whether what is greatest comes first.
const COLUMNS: &[(&str, bool)] = &[
    (CampaignOrder::Opens.code(), true),
    (CampaignOrder::Closes.code(), true),
    (CampaignOrder::Name.code(), false),
    (CampaignOrder::Programme.code(), false),
];

/// The orders to choose from where rows are cards and have no heads.
const ORDERS: &[(&str, &str)] = &[
    ("", "campaign-order-opens"),
    ("-ouverture", "campaign-order-opens-first"),
    ("fermeture", "campaign-order-closes"),
    ("-fermeture", "campaign-order-closes-first"),
    ("nom", "campaign-order-name"),
    ("-nom", "campaign-order-name-last"),
    ("programme", "campaign-order-programme"),
    ("-programme", "campaign-order-programme-last"),
];

impl ListPage {
    /// Gives the orders; none where the list is not sorted by its reader.
    fn orders(&self) -> Vec<Choice> {
        self.sorting
            .map(|sorting| orders(&self.page, sorting, ORDERS))
            .unwrap_or_default()
    }

    fn sort(&self, column: &str) -> String {
        self.sorting
            .map(|sorting| with_query(at::LIST, &[("tri", &sorting.toward(column))]))
            .unwrap_or_default()
    }

    fn sorted(&self, column: &str) -> &'static str {
        self.sorting.map_or("", |sorting| sorting.shown(column))
    }
}

/// Lists the campaigns that concern the reader.
pub async fn show(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let sorting = Sorting::read(COLUMNS, query.get("tri").map(String::as_str).unwrap_or_default());
    let list = ListCampaigns {
        order: CampaignOrder::from_code(sorting.code()).unwrap_or(CampaignOrder::Opens),
        reversed: sorting.reversed,
    };
    let campaigns = read(&visitor.context, list).await.map_err(|e| visitor.problem(e))?;
    let template = ListPage {
        page: visitor
            .page(visitor.t("campaign-list-title"))
            .here()
            .with_notices(campaigns.iter().map(|campaign| campaign.notice)),
        campaigns,
        new: String::new(),
        rules: String::new(),
        sorting: Some(sorting),
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
        sorting: None,
    };
    Ok(html(StatusCode::OK, &template))
}
