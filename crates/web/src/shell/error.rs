//! Errors as pages: what is wrong, what to do, and a number to quote.

use super::Visitor;
use super::page::{Page, html};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use i18n::Arg;
use use_cases::Error;

/// What a handler gives.
pub type Answer = Result<Response, Problem>;

/// An answer that is an error page.
pub struct Problem(Box<Response>);

#[derive(Template)]
#[template(path = "shell/error.html")]
struct ErrorPage {
    page: Page,
    text: String,
    sign_in: bool,
    quote: bool,
}

impl Problem {
    /// Makes the page of an error; what is our fault is logged here, once.
    #[must_use]
    pub fn new(visitor: &Visitor, error: Error) -> Self {
        let (status, key) = match &error {
            Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Error::SignInFirst => (StatusCode::UNAUTHORIZED, "sign-in"),
            Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Error::Conflict(_) | Error::Stale => (StatusCode::CONFLICT, "conflict"),
            Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Error::Busy | Error::Mail(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        if status.is_server_error() {
            tracing::error!(request_id = visitor.request_id, %error, "a request failed");
        }
        let text = match &error {
            Error::Conflict(sentence) => visitor.t(sentence),
            Error::Stale => visitor.t("error-stale"),
            Error::SignInFirst => visitor.t("error-page-not-found"),
            Error::Invalid(fields) => {
                let lines: Vec<String> = fields.iter().map(|field| message(visitor, field)).collect();
                format!("{} {}", visitor.t("error-page-invalid"), lines.join(" "))
            }
            Error::TooMany { retry_after } => {
                visitor.ta("error-page-too-many", &[("seconds", Arg::Number(*retry_after))])
            }
            _ => visitor.t(&format!("error-page-{key}")),
        };
        let template = ErrorPage {
            page: visitor.page(visitor.t(&format!("error-page-{key}-title"))),
            text,
            sign_in: matches!(error, Error::SignInFirst | Error::NotFound) && visitor.signed_in.is_none(),
            quote: status.is_server_error(),
        };
        Self(Box::new(html(status, &template)))
    }
}

/// Writes what is wrong with a field.
pub(super) fn message(visitor: &Visitor, field: &use_cases::FieldError) -> String {
    let detail = field.detail.clone().unwrap_or_default();
    visitor.ta(field.message, &[("detail", Arg::Text(detail))])
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// Answers an address that no route has; it looks like any other "not found".
pub(super) async fn no_such_page(visitor: Visitor) -> Problem {
    visitor.problem(Error::NotFound)
}

/// Answers when a handler stopped half-way; its transaction was dropped.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler stopped half-way");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
