//! Declaring a test: first the product, with what is known of its tests, then the test.

use super::{Typed, label};
use crate::register::already_tested as tests;
use crate::shell::{Answer, Choice, Errors, Page, Submitted, Visitor, html, redirect_with, with_query};
use addresses::{declared_test as at, organisation as organisations};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::declared_test::DeclaredTestKind;
use domain::ids::{OrganisationId, ProductId};
use std::collections::HashMap;
use use_cases::declared_test::{DeclareTestOf, DeclaredTestForm, ViewDeclaredTestForm, store_report};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "declared_test/declare.html")]
struct DeclarePage {
    page: Page,
    needs: DeclaredTestForm,
    prefix: String,
    versions: Vec<Choice>,
    kinds: Vec<Choice>,
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

/// Gives the kinds of test to choose from.
pub(super) fn kinds(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice = |kind: &DeclaredTestKind| Choice::new(kind.code(), page.tc("declared-kind", kind.code()), chosen);
    DeclaredTestKind::ALL.iter().map(choice).collect()
}

async fn page(visitor: &Visitor, id: Uuid, choice: (Option<String>, String), form: Typed, errors: Errors) -> Answer {
    let (product, prefix) = choice;
    let command = ViewDeclaredTestForm {
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
    let lines = needs.product.iter().flat_map(|(_, tested)| &tested.lines);
    let notices: Vec<_> = lines.map(|line| line.notice).collect();
    let page = visitor
        .page(visitor.t("declared-declare-title"))
        .under(needs.organisation.name.clone(), organisations::organisation(id))
        .under(visitor.t("declared-list-title"), at::list(id))
        .here()
        .with_notices(notices);
    let version = |v: &domain::product::ProductVersion| Choice::new(v.id, v.version.as_str(), &form.version);
    let template = DeclarePage {
        versions: needs.versions.iter().map(version).collect(),
        kinds: kinds(&page, &form.kind),
        page,
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
    page(&visitor, id, (product, prefix), Typed::default(), Errors::none()).await
}

/// Declares the test, with its report where one was chosen.
pub(super) async fn submit(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = Typed::of(&form);
    let organisation = OrganisationId(id);
    let (report, refused) = match form.file("report") {
        None => (None, Vec::new()),
        Some(file) => match store_report(&visitor.context, organisation, &file.name, file.bytes.clone()).await {
            Ok(report) => (Some(report), Vec::new()),
            Err(Error::Invalid(problems)) => (None, problems),
            Err(error) => return Err(visitor.problem(error)),
        },
    };
    let command = DeclareTestOf {
        organisation,
        product: form.id("product").unwrap_or(ProductId(Uuid::nil())),
        draft: typed.draft(),
        report,
        refused,
    };
    match perform(&visitor.context, command).await {
        Ok(test) => Ok(redirect_with(&visitor.web, &at::show(test.0), "flash-test-declared")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            let slug = Some(form.text("slug")).filter(|slug| !slug.is_empty());
            page(&visitor, id, (slug, String::new()), typed, errors).await
        }
    }
}
