//! A programme's documents: who signed them, under which delegation, for how long, and their file.

use super::{found, record, to_manage};
use crate::error::{Error, FieldError, Fields, Outcome};
use crate::files::{FileLeave, StagedFile, open_file};
use crate::perform::{Context, UseCase, read_last};
use crate::ports::{DocumentRow, ProgrammeRecord};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{ManageProgramme, ReadProgramme, ReadProgrammePublic};
use authorization::{Action, Permitted};
use domain::date::Date;
use domain::document::{Document, DocumentKind, DocumentProblem, DocumentSubject};
use domain::ids::{DocumentId, ProgrammeId};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The fields of a document's form, in their order.
const ORDER: &[&str] = &[
    "kind",
    "title",
    "number",
    "dated_on",
    "transmitted_on",
    "published_on",
    "signatory",
    "function",
    "delegation",
    "valid_from",
    "valid_until",
    "file",
];

/// What an organiser types of a document; dates as typed.
#[derive(Clone, Debug, Default)]
pub struct DocumentDraft {
    /// What it is.
    pub kind: Option<DocumentKind>,
    /// Its title.
    pub title: String,
    /// Its number, as its author gives it.
    pub number: String,
    /// Who signed it.
    pub signatory: String,
    /// As what they signed it.
    pub function: String,
    /// The delegation under which they signed.
    pub delegation: String,
    /// The day it bears.
    pub dated_on: String,
    /// The day it was sent to the prefecture.
    pub transmitted_on: String,
    /// The day it was published.
    pub published_on: String,
    /// The first day it holds.
    pub valid_from: String,
    /// The last day it holds.
    pub valid_until: String,
    /// Whether everybody may read it.
    pub public: bool,
}

/// What is sealed of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Details {
    title: String,
    number: String,
    signatory: String,
    function: String,
    delegation: String,
    file: String,
}

/// A document as a page shows it.
#[derive(Clone, Debug)]
pub struct DocumentLine {
    /// The document; its file's name stands beside it.
    pub document: Document,
    /// Whether everybody may read it.
    pub public: bool,
    /// The name of its file; empty where it has none.
    pub file: String,
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn line(row: DocumentRow, details: Details) -> DocumentLine {
    DocumentLine {
        document: Document {
            id: row.id,
            subject: row.subject,
            subject_id: row.subject_id,
            kind: row.kind,
            title: details.title,
            number: given(details.number),
            signatory_name: given(details.signatory),
            signatory_function: given(details.function),
            delegation: given(details.delegation),
            dated_on: row.dated_on,
            transmitted_on: row.transmitted_on,
            published_on: row.published_on,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            blob: row.blob,
        },
        public: row.public,
        file: details.file,
    }
}

async fn details(unit: &mut Unit, row: &DocumentRow) -> Outcome<Details> {
    let text = unit
        .open_text_unnoted(place("document", "details_sealed", row.id.0), &row.details)
        .await?;
    serde_json::from_str(&text).map_err(|e| Error::Internal(format!("a document's details: {e}")))
}

/// Gives a programme's documents; the others than public ones only where `all`, and then noted.
pub(super) async fn lines<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ProgrammeRecord>,
    all: bool,
) -> Outcome<Vec<DocumentLine>> {
    let id = proof.programme.id;
    let mut lines = Vec::new();
    for row in unit.store.documents(DocumentSubject::Programme, id.0).await? {
        if !row.public && !all {
            continue;
        }
        if !row.public {
            unit.note_reading(proof.acting(), A::NAME, "Programme", id.0);
        }
        let details = details(unit, &row).await?;
        lines.push(line(row, details));
    }
    Ok(lines)
}

/// Gives the documents of a programme that everybody may read.
pub(crate) async fn public_documents(unit: &mut Unit, programme: ProgrammeId) -> Outcome<Vec<DocumentLine>> {
    let mut lines = Vec::new();
    for row in unit.store.documents(DocumentSubject::Programme, programme.0).await? {
        if row.public {
            let details = details(unit, &row).await?;
            lines.push(line(row, details));
        }
    }
    Ok(lines)
}

/// Says whether the reader may add documents to a programme, before a file is stored for it.
pub struct MayAddDocument(pub String);

impl UseCase for MayAddDocument {
    type Output = ProgrammeRecord;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProgrammeRecord> {
        Ok(found::<ManageProgramme>(unit, &self.0).await?.into_value())
    }
}

/// Adds a document to a programme.
pub struct AddDocument {
    /// The programme's address.
    pub slug: String,
    /// What was typed.
    pub draft: DocumentDraft,
    /// Its file, sealed under the programme.
    pub file: Option<StagedFile>,
    /// What is wrong with the file that was chosen, told together with the rest.
    pub refused: Vec<FieldError>,
}

fn day(fields: &mut Fields, field: &str, text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok();
    if day.is_none() {
        fields.add(field, "error-not-a-date");
    }
    day
}

