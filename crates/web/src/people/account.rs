//! One's own account: password and sessions.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::people as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::SessionId;
use use_cases::people::{Account, EndOtherSessions, EndSession, ViewAccount, change_password as change};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPage {
    page: Page,
    account: Account,
    errors: Errors,
}

/// The browsers and systems that a browser's text is searched for, in this order: most also name others.
const BROWSERS: [(&str, &str); 5] = [
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl AccountPage {
    /// Names a device as people do, « Firefox, Windows »; what is not known stays as the browser says it.
    fn device(&self, text: &str) -> String {
        let named =
            |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name);
        match (named(&BROWSERS), named(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser}, {system}"),
            _ => text.to_owned(),
        }
    }
}

async fn page(visitor: &Visitor, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let account = read(&visitor.context, ViewAccount)
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = AccountPage {
        page: visitor
            .page(visitor.t("people-account-title"))
            .under(visitor.t("desk-title"), at::DESK)
            .here(),
        account,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows one's own account.
pub async fn show(visitor: Visitor) -> Answer {
    page(&visitor, Errors::none()).await
}

/// Changes one's own password.
pub async fn change_password(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    match change(&visitor.context, &form.text("old_password"), &form.text("new_password")).await {
        Ok(()) => Ok(redirect_with(&visitor.web, at::ACCOUNT, "flash-password-changed")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| {
                format!("people-field-{}", field.replace('_', "-"))
            })?;
            page(&visitor, errors).await
        }
    }
}

/// Ends one of one's own sessions.
pub async fn end_session(visitor: Visitor, Path(session): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    perform(&visitor.context, EndSession(SessionId(session)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(&visitor.web, at::ACCOUNT, "flash-session-ended"))
}

/// Ends all of one's own other sessions.
pub async fn end_other_sessions(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    perform(&visitor.context, EndOtherSessions)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(&visitor.web, at::ACCOUNT, "flash-session-ended"))
}
