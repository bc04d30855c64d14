//! Signing in and out.

use super::{MACHINE_COOKIE, device, with_mark, with_session, without_session};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, cookie, html, local_path, redirect};
use addresses::people as at;
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use std::collections::HashMap;
use use_cases::people::{Credentials, IsSetUp, SignOut, sign_in};
use use_cases::{perform, read};

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignIn {
    page: Page,
    email: String,
    back: String,
    errors: Errors,
}

/// Shows the sign-in page; an empty instance is set up first.
pub async fn show(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    let ready = read(&visitor.context, IsSetUp).await.map_err(|e| visitor.problem(e))?;
    if !ready {
        return Ok(redirect(at::SET_UP));
    }
    let back = local_path(query.get("retour").map(String::as_str).unwrap_or_default());
    if visitor.signed_in.is_some() {
        return Ok(redirect(if back == "/" { at::DESK } else { &back }));
    }
    let page = visitor.page(visitor.t("people-sign-in-title"));
    let template = SignIn {
        page,
        email: String::new(),
        back,
        errors: Errors::none(),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Signs in.
pub async fn submit(visitor: Visitor, headers: HeaderMap, form: Submitted) -> Answer {
    let (email, back) = (form.text("email"), local_path(&form.text("retour")));
    let given = Credentials {
        name: &email,
        password: &form.text("password"),
        device: &device(&headers),
        mark: cookie(&headers, MACHINE_COOKIE).unwrap_or_default(),
    };
    match sign_in(&visitor.context, given).await {
        Ok(entered) => {
            let to = if back == "/" { at::DESK } else { &back };
            let answer = with_session(&visitor.web, redirect(to), &entered.token);
            Ok(with_mark(&visitor.web, answer, &entered.mark))
        }
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("people-field-{field}"))?;
            let page = visitor.page(visitor.t("people-sign-in-title"));
            let template = SignIn {
                page,
                email,
                back,
                errors,
            };
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &template))
        }
    }
}

/// Signs out.
pub async fn sign_out(visitor: Visitor) -> Answer {
    perform(&visitor.context, SignOut)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(without_session(redirect("/")))
}
