//! The products that a candidate offers: chosen from the catalogue, or named by hand.

use crate::shell::{Errors, Problem, Submitted, Visitor};
use domain::ids::ProductId;
use use_cases::candidacy::{OFFERS_MAX, Offer};
use use_cases::read;
use use_cases::register::ListCatalogue;

/// The products that a search shows at most; a longer name finds the others.
const FOUND_MAX: usize = 10;

/// A line of the products offered.
pub(super) struct OfferView {
    pub index: usize,
    pub number: usize,
    pub offer: Offer,
    pub errors: [String; 4],
}

impl OfferView {
    /// Gives the product's identifier, where it was chosen from the catalogue.
    pub(super) fn product(&self) -> String {
        self.offer.product.map(|id| id.to_string()).unwrap_or_default()
    }
}

/// A product of the catalogue that can be added.
pub(super) struct Found {
    pub id: String,
    pub name: String,
    pub vendor: String,
}

/// What is looked for in the catalogue, and what was found.
#[derive(Default)]
pub(super) struct Search {
    pub text: String,
    pub found: Vec<Found>,
    /// Whether an empty line was asked for, for a product that the catalogue does not have.
    pub blank: bool,
}

/// What was pressed on the page of the products.
pub(super) enum Pressed {
    /// Save and go on, where nothing of the step is missing.
    Next,
    /// Save and stop here for now.
    Later,
    /// Save and show another empty line.
    More,
    /// Save and look in the catalogue.
    Find(String),
    /// Save with the product of the catalogue that was added.
    Changed,
}

/// Reads the products that a form sent; empty lines are left out.
pub(super) fn offers(form: &Submitted) -> Vec<Offer> {
    let removed = form.number("remove");
    (0..OFFERS_MAX + 5)
        .filter(|index| removed != i64::try_from(*index).ok())
        .map(|index| Offer {
            product: form.id::<ProductId>(&format!("offer.{index}.product")),
            name: form.text(&format!("offer.{index}.name")),
            vendor: form.text(&format!("offer.{index}.vendor")),
            version: form.text(&format!("offer.{index}.version")),
            host: form.text(&format!("offer.{index}.host")),
        })
        .filter(|offer| !offer.is_empty())
        .chain(form.id::<ProductId>("add").map(|product| Offer {
            product: Some(product),
            ..Offer::default()
        }))
        .collect()
}

/// Says which button was pressed; the Enter key in the search looks.
pub(super) fn pressed(form: &Submitted) -> Pressed {
    let text = form.text("search").trim().to_owned();
    if form.ticked("add") || form.ticked("remove") {
        return Pressed::Changed;
    }
    match form.text("then").as_str() {
        "next" => Pressed::Next,
        "more" => Pressed::More,
        "later" => Pressed::Later,
        _ if form.ticked("find") || !text.is_empty() => Pressed::Find(text),
        _ => Pressed::Next,
    }
}

/// Gives the lines of the products, with empty ones to type in.
pub(super) fn offer_views(offers: &[Offer], errors: &Errors, blank: usize) -> Vec<OfferView> {
    let lines = (offers.len() + blank).clamp(1, OFFERS_MAX);
    (0..lines)
        .map(|index| OfferView {
            index,
            number: index + 1,
            offer: offers.get(index).cloned().unwrap_or_default(),
            errors: ["name", "vendor", "version", "host"]
                .map(|name| errors.at(&format!("offer.{index}.{name}")).to_owned()),
        })
        .collect()
}

/// Looks in the catalogue for the products that a search finds.
pub(super) async fn search(visitor: &Visitor, text: String) -> Result<Search, Problem> {
    if text.trim().is_empty() {
        return Ok(Search::default());
    }
    let list = ListCatalogue {
        search: text.clone(),
        ..ListCatalogue::default()
    };
    let catalogue = read(&visitor.context, list).await.map_err(|e| visitor.problem(e))?;
    let found = catalogue.products.into_iter().take(FOUND_MAX).map(|record| Found {
        id: record.product.id.to_string(),
        name: record.product.name,
        vendor: record.vendor_name,
    });
    Ok(Search {
        text,
        found: found.collect(),
        blank: false,
    })
}
