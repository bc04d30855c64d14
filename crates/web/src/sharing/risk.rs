//! A risk that a signatory is asked to accept: read, signed, refused.

use super::words;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::sharing as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{OrganisationId, VulnerabilityId};
use use_cases::authorisation::Signature;
use use_cases::sharing::{RefuseRisk, RiskView, ViewRisk, sign_risk};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sharing/risk.html")]
struct RiskPage {
    page: Page,
    view: RiskView,
    href: String,
    refuse: String,
    form: Submitted,
    errors: Errors,
}

impl RiskPage {
    fn waits(&self) -> bool {
        self.view.proposal.as_ref().is_some_and(|proposal| proposal.waits)
    }

    fn markdown(&self, text: &str) -> String {
        crate::shell::markdown_to_html(text)
    }
}

/// Takes what was typed to sign; the name is the account's own.
pub(super) fn signature(form: &Submitted) -> Signature {
    Signature {
        name: String::new(),
        function: form.text("function"),
        delegation: form.text("delegation"),
        delegation_from: form.text("delegation_from"),
        delegation_until: form.text("delegation_until"),
    }
}

/// Gives the revision that the form was shown with; one that says none is never the present one.
fn shown(form: &Submitted) -> i64 {
    form.number("revision").unwrap_or(-1)
}

/// Gives the key of a field's label: those of a signature are called as in an authorisation.
pub(super) fn label(field: &str) -> String {
    let part = match field {
        "answer" | "reason" | "until" | "band" | "vector" | "own_reason" => "sharing",
        _ => "authorisation",
    };
    format!("{part}-field-{}", field.replace('_', "-"))
}

async fn page(visitor: &Visitor, ids: (Uuid, Uuid), form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let query = ViewRisk {
        organisation: OrganisationId(ids.0),
        vulnerability: VulnerabilityId(ids.1),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let title = words::dated(&visitor.page(String::new()), &view.line.case);
    let page = visitor
        .page(title)
        .under(&view.organisation, format!("/organisations/{}", ids.0))
        .here()
        .with_notice(view.line.case.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = RiskPage {
        href: at::risk(ids.0, ids.1),
        refuse: at::refuse_risk(ids.0, ids.1),
        page,
        view,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows what waits for a signature, or was signed.
pub async fn show(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>) -> Answer {
    page(&visitor, ids, Submitted::default(), Errors::none()).await
}

/// Signs it.
pub async fn sign(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let password = form.text("password");
    let signed = sign_risk(
        &visitor.context,
        VulnerabilityId(ids.1),
        OrganisationId(ids.0),
        Some(shown(&form)),
        signature(&form),
        &password,
    );
    match signed.await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &at::risk(ids.0, ids.1),
            "flash-risk-signed",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, ids, form, errors).await
        }
    }
}

/// Refuses it.
pub async fn refuse(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = RefuseRisk {
        vulnerability: VulnerabilityId(ids.1),
        organisation: OrganisationId(ids.0),
        revision: Some(shown(&form)),
        reason: form.text("reason"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            addresses::people::DESK,
            "flash-risk-refused",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, ids, form, errors).await
        }
    }
}
