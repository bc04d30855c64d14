//! Choosing a product of the catalogue by what people write: its name, its address, its purl or its CPE name.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{ProductFilter, ProductRecord};
use crate::unit::Unit;
use domain::organisation::{name_sort, name_words};
use domain::product::{ProductVersion, product_cpe, product_purl};
use domain::slug::slug_of;

/// The most products that are suggested.
const SUGGESTED: i64 = 12;

/// Finds the one product that a text names: by its package URL, its CPE name, its readable address or its whole name,
/// with its vendor in brackets or without.
pub(crate) async fn named(unit: &mut Unit, text: &str) -> Outcome<Option<ProductRecord>> {
    let text = text.trim();
    if let Ok(purl) = product_purl(text) {
        return Ok(unit
            .store
            .product_by_purl(&purl)
            .await?
            .map(|found| found.peek().clone()));
    }
    if let Ok(cpe) = product_cpe(text) {
        return Ok(unit.store.product_by_cpe(&cpe).await?.map(|found| found.peek().clone()));
    }
    let bare = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    for (name, vendor) in [Some((text, "")), bare].into_iter().flatten() {
        // The address is made of the name, and no two products have the same.
        for slug in [name.to_owned(), slug_of(name)] {
            let Some(found) = unit.store.product_by_slug(&slug).await? else {
                continue;
            };
            let record = found.peek();
            let meant = slug == name || name_sort(&record.product.name) == name_sort(name);
            if meant && (vendor.is_empty() || name_sort(&record.vendor_name) == name_sort(vendor)) {
                return Ok(Some(record.clone()));
            }
        }
    }
    Ok(None)
}

/// Finds the product that a text names, with its versions.
pub struct PickProduct(pub String);

impl UseCase for PickProduct {
    type Output = Option<(ProductRecord, Vec<ProductVersion>)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let Some(record) = named(unit, &self.0).await? else {
            return Ok(None);
        };
        let versions = unit.store.versions(record.product.id).await?;
        Ok(Some((record, versions)))
    }
}

/// Suggests products for the words or the code that were written so far.
pub struct SuggestProducts(pub String);

impl UseCase for SuggestProducts {
    type Output = Vec<ProductRecord>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<ProductRecord>> {
        let filter = searched(&self.0, SUGGESTED);
        if filter.words.is_empty() && filter.code.is_none() {
            return Ok(Vec::new());
        }
        Ok(unit.store.list_products(&filter).await?)
    }
}

/// Gives what a search of the catalogue lets through: words of names, or the beginning of a purl or CPE name.
pub(super) fn searched(text: &str, limit: i64) -> ProductFilter {
    let search = text.trim().to_lowercase();
    let coded = search.starts_with("pkg:") || search.starts_with("cpe:");
    ProductFilter {
        words: if coded { Default::default() } else { name_words(&search) },
        code: coded.then_some(search),
        limit,
        ..ProductFilter::default()
    }
}
