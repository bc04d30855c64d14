//! A candidacy's page.

use super::check::{Lack, lacks};
use super::fields::{SectionView, StepView, errors_of, sections, steps};
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::candidacy::CandidacyState;
use domain::ids::CandidacyId;
use use_cases::candidacy::{CandidacyView, ViewCandidacy};
use use_cases::{Error, read};
use uuid::Uuid;

/// Gives the tone and word of a state.
pub(super) fn state(visitor: &Visitor, state: CandidacyState) -> (&'static str, String) {
    let tone = match state {
        CandidacyState::Draft | CandidacyState::NotSelected | CandidacyState::Withdrawn => "neutral",
        CandidacyState::Received | CandidacyState::Waiting => "progress",
        CandidacyState::Selected | CandidacyState::Confirmed => "good",
        CandidacyState::Returned => "warning",
        CandidacyState::Lapsed | CandidacyState::Ineligible => "bad",
    };
    (
        tone,
        visitor.t(&format!("candidacy-state-{}", state.code().replace('_', "-"))),
    )
}

struct Event {
    what: String,
    who: String,
    role: String,
    at: domain::Timestamp,
    why: String,
    strong: bool,
}

struct LetterLine {
    number: i64,
    what: String,
    at: domain::Timestamp,
}

#[derive(Template)]
#[template(path = "candidacy/show.html")]
struct Show {
    page: Page,
    view: CandidacyView,
    tone: &'static str,
    word: String,
    sections: Vec<SectionView>,
    steps: Vec<StepView>,
    lacks: Vec<Lack>,
    events: Vec<Event>,
    letters: Vec<LetterLine>,
    errors: Errors,
    typed: Submitted,
    id: Uuid,
}

fn events(visitor: &Visitor, view: &CandidacyView) -> Vec<Event> {
    view.history
        .iter()
        .map(|line| {
            let kind = line
                .kind
                .strip_prefix("candidacy.")
                .unwrap_or(&line.kind)
                .replace('_', "-");
            let mut what = visitor.t(&format!("candidacy-event-{kind}"));
            if let Some(order) = line.order {
                what = format!(
                    "{what}, {}",
                    visitor.ta("candidacy-number", &[("order", i18n::Arg::Number(order))])
                );
            }
            let system = line.who.is_empty() && line.role.is_empty();
            let who = match (system, line.who.is_empty()) {
                (true, _) => visitor.t("common-system"),
                (_, true) => view.frame.programme_name.clone(),
                _ => line.who.clone(),
            };
            let role = if line.role.is_empty() {
                String::new()
            } else {
                visitor.t(&format!("role-{}", line.role.replace('_', "-")))
            };
            let quiet = ["candidacy.started", "candidacy.signed", "candidacy.scan_dropped"];
            Event {
                what,
                who,
                role,
                at: line.at,
                why: line.why.clone(),
                strong: !quiet.contains(&line.kind.as_str()),
            }
        })
        .collect()
}

pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, id, Errors::none(), Submitted::default()).await
}

/// Shows the page again after a refused action, with what was typed.
pub(super) async fn again(visitor: &Visitor, id: Uuid, error: Error, typed: Submitted) -> Answer {
    if matches!(error, Error::NotFound) {
        return Err(visitor.problem(error));
    }
    let view = load(visitor, id).await?;
    let errors = errors_of(visitor, &view.frame.form, error)?;
    page(visitor, id, errors, typed).await
}

async fn load(visitor: &Visitor, id: Uuid) -> Result<CandidacyView, Problem> {
    read(&visitor.context, ViewCandidacy(CandidacyId(id)))
        .await
        .map_err(|e| visitor.problem(e))
}

async fn page(visitor: &Visitor, id: Uuid, errors: Errors, typed: Submitted) -> Answer {
    let view = load(visitor, id).await?;
    let (tone, word) = state(visitor, view.row.candidacy.state);
    let title = visitor.ta(
        "candidacy-title",
        &[("organisation", i18n::Arg::Text(view.organisation.name.clone()))],
    );
    let mut page = visitor
        .page(title)
        .under(visitor.t("layout-nav-programmes"), addresses::programme::PROGRAMMES)
        .under(
            view.frame.programme_name.clone(),
            addresses::programme::programme(&view.frame.slug),
        )
        .under(
            view.frame.call.title.clone(),
            addresses::programme::call(view.frame.call.id),
        );
    if view.may_instruct {
        page = page.under(
            visitor.t("candidacy-list-title"),
            addresses::candidacy::candidacies(view.frame.call.id),
        );
    }
    let page = page.here().with_notice(view.frame.notice);
    let letters = view.letters.iter().map(|(number, kind, at)| LetterLine {
        number: *number,
        what: visitor.t(&format!("candidacy-letter-kind-{}", kind.replace('_', "-"))),
        at: *at,
    });
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = Show {
        page,
        tone,
        word,
        sections: sections(visitor, &view.frame.form, &view.content.answers, &Errors::none()),
        steps: steps(visitor, &view, ""),
        lacks: lacks(visitor, &view),
        events: events(visitor, &view),
        letters: letters.collect(),
        view,
        errors,
        typed,
        id,
    };
    Ok(html(status, &template))
}
