//! A programme's page: public, or working for those who keep it.

use crate::shell::{Answer, Page, Visitor, html};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::Timestamp;
use domain::call::CallState;
use domain::date::Date;
use use_cases::history::HistoryLine;
use use_cases::ports::CallRecord;
use use_cases::programme::{DocumentLine, ProgrammeView, ViewProgramme};
use use_cases::read;

/// A document as a page shows it.
pub(crate) struct DocumentCard {
    pub kind: String,
    pub title: String,
    pub lines: Vec<String>,
    pub public: bool,
    pub file: String,
    pub href: String,
    pub end: String,
}

/// One step of a history as a page shows it.
pub(crate) struct Event {
    pub what: String,
    pub who: String,
    pub role: String,
    pub when: String,
    pub iso: String,
    pub why: String,
    pub strong: bool,
}

/// A call in the list of its programme.
struct CallCard {
    title: String,
    href: String,
    tone: &'static str,
    word: String,
    window: String,
    places: String,
}

#[derive(Template)]
#[template(path = "programme/show.html")]
struct Show {
    page: Page,
    view: ProgrammeView,
    documents: Vec<DocumentCard>,
    calls: Vec<CallCard>,
    history: Vec<Event>,
    steps: Vec<Step>,
    kind: String,
}

/// One thing that a programme needs, and whether it is there.
struct Step {
    name: String,
    tone: &'static str,
    word: String,
    href: String,
}

impl Show {
    fn to(&self, end: &str) -> String {
        at::programme(&self.view.record.programme.slug) + end
    }

    fn answer(&self, member: &uuid::Uuid) -> String {
        at::answer_member(&self.view.record.programme.slug, *member)
    }

    fn members_count(&self) -> String {
        self.page.tn("programme-members-count", self.view.record.members.len())
    }
}

/// Gives what a programme needs to run, in the order in which it is usually done.
fn steps(visitor: &Visitor, view: &ProgrammeView) -> Vec<Step> {
    let base = at::programme(&view.record.programme.slug);
    let counted = [
        ("programme-step-documents", view.documents.len(), "/documents/nouveau"),
        ("programme-step-members", view.record.members.len(), "/adherents"),
        ("programme-step-completions", view.completions, "/parcours"),
        (
            "programme-step-publish",
            usize::from(view.record.published_at.is_some()),
            "",
        ),
        ("programme-step-calls", view.calls.len(), "/appels/nouveau"),
    ];
    counted
        .into_iter()
        .map(|(key, count, end)| Step {
            name: visitor.t(key),
            tone: if count == 0 { "neutral" } else { "good" },
            word: match (count, end) {
                (0, _) => visitor.t("programme-step-todo"),
                (_, "") => visitor.t("programme-step-done"),
                (count, _) => visitor.ta(
                    "programme-step-count",
                    &[("n", i18n::Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)))],
                ),
            },
            href: if end.is_empty() || !view.may_manage {
                String::new()
            } else {
                format!("{base}{end}")
            },
        })
        .collect()
}

/// Gives the tone of a call's state.
pub(crate) fn call_tone(state: CallState) -> &'static str {
    match state {
        CallState::Draft => "neutral",
        CallState::Published | CallState::Closed => "progress",
        CallState::Open | CallState::Decided => "good",
        CallState::Cancelled => "bad",
    }
}

fn call_card(visitor: &Visitor, record: &CallRecord, now: Timestamp, working: bool) -> CallCard {
    let state = record.call.state_at(now);
    let window = record.call.window;
    let args = [
        ("from", i18n::short_datetime(visitor.lang, window.opens_at.0).into()),
        ("until", i18n::short_datetime(visitor.lang, window.closes_at.0).into()),
    ];
    CallCard {
        title: record.call.title.clone(),
        href: if working {
            at::manage_call(record.call.id)
        } else {
            at::call(record.call.id)
        },
        tone: call_tone(state),
        word: visitor.t(&format!("call-state-{}", state.code())),
        window: visitor.ta("call-window-line", &args),
        places: visitor.ta("call-places-count", &[("n", i18n::Arg::Number(record.call.places))]),
    }
}

