//! Adding an organisation.

use super::kind_key;
use crate::shell::Choice;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::organisation as at;
use askama::Template;
use axum::http::StatusCode;
use domain::organisation::OrganisationKind;
use use_cases::organisation::{AddOrganisation, ViewPlatform};
use use_cases::{perform, read};

#[derive(Template)]
#[template(path = "organisation/add.html")]
struct AddPage {
    page: Page,
    kinds: Vec<Choice>,
    name: String,
    siren: String,
    insee: String,
    errors: Errors,
}

fn page(visitor: &Visitor, form: &Submitted, errors: Errors) -> Answer {
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let kind = form.text("kind");
    let template = AddPage {
        page: visitor
            .page(visitor.t("organisation-add-title"))
            .under(visitor.t("organisation-directory-title"), at::ORGANISATIONS)
            .here(),
        kinds: OrganisationKind::ALL
            .iter()
            .map(|k| Choice::new(k.code(), visitor.t(&kind_key(*k)), &kind))
            .collect(),
        name: form.text("name"),
        siren: form.text("siren"),
        insee: form.text("insee"),
        errors,
    };
    Ok(html(status, &template))
}

/// Shows the form; only administrators add organisations.
pub(super) async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    read(&visitor.context, ViewPlatform)
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, &Submitted::default(), Errors::none())
}

/// Adds the organisation.
pub(super) async fn submit(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AddOrganisation {
        kind: OrganisationKind::from_code(&form.text("kind")),
        name: form.text("name"),
        siren: form.text("siren"),
        insee: form.text("insee"),
        fictional: visitor.web.demo,
    };
    match perform(&visitor.context, command).await {
        Ok(id) => Ok(redirect_with(
            &visitor.web,
            &at::people(id.0),
            "flash-organisation-added",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("organisation-field-{field}"))?;
            page(&visitor, &form, errors)
        }
    }
}
