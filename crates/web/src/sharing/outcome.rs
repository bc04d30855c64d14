//! What a programme shows of its results, to its members and to everybody.

use super::words;
use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::severity::Severity;
use use_cases::ports::{OutcomeCampaign, SharingCase};
use use_cases::read;
use use_cases::sharing::{Figure, MembersPage, PublicPage, TestedProduct, ViewMembersPage, ViewPublicPage};

#[derive(Template)]
#[template(path = "sharing/members.html")]
struct Members {
    page: Page,
    view: MembersPage,
}

#[derive(Template)]
#[template(path = "sharing/public.html")]
struct Public {
    page: Page,
    view: PublicPage,
}

impl Members {
    fn heading(&self, product: &TestedProduct) -> String {
        words::heading(&self.page, product)
    }

    fn window(&self, campaign: &OutcomeCampaign) -> String {
        words::window(&self.page, campaign)
    }

    fn summary(&self, product: &TestedProduct) -> String {
        words::summary(&self.page, product)
    }
}

impl Public {
    fn window(&self, campaign: &OutcomeCampaign) -> String {
        words::window(&self.page, campaign)
    }

    fn label(&self, figure: &Figure) -> String {
        words::figure_label(&self.page, figure)
    }

    fn nature(&self, figure: &Figure) -> String {
        words::figure_nature(&self.page, figure)
    }

    fn value(&self, figure: &Figure) -> String {
        words::figure_value(&self.page, figure)
    }

    /// Gives the vulnerabilities that the page names.
    fn newest(&self) -> &[SharingCase] {
        words::newest(&self.view)
    }

    fn more(&self) -> bool {
        self.newest().len() < self.view.advisories.len()
    }

    fn percent(&self, count: &usize) -> usize {
        (count * 100)
            .checked_div(self.view.advisories.len())
            .unwrap_or_default()
    }

    fn tone(&self, band: &Severity) -> &'static str {
        if *band == Severity::Critical { "critical" } else { "" }
    }
}

/// Shows a programme's results to its members.
pub async fn members(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    let view = read(&visitor.context, ViewMembersPage { slug })
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("sharing-members-title"))
        .under(&view.programme.name, format!("/programmes/{}", view.programme.slug))
        .here()
        .with_notice(view.programme.notice);
    Ok(html(StatusCode::OK, &Members { page, view }))
}

/// Shows everybody what a programme did.
pub async fn public(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    let view = read(&visitor.context, ViewPublicPage { slug })
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("sharing-public-title"))
        .under(&view.programme.name, format!("/programmes/{}", view.programme.slug))
        .here()
        .with_notice(view.programme.notice);
    Ok(html(StatusCode::OK, &Public { page, view }))
}
