//! Lists of who runs what: for the organisation, for the vendor, for organisers.

use super::standing;
use crate::shell::with_query;
use crate::shell::{Answer, Page, Visitor, html};
use addresses::{organisation as organisations, register as at};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::{DeploymentId, OrganisationId};
use std::collections::HashMap;
use use_cases::ports::DeploymentRow;
use use_cases::read;
use use_cases::register::{ListMemberDeployments, ListOrganisationDeployments, ListProductDeployments};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "register/deployments.html")]
struct List {
    page: Page,
    lead: String,
    /// Whether the rows are told by who runs the product, rather than by product.
    by_organisation: bool,
    with_product: bool,
    rows: Vec<DeploymentRow>,
    to_confirm: Vec<DeploymentId>,
    /// The field that tells a confirmation to which list to come back.
    back: (&'static str, String),
    declare: String,
    /// Where a file is imported, for those who declare.
    import: String,
    /// Where the list is a file.
    export: String,
    empty: &'static str,
    next: String,
}

impl List {
    fn tone(&self, row: &DeploymentRow) -> &'static str {
        standing::tone(row)
    }

    fn word(&self, row: &DeploymentRow) -> String {
        standing::word(&self.page, row)
    }

    fn confirms(&self, row: &DeploymentRow) -> bool {
        self.to_confirm.contains(&row.deployment.id)
    }

    fn name(&self, row: &DeploymentRow) -> String {
        if self.by_organisation {
            row.organisation_name.clone()
        } else {
            standing::name(row)
        }
    }

    fn version(&self, row: &DeploymentRow) -> String {
        row.version
            .clone()
            .unwrap_or_else(|| self.page.t("register-version-unknown"))
    }

    fn host(&self, row: &DeploymentRow) -> String {
        row.host_name
            .clone()
            .unwrap_or_else(|| self.page.t("register-host-own"))
    }
}

fn after(query: &HashMap<String, String>) -> Option<DeploymentId> {
    query.get("apres").and_then(|text| text.parse().ok())
}

fn next(path: &str, id: Option<DeploymentId>) -> String {
    id.map(|id| with_query(path, &[("apres", &id.to_string())]))
        .unwrap_or_default()
}

/// Lists what an organisation runs.
pub(super) async fn of_organisation(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let command = ListOrganisationDeployments {
        organisation: OrganisationId(id),
        after: after(&query),
    };
    let list = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("register-deployments-title"))
        .under(visitor.t("organisation-directory-title"), organisations::ORGANISATIONS)
        .under(list.of.name.clone(), organisations::organisation(id))
        .here();
    let template = List {
        lead: page.t("register-deployments-lead"),
        page,
        by_organisation: false,
        with_product: false,
        declare: if list.may_declare {
            at::declare(id)
        } else {
            String::new()
        },
        import: if list.may_declare {
            at::import_deployments(id)
        } else {
            String::new()
        },
        export: at::export_deployments(id),
        empty: "register-deployments-empty",
        next: next(&at::deployments(id), list.next),
        rows: list.rows,
        to_confirm: list.to_confirm,
        back: ("", String::new()),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Lists the declarations that wait among those an organisation answers for.
pub(super) async fn of_members(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let command = ListMemberDeployments {
        organisation: OrganisationId(id),
        after: after(&query),
    };
    let list = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("register-members-title"))
        .under(visitor.t("organisation-directory-title"), organisations::ORGANISATIONS)
        .under(list.of.name.clone(), organisations::organisation(id))
        .here();
    let template = List {
        lead: page.t("register-members-lead"),
        page,
        by_organisation: true,
        with_product: true,
        declare: String::new(),
        import: String::new(),
        export: String::new(),
        empty: "register-members-empty",
        next: next(&at::member_deployments(id), list.next),
        rows: list.rows,
        to_confirm: list.to_confirm,
        back: ("members", id.to_string()),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Lists who says to run a product, for its vendor.
pub(super) async fn of_product(
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let command = ListProductDeployments {
        slug: slug.clone(),
        after: after(&query),
    };
    let list = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("register-deployers-title"))
        .under(visitor.t("register-catalogue-title"), at::CATALOGUE)
        .under(list.of.product.name.clone(), at::product(&slug))
        .here();
    let template = List {
        lead: page.t("register-deployers-lead"),
        page,
        by_organisation: true,
        with_product: false,
        declare: String::new(),
        import: String::new(),
        export: String::new(),
        empty: "register-deployers-empty",
        next: next(&at::product_deployments(&slug), list.next),
        rows: list.rows,
        to_confirm: list.to_confirm,
        back: ("product", slug.clone()),
    };
    Ok(html(StatusCode::OK, &template))
}
