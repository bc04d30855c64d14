//! The endpoints of one target as a file.

use super::asked::Asked;
use super::written;
use crate::shell::{Answer, Page, Visitor, send_sheet};
use axum::extract::{Path, Query};
use domain::coverage::ShownEndpoint;
use domain::ids::CampaignId;
use std::collections::HashMap;
use use_cases::coverage::{CoveredTarget, ViewCoverage};
use use_cases::read;
use uuid::Uuid;

/// Writes the endpoints that the list shows, on all its pages, as CSV.
pub async fn file(visitor: Visitor, Path(id): Path<Uuid>, Query(query): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCoverage(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let asked = Asked::read(&query);
    let page = visitor.page(String::new());
    let head = ["target", "method", "path", "requests", "hunters", "first", "last"];
    let mut head: Vec<String> = head
        .iter()
        .map(|name| page.t(&format!("coverage-file-{name}")))
        .collect();
    let mut rows = asked
        .choose(&p.targets)
        .map(|one| rows(&page, &asked, one))
        .unwrap_or_default();
    // What follows a pedagogical programme everywhere follows its files too, as their last column.
    if let Some(notice) = visitor.page(String::new()).with_notice(p.record.frame.notice).notice {
        head.push(page.t("layout-notice-label"));
        rows.iter_mut().for_each(|row| row.push(notice.clone()));
    }
    send_sheet(&visitor, "couverture.csv", &head, rows, None)
}

fn rows(page: &Page, asked: &Asked, one: &CoveredTarget) -> Vec<Vec<String>> {
    let day = |place: Option<usize>, last: bool| {
        let period = place.and_then(|place| one.shown.periods.get(place));
        let day = period.map(|period| if last { period.until } else { period.from });
        day.map(|day| day.to_string()).unwrap_or_default()
    };
    let row = |endpoint: ShownEndpoint| {
        vec![
            one.name.clone(),
            endpoint.method.clone(),
            endpoint.path.clone(),
            endpoint.requests.to_string(),
            written(page, endpoint.hunters),
            day(endpoint.seen.map(|seen| seen.0), false),
            day(endpoint.seen.map(|seen| seen.1), true),
        ]
    };
    asked.endpoints(&one.shown.endpoints).into_iter().map(row).collect()
}
