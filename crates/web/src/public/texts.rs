//! Pages of text: help, accessibility, legal notice, licence, security contact.

use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Days that `security.txt` says it holds (RFC 9116 asks for less than a year).
const SECURITY_DAYS: i64 = 180;

#[derive(Template)]
#[template(path = "public/help.html")]
struct Help {
    page: Page,
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct Accessibility {
    page: Page,
    contact: String,
}

#[derive(Template)]
#[template(path = "public/legal.html")]
struct Legal {
    page: Page,
    contact: String,
    address: String,
}

#[derive(Template)]
#[template(path = "public/licence.html")]
struct Licence {
    page: Page,
}

/// Shows help.
pub async fn help(visitor: Visitor) -> Answer {
    let page = visitor.page(visitor.t("public-help-title"));
    Ok(html(StatusCode::OK, &Help { page }))
}

/// Shows how accessible the site is known to be.
pub async fn accessibility(visitor: Visitor) -> Answer {
    let page = visitor.page(visitor.t("public-accessibility-title"));
    let contact = contact(&visitor);
    Ok(html(StatusCode::OK, &Accessibility { page, contact }))
}

/// Shows who publishes the site.
pub async fn legal(visitor: Visitor) -> Answer {
    let template = Legal {
        page: visitor.page(visitor.t("public-legal-title")),
        contact: contact(&visitor),
        address: visitor.context.app.settings.public_url.clone(),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Shows under which licence Beffroi is.
pub async fn licence(visitor: Visitor) -> Answer {
    let page = visitor.page(visitor.t("public-licence-title"));
    Ok(html(StatusCode::OK, &Licence { page }))
}

/// Says whom to tell about a flaw of the site itself (RFC 9116).
pub async fn security_txt(visitor: Visitor) -> Response {
    let app = &visitor.context.app;
    let expires = i18n::iso(app.clock.now().plus_days(SECURITY_DAYS).0);
    let url = &app.settings.public_url;
    let text = format!(
        "Contact: mailto:{}\nExpires: {expires}\nPreferred-Languages: fr, en\nCanonical: {url}{}\n",
        contact(&visitor),
        addresses::public::SECURITY_TXT
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Gives the address that people write to, without the name that may stand before it.
fn contact(visitor: &Visitor) -> String {
    let from = visitor.context.app.settings.mail_from.as_str();
    let inside = from.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(from, |(address, _)| address).trim().to_owned()
}
