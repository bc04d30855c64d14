//! The search box and its answers.

mod rows;

use crate::Routes;
use crate::shell::{Answer, Choice, Errors, Page, Visitor, html, with_query};
use addresses::search::SEARCH;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::search::Part;
use rows::{Section, sections};
use std::collections::HashMap;
use use_cases::read;
use use_cases::search::{Results, Search};

pub(crate) fn routes() -> Routes {
    Routes::new().get(SEARCH, show)
}

#[derive(Template)]
#[template(path = "search/results.html")]
struct ResultsPage {
    page: Page,
    typed: String,
    parts: Vec<Choice>,
    /// The product within which is searched: its name and identifier.
    product: Option<(String, String)>,
    sections: Vec<Section>,
    errors: Errors,
    asked: bool,
    narrowed: bool,
    everywhere: String,
}

/// Searches what the reader may see: `?q=injection&quoi=report&produit=…`.
async fn show(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let typed = text("q").trim().to_owned();
    let search = Search {
        text: typed.clone(),
        part: Part::from_code(text("quoi")),
        product: text("produit").parse().ok(),
    };
    let (part, product) = (search.part, search.product);
    let (results, errors) = if typed.is_empty() {
        (Results::default(), Errors::none())
    } else {
        match read(&visitor.context, search).await {
            Ok(results) => (results, Errors::none()),
            Err(error) => (
                Results::default(),
                Errors::of(&visitor, error, |_| "search-field".to_owned())?,
            ),
        }
    };
    let page = visitor.page(visitor.t("search-title")).here();
    let code = part.map(Part::code).unwrap_or_default();
    let mut parts = vec![Choice::new("", page.t("search-part-any"), code)];
    for one in Part::ALL {
        parts.push(Choice::new(one.code(), page.tc("search-part", one.code()), code));
    }
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let notices = results.reports.lines.iter().map(|line| line.notice);
    let notices = notices.chain(results.vulnerabilities.lines.iter().map(|line| line.record.notice));
    let notices: Vec<_> = notices
        .chain(results.campaigns.lines.iter().map(|line| line.notice))
        .collect();
    let chosen = results.product.as_ref();
    let template = ResultsPage {
        product: chosen.map(|record| (record.product.name.clone(), record.product.id.to_string())),
        sections: sections(&page, &results, &typed, part),
        page: page.with_notices(notices),
        asked: !typed.is_empty() && !errors.any(),
        narrowed: part.is_some() || product.is_some(),
        everywhere: with_query(SEARCH, &[("q", &typed)]),
        parts,
        typed,
        errors,
    };
    Ok(html(status, &template))
}
