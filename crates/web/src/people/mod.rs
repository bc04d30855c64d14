//! Coming in: setting up, signing in and out, invitations, the account.

mod account;
mod invitation;
mod set_up;
mod sign_in;

use super::shell::SESSION_COOKIE;
use crate::Routes;
use crate::shell::Web;
use addresses::people as at;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use use_cases::people::Token;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::SET_UP, set_up::show)
        .post(at::SET_UP, set_up::submit)
        .get(at::SIGN_IN, sign_in::show)
        .post(at::SIGN_IN, sign_in::submit)
        .post(at::SIGN_OUT, sign_in::sign_out)
        .get(at::INVITATION, invitation::show)
        .post(at::INVITATION, invitation::take_up)
        .get(at::ACCOUNT, account::show)
        .post(at::PASSWORD, account::change_password)
        .post(at::END_SESSION, account::end_session)
        .post(at::END_OTHER_SESSIONS, account::end_other_sessions)
}

/// Adds the cookie of a session to an answer.
fn with_session(web: &Web, mut response: Response, token: &Token) -> Response {
    let secure = if web.secure { "; Secure" } else { "" };
    let days = web.app.settings.limits.session_days * 86_400;
    let cookie = format!(
        "{SESSION_COOKIE}={}; Path=/; Max-Age={days}; HttpOnly; SameSite=Lax{secure}",
        token.0
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Takes the cookie of a session away.
fn without_session(mut response: Response) -> Response {
    let cookie = format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Gives what the browser says it is, short enough for a list.
fn device(headers: &axum::http::HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    agent.unwrap_or_default().chars().take(200).collect()
}
