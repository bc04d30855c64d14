//! A call's candidacies for its organisers, and the decision.

use super::fields::{SectionView, sections};
use super::show::state;
use crate::shell::{Answer, Errors, Page, Visitor, html, redirect_with};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::call::CallState;
use domain::candidacy::CandidacyState;
use domain::ids::CallId;
use std::collections::HashMap;
use use_cases::candidacy::{CandidacyList, DecideCall, DecisionLine, ListCandidacies, PreviewDecision};
use use_cases::{Error, perform, read};
use uuid::Uuid;

struct Line {
    href: String,
    organisation: String,
    order: i64,
    rank: String,
    received_at: domain::Timestamp,
    tone: &'static str,
    word: String,
    until: Option<domain::Timestamp>,
    paper: bool,
}

struct Filter {
    label: String,
    code: &'static str,
    count: i64,
    current: bool,
}

#[derive(Template)]
#[template(path = "candidacy/list.html")]
struct List {
    page: Page,
    list: CandidacyList,
    call_state: String,
    lines: Vec<Line>,
    filters: Vec<Filter>,
    next_page: String,
    papers: Vec<Vec<SectionView>>,
    may_decide: bool,
    may_enter_paper: bool,
    total: i64,
}

fn filters(visitor: &Visitor, list: &CandidacyList, chosen: Option<CandidacyState>) -> Vec<Filter> {
    let total = list.counts.iter().map(|(_, n)| n).sum();
    let all = Filter {
        label: visitor.t("candidacy-list-all"),
        code: "",
        count: total,
        current: chosen.is_none(),
    };
    let states = CandidacyState::ALL.iter().filter_map(|one| {
        let count = list.counts.iter().find(|(state, _)| state == one).map(|(_, n)| *n)?;
        Some(Filter {
            label: state(visitor, *one).1,
            code: one.code(),
            count,
            current: chosen == Some(*one),
        })
    });
    std::iter::once(all).chain(states).collect()
}

fn lines(visitor: &Visitor, list: &CandidacyList) -> Vec<Line> {
    list.lines
        .iter()
        .map(|ranked| {
            let (tone, word) = state(visitor, ranked.line.state);
            Line {
                href: addresses::candidacy::candidacy(ranked.line.id),
                organisation: ranked.line.organisation.clone(),
                order: ranked.line.order_number,
                rank: ranked.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
                received_at: ranked.line.received_at,
                tone,
                word,
                until: ranked.line.answer_by,
                paper: ranked.line.channel == "paper",
            }
        })
        .collect()
}

pub(super) async fn show(
    visitor: Visitor,
    Path(call): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let chosen = query.get("etat").and_then(|code| CandidacyState::from_code(code));
    let command = ListCandidacies {
        call: CallId(call),
        state: chosen,
        after: query
            .get("apres")
            .and_then(|text| text.parse().ok())
            .unwrap_or_default(),
    };
    let list = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("candidacy-list-title"))
        .under(visitor.t("layout-nav-programmes"), addresses::programme::PROGRAMMES)
        .under(
            list.frame.programme_name.clone(),
            addresses::programme::programme(&list.frame.slug),
        )
        .under(list.frame.call.title.clone(), addresses::programme::call(call))
        .here()
        .with_notice(list.frame.notice);
    let etat = chosen
        .map(|state| format!("etat={}&", state.code()))
        .unwrap_or_default();
    let template = List {
        page,
        call_state: visitor.t(&format!("candidacy-call-{}", list.state.code())),
        lines: lines(&visitor, &list),
        filters: filters(&visitor, &list, chosen),
        next_page: list
            .next
            .map(|after| format!("?{etat}apres={after}"))
            .unwrap_or_default(),
        papers: list
            .papers
            .iter()
            .map(|one| sections(&visitor, &list.frame.form, &one.content.answers, &Errors::none()))
            .collect(),
        may_decide: list.may_instruct && list.state == CallState::Closed,
        may_enter_paper: list.may_instruct && matches!(list.state, CallState::Open | CallState::Closed),
        total: list.counts.iter().map(|(_, n)| n).sum(),
        list,
    };
    Ok(html(StatusCode::OK, &template))
}

struct Preview {
    line: DecisionLine,
    tone: &'static str,
    word: String,
}

#[derive(Template)]
#[template(path = "candidacy/decision.html")]
struct Decision {
    page: Page,
    list: CandidacyList,
    lines: Vec<Preview>,
    errors: Errors,
    id: Uuid,
}

async fn decision(visitor: &Visitor, call: Uuid, errors: Errors) -> Answer {
    let command = ListCandidacies {
        call: CallId(call),
        state: None,
        after: 0,
    };
    let list = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let lines = read(&visitor.context, PreviewDecision(CallId(call)))
        .await
        .map_err(|e| visitor.problem(e))?;
    if list.state != CallState::Closed && !errors.any() {
        return Err(visitor.problem(Error::Conflict("candidacy-error-call-not-closed")));
    }
    let page = visitor
        .page(visitor.t("candidacy-decision-title"))
        .under(list.frame.call.title.clone(), addresses::programme::call(call))
        .under(
            visitor.t("candidacy-list-title"),
            addresses::candidacy::candidacies(call),
        )
        .here()
        .with_notice(list.frame.notice);
    let lines = lines
        .into_iter()
        .map(|line| {
            let (tone, word) = state(
                visitor,
                CandidacyState::from_code(line.outcome.code()).unwrap_or(CandidacyState::Received),
            );
            Preview { line, tone, word }
        })
        .collect();
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(html(
        status,
        &Decision {
            page,
            list,
            lines,
            errors,
            id: call,
        },
    ))
}

pub(super) async fn preview(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    decision(&visitor, call, Errors::none()).await
}

pub(super) async fn decide(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    match perform(&visitor.context, DecideCall { call: CallId(call) }).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacies(call),
            "flash-candidacy-decided",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |_| String::new())?;
            decision(&visitor, call, errors).await
        }
    }
}
