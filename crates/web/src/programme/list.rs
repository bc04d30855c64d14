//! The list of programmes.

use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::http::StatusCode;
use use_cases::programme::{ListProgrammes, ProgrammeList};
use use_cases::read;

#[derive(Template)]
#[template(path = "programme/list.html")]
struct List {
    page: Page,
    list: ProgrammeList,
}

/// Shows the published programmes, and one's own.
pub async fn show(visitor: Visitor) -> Answer {
    let list = read(&visitor.context, ListProgrammes)
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor.page(visitor.t("programme-list-title")).here();
    Ok(html(StatusCode::OK, &List { page, list }))
}
