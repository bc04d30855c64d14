//! Where deployers stand with one vulnerability.

use super::words;
use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::VulnerabilityId;
use domain::position::PositionState;
use i18n::Arg;
use use_cases::read;
use use_cases::sharing::{PositionsView, ViewPositions};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sharing/positions.html")]
struct PositionsPage {
    page: Page,
    view: PositionsView,
    href: String,
}

impl PositionsPage {
    fn percent(&self, count: &usize) -> usize {
        (count * 100).checked_div(self.view.total).unwrap_or_default()
    }

    fn bar_tone(&self, state: &PositionState) -> &'static str {
        match words::position_tone(state) {
            "good" => "good",
            "bad" => "bad",
            "warning" => "warning",
            _ => "",
        }
    }

    fn finding(&self) -> String {
        let answered = self.view.total.saturating_sub(self.view.unanswered);
        let args = [("answered", Arg::from(answered)), ("total", Arg::from(self.view.total))];
        i18n::ta(self.page.lang_is, "sharing-positions-finding", &args)
    }
}

/// Shows where every deployer stands.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let query = ViewPositions {
        vulnerability: VulnerabilityId(id),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let label = words::label(&visitor.page(String::new()), &view.case);
    let page = visitor
        .page(visitor.t("sharing-positions-title"))
        .under(
            &view.case.programme_name,
            format!("/programmes/{}", view.case.programme_slug),
        )
        .under(label, format!("/failles/{id}"))
        .here()
        .with_notice(view.case.notice);
    let href = addresses::sharing::sharing(id);
    Ok(html(StatusCode::OK, &PositionsPage { page, view, href }))
}
