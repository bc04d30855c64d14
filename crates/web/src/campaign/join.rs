//! Typing a code: the way in for pupils and students.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect};
use askama::Template;
use axum::http::StatusCode;
use use_cases::people::ViewInvitation;
use use_cases::{Error, read};

#[derive(Template)]
#[template(path = "campaign/join.html")]
struct JoinTemplate {
    page: Page,
    code: String,
    errors: Errors,
}

fn page(visitor: &Visitor, code: String, errors: Errors) -> Answer {
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = JoinTemplate {
        page: visitor.page(visitor.t("campaign-join-title")),
        code,
        errors,
    };
    Ok(html(status, &template))
}

/// Asks for a code.
pub async fn show(visitor: Visitor) -> Answer {
    page(&visitor, String::new(), Errors::none())
}

/// Leads to the invitation of a code that can still be used.
pub async fn submit(visitor: Visitor, form: Submitted) -> Answer {
    let code: String = form
        .text("code")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect();
    match read(&visitor.context, ViewInvitation(code.clone())).await {
        Ok(_) => Ok(redirect(&addresses::people::invitation(&code))),
        Err(Error::NotFound) => {
            let unknown = Error::field("code", "error-code-unknown");
            let errors = Errors::of(&visitor, unknown, super::label)?;
            page(&visitor, form.text("code"), errors)
        }
        Err(error) => Err(visitor.problem(error)),
    }
}
