//! Where somebody who is named in a draft says whether they found it too.

use crate::shell::{Answer, Page, Submitted, Visitor, html, redirect_with};
use addresses::report as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::ReportId;
use use_cases::report::{AnswerNaming, NamingView, ViewNaming};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "report/naming.html")]
struct NamingPage {
    page: Page,
    view: NamingView,
    at: String,
}

/// Asks somebody who is named; nothing of the report is shown.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let view = read(&visitor.context, ViewNaming(ReportId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("report-naming-title"))
        .under(visitor.t("report-mine-title"), at::MINE)
        .here()
        .with_notice(view.notice);
    let at = at::naming(id);
    Ok(html(StatusCode::OK, &NamingPage { page, view, at }))
}

/// Takes the answer.
pub async fn answer(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let accept = match form.text("answer").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let command = AnswerNaming {
        report: ReportId(id),
        accept,
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    let flash = if accept == Some(true) {
        "flash-report-named"
    } else {
        "flash-report-not-named"
    };
    Ok(redirect_with(&visitor.web, addresses::people::DESK, flash))
}