fn day_line(visitor: &Visitor, key: &str, day: Option<Date>) -> Option<String> {
    let day = i18n::date_of(visitor.lang, &day?.to_string());
    Some(visitor.ta(key, &[("date", day.into())]))
}

fn document_card(visitor: &Visitor, line: DocumentLine) -> DocumentCard {
    let d = line.document;
    let text = |key: &str, text: &Option<String>| {
        text.as_ref()
            .map(|text| visitor.ta(key, &[("text", text.clone().into())]))
    };
    let lines = [
        text("programme-document-number", &d.number),
        day_line(visitor, "programme-document-dated", d.dated_on),
        day_line(visitor, "programme-document-transmitted", d.transmitted_on),
        day_line(visitor, "programme-document-published", d.published_on),
        text("programme-document-signatory", &d.signatory_name),
        text("programme-document-function", &d.signatory_function),
        text("programme-document-delegation", &d.delegation),
        day_line(visitor, "programme-document-from", d.valid_from),
        day_line(visitor, "programme-document-until", d.valid_until),
    ];
    DocumentCard {
        kind: visitor.t(&format!("programme-document-kind-{}", d.kind.code().replace('_', "-"))),
        title: d.title,
        lines: lines.into_iter().flatten().collect(),
        public: line.public,
        href: if d.blob.is_some() {
            at::document_file(d.id)
        } else {
            String::new()
        },
        file: line.file,
        end: at::end_document(d.id),
    }
}

/// Writes documents for a page.
pub(crate) fn document_cards(visitor: &Visitor, lines: Vec<DocumentLine>) -> Vec<DocumentCard> {
    lines.into_iter().map(|line| document_card(visitor, line)).collect()
}

/// Writes a history for a page; a decision everybody may read is strong.
pub(crate) fn events(visitor: &Visitor, history: &[HistoryLine], part: &str) -> Vec<Event> {
    let strong = ["published", "opened", "closed", "closed_early", "cancelled", "decided"];
    history
        .iter()
        .map(|line| {
            let step = line.kind.split_once('.').map_or("", |(_, step)| step);
            let key = format!("{part}-event-{}", step.replace('_', "-"));
            let args = ["title", "name", "count", "track"].map(|name| (name, line.text(name).to_owned().into()));
            Event {
                what: visitor.ta(&key, &args),
                who: if line.who.is_empty() {
                    visitor.t("common-system")
                } else {
                    line.who.clone()
                },
                role: line
                    .role
                    .map(|role| visitor.t(&format!("role-{}", role.code().replace('_', "-"))))
                    .unwrap_or_default(),
                when: i18n::short_datetime(visitor.lang, line.at.0),
                iso: i18n::iso(line.at.0),
                why: line.text("reason").to_owned(),
                strong: strong.contains(&step),
            }
        })
        .collect()
}

/// Shows a programme.
pub async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    let mut view = read(&visitor.context, ViewProgramme(slug))
        .await
        .map_err(|e| visitor.problem(e))?;
    let programme = &view.record.programme;
    let page = visitor
        .page(&programme.name)
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .here()
        .with_notice(programme.notice);
    let steps = if view.working {
        steps(&visitor, &view)
    } else {
        Vec::new()
    };
    let kind = visitor.t(&format!("programme-kind-{}", programme.kind.code().replace('_', "-")));
    let documents = document_cards(&visitor, std::mem::take(&mut view.documents));
    let calls = view
        .calls
        .iter()
        .map(|call| call_card(&visitor, call, view.now, view.working))
        .collect();
    let template = Show {
        page,
        documents,
        calls,
        history: events(&visitor, &view.history, "programme"),
        steps,
        kind,
        view,
    };
    Ok(html(StatusCode::OK, &template))
}
