//! Coming in: setting up, signing in and out, invitations, the account.

mod account;
mod invitation;
mod mails;
mod set_up;
mod sign_in;

use super::shell::SESSION_COOKIE;
use crate::Routes;
use crate::shell::Web;
use addresses::people as at;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use use_cases::people::{Mark, Token};

/// The cookie that holds the mark of a machine; it opens nothing, see [`Mark`].
const MACHINE_COOKIE: &str = "beffroi-machine";

/// How long a machine keeps its mark, in seconds: a year.
const MACHINE_SECONDS: u32 = 31_536_000;

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
        .get(at::MAILS, mails::show)
        .post(at::MAILS, mails::save)
        .get(at::UNSUBSCRIBE, mails::ask)
        .post(at::UNSUBSCRIBE, mails::unsubscribe)
        .post(at::PASSWORD, account::change_password)
        .post(at::END_SESSION, account::end_session)
        .post(at::END_OTHER_SESSIONS, account::end_other_sessions)
}

/// Adds the cookie of a session to an answer.
fn with_session(web: &Web, response: Response, token: &Token) -> Response {
    let days = web.app.settings.limits.session_days * 86_400;
    with_cookie(
        web,
        response,
        &format!("{SESSION_COOKIE}={}; Path=/; Max-Age={days}", token.0),
    )
}

/// Adds the cookie of a machine's mark, which only the sign-in page reads.
fn with_mark(web: &Web, response: Response, mark: &Mark) -> Response {
    let path = at::SIGN_IN;
    let cookie = format!("{MACHINE_COOKIE}={}; Path={path}; Max-Age={MACHINE_SECONDS}", mark.0);
    with_cookie(web, response, &cookie)
}

fn with_cookie(web: &Web, mut response: Response, cookie: &str) -> Response {
    let secure = if web.secure { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{cookie}; HttpOnly; SameSite=Lax{secure}")) {
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
