//! Opening, changing and publishing a programme.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::programme as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use domain::organisation::Organisation;
use domain::programme::{NoticeKind, ProgrammeKind, ProgrammeSettings};
use use_cases::programme::{
    EditProgramme, ListProgrammes, MayAddDocument, OpenProgramme, ProgrammeDraft, PublishProgramme,
};
use use_cases::{Error, perform, read};

/// What the form of a programme holds.
#[derive(Clone, Default)]
struct Form {
    owner: String,
    name: String,
    slug: String,
    summary: String,
    kind: String,
    legal_basis: String,
    notice: String,
    settings: ProgrammeSettings,
    revision: i64,
}

#[derive(Template)]
#[template(path = "programme/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    owners: Vec<Organisation>,
    errors: Errors,
    new: bool,
    back: String,
}

fn typed(form: &Submitted) -> Form {
    let number = |field: &str| form.number(field).unwrap_or(0);
    Form {
        owner: form.text("owner"),
        name: form.text("name"),
        slug: form.text("slug"),
        summary: form.text("summary"),
        kind: form.text("kind"),
        legal_basis: form.text("legal_basis"),
        notice: form.text("notice"),
        settings: ProgrammeSettings {
            appeal_means: form.text("appeal_means"),
            appeal_court: form.text("appeal_court"),
            appeal_months: number("appeal_months"),
            objection_days: number("objection_days"),
            acknowledge_days: number("acknowledge_days"),
            opinion_days: number("opinion_days"),
            position_days: number("position_days"),
            retest_days: number("retest_days"),
            retest_pool_days: number("retest_pool_days"),
            retest_report_days: number("retest_report_days"),
            fix_days_critical: number("fix_days_critical"),
            fix_days_high: number("fix_days_high"),
            fix_days_medium: number("fix_days_medium"),
            fix_days_low: number("fix_days_low"),
            vendor_reminder_days: number("vendor_reminder_days"),
            escalation_days: number("escalation_days"),
        },
        revision: number("revision"),
    }
}

fn draft(form: &Form) -> ProgrammeDraft {
    ProgrammeDraft {
        name: form.name.clone(),
        slug: form.slug.clone(),
        summary: form.summary.clone(),
        kind: ProgrammeKind::from_code(&form.kind),
        legal_basis: form.legal_basis.clone(),
        notice: NoticeKind::from_code(&form.notice),
        settings: form.settings.clone(),
    }
}

fn label(field: &str) -> String {
    format!("programme-field-{}", field.replace('_', "-"))
}

async fn new_page(visitor: &Visitor, form: Form, errors: Errors, status: StatusCode) -> Answer {
    let list = read(&visitor.context, ListProgrammes::default())
        .await
        .map_err(|e| visitor.problem(e))?;
    if list.may_open.is_empty() {
        visitor.signed_in()?;
        return Err(visitor.problem(Error::NotFound));
    }
    let page = visitor
        .page(visitor.t("programme-new-title"))
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .here();
    let template = FormPage {
        page,
        form,
        owners: list.may_open,
        errors,
        new: true,
        back: at::PROGRAMMES.to_owned(),
    };
    Ok(html(status, &template))
}

/// Shows the form that opens a programme.
pub async fn new(visitor: Visitor) -> Answer {
    let form = Form {
        kind: ProgrammeKind::Pedagogical.code().to_owned(),
        notice: NoticeKind::Pedagogical.code().to_owned(),
        settings: visitor.web.app.settings.new_programme(),
        ..Form::default()
    };
    new_page(&visitor, form, Errors::none(), StatusCode::OK).await
}

/// Opens a programme.
pub async fn open(visitor: Visitor, submitted: Submitted) -> Answer {
    let form = typed(&submitted);
    let owner: Option<OrganisationId> = submitted.id("owner");
    let command = OpenProgramme {
        owner: owner.ok_or_else(|| visitor.problem(Error::NotFound))?,
        draft: draft(&form),
    };
    match perform(&visitor.context, command).await {
        Ok(slug) => Ok(redirect_with(
            &visitor.web,
            &at::programme(&slug),
            "flash-programme-opened",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            new_page(&visitor, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn edit_page(visitor: &Visitor, slug: &str, typed: Option<Form>, errors: Errors, status: StatusCode) -> Answer {
    let record = read(&visitor.context, MayAddDocument(slug.to_owned()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let programme = record.programme;
    let form = Form {
        revision: programme.revision,
        ..typed.unwrap_or_else(|| Form {
            owner: String::new(),
            name: programme.name.clone(),
            slug: programme.slug.clone(),
            summary: programme.summary.clone(),
            kind: programme.kind.code().to_owned(),
            legal_basis: programme.legal_basis.clone(),
            notice: programme.notice.code().to_owned(),
            settings: programme.settings.clone(),
            revision: 0,
        })
    };
    let back = at::programme(slug);
    let page = visitor
        .page(visitor.t("programme-edit-title"))
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&programme.name, back.clone())
        .here()
        .with_notice(programme.notice);
    let template = FormPage {
        page,
        form,
        owners: Vec::new(),
        errors,
        new: false,
        back,
    };
    Ok(html(status, &template))
}

/// Shows the form that changes a programme.
pub async fn edit(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    edit_page(&visitor, &slug, None, Errors::none(), StatusCode::OK).await
}

/// Changes a programme.
pub async fn save(visitor: Visitor, Path(slug): Path<String>, submitted: Submitted) -> Answer {
    let form = typed(&submitted);
    let command = EditProgramme {
        slug: slug.clone(),
        revision: form.revision,
        draft: draft(&form),
    };
    match perform(&visitor.context, command).await {
        Ok(slug) => Ok(redirect_with(&visitor.web, &at::programme(&slug), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            edit_page(&visitor, &slug, Some(form), errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Publishes a programme.
pub async fn publish(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    perform(&visitor.context, PublishProgramme(slug.clone()))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::programme(&slug),
        "flash-programme-published",
    ))
}