impl AddDocument {
    fn check(&self, id: DocumentId, programme: ProgrammeId, title_max: usize) -> Outcome<(Document, Details)> {
        let draft = &self.draft;
        let mut fields = Fields::new();
        if draft.kind.is_none() {
            fields.add("kind", "error-choose");
        }
        let details = Details {
            title: fields.optional("title", &draft.title, title_max),
            number: fields.optional("number", &draft.number, 100),
            signatory: fields.optional("signatory", &draft.signatory, title_max),
            function: fields.optional("function", &draft.function, title_max),
            delegation: fields.optional("delegation", &draft.delegation, title_max),
            file: self
                .file
                .as_ref()
                .map(|file| file.name().to_owned())
                .unwrap_or_default(),
        };
        let kind = draft.kind.unwrap_or(DocumentKind::Other);
        if kind == DocumentKind::Deliberation {
            fields.required("number", &draft.number, 100);
            fields.required("dated_on", &draft.dated_on, 10);
        }
        let document = Document {
            id,
            subject: DocumentSubject::Programme,
            subject_id: programme.0,
            kind,
            title: details.title.clone(),
            number: None,
            signatory_name: None,
            signatory_function: None,
            delegation: None,
            dated_on: day(&mut fields, "dated_on", &draft.dated_on),
            transmitted_on: day(&mut fields, "transmitted_on", &draft.transmitted_on),
            published_on: day(&mut fields, "published_on", &draft.published_on),
            valid_from: day(&mut fields, "valid_from", &draft.valid_from),
            valid_until: day(&mut fields, "valid_until", &draft.valid_until),
            blob: None,
        };
        for problem in document.problems() {
            let (field, message) = match problem {
                DocumentProblem::TitleMissing => ("title", "error-required"),
                DocumentProblem::EndsBeforeItBegins => ("valid_until", "error-window"),
                DocumentProblem::SentBeforeDated => ("transmitted_on", "programme-error-before-dated"),
                DocumentProblem::PublishedBeforeDated => ("published_on", "programme-error-before-dated"),
            };
            fields.add(field, message);
        }
        fields.extend(self.refused.iter().cloned());
        fields.done_in(ORDER)?;
        Ok((document, details))
    }
}

impl UseCase for AddDocument {
    type Output = DocumentId;

    async fn run(&self, unit: &mut Unit) -> Outcome<DocumentId> {
        let proof = to_manage(unit, &self.slug).await?;
        let (acting, programme) = (proof.acting().clone(), proof.programme.id);
        let id = DocumentId(unit.fresh_id());
        let (document, details) = self.check(id, programme, unit.app.settings.limits.title)?;
        let holder = KeyHolder::Programme(programme);
        let text = serde_json::to_vec(&details).map_err(|e| Error::Internal(e.to_string()))?;
        let row = DocumentRow {
            id,
            programme,
            subject: DocumentSubject::Programme,
            subject_id: programme.0,
            kind: document.kind,
            details: unit
                .seal(holder, place("document", "details_sealed", id.0), &text)
                .await?,
            dated_on: document.dated_on,
            transmitted_on: document.transmitted_on,
            published_on: document.published_on,
            valid_from: document.valid_from,
            valid_until: document.valid_until,
            public: self.draft.public,
            blob: match &self.file {
                Some(file) => Some(file.keep(unit, holder).await?),
                None => None,
            },
            created_by: acting.person(),
            created_at: unit.now,
            ended_at: None,
        };
        unit.store.insert_document(&row).await?;
        let body = json!({"document": id, "kind": row.kind, "title": details.title, "number": details.number, "public": row.public});
        record(unit, &acting, programme, "programme.document_added", body).await?;
        Ok(id)
    }
}

/// Takes a document away from its programme's lists; the journal keeps that it was there.
pub struct EndDocument(pub DocumentId);

impl UseCase for EndDocument {
    type Output = String;

    async fn run(&self, unit: &mut Unit) -> Outcome<String> {
        let row = unit.store.document(self.0).await?.ok_or(Error::NotFound)?;
        let taken = unit.store.programme_for_change(row.programme, unit.now).await?;
        let proof = unit.permit_found::<ManageProgramme, _>(taken)?;
        let acting = proof.acting().clone();
        let details = details(unit, &row).await?;
        unit.store.end_document(row.id, unit.now).await?;
        let body = json!({"document": row.id, "title": details.title});
        record(unit, &acting, row.programme, "programme.document_ended", body).await?;
        Ok(proof.into_value().programme.slug)
    }
}

struct LeaveOf(DocumentId);

impl UseCase for LeaveOf {
    type Output = (FileLeave, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let row = unit.store.document(self.0).await?.ok_or(Error::NotFound)?;
        let blob = row.blob.ok_or(Error::NotFound)?;
        let programme = unit.store.programme(row.programme, unit.now).await?;
        let leave = if row.public {
            let proof = unit.permit_found::<ReadProgrammePublic, _>(programme)?;
            unit.file_leave(&proof, blob).await?
        } else {
            let proof = unit.permit_found::<ReadProgramme, _>(programme)?;
            unit.file_leave(&proof, blob).await?
        };
        Ok((leave, details(unit, &row).await?.file))
    }
}

/// Opens a document's file for whoever may read it: its name, type and bytes.
///
/// # Errors
/// [`Error::NotFound`] for a document that is not there or may not be read.
pub async fn download_document(context: &Context, id: DocumentId) -> Outcome<(String, String, Vec<u8>)> {
    let (leave, name) = read_last(context, LeaveOf(id)).await?;
    let bytes = open_file(&context.app, &leave).await?;
    Ok((name, leave.media_type().to_owned(), bytes))
}
