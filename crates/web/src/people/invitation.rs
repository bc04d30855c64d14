//! Taking up an invitation.

use super::{device, with_session};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect, redirect_with};
use addresses::people as at;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use use_cases::people::{Invitation, NewPerson, ViewInvitation, take_up as take};
use use_cases::read;

#[derive(Template)]
#[template(path = "people/invitation.html")]
struct InvitationPage {
    page: Page,
    invitation: Invitation,
    role: String,
    meaning: String,
    form: NewPerson,
    errors: Errors,
}

async fn page(visitor: &Visitor, token: &str, form: NewPerson, errors: Errors, status: StatusCode) -> Answer {
    let invitation = read(&visitor.context, ViewInvitation(token.to_owned()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = InvitationPage {
        page: visitor
            .page(visitor.t("people-invitation-title"))
            .with_notice(invitation.notice),
        role: visitor.t(&format!("role-{}", invitation.role.code().replace('_', "-"))),
        meaning: visitor.t(&format!("role-meaning-{}", invitation.role.code().replace('_', "-"))),
        invitation,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows an invitation to whoever holds its link.
pub async fn show(visitor: Visitor, Path(token): Path<String>) -> Answer {
    page(&visitor, &token, NewPerson::default(), Errors::none(), StatusCode::OK).await
}

/// Takes the role up: as the person who has signed in, or as a new one.
pub async fn take_up(visitor: Visitor, Path(token): Path<String>, headers: HeaderMap, form: Submitted) -> Answer {
    let new = NewPerson {
        name: form.text("name"),
        pseudonym: form.text("pseudonym"),
        email: form.text("email"),
        password: form.text("password"),
    };
    let command = Some(new.clone());
    match take(&visitor.context, &token, command, visitor.lang, &device(&headers)).await {
        Ok(Some(session)) => Ok(with_session(&visitor.web, redirect(at::DESK), &session)),
        Ok(None) => Ok(redirect_with(&visitor.web, at::DESK, "flash-role-taken-up")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("people-field-{field}"))?;
            let form = NewPerson {
                password: String::new(),
                ..new
            };
            page(&visitor, &token, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
