//! The organisations for which somebody holds a role, side by side.

use super::{Line, line};
use crate::shell::{Answer, Page, Visitor, html};
use addresses::organisation as at;
use askama::Template;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use use_cases::desk::{OwnOrganisation, ViewOwnOrganisations};
use use_cases::read;

/// An organisation of the page.
struct Own {
    name: String,
    href: String,
    roles: String,
    lines: Vec<Line>,
    looked: bool,
    delegated: Vec<(OrganisationId, String)>,
}

#[derive(Template)]
#[template(path = "desk/organisations.html")]
struct Organisations {
    page: Page,
    own: Vec<Own>,
}

fn own(visitor: &Visitor, one: OwnOrganisation) -> Own {
    let now = visitor.web.app.clock.now();
    let role = |role: &domain::role::Role| visitor.t(&format!("role-{}", role.code().replace('_', "-")));
    let roles: Vec<String> = one.roles.iter().map(role).collect();
    Own {
        name: one.organisation.name,
        href: at::organisation(one.organisation.id.0),
        roles: roles.join(&visitor.t("common-list-separator")),
        lines: one.items.into_iter().map(|item| line(visitor, now, item)).collect(),
        looked: one.looked,
        delegated: one.delegated,
    }
}

/// Shows each organisation, what its reader is there and what waits for them there.
pub(super) async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let found = read(&visitor.context, ViewOwnOrganisations)
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = Organisations {
        own: found.into_iter().map(|one| own(&visitor, one)).collect(),
        page: visitor
            .page(visitor.t("desk-organisations-title"))
            .under(visitor.t("desk-title"), addresses::people::DESK)
            .here(),
    };
    Ok(html(StatusCode::OK, &template))
}
