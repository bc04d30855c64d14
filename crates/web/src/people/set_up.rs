//! Setting up an empty instance.

use super::{device, with_session};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use std::collections::HashMap;
use use_cases::people::{EnterAs, IsSetUp, SetUp, set_up};
use use_cases::{Error, perform, read};

#[derive(Template)]
#[template(path = "people/set_up.html")]
struct SetUpPage {
    page: Page,
    form: SetUp,
    errors: Errors,
}

/// Shows the set-up page of an empty instance.
pub async fn show(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    if read(&visitor.context, IsSetUp).await.map_err(|e| visitor.problem(e))? {
        return Err(visitor.problem(Error::NotFound));
    }
    let template = SetUpPage {
        page: visitor.page(visitor.t("people-set-up-title")),
        form: SetUp {
            token: query.get("jeton").cloned().unwrap_or_default(),
            ..SetUp::default()
        },
        errors: Errors::none(),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Sets the instance up and signs its first administrator in.
pub async fn submit(visitor: Visitor, headers: HeaderMap, form: Submitted) -> Answer {
    let command = SetUp {
        token: form.text("token"),
        instance: form.text("instance"),
        organisation: form.text("organisation"),
        name: form.text("name"),
        email: form.text("email"),
        password: form.text("password"),
    };
    match set_up(&visitor.context, command.clone(), visitor.lang).await {
        Ok(person) => {
            let token = perform(&visitor.context, EnterAs::new(person, &device(&headers)))
                .await
                .map_err(|e| visitor.problem(e))?;
            Ok(with_session(
                &visitor.web,
                redirect(addresses::organisation::ADMINISTRATION),
                &token,
            ))
        }
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("people-field-{field}"))?;
            let template = SetUpPage {
                page: visitor.page(visitor.t("people-set-up-title")),
                form: SetUp {
                    password: String::new(),
                    ..command
                },
                errors,
            };
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &template))
        }
    }
}
