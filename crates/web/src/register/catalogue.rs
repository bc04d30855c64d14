//! The public catalogue and a product's sheet.

use super::already_tested as tests;
use crate::organisation::Pick;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with, with_query};
use addresses::register as at;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::Date;
use domain::organisation::OrganisationKind;
use domain::product::{ProductVersion, Support};
use std::collections::HashMap;
use use_cases::register::{AddVersion, Catalogue, ListCatalogue, ProductSheet, ViewProduct};
use use_cases::{perform, read};

#[derive(Template)]
#[template(path = "register/catalogue.html")]
struct CataloguePage {
    page: Page,
    catalogue: Catalogue,
    search: String,
    vendor: Pick,
    errors: Errors,
    filtered: bool,
    next: String,
}

/// Lists the products of the register.
pub(super) async fn list(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let search = text("nom");
    let vendor = Pick::read(&visitor, "editeur", &text("editeur"), &[OrganisationKind::Vendor]).await?;
    let errors = match vendor.check() {
        Ok(()) => Errors::none(),
        Err(error) => Errors::of(&visitor, error, |_| "register-field-vendor".to_owned())?,
    };
    let command = ListCatalogue {
        vendor: vendor.id,
        search: search.clone(),
        after: text("apres").parse().ok(),
    };
    let catalogue = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let next = catalogue.next.map(|id| {
        with_query(
            at::CATALOGUE,
            &[("nom", &search), ("editeur", &vendor.text), ("apres", &id.to_string())],
        )
    });
    let template = CataloguePage {
        page: visitor.page(visitor.t("register-catalogue-title")),
        filtered: !search.is_empty() || !vendor.text.is_empty(),
        next: next.unwrap_or_default(),
        catalogue,
        search,
        vendor,
        errors,
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
    /// Whether the form of a version corrects one that is there.
    corrects: bool,
    /// Whether that form is unfolded.
    open: bool,
    errors: Errors,
}

impl ProductPage {
    /// Says whether the vendor's support for a version has ended.
    fn ended(&self, version: &ProductVersion) -> bool {
        version.support_on(self.sheet.today) == Support::Ended
    }

    fn form_title(&self) -> String {
        let key = if self.corrects {
            "register-version-correct"
        } else {
            "register-version-add"
        };
        self.page.t(key)
    }

    fn form_action(&self) -> String {
        let key = if self.corrects {
            "common-save"
        } else {
            "register-version-add-action"
        };
        self.page.t(key)
    }

    /// Gives the address where the days of a version are corrected.
    fn correct(&self, version: &ProductVersion) -> String {
        let path = at::product(&self.sheet.record.product.slug);
        format!("{}#version-dates", with_query(&path, &[("version", &version.version)]))
    }

    /// Writes a calendar day as people do.
    fn date(&self, day: &Date) -> String {
        i18n::date_of(self.page.lang_is, &day.to_string())
    }
}

async fn page(visitor: &Visitor, slug: String, mut form: VersionForm, errors: Errors) -> Answer {
    let sheet = read(&visitor.context, ViewProduct(slug))
        .await
        .map_err(|e| visitor.problem(e))?;
    if !errors.any()
        && let Some(version) = sheet.versions.iter().find(|one| one.version == form.version)
    {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        form.released_on = day(version.released_on);
        form.supported_until = day(version.supported_until);
    }
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
        corrects: sheet.versions.iter().any(|one| one.version == form.version),
        open: errors.any() || !form.version.is_empty(),
        sheet,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows a product; `?version=4.2` opens the form with the days of that version.
pub(super) async fn show(
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let form = VersionForm {
        version: query.get("version").cloned().unwrap_or_default(),
        ..VersionForm::default()
    };
    page(&visitor, slug, form, Errors::none()).await
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
        Ok(_) => {
            let known = sheet.versions.iter().any(|one| one.version == typed.version.trim());
            let flash = if known { "flash-saved" } else { "flash-version-added" };
            Ok(redirect_with(&visitor.web, &at::product(&slug), flash))
        }
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| {
                format!("register-field-{}", field.replace('_', "-"))
            })?;
            page(&visitor, slug, typed, errors).await
        }
    }
}
