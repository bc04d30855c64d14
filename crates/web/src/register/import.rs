//! What organisations run, from a file and to a file.

use crate::shell::{Answer, Errors, IMPORT_MAX, Page, Submitted, Visitor, html, redirect_with, send_file};
use addresses::{organisation as organisations, register as at};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use use_cases::csv_file::{LineError, decode};
use use_cases::register::{
    DeploymentLine, DeploymentsPreview, ExportDeployments, ImportDeployments, PreviewDeployments, deployments_template,
};
use use_cases::{Error, FieldError, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "register/import.html")]
struct ImportPage {
    page: Page,
    here: String,
    back: String,
    most: usize,
    text: String,
    preview: Option<DeploymentsPreview>,
    errors: Errors,
}

impl ImportPage {
    fn error_line(&self, error: &LineError) -> String {
        self.page.t1(error.message, "found", &error.found)
    }

    /// Looking at another file is quiet beside recording this one.
    fn look(&self) -> &'static str {
        let ready = |p: &DeploymentsPreview| p.errors.is_empty() && p.declared.len() + p.changed.len() > 0;
        if self.preview.as_ref().is_some_and(ready) {
            "quiet"
        } else {
            "main"
        }
    }

    fn version(&self, line: &DeploymentLine) -> String {
        let version = line.version.as_ref().map(|version| version.version.clone());
        version.unwrap_or_else(|| self.unsaid(line))
    }

    fn host(&self, line: &DeploymentLine) -> String {
        let host = line.host.as_ref().map(|host| host.name.clone());
        host.unwrap_or_else(|| self.unsaid(line))
    }

    /// Says what an empty cell does: it keeps what is there.
    fn unsaid(&self, line: &DeploymentLine) -> String {
        if line.changes() {
            self.page.t("register-import-unchanged")
        } else {
            "–".to_owned()
        }
    }

    fn name(&self, line: &DeploymentLine) -> String {
        if line.label.is_empty() {
            line.product.product.name.clone()
        } else {
            format!("{} – {}", line.product.product.name, line.label)
        }
    }
}

async fn page(visitor: &Visitor, id: Uuid, text: String, problems: Vec<FieldError>) -> Answer {
    let shown = problems
        .iter()
        .any(|problem| problem.message != "register-error-import");
    let query = PreviewDeployments {
        organisation: OrganisationId(id),
        text: if shown { String::new() } else { text.clone() },
    };
    let (organisation, preview) = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let (status, errors) = if problems.is_empty() {
        (StatusCode::OK, Errors::none())
    } else {
        let errors = Errors::of(visitor, Error::Invalid(problems), |field| {
            format!("register-field-{field}")
        })?;
        (StatusCode::UNPROCESSABLE_ENTITY, errors)
    };
    let template = ImportPage {
        page: visitor
            .page(visitor.t("register-import-title"))
            .under(organisation.name, organisations::organisation(id))
            .under(visitor.t("register-deployments-title"), at::deployments(id))
            .here(),
        here: at::import_deployments(id),
        back: at::deployments(id),
        most: visitor.web.app.settings.limits.deployments,
        preview: (!text.is_empty() && !shown).then_some(preview),
        text,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows how a file is imported.
pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, id, String::new(), Vec::new()).await
}

/// Shows what a file would do, or does it once that was seen.
pub(super) async fn import(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let seen = form.text("step") == "record";
    let text = if seen {
        form.text("text")
    } else {
        form.file("file").map(|file| decode(&file.bytes)).unwrap_or_default()
    };
    let problem = if text.is_empty() {
        Some("error-file-missing")
    } else {
        (text.len() > IMPORT_MAX).then_some("import-too-large")
    };
    if let Some(message) = problem {
        let field = FieldError {
            field: "file".to_owned(),
            message,
            detail: None,
        };
        return page(&visitor, id, String::new(), vec![field]).await;
    }
    if !seen {
        return page(&visitor, id, text, Vec::new()).await;
    }
    let command = ImportDeployments {
        organisation: OrganisationId(id),
        text: text.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(
            &visitor.web,
            &at::deployments(id),
            "flash-deployments-imported",
        )),
        // Something has changed since the look: the file is looked at again.
        Err(Error::Invalid(fields)) => page(&visitor, id, text, fields).await,
        Err(other) => Err(visitor.problem(other)),
    }
}

/// Sends what an organisation runs as a file.
pub(super) async fn export(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let bytes = read(&visitor.context, ExportDeployments(OrganisationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(send_file("deploiements.csv", "text/csv; charset=utf-8", bytes))
}

/// Sends a file without any line, to be filled.
pub(super) async fn template(visitor: Visitor) -> Answer {
    let bytes = deployments_template().map_err(|error| visitor.problem(error))?;
    Ok(send_file("modele-deploiements.csv", "text/csv; charset=utf-8", bytes))
}
