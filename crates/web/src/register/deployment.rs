//! One deployment: its state, what can be done with it, its proofs, its history.

use super::standing;
use crate::organisation::Pick;
use crate::shell::Choice;
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use addresses::{organisation as organisations, register as at};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::deployment::DeploymentState;
use domain::ids::DeploymentId;
use domain::slug::slug_is_valid;
use use_cases::history::HistoryLine;
use use_cases::register::{
    ChangeDeployment, ConfirmDeployment, DeploymentSheet, EndDeployment, HOSTS, RefuseDeployment, ViewDeployment,
};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "register/deployment.html")]
struct Show {
    page: Page,
    sheet: DeploymentSheet,
    versions: Vec<Choice>,
    host: Pick,
    tone: &'static str,
    word: String,
    declared: bool,
    here: String,
    form: Typed,
    errors: Errors,
}

/// What was typed on the page, to be shown again beside what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    /// The host, where the form of the version was sent.
    pub(super) host: Option<Pick>,
    /// The version chosen, where the form was sent.
    pub(super) version: Option<String>,
    pub(super) reason: String,
    pub(super) proof_reason: String,
}

impl Show {
    fn event(&self, line: &HistoryLine) -> String {
        let key = format!(
            "register-event-{}",
            line.kind.replace("deployment.", "").replace('_', "-")
        );
        self.page.t(&key)
    }

    fn who(&self, line: &HistoryLine) -> String {
        if line.who.is_empty() {
            self.page.t("common-system")
        } else {
            line.who.clone()
        }
    }

    fn role(&self, line: &HistoryLine) -> String {
        let key = line.role.map(|role| format!("role-{}", role.code().replace('_', "-")));
        key.map(|key| self.page.t(&key)).unwrap_or_default()
    }
}

pub(super) async fn page(visitor: &Visitor, id: Uuid, mut form: Typed, errors: Errors) -> Answer {
    let sheet = read(&visitor.context, ViewDeployment(DeploymentId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let row = &sheet.row;
    let mut page = visitor.page(standing::name(row));
    page = if sheet.may_change {
        let organisation = row.deployment.organisation.0;
        page.under(row.organisation_name.clone(), organisations::organisation(organisation))
            .under(visitor.t("register-deployments-title"), at::deployments(organisation))
    } else {
        page.under(visitor.t("register-catalogue-title"), at::CATALOGUE)
            .under(row.product_name.clone(), at::product(&row.product_slug))
    };
    let page = page.here();
    let stored = || row.deployment.version.map(|v| v.to_string()).unwrap_or_default();
    let version = form.version.clone().unwrap_or_else(stored);
    let host = match form.host.take() {
        Some(host) => host,
        None if sheet.may_change => Pick::chosen(visitor, "host", row.deployment.host, HOSTS).await?,
        None => Pick::default(),
    };
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = Show {
        versions: sheet
            .versions
            .iter()
            .map(|v| Choice::new(v.id, v.version.as_str(), &version))
            .collect(),
        host,
        tone: standing::tone(row),
        word: standing::word(&page, row),
        declared: row.deployment.state == DeploymentState::Declared,
        here: at::deployment(id),
        page,
        sheet,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Gives the errors of a form of this page.
pub(super) fn errors(visitor: &Visitor, error: Error) -> Result<Errors, Problem> {
    Errors::of(visitor, error, |field| {
        format!("register-field-{}", field.replace('_', "-"))
    })
}

/// Shows a deployment.
pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, id, Typed::default(), Errors::none()).await
}

/// Notes a version and host.
pub(super) async fn change(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let before = read(&visitor.context, ViewDeployment(DeploymentId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let before = before.row.deployment.host;
    let host = Pick::kept(&visitor, "host", &form.text("host"), before, HOSTS).await?;
    let command = ChangeDeployment {
        deployment: DeploymentId(id),
        version: form.id("version"),
        host: host.id,
    };
    let changed = match host.check() {
        Ok(()) => perform(&visitor.context, command).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::deployment(id), "flash-saved")),
        Err(error) => {
            let typed = Typed {
                host: Some(host),
                version: Some(form.text("version")),
                ..Typed::default()
            };
            page(&visitor, id, typed, errors(&visitor, error)?).await
        }
    }
}

#[derive(Template)]
#[template(path = "register/end.html")]
struct AskEnd {
    page: Page,
    name: String,
    organisation: String,
    here: String,
}

/// Asks before a deployment is ended.
pub(super) async fn ask_end(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let sheet = read(&visitor.context, ViewDeployment(DeploymentId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    if !sheet.may_change {
        return Err(visitor.problem(Error::NotFound));
    }
    let name = standing::name(&sheet.row);
    let organisation = sheet.row.deployment.organisation.0;
    let template = AskEnd {
        page: visitor
            .page(visitor.t("register-end-title"))
            .under(visitor.t("register-deployments-title"), at::deployments(organisation))
            .under(name.clone(), at::deployment(id))
            .here(),
        name,
        organisation: sheet.row.organisation_name,
        here: at::deployment(id),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Ends a deployment.
pub(super) async fn end(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let organisation = perform(&visitor.context, EndDeployment(DeploymentId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::deployments(organisation.0),
        "flash-deployment-ended",
    ))
}

/// Confirms a deployment, on its page or in the list to which the answer then comes back.
pub(super) async fn confirm(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    perform(&visitor.context, ConfirmDeployment(DeploymentId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let product = form.text("product");
    let back = match form.id::<Uuid>("members") {
        Some(organisation) => at::member_deployments(organisation),
        None if slug_is_valid(&product) => at::product_deployments(&product),
        None => at::deployment(id),
    };
    Ok(redirect_with(&visitor.web, &back, "flash-deployment-confirmed"))
}

/// Says that the vendor does not know a deployment.
pub(super) async fn refuse(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = RefuseDeployment {
        deployment: DeploymentId(id),
        reason: form.text("reason"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::deployment(id), "flash-saved")),
        Err(error) => {
            let typed = Typed {
                reason: form.text("reason"),
                ..Typed::default()
            };
            page(&visitor, id, typed, errors(&visitor, error)?).await
        }
    }
}
