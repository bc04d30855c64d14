//! The home page: what Beffroi is, and what is open now.

use crate::shell::{Answer, Page, Visitor, html, redirect};
use askama::Template;
use axum::http::StatusCode;
use use_cases::public::{Home, ViewHome};
use use_cases::read;

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage {
    page: Page,
    home: Home,
}

/// Shows the home page; an empty instance leads to its set-up.
pub async fn show(visitor: Visitor) -> Answer {
    let home = read(&visitor.context, ViewHome).await.map_err(|e| visitor.problem(e))?;
    if !home.set_up {
        return Ok(redirect(addresses::people::SET_UP));
    }
    let page = visitor.page(visitor.t("public-home-title"));
    Ok(html(StatusCode::OK, &HomePage { page, home }))
}
