//! The sheet of an organisation, and what it belongs to.

use super::{Pick, affiliation_key, kind_key};
use crate::shell::Choice;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::organisation as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use use_cases::organisation::{Affiliate, AffiliationLine, EndAffiliation, OrganisationSheet, ViewOrganisation};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "organisation/sheet.html")]
struct SheetPage {
    page: Page,
    sheet: OrganisationSheet,
    kind: String,
    within: Pick,
    kinds: Vec<Choice>,
    errors: Errors,
}

impl SheetPage {
    fn affiliation(&self, line: &AffiliationLine) -> String {
        self.page.t(&affiliation_key(line.kind))
    }

    /// Writes a SIREN as people do, in threes.
    fn siren(&self, siren: &str) -> String {
        let digits: Vec<char> = siren.chars().collect();
        let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
        groups.join("\u{a0}")
    }
}

/// The kinds to which others belong: neither communes nor schools nor companies.
const CONTAINERS: &[OrganisationKind] = &[
    OrganisationKind::Epci,
    OrganisationKind::Ept,
    OrganisationKind::Group,
    OrganisationKind::Association,
    OrganisationKind::Departement,
    OrganisationKind::Region,
    OrganisationKind::StateAgency,
];

async fn page(visitor: &Visitor, id: Uuid, within: Pick, kind: &str, errors: Errors) -> Answer {
    let sheet = read(&visitor.context, ViewOrganisation(OrganisationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = visitor
        .page(sheet.organisation.name.clone())
        .under(visitor.t("organisation-directory-title"), at::ORGANISATIONS)
        .here();
    let template = SheetPage {
        kind: page.t(&kind_key(sheet.organisation.kind)),
        within,
        kinds: AffiliationKind::ALL
            .iter()
            .map(|k| Choice::new(k.code(), page.t(&affiliation_key(*k)), kind))
            .collect(),
        page,
        sheet,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows an organisation.
pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    let within = Pick::read(&visitor, "within", "", CONTAINERS).await?;
    page(&visitor, id, within, "", Errors::none()).await
}

/// Notes that the organisation belongs to another.
pub(super) async fn affiliate(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let within = Pick::read(&visitor, "within", &form.text("within"), CONTAINERS).await?;
    let kind = form.text("affiliation_kind");
    let command = Affiliate {
        organisation: OrganisationId(id),
        within: within.id,
        kind: AffiliationKind::from_code(&kind),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(&visitor.web, &at::organisation(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, within.explain(error), |f| {
                format!("organisation-field-{}", f.replace('_', "-"))
            })?;
            page(&visitor, id, within, &kind, errors).await
        }
    }
}

/// Ends an affiliation.
pub(super) async fn end_affiliation(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let organisation = perform(&visitor.context, EndAffiliation(AffiliationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::organisation(organisation.0),
        "flash-saved",
    ))
}
