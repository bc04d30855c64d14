//! The list of programmes.

use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::ids::ProgrammeId;
use std::collections::HashMap;
use use_cases::programme::{ListProgrammes, ProgrammeList};
use use_cases::read;

#[derive(Template)]
#[template(path = "programme/list.html")]
struct List {
    page: Page,
    list: ProgrammeList,
}

/// Shows the published programmes, and one's own.
pub async fn show(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    let after = query.get("apres").and_then(|id| id.parse().ok()).map(ProgrammeId);
    let list = read(&visitor.context, ListProgrammes { after })
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor.page(visitor.t("programme-list-title")).here();
    Ok(html(StatusCode::OK, &List { page, list }))
}
