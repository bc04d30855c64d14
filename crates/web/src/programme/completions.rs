//! A programme's completions: by hand, and from a file after a look at what it would do.

use crate::shell::{Answer, Errors, IMPORT_MAX, Page, Submitted, Visitor, html, redirect_with};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use use_cases::csv_file::{LineError, decode};
use use_cases::programme::{
    AddCompletion, CompletionsView, ImportCompletions, Preview, PreviewCompletions, RemoveCompletion, ViewCompletions,
};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "programme/completions.html")]
struct CompletionsPage {
    page: Page,
    view: CompletionsView,
    form: AddCompletion,
    errors: Errors,
    preview: Option<Preview>,
    text: String,
}

impl CompletionsPage {
    fn base(&self) -> String {
        at::completions(&self.view.record.programme.slug)
    }

    fn known(&self) -> String {
        self.page
            .tn("import-known", self.preview.as_ref().map_or(0, |preview| preview.known))
    }

    fn day(&self, day: &domain::date::Date) -> String {
        i18n::date_of(self.page.lang_is, &day.to_string())
    }

    fn remove(&self, completion: &Uuid) -> String {
        at::remove_completion(&self.view.record.programme.slug, *completion)
    }

    fn error_line(&self, error: &LineError) -> String {
        self.page.t1(error.message, "found", &error.found)
    }
}

struct Shown {
    form: AddCompletion,
    errors: Errors,
    preview: Option<Preview>,
    text: String,
}

impl Shown {
    fn nothing() -> Self {
        Self {
            form: AddCompletion {
                slug: String::new(),
                organisation: String::new(),
                track: "P".to_owned(),
                completed_on: String::new(),
            },
            errors: Errors::none(),
            preview: None,
            text: String::new(),
        }
    }
}

async fn page(visitor: &Visitor, slug: &str, shown: Shown, status: StatusCode) -> Answer {
    let view = read(&visitor.context, ViewCompletions(slug.to_owned()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("programme-completions-title"))
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&view.record.programme.name, at::programme(slug))
        .here()
        .with_notice(view.record.programme.notice);
    let template = CompletionsPage {
        page,
        view,
        form: shown.form,
        errors: shown.errors,
        preview: shown.preview,
        text: shown.text,
    };
    Ok(html(status, &template))
}

/// Shows a programme's completions.
pub async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, &slug, Shown::nothing(), StatusCode::OK).await
}

fn label(field: &str) -> String {
    format!("programme-completion-field-{}", field.replace('_', "-"))
}

/// Records a completion.
pub async fn add(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    let command = AddCompletion {
        slug: slug.clone(),
        organisation: form.text("organisation"),
        track: form.text("track"),
        completed_on: form.text("completed_on"),
    };
    match perform(&visitor.context, command.clone()).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &at::completions(&slug),
            "flash-programme-completion-added",
        )),
        Err(error) => {
            let shown = Shown {
                form: command,
                errors: Errors::of(&visitor, error, label)?,
                ..Shown::nothing()
            };
            page(&visitor, &slug, shown, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Shows what a file would do, or does it once that was seen.
pub async fn import(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    if form.text("step") == "record" {
        let command = ImportCompletions {
            slug: slug.clone(),
            text: form.text("text"),
        };
        perform(&visitor.context, command)
            .await
            .map_err(|e| visitor.problem(e))?;
        return Ok(redirect_with(
            &visitor.web,
            &at::completions(&slug),
            "flash-programme-imported",
        ));
    }
    let text = form.file("file").map(|file| decode(&file.bytes)).unwrap_or_default();
    let mut shown = Shown::nothing();
    if text.is_empty() || text.len() > IMPORT_MAX {
        let message = if text.is_empty() {
            "error-file-missing"
        } else {
            "import-too-large"
        };
        shown.errors = Errors::of(&visitor, use_cases::Error::field("file", message), label)?;
        return page(&visitor, &slug, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let query = PreviewCompletions {
        slug: slug.clone(),
        text: text.clone(),
    };
    shown.preview = Some(read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?);
    shown.text = text;
    page(&visitor, &slug, shown, StatusCode::OK).await
}

/// Takes back a completion that was recorded by mistake.
pub async fn remove(visitor: Visitor, Path((slug, completion)): Path<(String, Uuid)>) -> Answer {
    let command = RemoveCompletion {
        slug: slug.clone(),
        completion,
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::completions(&slug),
        "flash-programme-completion-removed",
    ))
}
