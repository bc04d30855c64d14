//! Preparing a call and changing it.

use crate::organisation::Pick;
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::CallId;
use domain::organisation::OrganisationKind;
use use_cases::call::{CallChoices, CallDraft, EditCall, PrepareCall, TERRITORIES, ViewCallToManage};
use use_cases::ports::CallRecord;
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// What the form of a call holds, as typed.
#[derive(Clone, Default)]
struct Form {
    title: String,
    summary: String,
    places: String,
    waiting: String,
    opens_at: String,
    closes_at: String,
    confirm_within_days: String,
    track: String,
    kinds: Vec<OrganisationKind>,
    revision: i64,
}

#[derive(Template)]
#[template(path = "call/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    kinds: Vec<(&'static str, String, bool)>,
    territory: Pick,
    errors: Errors,
    new: bool,
    action: String,
    back: String,
}

fn typed(form: &Submitted) -> Form {
    Form {
        title: form.text("title"),
        summary: form.text("summary"),
        places: form.text("places"),
        waiting: form.text("waiting"),
        opens_at: form.text("opens_at"),
        closes_at: form.text("closes_at"),
        confirm_within_days: form.text("confirm_within_days"),
        track: form.text("track"),
        kinds: form
            .all("kinds")
            .iter()
            .filter_map(|kind| OrganisationKind::from_code(kind))
            .collect(),
        revision: form.number("revision").unwrap_or(0),
    }
}

fn draft(submitted: &Submitted, form: &Form, territory: &Pick) -> CallDraft {
    CallDraft {
        title: form.title.clone(),
        summary: form.summary.clone(),
        places: submitted.number("places"),
        // A number that cannot be read is refused as one below zero is.
        waiting: (!form.waiting.trim().is_empty()).then(|| submitted.number("waiting").unwrap_or(-1)),
        opens_at: submitted.instant("opens_at"),
        closes_at: submitted.instant("closes_at"),
        confirm_within_days: submitted.number("confirm_within_days"),
        track: form.track.clone(),
        kinds: form.kinds.clone(),
        territory: territory.id,
    }
}

fn of_record(record: &CallRecord) -> Form {
    let call = &record.call;
    Form {
        title: call.title.clone(),
        summary: call.summary.clone(),
        places: call.places.to_string(),
        waiting: call.max_waiting.map(|n| n.to_string()).unwrap_or_default(),
        opens_at: i18n::local_value(call.window.opens_at.0),
        closes_at: i18n::local_value(call.window.closes_at.0),
        confirm_within_days: call.confirm_within_days.to_string(),
        track: call.eligibility.completed.clone().unwrap_or_default(),
        kinds: call.eligibility.kinds.clone(),
        revision: call.revision,
    }
}

fn template(visitor: &Visitor, page: Page, (form, territory): (Form, Pick), errors: Errors) -> FormPage {
    let kinds = OrganisationKind::ALL
        .iter()
        .filter(|kind| kind.is_local_authority())
        .map(|kind| {
            let word = visitor.t(&format!("call-kind-{}", kind.code()));
            (kind.code(), word, form.kinds.contains(kind))
        });
    FormPage {
        kinds: kinds.collect(),
        territory,
        page,
        form,
        errors,
        new: true,
        action: String::new(),
        back: String::new(),
    }
}

fn label(field: &str) -> String {
    format!("call-field-{}", field.replace('_', "-"))
}

async fn new_page(visitor: &Visitor, slug: &str, form: (Form, Pick), errors: Errors, status: StatusCode) -> Answer {
    let record = read(&visitor.context, CallChoices(slug.to_owned()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("call-new-title"))
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&record.programme.name, at::programme(slug))
        .here()
        .with_notice(record.programme.notice);
    let template = FormPage {
        action: at::new_call(slug),
        back: at::programme(slug),
        ..template(visitor, page, form, errors)
    };
    Ok(html(status, &template))
}

/// Shows the form that prepares a call.
pub async fn new(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    let form = Form {
        places: "6".to_owned(),
        confirm_within_days: "15".to_owned(),
        kinds: vec![OrganisationKind::Commune],
        ..Form::default()
    };
    let territory = Pick::read(&visitor, "territory", "", TERRITORIES).await?;
    new_page(&visitor, &slug, (form, territory), Errors::none(), StatusCode::OK).await
}

async fn territory(visitor: &Visitor, submitted: &Submitted) -> Result<Pick, Problem> {
    Pick::read(visitor, "territory", &submitted.text("territory"), TERRITORIES).await
}

/// Prepares a call.
pub async fn prepare(visitor: Visitor, Path(slug): Path<String>, submitted: Submitted) -> Answer {
    let form = typed(&submitted);
    let territory = territory(&visitor, &submitted).await?;
    let command = PrepareCall {
        slug: slug.clone(),
        draft: draft(&submitted, &form, &territory),
    };
    let prepared = match territory.check() {
        Ok(()) => perform(&visitor.context, command).await,
        Err(error) => Err(error),
    };
    match prepared {
        Ok(id) => Ok(redirect_with(&visitor.web, &at::manage_call(id), "flash-call-prepared")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            new_page(
                &visitor,
                &slug,
                (form, territory),
                errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

async fn edit_page(
    visitor: &Visitor,
    id: CallId,
    typed: Option<(Form, Pick)>,
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
        .page(visitor.t("call-edit-title"))
        .under(&view.record.programme_name, at::programme(&view.record.programme_slug))
        .under(&view.record.call.title, back.clone())
        .here()
        .with_notice(view.record.notice);
    let (form, territory) = match typed {
        Some(typed) => typed,
        None => {
            let chosen = view.record.call.eligibility.territory;
            let territory = Pick::chosen(visitor, "territory", chosen, TERRITORIES).await?;
            (of_record(&view.record), territory)
        }
    };
    let form = Form {
        revision: view.record.call.revision,
        ..form
    };
    let template = FormPage {
        action: at::edit_call(id),
        back,
        new: false,
        ..template(visitor, page, (form, territory), errors)
    };
    Ok(html(status, &template))
}

/// Shows the form that changes a call.
pub async fn edit(visitor: Visitor, Path(call): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    edit_page(&visitor, CallId(call), None, Errors::none(), StatusCode::OK).await
}

/// Changes a call.
pub async fn save(visitor: Visitor, Path(call): Path<Uuid>, submitted: Submitted) -> Answer {
    let form = typed(&submitted);
    let territory = territory(&visitor, &submitted).await?;
    let command = EditCall {
        call: CallId(call),
        revision: form.revision,
        draft: draft(&submitted, &form, &territory),
    };
    let saved = match territory.check() {
        Ok(()) => perform(&visitor.context, command).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::manage_call(call), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            edit_page(
                &visitor,
                CallId(call),
                Some((form, territory)),
                errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}
