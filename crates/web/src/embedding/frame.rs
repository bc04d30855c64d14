//! Bare pages that other sites show in a frame.

use super::answer::{Outside, Readers, with_headers, written};
use crate::sharing::words;
use crate::shell::{Answer, Page};
use askama::Template;
use axum::extract::Path;
use use_cases::embedding::{MembersOutside, PublicFrame, ReadMembersOutside, ViewPublicFrame};
use use_cases::ports::{OutcomeCampaign, SharingCase};
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
    /// Gives the vulnerabilities that the page names.
    fn newest(&self) -> &[SharingCase] {
        words::newest(&self.view.results)
    }

    fn more(&self) -> bool {
        self.newest().len() < self.view.results.advisories.len()
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

    fn window(&self, campaign: &OutcomeCampaign) -> String {
        words::window(&self.page, campaign)
    }
}

impl MembersTemplate {
    fn window(&self, campaign: &OutcomeCampaign) -> String {
        words::window(&self.page, campaign)
    }

    fn heading(&self, product: &TestedProduct) -> String {
        words::heading(&self.page, product)
    }

    fn summary(&self, product: &TestedProduct) -> String {
        words::summary(&self.page, product)
    }
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
