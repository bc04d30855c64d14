//! What was imported into a campaign, and importing after a look at what a file would do.

use super::{label, tone};
use crate::report::words::{SeverityTag, severity};
use crate::shell::{Answer, Errors, IMPORT_MAX, Page, Submitted, Visitor, html, redirect_with};
use addresses::finding as at;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::CampaignId;
use std::collections::HashMap;
use use_cases::csv_file::{LineError, decode};
use use_cases::finding::{
    FindingsList, FindingsPreview, FindingsRow, ImportFindingsOf, ListFindingsOf, PreviewFindings,
};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "finding/list.html")]
struct ListPage {
    page: Page,
    view: FindingsList,
    here: String,
    errors: Errors,
    source: String,
    text: String,
    preview: Option<FindingsPreview>,
    next_page: String,
}

impl ListPage {
    fn severity(&self, row: &FindingsRow) -> Option<SeverityTag> {
        severity(&self.page, row.rating)
    }

    fn tone(&self, row: &FindingsRow) -> &'static str {
        tone(row.state)
    }

    fn href(&self, row: &FindingsRow) -> String {
        at::show(row.id.0)
    }

    fn error_line(&self, error: &LineError) -> String {
        self.page.t1(error.message, "found", &error.found)
    }

    fn known(&self) -> String {
        let known = self.preview.as_ref().map_or(0, |preview| preview.known);
        self.page.tn("import-known", known)
    }

    fn products(&self) -> String {
        self.view.products.join(", ")
    }
}

#[derive(Default)]
struct Shown {
    after: i64,
    errors: Errors,
    source: String,
    text: String,
    preview: Option<FindingsPreview>,
}

async fn page(visitor: &Visitor, campaign: Uuid, shown: Shown) -> Answer {
    let query = ListFindingsOf {
        campaign: CampaignId(campaign),
        after: shown.after,
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let here = at::list(campaign);
    let page = visitor
        .page(visitor.t("finding-list-title"))
        .under(visitor.t("campaign-list-title"), addresses::campaign::LIST)
        .under(&view.name, addresses::campaign::show(campaign))
        .here()
        .with_notice(view.notice);
    let status = if shown.errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = ListPage {
        next_page: view
            .next
            .map(|after| format!("{here}?apres={after}"))
            .unwrap_or_default(),
        here,
        page,
        view,
        errors: shown.errors,
        source: shown.source,
        text: shown.text,
        preview: shown.preview,
    };
    Ok(html(status, &template))
}

/// Lists what was imported: `?apres=50`.
pub(super) async fn show(
    visitor: Visitor,
    Path(campaign): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let after = query.get("apres").and_then(|text| text.parse().ok()).unwrap_or(0);
    let shown = Shown {
        after,
        ..Shown::default()
    };
    page(&visitor, campaign, shown).await
}

/// Shows what a file would do, or does it once that was seen.
pub(super) async fn import(visitor: Visitor, Path(campaign): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let seen = form.text("step") == "record";
    let source = form.text("source");
    let text = if seen {
        form.text("text")
    } else {
        form.file("file").map(|file| decode(&file.bytes)).unwrap_or_default()
    };
    let mut problems = Vec::new();
    if seen && text.len() <= IMPORT_MAX {
        let command = ImportFindingsOf {
            campaign: CampaignId(campaign),
            source: source.clone(),
            text: text.clone(),
        };
        match perform(&visitor.context, command).await {
            Ok(_) => {
                return Ok(redirect_with(
                    &visitor.web,
                    &at::list(campaign),
                    "flash-finding-imported",
                ));
            }
            // The campaign has changed since the look: the file is looked at again below.
            Err(Error::Invalid(fields)) => problems.extend(fields),
            Err(other) => return refused(&visitor, campaign, other, source).await,
        }
    }
    let query = PreviewFindings {
        campaign: CampaignId(campaign),
        source: source.clone(),
        text: text.clone(),
    };
    let mut preview = None;
    match read(&visitor.context, query).await {
        Ok(found) => preview = Some(found),
        Err(Error::Invalid(fields)) => problems.extend(fields),
        Err(other) => return refused(&visitor, campaign, other, source).await,
    }
    if let Some(message) = unreadable(&text) {
        preview = None;
        problems.push(use_cases::FieldError {
            field: "file".to_owned(),
            message,
            detail: None,
        });
    }
    let errors = match problems.is_empty() {
        true => Errors::none(),
        false => Errors::of(&visitor, Error::Invalid(problems), label)?,
    };
    let shown = Shown {
        after: 0,
        errors,
        source,
        text,
        preview,
    };
    page(&visitor, campaign, shown).await
}

/// Says why a file is not looked at.
fn unreadable(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("error-file-missing")
    } else {
        (text.len() > IMPORT_MAX).then_some("import-too-large")
    }
}

/// Shows the page with what stands against any import.
async fn refused(visitor: &Visitor, campaign: Uuid, error: Error, source: String) -> Answer {
    let shown = Shown {
        errors: Errors::of(visitor, error, label)?,
        source,
        ..Shown::default()
    };
    page(visitor, campaign, shown).await
}
