//! Checking the answers, printing the form, signing it, depositing.

use super::fields::{SectionView, StepView, errors_of, label_of, sections, step_of, steps};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::CandidacyId;
use i18n::Arg;
use use_cases::candidacy::{CandidacyView, Deposit, ViewCandidacy, attach_scan};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// What a deposit still lacks, with the page where it is given.
pub(super) struct Lack {
    pub label: String,
    pub message: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "candidacy/check.html")]
struct Check {
    page: Page,
    view: CandidacyView,
    sections: Vec<SectionView>,
    steps: Vec<StepView>,
    lacks: Vec<Lack>,
    complete: bool,
    errors: Errors,
    id: Uuid,
    refused: bool,
}

/// Gives what is missing of the form itself, the signature apart.
pub(super) fn lacks(visitor: &Visitor, view: &CandidacyView) -> Vec<Lack> {
    let form = &view.frame.form;
    let missing = view.lacking.iter().filter(|error| error.field != "scan");
    missing
        .map(|error| Lack {
            label: label_of(visitor, form, &error.field),
            message: visitor.ta(
                error.message,
                &[("detail", Arg::Text(error.detail.clone().unwrap_or_default()))],
            ),
            href: format!(
                "{}#{}",
                addresses::candidacy::step(view.row.candidacy.id, &step_of(form, &error.field)),
                error.field
            ),
        })
        .collect()
}

async fn page(visitor: &Visitor, id: Uuid, errors: Errors, refused: bool) -> Answer {
    let view = load(visitor, id).await?;
    if !view.is_open_for_writing() {
        return Err(visitor.problem(Error::Conflict("error-not-in-this-state")));
    }
    let page = visitor
        .page(visitor.t("candidacy-check-title"))
        .under(
            view.frame.call.title.clone(),
            addresses::programme::call(view.frame.call.id),
        )
        .under(view.organisation.name.clone(), addresses::candidacy::candidacy(id))
        .here()
        .with_notice(view.frame.notice);
    let lacks = lacks(visitor, &view);
    let status = if refused || errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(html(
        status,
        &Check {
            page,
            sections: sections(visitor, &view.frame.form, &view.content.answers, &Errors::none()),
            steps: steps(visitor, &view, ""),
            complete: lacks.is_empty(),
            lacks,
            view,
            errors,
            id,
            refused,
        },
    ))
}

async fn load(visitor: &Visitor, id: Uuid) -> Result<CandidacyView, crate::shell::Problem> {
    visitor.signed_in()?;
    read(&visitor.context, ViewCandidacy(CandidacyId(id)))
        .await
        .map_err(|e| visitor.problem(e))
}

pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, Errors::none(), false).await
}

pub(super) async fn sign(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let (name, bytes) = form
        .file("scan")
        .map(|file| (file.name.clone(), file.bytes.clone()))
        .unwrap_or_default();
    match attach_scan(&visitor.context, CandidacyId(id), &name, bytes).await {
        Ok(()) => {
            let to = addresses::candidacy::part(id, "verifier");
            Ok(redirect_with(&visitor.web, &to, "flash-candidacy-signed"))
        }
        Err(error) => {
            let view = load(&visitor, id).await?;
            let errors = errors_of(&visitor, &view.frame.form, error)?;
            page(&visitor, id, errors, false).await
        }
    }
}

pub(super) async fn deposit(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    match perform(
        &visitor.context,
        Deposit {
            candidacy: CandidacyId(id),
        },
    )
    .await
    {
        Ok(_) => {
            let to = addresses::candidacy::part(id, "recepisse");
            Ok(redirect_with(&visitor.web, &to, "flash-candidacy-received"))
        }
        Err(Error::NotFound) => Err(visitor.problem(Error::NotFound)),
        Err(error) => {
            let view = load(&visitor, id).await?;
            let errors = errors_of(&visitor, &view.frame.form, error)?;
            page(&visitor, id, errors, true).await
        }
    }
}

#[derive(Template)]
#[template(path = "candidacy/print.html")]
struct Print {
    page: Page,
    view: CandidacyView,
    sections: Vec<SectionView>,
    id: Uuid,
}

pub(super) async fn print(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    let view = load(&visitor, id).await?;
    let page = visitor
        .page(visitor.t("candidacy-print-title"))
        .under(
            view.frame.call.title.clone(),
            addresses::programme::call(view.frame.call.id),
        )
        .under(view.organisation.name.clone(), addresses::candidacy::candidacy(id))
        .here()
        .with_notice(view.frame.notice);
    let sections = sections(&visitor, &view.frame.form, &view.content.answers, &Errors::none());
    Ok(html(
        StatusCode::OK,
        &Print {
            page,
            view,
            sections,
            id,
        },
    ))
}
