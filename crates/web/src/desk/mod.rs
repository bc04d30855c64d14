//! The desk: what waits for me, by when.

mod organisations;

use crate::Routes;
use crate::shell::{Answer, Page, Visitor, html};
use addresses::people as at;
use askama::Template;
use axum::http::StatusCode;
use domain::Timestamp;
use domain::time::DAY;
use use_cases::desk::{DeskItem, ViewDesk};
use use_cases::read;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::DESK, show)
        .get(at::OWN_ORGANISATIONS, organisations::show)
}

struct Line {
    what: String,
    place: String,
    href: String,
    action: String,
    due: String,
    iso: String,
    tone: &'static str,
    word: String,
}

#[derive(Template)]
#[template(path = "desk/show.html")]
struct Desk {
    page: Page,
    name: String,
    lines: Vec<Line>,
}

/// Says how pressing a date is: a tone and the key of a word.
fn urgency(due: Option<Timestamp>, now: Timestamp) -> (&'static str, &'static str) {
    match due.map(|due| due.since(now)) {
        None => ("", ""),
        Some(left) if left < 0 => ("bad", "desk-late"),
        Some(left) if left < 3 * DAY => ("warning", "desk-soon"),
        Some(_) => ("", ""),
    }
}

fn line(visitor: &Visitor, now: Timestamp, item: DeskItem) -> Line {
    let (tone, word) = urgency(item.due, now);
    let due = item.due.map(|due| i18n::short_datetime(visitor.lang, due.0));
    Line {
        what: visitor.ta(item.what, &item.args),
        place: item.place,
        href: item.href,
        action: visitor.t(item.action),
        due: due
            .map(|due| visitor.ta("desk-before", &[("date", due.into())]))
            .unwrap_or_default(),
        iso: item.due.map(|due| i18n::iso(due.0)).unwrap_or_default(),
        tone,
        word: if word.is_empty() {
            String::new()
        } else {
            visitor.t(word)
        },
    }
}

/// Shows the desk of the person who has signed in.
async fn show(visitor: Visitor) -> Answer {
    let name = visitor.signed_in()?.name.clone();
    let items = read(&visitor.context, ViewDesk).await.map_err(|e| visitor.problem(e))?;
    let now = visitor.web.app.clock.now();
    let page = visitor.page(visitor.t("desk-title"));
    let template = Desk {
        name,
        lines: items.into_iter().map(|item| line(&visitor, now, item)).collect(),
        page,
    };
    Ok(html(StatusCode::OK, &template))
}
