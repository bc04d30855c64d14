//! Products that vendors make and authorities run.

use crate::date::Date;
use crate::ids::{OrganisationId, ProductId, VersionId};
use crate::refusals;
use crate::slug::slug_is_valid;

/// A product of a vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its identifier.
    pub id: ProductId,
    /// Who makes it.
    pub vendor: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its readable address.
    pub slug: String,
    /// Its package URL, where it has one.
    pub purl: Option<String>,
    /// What it does.
    pub description: String,
    /// The revision of its row.
    pub revision: i64,
}

/// A version of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductVersion {
    /// Its identifier.
    pub id: VersionId,
    /// The product.
    pub product: ProductId,
    /// The version, as its vendor writes it.
    pub version: String,
    /// The day it came out, where known.
    pub released_on: Option<Date>,
    /// The last day of the vendor's support for it, where known.
    pub supported_until: Option<Date>,
}

refusals! {
    /// What is wrong with a product.
    pub enum ProductProblem {
        /// The name is empty.
        NameMissing = "name_missing",
        /// The slug cannot be part of an address.
        SlugInvalid = "slug_invalid",
        /// The package URL is none.
        PurlInvalid = "purl_invalid",
    }
}

impl Product {
    /// Gives everything that is wrong with the product.
    #[must_use]
    pub fn problems(&self) -> Vec<ProductProblem> {
        [
            (self.name.trim().is_empty(), ProductProblem::NameMissing),
            (!slug_is_valid(&self.slug), ProductProblem::SlugInvalid),
            (
                self.purl.as_deref().is_some_and(|p| !purl_is_plausible(p)),
                ProductProblem::PurlInvalid,
            ),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect()
    }
}

/// Says whether a text has the shape of a package URL: `pkg:type/[namespace/]name`.
#[must_use]
pub fn purl_is_plausible(text: &str) -> bool {
    let kind_is_good = |kind: &str| {
        kind.starts_with(|c: char| c.is_ascii_alphabetic())
            && kind
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'))
    };
    text.strip_prefix("pkg:")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(kind, path)| {
            let name = path.split(['@', '?', '#']).next().unwrap_or_default();
            kind_is_good(kind)
                && !name.is_empty()
                && name.split('/').all(|part| !part.is_empty())
                && !text.contains(char::is_whitespace)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_urls_have_a_type_and_a_name() {
        assert!(purl_is_plausible("pkg:generic/berger-levrault/e-enfance@1.2"));
        for bad in [
            "",
            "pkg:",
            "pkg:generic",
            "pkg:generic/",
            "pkg:/name",
            "npm/name",
            "pkg:a/b c",
            "pkg:a//b",
        ] {
            assert!(!purl_is_plausible(bad), "{bad}");
        }
    }
}
