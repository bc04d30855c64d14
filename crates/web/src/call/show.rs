//! A call's public page.

use crate::programme::{DocumentCard, call_tone, document_cards};
use crate::shell::{Answer, Page, Visitor, html};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::call::CallState;
use domain::eligibility::Eligibility;
use domain::form::Form;
use domain::ids::CallId;
use use_cases::call::{CallView, MyOrganisation, ViewCall};
use use_cases::read;
use uuid::Uuid;

/// An organisation of the reader, with why it may not answer.
struct Mine {
    name: String,
    reasons: Vec<String>,
}

#[derive(Template)]
#[template(path = "call/show.html")]
struct Show {
    page: Page,
    view: CallView,
    documents: Vec<DocumentCard>,
    sections: Vec<(String, Vec<String>)>,
    rules: Vec<String>,
    mine: Vec<Mine>,
    tone: &'static str,
    word: String,
    since: String,
    places: String,
    waiting: String,
    may_end: bool,
    can_apply: bool,
    start: String,
    receipts: String,
    manage: String,
}

impl Show {
    fn days(&self) -> i64 {
        self.view.record.call.confirm_within_days
    }
}

/// Gives the questions of a form, by section, in the language of the page.
pub(super) fn sections(visitor: &Visitor, form: &Form) -> Vec<(String, Vec<String>)> {
    let text = |label: &domain::form::Label| match visitor.lang {
        i18n::Lang::En if !label.en.is_empty() => label.en.clone(),
        _ => label.fr.clone(),
    };
    let question = |field: &domain::form::Field| {
        let question = text(&field.label);
        if field.required {
            question
        } else {
            format!("{question} {}", visitor.t("layout-optional"))
        }
    };
    form.sections
        .iter()
        .map(|section| (text(&section.label), section.fields.iter().map(question).collect()))
        .collect()
}

/// Says in sentences who may answer.
pub(super) fn rules(visitor: &Visitor, rule: &Eligibility, territory: &str) -> Vec<String> {
    let mut rules = Vec::new();
    if !rule.kinds.is_empty() {
        let kinds: Vec<String> = rule
            .kinds
            .iter()
            .map(|kind| visitor.t(&format!("call-kind-{}", kind.code())))
            .collect();
        rules.push(visitor.ta("call-rule-kinds", &[("kinds", kinds.join(", ").into())]));
    }
    if rule.territory.is_some() {
        rules.push(visitor.ta("call-rule-territory", &[("name", territory.to_owned().into())]));
    }
    if let Some(track) = &rule.completed {
        rules.push(visitor.ta("call-rule-track", &[("track", track.clone().into())]));
    }
    if rules.is_empty() {
        rules.push(visitor.t("call-rule-none"));
    }
    rules
}

/// Says how long the waiting list may be.
pub(super) fn waiting(visitor: &Visitor, most: Option<i64>) -> String {
    most.map_or_else(
        || visitor.t("call-waiting-unlimited"),
        |n| visitor.ta("call-waiting-count", &[("n", i18n::Arg::Number(n))]),
    )
}

fn mine(visitor: &Visitor, mine: &[MyOrganisation]) -> Vec<Mine> {
    mine.iter()
        .map(|one| Mine {
            name: one.organisation.name.clone(),
            reasons: one
                .reasons
                .iter()
                .map(|reason| visitor.t(&format!("call-reason-{}", reason.code().replace('_', "-"))))
                .collect(),
        })
        .collect()
}

/// Says since when a call is in its state, or until when.
fn since(visitor: &Visitor, view: &CallView) -> String {
    let call = &view.record;
    let (key, at) = match view.state {
        CallState::Draft => ("call-since-draft", Some(call.created_at)),
        CallState::Published => ("call-since-published", Some(call.call.window.opens_at)),
        CallState::Open => ("call-since-open", Some(call.call.window.closes_at)),
        CallState::Closed => ("call-since-closed", Some(call.call.window.closes_at)),
        CallState::Decided => ("call-since-decided", call.decided_at),
        CallState::Cancelled => ("call-since-cancelled", call.ended_at),
    };
    let date = at.map(|at| i18n::long_datetime(visitor.lang, at.0)).unwrap_or_default();
    visitor.ta(key, &[("date", date.into())])
}

/// Shows a call to everybody.
pub async fn show(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    let mut view = read(&visitor.context, ViewCall(CallId(call)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let record = &view.record;
    let page = visitor
        .page(&record.call.title)
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&record.programme_name, at::programme(&record.programme_slug))
        .here()
        .with_notice(record.notice);
    let number = |key: &str, n: i64| visitor.ta(key, &[("n", i18n::Arg::Number(n))]);
    let template = Show {
        page,
        sections: sections(&visitor, &record.form),
        rules: rules(&visitor, &record.call.eligibility, &view.territory),
        mine: mine(&visitor, &view.mine),
        tone: call_tone(view.state),
        word: visitor.t(&format!("call-state-{}", view.state.code())),
        since: since(&visitor, &view),
        places: number("call-places-count", record.call.places),
        waiting: waiting(&visitor, record.call.max_waiting),
        may_end: false,
        can_apply: view.state == CallState::Open && view.mine.iter().any(|one| one.reasons.is_empty()),
        start: addresses::candidacy::start(call),
        receipts: addresses::candidacy::receipts(call),
        manage: if view.working {
            at::manage_call(call)
        } else {
            String::new()
        },
        documents: document_cards(&visitor, std::mem::take(&mut view.documents)),
        view,
    };
    Ok(html(StatusCode::OK, &template))
}
