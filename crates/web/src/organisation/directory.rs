//! The public directory.

use super::{Pick, kind_key};
use crate::shell::{Answer, Errors, Page, Visitor, html};
use crate::shell::{Choice, with_query};
use addresses::organisation as at;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::organisation::{Organisation, OrganisationKind};
use std::collections::HashMap;
use use_cases::organisation::{Directory, ListDirectory};
use use_cases::read;

#[derive(Template)]
#[template(path = "organisation/directory.html")]
struct DirectoryPage {
    page: Page,
    directory: Directory,
    search: String,
    kinds: Vec<Choice>,
    within: Pick,
    errors: Errors,
    next: String,
}

impl DirectoryPage {
    fn kind(&self, organisation: &Organisation) -> String {
        self.page.t(&kind_key(organisation.kind))
    }
}

/// Lists the organisations of the directory.
pub(super) async fn list(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let (search, kind) = (text("nom"), text("nature"));
    let within = Pick::read(&visitor, "territoire", &text("territoire"), &[]).await?;
    let errors = match within.check() {
        Ok(()) => Errors::none(),
        Err(error) => Errors::of(&visitor, error, |_| "organisation-filter-within".to_owned())?,
    };
    let command = ListDirectory {
        kind: OrganisationKind::from_code(&kind),
        within: within.id,
        search: search.clone(),
        after: text("apres").parse().ok(),
    };
    let directory = read(&visitor.context, command).await.map_err(|e| visitor.problem(e))?;
    let next = directory.next.map(|id| {
        let after = id.to_string();
        with_query(
            at::ORGANISATIONS,
            &[
                ("nom", &search),
                ("nature", &kind),
                ("territoire", &within.text),
                ("apres", &after),
            ],
        )
    });
    let kinds = OrganisationKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), visitor.t(&kind_key(*k)), &kind));
    let template = DirectoryPage {
        page: visitor.page(visitor.t("organisation-directory-title")),
        kinds: kinds.collect(),
        within,
        next: next.unwrap_or_default(),
        directory,
        search,
        errors,
    };
    Ok(html(StatusCode::OK, &template))
}
