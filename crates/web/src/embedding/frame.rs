//! Bare pages that other sites show in a frame.

use super::answer::{Outside, Readers, with_headers, written};
use crate::sharing::words;
use crate::shell::{Answer, Page};
use askama::Template;
use axum::extract::Path;
use i18n::Arg;
use use_cases::embedding::{MembersOutside, PublicFrame, ReadMembersOutside, ViewPublicFrame};
use use_cases::ports::OutcomeCampaign;
use use_cases::read;
use use_cases::sharing::{Figure, TestedProduct};

const HTML: &str = "text/html; charset=utf-8";

#[derive(Template)]
#[template(path = "embedding/public.html")]
struct PublicTemplate {
    page: Page,
    view: PublicFrame,
    site: String,
}

#[derive(Template)]
#[template(path = "embedding/members.html")]
struct MembersTemplate {
    page: Page,
    view: MembersOutside,
    site: String,
}

impl PublicTemplate {
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

    fn window(&self, campaign: &OutcomeCampaign) -> String {
        window(&self.page, campaign)
    }
}

impl MembersTemplate {
    fn window(&self, campaign: &OutcomeCampaign) -> String {
        window(&self.page, campaign)
    }

    fn heading(&self, product: &TestedProduct) -> String {
        heading(&self.page, product)
    }

    fn summary(&self, product: &TestedProduct) -> String {
        summary(&self.page, product)
    }
}

/// Names a tested product with its version.
pub(super) fn heading(page: &Page, product: &TestedProduct) -> String {
    if product.version.is_empty() {
        product.name.clone()
    } else {
        page.t2(
            "sharing-product-version",
            "product",
            &product.name,
            "version",
            &product.version,
        )
    }
}

/// Says how many vulnerabilities of a product are corrected.
pub(super) fn summary(page: &Page, product: &TestedProduct) -> String {
    let args = [("fixed", Arg::from(product.fixed)), ("total", Arg::from(product.total))];
    i18n::ta(page.lang_is, "sharing-members-fixed", &args)
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

/// Shows everybody what a programme did, for a frame.
pub async fn public(outside: Outside, Path(slug): Path<String>) -> Answer {
    let visitor = &outside.0;
    let view = read(&visitor.context, ViewPublicFrame { slug })
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(&view.results.programme.name)
        .with_notice(view.results.programme.notice);
    let site = outside.url("");
    let sites = view.sites.clone();
    let answer = written(visitor, HTML, &PublicTemplate { page, view, site })?;
    Ok(with_headers(answer, Readers::Everybody, &sites))
}

/// Shows members what was tested and how it ended, for a frame.
pub async fn members(outside: Outside, Path((slug, token)): Path<(String, String)>) -> Answer {
    let visitor = &outside.0;
    let view = read(&visitor.context, ReadMembersOutside { slug, token })
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(&view.members.programme.name)
        .with_notice(view.members.programme.notice);
    let site = outside.url("");
    let sites = view.sites.clone();
    let answer = written(visitor, HTML, &MembersTemplate { page, view, site })?;
    Ok(with_headers(answer, Readers::Members, &sites))
}
