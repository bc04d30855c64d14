//! Declaring that an organisation runs a product: first the product, then the installation.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use crate::shell::{Choice, with_query};
use addresses::{organisation as organisations, register as at};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::{OrganisationId, ProductId};
use std::collections::HashMap;
use use_cases::register::{DeclarationForm, DeclareDeployment, ViewDeclarationForm};
use use_cases::{perform, read};
use uuid::Uuid;

/// What was typed of a declaration.
#[derive(Default)]
struct Typed {
    version: String,
    label: String,
    host: String,
}

#[derive(Template)]
#[template(path = "register/declare.html")]
struct DeclarePage {
    page: Page,
    needs: DeclarationForm,
    prefix: String,
    versions: Vec<Choice>,
    hosts: Vec<Choice>,
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
    form: Typed,
    errors: Errors,
) -> Answer {
    let command = ViewDeclarationForm {
        organisation: OrganisationId(id),
        product,
        prefix: prefix.clone(),
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
        hosts: needs
            .hosts
            .iter()
            .map(|h| Choice::new(h.id, h.name.as_str(), &form.host))
            .collect(),
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
    page(&visitor, id, product, prefix, Typed::default(), Errors::none()).await
}

/// Declares that the organisation runs the product.
pub(super) async fn submit(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = Typed {
        version: form.text("version"),
        label: form.text("label"),
        host: form.text("host"),
    };
    let command = DeclareDeployment {
        organisation: OrganisationId(id),
        product: form.id("product").unwrap_or(ProductId(Uuid::nil())),
        version: form.id("version"),
        label: typed.label.clone(),
        host: form.id("host"),
    };
    match perform(&visitor.context, command).await {
        Ok(deployment) => Ok(redirect_with(
            &visitor.web,
            &at::deployment(deployment.0),
            "flash-deployment-declared",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("register-field-{field}"))?;
            page(&visitor, id, Some(form.text("slug")), String::new(), typed, errors).await
        }
    }
}
