//! Forms that come on paper, entered by two people.

use super::fields::{SectionView, answers, errors_of, sections, signatory};
use super::offers::{OfferView, offer_views, offers};
use crate::organisation::Pick;
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::CallId;
use use_cases::candidacy::{AnswerPaper, OpenPaperScan, PaperForm, SignatoryFacts, ViewPaperForm, enter_paper};
use use_cases::organisation::Among;
use use_cases::ports::CallFrame;
use use_cases::{Error, perform, read, read_last};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "candidacy/paper.html")]
struct Paper {
    page: Page,
    organisation: Pick,
    arrival: String,
    sections: Vec<SectionView>,
    offers: Vec<OfferView>,
    signatory: SignatoryFacts,
    errors: Errors,
}

/// Reads whose form it is, among those that may answer the call.
async fn organisation(visitor: &Visitor, frame: &CallFrame, typed: &Submitted) -> Result<Pick, Problem> {
    let among = Among {
        kinds: frame.call.eligibility.kinds.clone(),
        within: frame.call.eligibility.territory,
    };
    Pick::among(visitor, "organisation", &typed.text("organisation"), among).await
}

async fn frame(visitor: &Visitor, call: Uuid) -> Result<CallFrame, Problem> {
    read(&visitor.context, ViewPaperForm(CallId(call)))
        .await
        .map_err(|e| visitor.problem(e))
}

async fn page(visitor: &Visitor, call: Uuid, typed: &Submitted, error: Option<Error>) -> Answer {
    let frame = frame(visitor, call).await?;
    let organisation = organisation(visitor, &frame, typed).await?;
    let errors = match error {
        Some(error) => errors_of(visitor, &frame.form, organisation.explain(error))?,
        None => Errors::none(),
    };
    let page = visitor
        .page(visitor.t("candidacy-paper-title"))
        .under(frame.call.title.clone(), addresses::programme::call(call))
        .under(
            visitor.t("candidacy-list-title"),
            addresses::candidacy::candidacies(call),
        )
        .here()
        .with_notice(frame.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = Paper {
        page,
        organisation,
        arrival: typed.text("arrival"),
        sections: sections(visitor, &frame.form, &answers(typed), &errors),
        offers: offer_views(&offers(typed), &errors, 2),
        signatory: signatory(typed),
        errors,
    };
    Ok(html(status, &template))
}

pub(super) async fn show(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, call, &Submitted::default(), None).await
}

pub(super) async fn enter(visitor: Visitor, Path(call): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let whose = organisation(&visitor, &frame(&visitor, call).await?, &form).await?;
    let command = PaperForm {
        call: CallId(call),
        organisation: whose.id,
        stated_arrival: form.instant("arrival"),
        answers: answers(&form),
        offers: offers(&form),
        signatory: signatory(&form),
    };
    let (name, bytes) = form
        .file("scan")
        .map(|file| (file.name.clone(), file.bytes.clone()))
        .unwrap_or_default();
    match enter_paper(&visitor.context, command, &name, bytes).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &addresses::candidacy::candidacies(call),
            "flash-candidacy-paper",
        )),
        Err(error) => page(&visitor, call, &form, Some(error)).await,
    }
}

pub(super) async fn answer(visitor: Visitor, Path(paper): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AnswerPaper {
        paper,
        confirm: form.text("answer") == "confirm",
    };
    let candidacy = perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    let to = match (candidacy, form.id::<CallId>("call")) {
        (Some(candidacy), _) => addresses::candidacy::candidacy(candidacy),
        (None, Some(call)) => addresses::candidacy::candidacies(call),
        (None, None) => addresses::people::DESK.to_owned(),
    };
    Ok(redirect_with(&visitor.web, &to, "flash-candidacy-answered"))
}

pub(super) async fn scan(visitor: Visitor, Path(paper): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let leave = read_last(&visitor.context, OpenPaperScan(paper))
        .await
        .map_err(|e| visitor.problem(e))?;
    super::receipt::send(&visitor, &leave).await
}
