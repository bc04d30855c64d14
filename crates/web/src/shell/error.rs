//! Errors as pages: what is wrong, what to do, and a number to quote.

use super::page::{Page, html};
use super::{Submitted, Visitor, Web};
use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use i18n::Arg;
use use_cases::Error;

/// Bytes of a megabyte.
const MEGABYTE: usize = 1024 * 1024;

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
    /// What was typed into a form that could not be taken.
    typed: Vec<String>,
    /// Where to go on: the words and the address of a link.
    back: Option<(String, String)>,
}

impl Problem {
    /// Makes the page of an error; what is our fault is logged here, once.
    #[must_use]
    pub fn new(visitor: &Visitor, error: Error) -> Self {
        Self::with(visitor, error, Vec::new(), None)
    }

    /// Makes the page of an error that keeps what was typed into a form that can no longer be shown,
    /// with a link to where to go on.
    #[must_use]
    pub fn kept(visitor: &Visitor, error: Error, form: &Submitted, (label, href): (&str, String)) -> Self {
        Self::with(visitor, error, form.typed(), Some((visitor.t(label), href)))
    }

    fn with(visitor: &Visitor, error: Error, typed: Vec<String>, back: Option<(String, String)>) -> Self {
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
            typed,
            back,
        };
        Self(Box::new(html(status, &template)))
    }

    /// Makes the page of a form that holds too much, with the texts that were typed into it.
    #[must_use]
    pub fn too_large(visitor: &Visitor, most: usize, typed: Vec<String>) -> Self {
        let megabytes = i64::try_from((most / MEGABYTE).max(1)).unwrap_or(i64::MAX);
        let template = ErrorPage {
            page: visitor.page(visitor.t("error-page-too-large-title")),
            text: visitor.ta("error-page-too-large", &[("megabytes", Arg::Number(megabytes))]),
            sign_in: false,
            quote: false,
            typed,
            back: None,
        };
        Self(Box::new(html(StatusCode::PAYLOAD_TOO_LARGE, &template)))
    }

    /// Makes the page of a form that another site sent; whoever is signed in here is not asked for.
    pub(super) async fn from_elsewhere(request: Request, web: &Web) -> Self {
        let (mut parts, _) = request.into_parts();
        parts.headers.remove(header::COOKIE);
        let visitor = match Visitor::from_request_parts(&mut parts, web).await {
            Ok(visitor) => visitor,
            Err(problem) => return problem,
        };
        let template = ErrorPage {
            page: visitor.page(visitor.t("error-page-origin-title")),
            text: visitor.t("error-page-origin"),
            sign_in: false,
            quote: false,
            typed: Vec::new(),
            back: None,
        };
        Self(Box::new(html(StatusCode::FORBIDDEN, &template)))
    }

    /// Makes the page of a request that none of our handlers could read: an address whose
    /// identifier is none is one that does not exist.
    pub(super) async fn unread(parts: &mut Parts, web: &Web) -> Self {
        match Visitor::from_request_parts(parts, web).await {
            Ok(visitor) => visitor.problem(Error::NotFound),
            Err(problem) => problem,
        }
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
