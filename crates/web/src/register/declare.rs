//! Declaring that an organisation runs a product: first the product, then the installation.

use crate::organisation::Pick;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use crate::shell::{Choice, with_query};
use addresses::{organisation as organisations, register as at};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::{OrganisationId, ProductId};
use std::collections::HashMap;
use use_cases::register::{DeclarationForm, DeclareDeployment, HOSTS, ViewDeclarationForm};
use use_cases::{perform, read};
use uuid::Uuid;

/// What was typed of a declaration.
#[derive(Default)]
struct Typed {
    version: String,
    label: String,
}

#[derive(Template)]
#[template(path = "register/declare.html")]
struct DeclarePage {
    page: Page,
    needs: DeclarationForm,
    prefix: String,
    versions: Vec<Choice>,
    host: Pick,
    here: String,
    form: Typed,
    errors: Errors,
}

impl DeclarePage {
    /// Gives the address of the form of a product.
    fn choose(&self, slug: &str) -> String {
        with_query(&self.here, &[("produit", slug)])
    }
}

async fn page(
    visitor: &Visitor,
    id: Uuid,
    product: Option<String>,
    prefix: String,
    (form, host): (Typed, Pick),
    errors: Errors,
) -> Answer {
    let command = ViewDeclarationForm {
        organisation: OrganisationId(id),
        product,
        search: prefix.clone(),
    };
    let needs = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = visitor
        .page(visitor.t("register-declare-title"))
        .under(needs.organisation.name.clone(), organisations::organisation(id))
        .under(visitor.t("register-deployments-title"), at::deployments(id))
        .here();
    let template = DeclarePage {
        page,
        versions: needs
            .versions
            .iter()
            .map(|v| Choice::new(v.id, v.version.as_str(), &form.version))
            .collect(),
        host,
        here: at::declare(id),
        needs,
        prefix,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows the products to choose from, or the form of the chosen one.
pub(super) async fn show(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let product = query.get("produit").filter(|slug| !slug.is_empty()).cloned();
    let prefix = query.get("nom").cloned().unwrap_or_default();
    let host = Pick::read(&visitor, "host", "", HOSTS).await?;
    page(&visitor, id, product, prefix, (Typed::default(), host), Errors::none()).await
}

/// Declares that the organisation runs the product.
pub(super) async fn submit(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = Typed {
        version: form.text("version"),
        label: form.text("label"),
    };
    let host = Pick::read(&visitor, "host", &form.text("host"), HOSTS).await?;
    let command = DeclareDeployment {
        organisation: OrganisationId(id),
        product: form.id("product").unwrap_or(ProductId(Uuid::nil())),
        version: form.id("version"),
        label: typed.label.clone(),
        host: host.id,
    };
    let declared = match host.check() {
        Ok(()) => perform(&visitor.context, command).await,
        Err(error) => Err(error),
    };
    match declared {
        Ok(deployment) => Ok(redirect_with(
            &visitor.web,
            &at::deployment(deployment.0),
            "flash-deployment-declared",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("register-field-{field}"))?;
            page(
                &visitor,
                id,
                Some(form.text("slug")),
                String::new(),
                (typed, host),
                errors,
            )
            .await
        }
    }
}
