//! A programme's documents: added, sent, taken away.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with, send_file};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::document::DocumentKind;
use domain::ids::{DocumentId, ProgrammeId};
use use_cases::files::{StagedFile, store_paper};
use use_cases::programme::{AddDocument, DocumentDraft, EndDocument, MayAddDocument, download_document};
use use_cases::vault::KeyHolder;
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

/// The kinds that an organiser adds by hand.
const KINDS: &[DocumentKind] = &[
    DocumentKind::Deliberation,
    DocumentKind::Convention,
    DocumentKind::Contract,
    DocumentKind::Form,
    DocumentKind::Notice,
    DocumentKind::Decision,
    DocumentKind::Other,
];

#[derive(Template)]
#[template(path = "programme/document.html")]
struct DocumentPage {
    page: Page,
    form: DocumentDraft,
    kinds: Vec<(&'static str, String, bool)>,
    errors: Errors,
    back: String,
}

fn typed(form: &Submitted) -> DocumentDraft {
    DocumentDraft {
        kind: DocumentKind::from_code(&form.text("kind")),
        title: form.text("title"),
        number: form.text("number"),
        signatory: form.text("signatory"),
        function: form.text("function"),
        delegation: form.text("delegation"),
        dated_on: form.text("dated_on"),
        transmitted_on: form.text("transmitted_on"),
        published_on: form.text("published_on"),
        valid_from: form.text("valid_from"),
        valid_until: form.text("valid_until"),
        public: form.ticked("public"),
    }
}

async fn page(visitor: &Visitor, slug: &str, form: DocumentDraft, errors: Errors, status: StatusCode) -> Answer {
    let record = read(&visitor.context, MayAddDocument(slug.to_owned()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let back = at::programme(slug);
    let page = visitor
        .page(visitor.t("programme-document-title"))
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&record.programme.name, back.clone())
        .here()
        .with_notice(record.programme.notice);
    let kinds = KINDS
        .iter()
        .map(|kind| {
            let key = format!("programme-document-kind-{}", kind.code().replace('_', "-"));
            (kind.code(), visitor.t(&key), form.kind == Some(*kind))
        })
        .collect();
    Ok(html(
        status,
        &DocumentPage {
            page,
            form,
            kinds,
            errors,
            back,
        },
    ))
}

/// Shows the form that adds a document.
pub async fn new(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    page(
        &visitor,
        &slug,
        DocumentDraft::default(),
        Errors::none(),
        StatusCode::OK,
    )
    .await
}

async fn stored(visitor: &Visitor, programme: ProgrammeId, form: &Submitted) -> Outcome<Option<StagedFile>> {
    let Some(upload) = form.file("file") else {
        return Ok(None);
    };
    let holder = KeyHolder::Programme(programme);
    store_paper(&visitor.context, holder, "file", upload.bytes.clone(), &upload.name)
        .await
        .map(Some)
}

/// Adds a document.
pub async fn add(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    let draft = typed(&form);
    let record = read(&visitor.context, MayAddDocument(slug.clone()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let (file, refused) = match stored(&visitor, record.programme.id, &form).await {
        Ok(file) => (file, Vec::new()),
        Err(Error::Invalid(problems)) => (None, problems),
        Err(error) => return Err(visitor.problem(error)),
    };
    let command = AddDocument {
        slug: slug.clone(),
        draft: draft.clone(),
        file,
        refused,
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &at::programme(&slug),
            "flash-programme-document-added",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |f| {
                format!("programme-document-field-{}", f.replace('_', "-"))
            })?;
            page(&visitor, &slug, draft, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Sends a document's file.
pub async fn file(visitor: Visitor, Path(document): Path<Uuid>) -> Answer {
    let (name, media_type, bytes) = download_document(&visitor.context, DocumentId(document))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(send_file(&name, &media_type, bytes))
}

/// Takes a document away.
pub async fn end(visitor: Visitor, Path(document): Path<Uuid>) -> Answer {
    let slug = perform(&visitor.context, EndDocument(DocumentId(document)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::programme(&slug),
        "flash-programme-document-ended",
    ))
}
