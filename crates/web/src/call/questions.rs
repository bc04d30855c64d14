//! The questions of a call's form: added, ordered, taken away, without a script.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::CallId;
use use_cases::call::{EditForm, FormLine, ViewCallToManage, lines_of};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// The most lines that are read of a page.
const LINES_MAX: usize = 120;
/// The kinds of answer, in the order in which the page offers them.
const KINDS: [&str; 8] = [
    "text",
    "long_text",
    "yes_no",
    "commitment",
    "choice",
    "email",
    "phone",
    "date",
];

/// A line with the names of its fields.
struct Line {
    id: String,
    line: FormLine,
    kinds: Vec<(&'static str, String, bool)>,
    title: String,
    open: bool,
}

#[derive(Template)]
#[template(path = "call/questions.html")]
struct QuestionsPage {
    page: Page,
    lines: Vec<Line>,
    revision: i64,
    version: i64,
    errors: Errors,
    back: String,
}

fn line(visitor: &Visitor, index: usize, line: FormLine) -> Line {
    let kinds = KINDS.map(|kind| {
        let word = visitor.t(&format!("call-answer-{}", kind.replace('_', "-")));
        (kind, word, line.kind == kind)
    });
    Line {
        id: format!("q{index}"),
        kinds: kinds.into(),
        title: if line.question.is_empty() {
            visitor.t("call-question-new")
        } else {
            line.question.clone()
        },
        open: line.question.is_empty(),
        line,
    }
}

async fn page(
    visitor: &Visitor,
    id: CallId,
    typed: Option<Vec<FormLine>>,
    errors: Errors,
    status: StatusCode,
) -> Answer {
    let view = read(&visitor.context, ViewCallToManage(id))
        .await
        .map_err(|e| visitor.problem(e))?;
    if !view.may_manage {
        return Err(visitor.problem(Error::NotFound));
    }
    if !view.changeable {
        return Err(visitor.problem(Error::Conflict("call-error-frozen")));
    }
    let back = at::manage_call(id);
    let page = visitor
        .page(visitor.t("call-questions-title"))
        .under(&view.record.programme_name, at::programme(&view.record.programme_slug))
        .under(&view.record.call.title, back.clone())
        .here()
        .with_notice(view.record.notice);
    let mut lines = typed.unwrap_or_else(|| lines_of(&view.record.form));
    let last = lines.iter().map(|line| line.position).max().unwrap_or(0);
    lines.push(FormLine {
        position: last.saturating_add(10),
        kind: "text".to_owned(),
        ..FormLine::default()
    });
    let template = QuestionsPage {
        page,
        lines: lines
            .into_iter()
            .enumerate()
            .map(|(index, l)| line(visitor, index, l))
            .collect(),
        revision: view.record.call.revision,
        version: view.record.call.form_version,
        errors,
        back,
    };
    Ok(html(status, &template))
}

fn typed(form: &Submitted) -> Vec<FormLine> {
    let one = |index: usize| {
        let name = |field: &str| format!("q{index}-{field}");
        FormLine {
            position: form.number(&name("position")).unwrap_or(i64::MAX),
            key: form.text(&name("key")),
            section: form.text(&name("section")),
            question: form.text(&name("question")),
            english: form.text(&name("english")),
            kind: form.text(&name("kind")),
            options: form.text(&name("options")),
            required: form.ticked(&name("required")),
        }
    };
    (0..LINES_MAX)
        .filter(|index| !form.ticked(&format!("q{index}-remove")))
        .map(one)
        .filter(|line| !line.question.trim().is_empty())
        .collect()
}

/// Shows the questions of a call's form.
pub async fn show(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, CallId(call), None, Errors::none(), StatusCode::OK).await
}

/// Changes the questions of a call's form.
pub async fn save(visitor: Visitor, Path(call): Path<Uuid>, form: Submitted) -> Answer {
    let lines = typed(&form);
    let command = EditForm {
        call: CallId(call),
        revision: form.number("revision").unwrap_or(0),
        lines: lines.clone(),
    };
    let more = form.text("then") == "more";
    match perform(&visitor.context, command).await {
        Ok(()) if more => Ok(redirect_with(&visitor.web, &at::call_form(call), "flash-saved")),
        Ok(()) => Ok(redirect_with(&visitor.web, &at::manage_call(call), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("call-field-{field}"))?;
            page(
                &visitor,
                CallId(call),
                Some(lines),
                errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}
