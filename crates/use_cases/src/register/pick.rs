//! Choosing a product of the catalogue by what people write: its name, its address, its purl or its CPE name.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{ProductFilter, ProductRecord};
use crate::unit::Unit;
use domain::organisation::{name_sort, name_words};
use domain::product::{ProductVersion, code_begun, product_cpe, product_purl};

/// The most products that are suggested.
const SUGGESTED: i64 = 12;

/// What a text means among the products of the catalogue.
#[derive(Clone, Debug)]
pub enum ProductMeant {
    /// One product.
    One(Box<ProductRecord>),
    /// Several bear the name, or begin with it: the first of them.
    Several(Vec<ProductRecord>),
    /// None does.
    Unknown,
}

impl From<Vec<ProductRecord>> for ProductMeant {
    fn from(mut found: Vec<ProductRecord>) -> Self {
        match (found.len(), found.pop()) {
            (1, Some(one)) => Self::One(Box::new(one)),
            (_, Some(one)) => Self::Several(found.into_iter().chain([one]).collect()),
            (_, None) => Self::Unknown,
        }
    }
}

/// Finds what a text names whole: by a package URL, a CPE name, a readable address or a name, with its vendor in
/// brackets or without.
pub(crate) async fn named(unit: &mut Unit, text: &str) -> Outcome<ProductMeant> {
    let text = text.trim();
    if let Ok(purl) = product_purl(text) {
        let found = unit.store.product_by_purl(&purl).await?;
        return Ok(found
            .map(|found| found.peek().clone())
            .into_iter()
            .collect::<Vec<_>>()
            .into());
    }
    if let Ok(cpe) = product_cpe(text) {
        let found = unit.store.product_by_cpe(&cpe).await?;
        return Ok(found
            .map(|found| found.peek().clone())
            .into_iter()
            .collect::<Vec<_>>()
            .into());
    }
    if let Some(found) = unit.store.product_by_slug(text).await? {
        return Ok(ProductMeant::One(Box::new(found.peek().clone())));
    }
    let bare = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    for (name, vendor) in [Some((text, "")), bare].into_iter().flatten() {
        let (name, vendor) = (name_sort(name), name_sort(vendor));
        let called = unit.store.products_called(std::slice::from_ref(&name)).await?;
        let ids: Vec<_> = called.into_iter().map(|(id, ..)| id).collect();
        let mut found = unit.store.products(&ids).await?;
        found.retain(|one| vendor.is_empty() || name_sort(&one.vendor_name) == vendor);
        if !found.is_empty() {
            return Ok(found.into());
        }
    }
    Ok(ProductMeant::Unknown)
}

/// Finds the product that a text means: what it names whole, or what alone has all of its words.
pub struct PickProduct(pub String);

impl UseCase for PickProduct {
    type Output = (ProductMeant, Vec<ProductVersion>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let mut meant = named(unit, &self.0).await?;
        if matches!(meant, ProductMeant::Unknown) {
            meant = SuggestProducts(self.0.clone()).run(unit).await?.into();
        }
        let versions = match &meant {
            ProductMeant::One(record) => unit.store.versions(record.product.id).await?,
            _ => Vec::new(),
        };
        Ok((meant, versions))
    }
}

/// Suggests products for the words or the code that were written so far.
pub struct SuggestProducts(pub String);

impl UseCase for SuggestProducts {
    type Output = Vec<ProductRecord>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<ProductRecord>> {
        suggested(unit, &self.0, SUGGESTED).await
    }
}

/// Gives the products that words or a code mean, at most so many.
pub(crate) async fn suggested(unit: &mut Unit, text: &str, limit: i64) -> Outcome<Vec<ProductRecord>> {
    let filter = searched(text, limit);
    if filter.words.is_empty() && filter.code.is_none() {
        return Ok(Vec::new());
    }
    Ok(unit.store.list_products(&filter).await?)
}

/// Gives what a search of the catalogue lets through: words of names, or the beginning of a purl or CPE name.
pub(super) fn searched(text: &str, limit: i64) -> ProductFilter {
    let search = text.trim();
    let code = code_begun(search);
    ProductFilter {
        words: if code.is_some() {
            Default::default()
        } else {
            name_words(search)
        },
        code,
        limit,
        ..ProductFilter::default()
    }
}
