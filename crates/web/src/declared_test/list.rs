//! What an organisation declared, and importing after a look at what a file would do.

use super::label;
use crate::register::already_tested as tests;
use crate::shell::{Answer, Errors, IMPORT_MAX, Page, Submitted, Visitor, html, redirect_with, send_file};
use addresses::{declared_test as at, organisation as organisations};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use std::collections::HashMap;
use use_cases::csv_file::{LineError, decode};
use use_cases::declared_test::{
    COLUMNS, DeclaredTestsPage, ImportTests, ListDeclaredTestsOf, MayDeclareTest, PreviewTests, TestsPreview,
};
use use_cases::ports::DeclaredTestRecord;
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "declared_test/list.html")]
struct ListPage {
    page: Page,
    view: DeclaredTestsPage,
    here: String,
    declare: String,
    next_page: String,
    text: String,
    preview: Option<TestsPreview>,
    errors: Errors,
}

impl ListPage {
    fn href(&self, record: &DeclaredTestRecord) -> String {
        at::show(record.test.id.0)
    }

    fn days(&self, test: &domain::declared_test::DeclaredTest) -> String {
        tests::days(&self.page, test.from, test.until)
    }

    fn version(&self, name: &str) -> String {
        if name.is_empty() {
            self.page.t("register-version-unknown")
        } else {
            name.to_owned()
        }
    }

    fn cost(&self, test: &domain::declared_test::DeclaredTest) -> String {
        let write = |cents| i18n::euros(self.page.lang_is, cents);
        test.cost_cents.map_or_else(String::new, write)
    }

    fn error_line(&self, error: &LineError) -> String {
        self.page.t1(error.message, "found", &error.found)
    }

    fn known(&self) -> String {
        let known = self.preview.as_ref().map_or(0, |preview| preview.known);
        self.page.tn("import-known", known)
    }
}

#[derive(Default)]
struct Shown {
    after: String,
    text: String,
    preview: Option<TestsPreview>,
    errors: Errors,
}

async fn page(visitor: &Visitor, organisation: Uuid, shown: Shown) -> Answer {
    let query = ListDeclaredTestsOf {
        organisation: OrganisationId(organisation),
        after: shown.after.parse().ok(),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let here = at::list(organisation);
    let status = if shown.errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let next = view.next.map(|after| format!("{here}?apres={after}"));
    let template = ListPage {
        page: visitor
            .page(visitor.t("declared-list-title"))
            .under(&view.organisation.name, organisations::organisation(organisation))
            .here(),
        declare: if view.may_declare {
            at::declare(organisation)
        } else {
            String::new()
        },
        next_page: next.unwrap_or_default(),
        here,
        view,
        text: shown.text,
        preview: shown.preview,
        errors: shown.errors,
    };
    Ok(html(status, &template))
}

/// Lists what an organisation declared.
pub(super) async fn show(
    visitor: Visitor,
    Path(organisation): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let shown = Shown {
        after: query.get("apres").cloned().unwrap_or_default(),
        ..Shown::default()
    };
    page(&visitor, organisation, shown).await
}

/// Sends an empty file with the columns that an import reads.
pub(super) async fn template(visitor: Visitor, Path(organisation): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    read(&visitor.context, MayDeclareTest(OrganisationId(organisation)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let text = format!("\u{feff}{}\r\n", COLUMNS.join(";"));
    Ok(send_file("tests.csv", "text/csv; charset=utf-8", text.into_bytes()))
}

/// Shows what a file would do, or does it once that was seen.
pub(super) async fn import(visitor: Visitor, Path(organisation): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let id = OrganisationId(organisation);
    let seen = form.text("step") == "record";
    let text = if seen {
        form.text("text")
    } else {
        form.file("file").map(|file| decode(&file.bytes)).unwrap_or_default()
    };
    let mut problems = Vec::new();
    if seen && text.len() <= IMPORT_MAX {
        let command = ImportTests {
            organisation: id,
            text: text.clone(),
        };
        match perform(&visitor.context, command).await {
            Ok(_) => {
                return Ok(redirect_with(
                    &visitor.web,
                    &at::list(organisation),
                    "flash-tests-imported",
                ));
            }
            // Something has changed since the look: the file is looked at again below.
            Err(Error::Invalid(fields)) => problems.extend(fields),
            Err(other) => return Err(visitor.problem(other)),
        }
    }
    let query = PreviewTests {
        organisation: id,
        text: text.clone(),
    };
    let mut preview = Some(read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?);
    if let Some(message) = unreadable(&text) {
        preview = None;
        problems.push(use_cases::FieldError {
            field: "file".to_owned(),
            message,
            detail: None,
        });
    }
    let errors = if problems.is_empty() {
        Errors::none()
    } else {
        Errors::of(&visitor, Error::Invalid(problems), label)?
    };
    let shown = Shown {
        text,
        preview,
        errors,
        ..Shown::default()
    };
    page(&visitor, organisation, shown).await
}

/// Says why a file is not looked at.
fn unreadable(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("error-file-missing")
    } else {
        (text.len() > IMPORT_MAX).then_some("import-too-large")
    }
}
