//! The public catalogue and a product's sheet.

use super::already_tested as tests;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use crate::shell::{Choice, with_query};
use addresses::register as at;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::Date;
use std::collections::HashMap;
use use_cases::register::{AddVersion, Catalogue, ListCatalogue, ProductSheet, ViewProduct};
use use_cases::{perform, read};

#[derive(Template)]
#[template(path = "register/catalogue.html")]
struct CataloguePage {
    page: Page,
    catalogue: Catalogue,
    prefix: String,
    vendors: Vec<Choice>,
    filtered: bool,
    next: String,
}

/// Lists the products of the register.
pub(super) async fn list(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let (prefix, vendor) = (text("nom"), text("editeur"));
    let command = ListCatalogue {
        vendor: vendor.parse().ok(),
        prefix: prefix.clone(),
        after: text("apres").parse().ok(),
    };
    let catalogue = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let next = catalogue.next.map(|id| {
        with_query(
            at::CATALOGUE,
            &[("nom", &prefix), ("editeur", &vendor), ("apres", &id.to_string())],
        )
    });
    let vendors = catalogue
        .vendors
        .iter()
        .map(|(id, name)| Choice::new(id, name, &vendor))
        .collect();
    let template = CataloguePage {
        page: visitor.page(visitor.t("register-catalogue-title")),
        filtered: !prefix.is_empty() || !vendor.is_empty(),
        next: next.unwrap_or_default(),
        catalogue,
        prefix,
        vendors,
    };
    Ok(html(StatusCode::OK, &template))
}

/// What was typed of a version.
#[derive(Default)]
struct VersionForm {
    version: String,
    released_on: String,
    supported_until: String,
}

#[derive(Template)]
#[template(path = "register/product.html")]
struct ProductPage {
    page: Page,
    sheet: ProductSheet,
    form: VersionForm,
    errors: Errors,
}

impl ProductPage {
    /// Writes a calendar day as people do.
    fn date(&self, day: &Date) -> String {
        i18n::date_of(self.page.lang_is, &day.to_string())
    }
}

async fn page(visitor: &Visitor, slug: String, form: VersionForm, errors: Errors) -> Answer {
    let sheet = read(&visitor.context, ViewProduct(slug))
        .await
        .map_err(|e| visitor.problem(e))?;
    let title = sheet.record.product.name.clone();
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let notices: Vec<_> = sheet.tested.lines.iter().map(|line| line.notice).collect();
    let template = ProductPage {
        page: visitor
            .page(title)
            .under(visitor.t("register-catalogue-title"), at::CATALOGUE)
            .here()
            .with_notices(notices),
        sheet,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows a product.
pub(super) async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    page(&visitor, slug, VersionForm::default(), Errors::none()).await
}

/// Adds a version of a product.
pub(super) async fn add_version(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let sheet = read(&visitor.context, ViewProduct(slug.clone()))
        .await
        .map_err(|e| visitor.problem(e))?;
    let typed = VersionForm {
        version: form.text("version"),
        released_on: form.text("released_on"),
        supported_until: form.text("supported_until"),
    };
    let command = AddVersion {
        product: sheet.record.product.id,
        version: typed.version.clone(),
        released_on: typed.released_on.clone(),
        supported_until: typed.supported_until.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(_) => Ok(redirect_with(&visitor.web, &at::product(&slug), "flash-version-added")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| {
                format!("register-field-{}", field.replace('_', "-"))
            })?;
            page(&visitor, slug, typed, errors).await
        }
    }
}
