//! Filling the form in, one step a page; everything typed is kept.

use super::fields::{
    FieldView, StepView, answers, errors_of, only, sections, signatory, step_label, step_names, step_of, steps,
};
use super::offers::{OfferView, Pressed, Search, offer_views, offers, pressed, search};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with, with_query};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::CandidacyId;
use std::collections::HashMap;
use use_cases::candidacy::{CandidacyView, Content, Part, SaveDraft, SignatoryFacts, ViewCandidacy};
use use_cases::{Error, FieldError, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "candidacy/step.html")]
struct Step {
    page: Page,
    step: String,
    number: usize,
    total: usize,
    fields: Vec<FieldView>,
    offers: Vec<OfferView>,
    search: Search,
    seen: String,
    signatory: SignatoryFacts,
    steps: Vec<StepView>,
    errors: Errors,
    signed: bool,
}

/// Loads what may be written on; anything else goes back to the candidacy's page.
async fn writable(visitor: &Visitor, id: CandidacyId) -> Result<CandidacyView, crate::shell::Problem> {
    visitor.signed_in()?;
    let view = read(&visitor.context, ViewCandidacy(id))
        .await
        .map_err(|e| visitor.problem(e))?;
    if !view.may_submit {
        return Err(visitor.problem(Error::NotFound));
    }
    if !view.is_open_for_writing() {
        return Err(visitor.problem(Error::Conflict("error-not-in-this-state")));
    }
    Ok(view)
}

fn page(
    visitor: &Visitor,
    view: &CandidacyView,
    step: &str,
    content: &Content,
    (search, seen): (Search, String),
    errors: Errors,
) -> Answer {
    let form = &view.frame.form;
    let names = step_names(form);
    let Some(position) = names.iter().position(|name| name == step) else {
        return Err(visitor.problem(Error::NotFound));
    };
    let id = view.row.candidacy.id;
    let all = sections(visitor, form, &content.answers, &errors);
    let fields = all
        .into_iter()
        .nth(position)
        .map(|section| section.fields)
        .unwrap_or_default();
    let page = visitor
        .page(step_label(visitor, form, step))
        .under(
            view.frame.call.title.clone(),
            addresses::programme::call(view.frame.call.id),
        )
        .under(view.organisation.name.clone(), addresses::candidacy::candidacy(id))
        .here()
        .with_notice(view.frame.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(html(
        status,
        &Step {
            page,
            step: step.to_owned(),
            number: position + 1,
            total: names.len(),
            fields,
            offers: offer_views(&content.offers, &errors, usize::from(search.blank)),
            search,
            seen,
            signatory: content.signatory.clone(),
            steps: steps(visitor, view, step),
            signed: view.signed,
            errors,
        },
    ))
}

pub(super) async fn show(
    visitor: Visitor,
    Path((id, step)): Path<(Uuid, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let view = writable(&visitor, CandidacyId(id)).await?;
    let content = view.content.clone();
    let search = match query.get("nom") {
        Some(text) if step == "produits" => search(&visitor, text.clone()).await?,
        _ => Search {
            blank: query.contains_key("plus"),
            ..Search::default()
        },
    };
    let seen = shown(&view, &step);
    page(&visitor, &view, &step, &content, (search, seen), Errors::none())
}

/// Gives the mark of what a page shows of a step.
fn shown(view: &CandidacyView, step: &str) -> String {
    view.content.mark(&match step {
        "produits" => Part::Offers(Vec::new()),
        "signataire" => Part::Signatory(SignatoryFacts::default()),
        _ => Part::Answers(only(&view.content, &view.frame.form, step)),
    })
}

fn part(form: &Submitted, step: &str) -> Part {
    match step {
        "produits" => Part::Offers(offers(form)),
        "signataire" => Part::Signatory(signatory(form)),
        _ => Part::Answers(answers(form)),
    }
}

/// Puts what was typed into the contents, to show it again.
fn typed(view: &CandidacyView, part: &Part) -> Content {
    let mut content = view.content.clone();
    match part.clone() {
        Part::Answers(answers) => content.answers.extend(answers),
        Part::Offers(offers) => content.offers = offers,
        Part::Signatory(signatory) => content.signatory = signatory,
    }
    content
}

pub(super) async fn save(visitor: Visitor, Path((id, step)): Path<(Uuid, String)>, form: Submitted) -> Answer {
    let candidacy = CandidacyId(id);
    let view = writable(&visitor, candidacy).await?;
    let mut part = part(&form, &step);
    if let Part::Answers(sent) = &mut part {
        // A box that is not ticked sends nothing: it is an empty answer.
        for (key, _) in only(&view.content, &view.frame.form, &step) {
            sent.entry(key).or_default();
        }
    }
    let content = typed(&view, &part);
    let seen = Some(form.text("seen")).filter(|seen| !seen.is_empty());
    let saved = match perform(&visitor.context, SaveDraft { candidacy, part, seen }).await {
        Ok(saved) => saved,
        Err(error) => {
            let errors = errors_of(&visitor, &view.frame.form, error)?;
            let kept = (Search::default(), shown(&view, &step));
            return page(&visitor, &view, &step, &content, kept, errors);
        }
    };
    let pressed = pressed(&form);
    let problems = match pressed {
        Pressed::Next => lacking(&visitor, candidacy, &step).await?,
        Pressed::More => saved.problems,
        // Whoever stops here, or still chooses products, is not told yet what is missing.
        Pressed::Later | Pressed::Find(_) | Pressed::Changed => Vec::new(),
    };
    if !problems.is_empty() {
        let errors = errors_of(&visitor, &view.frame.form, Error::Invalid(problems))?;
        return page(
            &visitor,
            &view,
            &step,
            &content,
            (Search::default(), saved.mark),
            errors,
        );
    }
    let flash = if saved.scan_dropped {
        "flash-candidacy-scan-dropped"
    } else {
        "flash-saved"
    };
    Ok(redirect_with(&visitor.web, &next(&view, &step, &pressed), flash))
}

/// Gives what a step that was just kept still lacks.
async fn lacking(
    visitor: &Visitor,
    candidacy: CandidacyId,
    step: &str,
) -> Result<Vec<FieldError>, crate::shell::Problem> {
    let view = read(&visitor.context, ViewCandidacy(candidacy))
        .await
        .map_err(|e| visitor.problem(e))?;
    let form = &view.frame.form;
    let here = view
        .lacking
        .iter()
        .filter(|error| error.field != "scan" && step_of(form, &error.field) == step);
    Ok(here.cloned().collect())
}

fn next(view: &CandidacyView, step: &str, pressed: &Pressed) -> String {
    let id = view.row.candidacy.id;
    match pressed {
        Pressed::Find(text) => {
            let here = addresses::candidacy::step(id, step);
            return format!("{}#catalogue", with_query(&here, &[("nom", text)]));
        }
        Pressed::More => {
            let here = addresses::candidacy::step(id, step);
            return format!("{}#offers", with_query(&here, &[("plus", "1")]));
        }
        Pressed::Changed => return addresses::candidacy::step(id, step),
        Pressed::Later => return addresses::candidacy::candidacy(id),
        Pressed::Next => {}
    }
    let names = step_names(&view.frame.form);
    let after = names.iter().skip_while(|name| *name != step).nth(1);
    after.map_or_else(
        || addresses::candidacy::part(id, "verifier"),
        |name| addresses::candidacy::step(id, name),
    )
}
