//! Adding and correcting a product.

use crate::organisation::Pick;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::register as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use domain::organisation::OrganisationKind;
use use_cases::register::{AddProduct, CorrectProduct, ProductForm, ViewProductForm};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// What was typed of a product.
#[derive(Default)]
struct Typed {
    name: String,
    description: String,
    purl: String,
    cpe: String,
    revision: i64,
}

impl Typed {
    fn of(form: &Submitted) -> Self {
        Self {
            name: form.text("name"),
            description: form.text("description"),
            purl: form.text("purl"),
            cpe: form.text("cpe"),
            revision: form.number("revision").unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "register/product_form.html")]
struct FormPage {
    page: Page,
    new: bool,
    vendor: Pick,
    back: String,
    form: Typed,
    errors: Errors,
}

fn page(visitor: &Visitor, needs: ProductForm, (mut form, vendor): (Typed, Pick), errors: Errors) -> Answer {
    let (title, back, parent) = match &needs.record {
        Some(record) => {
            if !errors.any() {
                form.name.clone_from(&record.product.name);
                form.description.clone_from(&record.product.description);
                form.purl = record.product.purl.clone().unwrap_or_default();
                form.cpe = record.product.cpe.clone().unwrap_or_default();
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
        vendor,
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
    let own = needs.vendor.as_ref().map(|vendor| vendor.id);
    let vendor = Pick::chosen(&visitor, "vendor", own, VENDORS).await?;
    page(&visitor, needs, (Typed::default(), vendor), Errors::none())
}

/// The organisations that make products.
const VENDORS: &[OrganisationKind] = &[OrganisationKind::Vendor];

/// Adds a product.
pub(super) async fn add(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let needs = read(&visitor.context, ViewProductForm(None))
        .await
        .map_err(|e| visitor.problem(e))?;
    let typed = Typed::of(&form);
    let vendor = Pick::read(&visitor, "vendor", &form.text("vendor"), VENDORS).await?;
    let command = AddProduct {
        vendor: vendor.id.unwrap_or(OrganisationId(Uuid::nil())),
        name: typed.name.clone(),
        description: typed.description.clone(),
        purl: typed.purl.clone(),
        cpe: typed.cpe.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok((_, slug)) => Ok(redirect_with(&visitor.web, &at::product(&slug), "flash-product-added")),
        Err(error) => {
            let errors = Errors::of(&visitor, vendor.explain(error), label)?;
            page(&visitor, needs, (typed, vendor), errors)
        }
    }
}

/// Shows the form that corrects a product.
pub(super) async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    visitor.signed_in()?;
    let needs = read(&visitor.context, ViewProductForm(Some(slug)))
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, needs, Default::default(), Errors::none())
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
        cpe: typed.cpe.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(slug) => Ok(redirect_with(&visitor.web, &at::product(&slug), "flash-saved")),
        Err(error) => page(
            &visitor,
            needs,
            (typed, Pick::default()),
            Errors::of(&visitor, error, label)?,
        ),
    }
}
