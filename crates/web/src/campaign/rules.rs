//! The rules of engagement of a programme.

use super::label;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use use_cases::campaign::{RulesPage, ViewProgrammeRules, WriteRules};
use use_cases::{perform, read};

#[derive(Template)]
#[template(path = "campaign/rules.html")]
struct RulesTemplate {
    page: Page,
    p: RulesPage,
    text: String,
    errors: Errors,
}

async fn page(visitor: &Visitor, slug: String, typed: Option<String>, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewProgrammeRules(slug.clone()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let present = p.versions.first().map(|(rules, _)| rules.text.clone());
    let template = RulesTemplate {
        page: visitor
            .page(visitor.t("campaign-rules-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.frame.name.clone(), at::of_programme(&slug))
            .here()
            .with_notice(p.frame.notice),
        text: typed.or(present).unwrap_or_else(|| visitor.t("campaign-default-rules")),
        p,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows the versions of the rules.
pub async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    page(&visitor, slug, None, Errors::none()).await
}

/// Writes a new version.
pub async fn write(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = WriteRules {
        programme: slug.clone(),
        text: form.text("text"),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &at::rules(&slug),
            "flash-campaign-rules-written",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, slug, Some(form.text("text")), errors).await
        }
    }
}
