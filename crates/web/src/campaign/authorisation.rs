//! The page of an authorisation: read, sign, revoke.

use super::Words;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with, send_file};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::AuthorisationId;
use use_cases::authorisation::{
    AuthorisationPage, LeaveForScan, RevokeAuthorisationOf, Signature, Signers, ViewAuthorisation, sign as sign_it,
};
use use_cases::files::open_file;
use use_cases::{perform, read, read_last};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "authorisation/show.html")]
struct ShowPage {
    page: Page,
    p: AuthorisationPage,
    typed: Signature,
    reason: String,
    errors: Errors,
}

impl ShowPage {
    fn means(&self) -> String {
        self.page.t(if self.p.has_scan {
            "authorisation-means-scan"
        } else {
            "authorisation-means-password"
        })
    }

    fn roles(&self, signers: &Signers) -> String {
        let names: Vec<String> = signers.roles.iter().map(|r| self.page.tc("role", r.code())).collect();
        names.join(", ")
    }

    fn people_of(&self, signers: &Signers) -> String {
        addresses::organisation::people(signers.organisation.0)
    }

    fn day(&self, typed: &str) -> String {
        i18n::date_of(self.page.lang_is, typed)
    }

    fn paragraphs(&self) -> Vec<&str> {
        self.p.text.split("\n\n").collect()
    }
}

fn label(field: &str) -> String {
    format!("authorisation-field-{}", field.replace('_', "-"))
}

async fn page(visitor: &Visitor, id: Uuid, typed: Option<Signature>, reason: String, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewAuthorisation(AuthorisationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let typed = typed.unwrap_or_else(|| Signature {
        name: p.own_name.clone(),
        ..Signature::default()
    });
    let template = ShowPage {
        page: visitor
            .page(visitor.t("authorisation-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.campaign_name.clone(), at::show(p.campaign.0))
            .here()
            .with_notice(p.notice),
        p,
        typed,
        reason,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows an authorisation.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, None, String::new(), Errors::none()).await
}

/// Signs it, by the signed scan or by the password.
pub async fn sign(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = Signature {
        name: form.text("name"),
        function: form.text("function"),
        delegation: form.text("delegation"),
        delegation_from: form.text("delegation_from"),
        delegation_until: form.text("delegation_until"),
    };
    let scan = form.file("scan").map(|file| (file.bytes.clone(), file.name.clone()));
    let hash = form.text("hash");
    match sign_it(
        &visitor.context,
        AuthorisationId(id),
        typed.clone(),
        &hash,
        &form.text("password"),
        scan,
    )
    .await
    {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &at::authorisation(id),
            "flash-authorisation-signed",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, Some(typed), String::new(), errors).await
        }
    }
}

/// Revokes it.
pub async fn revoke(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let reason = form.text("reason");
    let command = RevokeAuthorisationOf {
        authorisation: AuthorisationId(id),
        reason: reason.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &at::authorisation(id),
            "flash-authorisation-revoked",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, None, reason, errors).await
        }
    }
}

/// Sends the signed scan.
pub async fn scan(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let leave = read_last(&visitor.context, LeaveForScan(AuthorisationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let bytes = open_file(&visitor.web.app, &leave)
        .await
        .map_err(|e| visitor.problem(e))?;
    let ending = match leave.media_type() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        _ => "jpg",
    };
    Ok(send_file(
        &format!("autorisation-{id}.{ending}"),
        leave.media_type(),
        bytes,
    ))
}
