//! What a programme shows of its results, to its members and to everybody.

use super::words;
use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::severity::Severity;
use i18n::Arg;
use use_cases::ports::OutcomeCampaign;
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
        if product.version.is_empty() {
            product.name.clone()
        } else {
            self.page.t2(
                "sharing-product-version",
                "product",
                &product.name,
                "version",
                &product.version,
            )
        }
    }

    fn window(&self, campaign: &OutcomeCampaign) -> String {
        window(&self.page, campaign)
    }

    fn summary(&self, product: &TestedProduct) -> String {
        let args = [("fixed", Arg::from(product.fixed)), ("total", Arg::from(product.total))];
        i18n::ta(self.page.lang_is, "sharing-members-fixed", &args)
    }
}

impl Public {
    fn window(&self, campaign: &OutcomeCampaign) -> String {
        window(&self.page, campaign)
    }

    fn label(&self, figure: &Figure) -> String {
        self.page.t(&format!("sharing-figure-{}", figure.what))
    }

    fn nature(&self, figure: &Figure) -> String {
        self.page.t(&format!("sharing-nature-{}", figure.nature.code()))
    }

    fn value(&self, figure: &Figure) -> String {
        match figure.value {
            Some(value) => i18n::integer(self.page.lang_is, value),
            None => self.page.t("sharing-figure-masked"),
        }
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

fn window(page: &Page, campaign: &OutcomeCampaign) -> String {
    let key = if campaign.ended {
        "sharing-campaign-ended"
    } else {
        "sharing-campaign-runs"
    };
    page.t2(
        key,
        "from",
        page.day(&campaign.opens_at),
        "to",
        page.day(&campaign.closes_at),
    )
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
