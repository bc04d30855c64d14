//! Adding and correcting a product.

use crate::shell::Choice;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::register as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use use_cases::register::{AddProduct, CorrectProduct, ProductForm, ViewProductForm};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// What was typed of a product.
#[derive(Default)]
struct Typed {
    vendor: String,
    name: String,
    description: String,
    purl: String,
    revision: i64,
}

impl Typed {
    fn of(form: &Submitted) -> Self {
        Self {
            vendor: form.text("vendor"),
            name: form.text("name"),
            description: form.text("description"),
            purl: form.text("purl"),
            revision: form.number("revision").unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "register/product_form.html")]
struct FormPage {
    page: Page,
    new: bool,
    vendors: Vec<Choice>,
    back: String,
    form: Typed,
    errors: Errors,
}

fn page(visitor: &Visitor, needs: ProductForm, mut form: Typed, errors: Errors) -> Answer {
    let (title, back, parent) = match &needs.record {
        Some(record) => {
            if !errors.any() {
                form.name.clone_from(&record.product.name);
                form.description.clone_from(&record.product.description);
                form.purl = record.product.purl.clone().unwrap_or_default();
            }
            form.revision = record.product.revision;
            (
                "register-edit-title",
                at::product(&record.product.slug),
                Some(record.product.name.clone()),
            )
        }
        None => ("register-add-title", at::CATALOGUE.to_owned(), None),
    };
    let mut page = visitor
        .page(visitor.t(title))
        .under(visitor.t("register-catalogue-title"), at::CATALOGUE);
    if let Some(name) = parent {
        page = page.under(name, back.clone());
    }
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = FormPage {
        page: page.here(),
        new: needs.record.is_none(),
        vendors: needs
            .vendors
            .iter()
            .map(|v| Choice::new(v.id, v.name.as_str(), &form.vendor))
            .collect(),
        back,
        form,
        errors,
    };
    Ok(html(status, &template))
}

fn label(field: &str) -> String {
    format!("register-field-{}", field.replace('_', "-"))
}

/// Shows the form of a new product.
pub(super) async fn show_new(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let needs = read(&visitor.context, ViewProductForm(None))
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, needs, Typed::default(), Errors::none())
}

/// Adds a product.
pub(super) async fn add(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let needs = read(&visitor.context, ViewProductForm(None))
        .await
        .map_err(|e| visitor.problem(e))?;
    let typed = Typed::of(&form);
    let command = AddProduct {
        vendor: form.id("vendor").unwrap_or(OrganisationId(Uuid::nil())),
        name: typed.name.clone(),
        description: typed.description.clone(),
        purl: typed.purl.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok((_, slug)) => Ok(redirect_with(&visitor.web, &at::product(&slug), "flash-product-added")),
        Err(error) => page(&visitor, needs, typed, Errors::of(&visitor, error, label)?),
    }
}

/// Shows the form that corrects a product.
pub(super) async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    let needs = read(&visitor.context, ViewProductForm(Some(slug)))
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, needs, Typed::default(), Errors::none())
}

/// Corrects a product.
pub(super) async fn correct(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let needs = read(&visitor.context, ViewProductForm(Some(slug)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let typed = Typed::of(&form);
    let Some(record) = &needs.record else {
        return Err(visitor.problem(Error::NotFound));
    };
    let command = CorrectProduct {
        product: record.product.id,
        revision: typed.revision,
        name: typed.name.clone(),
        description: typed.description.clone(),
        purl: typed.purl.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(slug) => Ok(redirect_with(&visitor.web, &at::product(&slug), "flash-saved")),
        Err(error) => page(&visitor, needs, typed, Errors::of(&visitor, error, label)?),
    }
}
