//! A call's working page: what it says, what it lacks, what happened, what can be done.

use super::show::{rules, sections, waiting};
use crate::programme::{Event, call_tone, events};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::call::CallState;
use domain::ids::CallId;
use use_cases::call::{CancelCall, CloseCall, ManageView, PublishCall, ViewCallToManage};
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "call/manage.html")]
struct Manage {
    page: Page,
    view: ManageView,
    sections: Vec<(String, Vec<String>)>,
    problems: Vec<String>,
    history: Vec<Event>,
    tone: &'static str,
    word: String,
    places: String,
    rules: Vec<String>,
    waiting: String,
    opens: String,
    closes: String,
    reason: String,
    errors: Errors,
    id: Uuid,
}

impl Manage {
    fn days(&self) -> i64 {
        self.view.record.call.confirm_within_days
    }

    fn is(&self, state: &str) -> bool {
        self.view.state.code() == state
    }

    fn over(&self) -> bool {
        matches!(self.view.state, CallState::Decided | CallState::Cancelled)
    }

    fn to(&self, end: &str) -> String {
        at::call(self.id) + end
    }
}

async fn page(visitor: &Visitor, call: Uuid, reason: String, errors: Errors, status: StatusCode) -> Answer {
    let view = read(&visitor.context, ViewCallToManage(CallId(call)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let record = &view.record;
    let page = visitor
        .page(&record.call.title)
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&record.programme_name, at::programme(&record.programme_slug))
        .here()
        .with_notice(record.notice);
    let problems = if view.state == CallState::Draft {
        view.problems.as_slice()
    } else {
        &[]
    };
    let territory = view.territory.as_ref().map(|one| one.name.clone()).unwrap_or_default();
    let template = Manage {
        page,
        sections: sections(visitor, &record.form),
        problems: problems.iter().map(|problem| visitor.t(problem)).collect(),
        history: events(visitor, &view.history, "call"),
        tone: call_tone(view.state),
        word: visitor.t(&format!("call-state-{}", view.state.code())),
        places: visitor.ta("call-places-count", &[("n", i18n::Arg::Number(record.call.places))]),
        opens: i18n::long_datetime(visitor.lang, record.call.window.opens_at.0),
        closes: i18n::long_datetime(visitor.lang, record.call.window.closes_at.0),
        rules: rules(visitor, &record.call.eligibility, &territory),
        waiting: waiting(visitor, record.call.max_waiting),
        reason,
        errors,
        id: call,
        view,
    };
    Ok(html(status, &template))
}

/// Shows a call's working page.
pub async fn show(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, call, String::new(), Errors::none(), StatusCode::OK).await
}

async fn answer(visitor: &Visitor, call: Uuid, reason: String, outcome: Outcome<()>, flash: &'static str) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::manage_call(call), flash)),
        Err(Error::NotFound) => Err(visitor.problem(Error::NotFound)),
        Err(error) => {
            let errors = Errors::of(visitor, error, |field| {
                format!("call-field-{}", field.replace('_', "-"))
            })?;
            page(visitor, call, reason, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Publishes a call.
pub async fn publish(visitor: Visitor, Path(call): Path<Uuid>, form: Submitted) -> Answer {
    let command = PublishCall {
        call: CallId(call),
        at_once: form.ticked("at_once"),
    };
    let outcome = perform(&visitor.context, command).await;
    answer(&visitor, call, String::new(), outcome, "flash-call-published").await
}

/// Closes a call before its time.
pub async fn close(visitor: Visitor, Path(call): Path<Uuid>, form: Submitted) -> Answer {
    let command = CloseCall {
        call: CallId(call),
        reason: form.text("reason"),
    };
    let outcome = perform(&visitor.context, command).await;
    answer(&visitor, call, form.text("reason"), outcome, "flash-call-closed").await
}

/// Gives a call up.
pub async fn cancel(visitor: Visitor, Path(call): Path<Uuid>, form: Submitted) -> Answer {
    let command = CancelCall {
        call: CallId(call),
        reason: form.text("reason"),
        sure: form.ticked("sure"),
    };
    let outcome = perform(&visitor.context, command).await;
    answer(&visitor, call, form.text("reason"), outcome, "flash-call-cancelled").await
}
