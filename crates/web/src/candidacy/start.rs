//! Starting a candidacy, and the list of one's own.

use super::fields::errors_of;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{CallId, OrganisationId};
use use_cases::candidacy::{Candidate, OwnCandidacies, StartCandidacy, ViewStart, reason_key};
use use_cases::ports::{CallFrame, OwnCandidacy};
use use_cases::{perform, read};
use uuid::Uuid;

struct Choice {
    id: Uuid,
    name: String,
    reasons: Vec<String>,
    href: String,
}

#[derive(Template)]
#[template(path = "candidacy/start.html")]
struct Start {
    page: Page,
    frame: CallFrame,
    open: bool,
    choices: Vec<Choice>,
    errors: Errors,
    chosen: String,
}

fn choice(visitor: &Visitor, candidate: Candidate) -> Choice {
    Choice {
        id: candidate.organisation.id.0,
        name: candidate.organisation.name,
        reasons: candidate
            .reasons
            .iter()
            .map(|reason| visitor.t(reason_key(*reason)))
            .collect(),
        href: candidate
            .living
            .map(addresses::candidacy::candidacy)
            .unwrap_or_default(),
    }
}

async fn page(visitor: &Visitor, call: CallId, errors: Errors, chosen: String) -> Answer {
    visitor.signed_in()?;
    let (frame, open, candidates) = read(&visitor.context, ViewStart(call))
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("candidacy-start-title"))
        .under(visitor.t("layout-nav-programmes"), addresses::programme::PROGRAMMES)
        .under(
            frame.programme_name.clone(),
            addresses::programme::programme(&frame.slug),
        )
        .under(frame.call.title.clone(), addresses::programme::call(frame.call.id))
        .here()
        .with_notice(frame.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let choices = candidates.into_iter().map(|one| choice(visitor, one)).collect();
    Ok(html(
        status,
        &Start {
            page,
            frame,
            open,
            choices,
            errors,
            chosen,
        },
    ))
}

pub(super) async fn show(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    page(&visitor, CallId(call), Errors::none(), String::new()).await
}

pub(super) async fn start(visitor: Visitor, Path(call): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let call = CallId(call);
    let Some(organisation) = form.id::<OrganisationId>("organisation") else {
        let error = use_cases::Error::field("organisation", "error-choose");
        let errors = errors_of(&visitor, &domain::form::Form::default(), error)?;
        return page(&visitor, call, errors, String::new()).await;
    };
    match perform(&visitor.context, StartCandidacy { call, organisation }).await {
        Ok(id) => Ok(redirect(&addresses::candidacy::candidacy(id))),
        Err(error) => {
            let errors = errors_of(&visitor, &domain::form::Form::default(), error)?;
            page(&visitor, call, errors, organisation.to_string()).await
        }
    }
}

#[derive(Template)]
#[template(path = "candidacy/own.html")]
struct Own {
    page: Page,
    lines: Vec<(OwnCandidacy, &'static str, String)>,
}

pub(super) async fn own(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let (_, lines) = read(&visitor.context, OwnCandidacies)
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("candidacy-own-title"))
        .here()
        .with_notices(lines.iter().map(|line| line.notice));
    let lines = lines
        .into_iter()
        .map(|line| {
            let state = super::show::state(&visitor, line.state);
            (line, state.0, state.1)
        })
        .collect();
    Ok(html(StatusCode::OK, &Own { page, lines }))
}
