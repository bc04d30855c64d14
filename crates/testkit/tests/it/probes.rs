//! Every route is probed as nobody, as a stranger and as each role; a new one fails until it is.
//!
//! `docs/security/probes.md` says what each got when it was reviewed. What one may not see answers
//! 404, or 401 to somebody who has not signed in. Every pattern names things of the story that are
//! really there: a pattern that cannot be filled fails the test. Every page that a probe gets is
//! read by html-validate.

mod markup;
mod things;

use crate::generated::compare;
use axum::body::Body;
use axum::http::{Request, header};
use markup::Pages;
use std::fmt::Write;
use std::path::Path;
use story::Told;
use testkit::{TestApp, run};
use things::Things;
use tower::ServiceExt;
use use_cases::people::EnterAs;
use use_cases::perform;
use uuid::Uuid;

/// Gives the address of a pattern with what the story itself names; the rest is of nothing.
pub fn address(pattern: &str, told: &Told) -> String {
    let mut address = Things::told(told).fill(pattern);
    while let (Some(start), Some(end)) = (address.find('{'), address.find('}')) {
        address.replace_range(start..=end, &Uuid::from_u128(404).to_string());
    }
    address
}

/// Asks for an address with a session's token, by an empty form where it is an action; gives the status of the answer.
pub async fn ask(app: &TestApp, method: &str, address: &str, token: Option<&str>) -> u16 {
    answer(app, method, address, token, "fr").await.0
}

/// As [`ask`], in a language; gives the status and the page, empty where the answer is none.
async fn answer(app: &TestApp, method: &str, address: &str, token: Option<&str>, language: &str) -> (u16, String) {
    let mut request = Request::builder()
        .method(method)
        .uri(address)
        .header(header::HOST, "beffroi.test")
        .header(header::ACCEPT_LANGUAGE, language)
        .header(header::ORIGIN, app.settings.public_url.as_str());
    if let Some(token) = token {
        request = request.header(header::COOKIE, format!("beffroi_session={token}"));
    }
    if method == "POST" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let answer = app.site().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let kind = answer.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| !kind.as_bytes().starts_with(b"text/html")) {
        return (status, String::new());
    }
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// Probes one route as everybody; what an action changed is forgotten before the next asks. Pages are kept.
async fn row(
    app: &TestApp,
    (method, pattern): (&str, &str),
    address: &str,
    askers: &[(&str, Option<String>)],
    pages: &mut Pages,
) -> String {
    let mut text = format!("| {method} {pattern} |");
    let mut copy = None;
    for (name, token) in askers {
        let token = token.as_deref();
        let status = if method == "GET" {
            let (status, page) = answer(app, method, address, token, "fr").await;
            if pages.keep(&format!("{method}-{pattern}-{status}-{name}-fr"), &page) {
                let (_, page) = answer(app, method, address, token, "en").await;
                pages.keep(&format!("{method}-{pattern}-{status}-{name}-en"), &page);
            }
            status
        } else {
            let fresh = match copy.take() {
                Some(fresh) => fresh,
                None => app.copied().await,
            };
            let (status, page) = answer(&fresh, method, address, token, "fr").await;
            pages.keep(&format!("{method}-{pattern}-{status}-{name}-fr"), &page);
            // What was refused was rolled back: the copy is still fresh, but for the attempts it counts.
            copy = (status == 404 || status == 401).then_some(fresh);
            status
        };
        let _ = write!(text, " {status} |");
    }
    text.push('\n');
    text
}

#[test]
fn every_route_answers_each_asker_as_reviewed() {
    run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let things = Things::gather(&app, &told).await;
        let stranger = app.stranger("Paul Inconnu").await;
        let cast = &told.cast;
        let people = [
            ("stranger", stranger.id),
            ("administrator", cast.administrator.person),
            ("organiser", cast.organisers[0].person),
            ("officer and pilot", cast.towns[0].officer.person),
            ("other officer", cast.towns[8].officer.person),
            ("signatory", cast.mayor.person),
            ("vendor", cast.vendor_contact.person),
            ("supervisor", cast.supervisor.person),
            ("verifier", cast.verifiers[1].person),
            ("observer", cast.observer.person),
            ("hunter", told.students[0].person),
            ("group", told.group.organiser.person),
            ("member", told.group.members[2].officer.person),
        ];
        let mut askers: Vec<(&str, Option<String>)> = vec![("nobody", None)];
        for (name, person) in people {
            let token = perform(&app.nobody(), EnterAs::new(person, "probe")).await.unwrap();
            askers.push((name, Some(token.0)));
        }
        let names: Vec<&str> = askers.iter().map(|(name, _)| *name).collect();
        let mut text = format!(
            "# What each route answers\n\nGenerated by `crates/testkit/tests/it/probes.rs` on the story; do not edit. Every identifier is\n\
             one of the story's. An action is probed by an empty form, each time on a fresh copy: 303 did it, 409 and 422\n\
             answer who may do it but not so, 404 everybody else.\n\n| route | {} |\n|{}\n",
            names.join(" | "),
            " --- |".repeat(names.len() + 1)
        );
        let mut pages = Pages::new();
        for (method, pattern) in web::routes().list() {
            let address = things.address(pattern);
            text.push_str(&row(&app, (method, pattern), &address, &askers, &mut pages).await);
        }
        compare(Path::new("docs/security/probes.md"), &text);
        pages.check();
    });
}
