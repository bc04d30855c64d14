//! Products that vendors make and authorities run.

use crate::cpe::{Cpe, CpeProblem};
use crate::date::Date;
use crate::ids::{OrganisationId, ProductId, VersionId};
use crate::refusals;
use crate::slug::slug_is_valid;
use packageurl::PackageUrl;

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
    /// Its package URL, where it has one; of any version.
    pub purl: Option<String>,
    /// Its name in the CPE dictionary, where it has one; of any version.
    pub cpe: Option<String>,
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
        /// The package URL is of one version.
        PurlVersioned = "purl_versioned",
        /// The CPE name is none.
        CpeInvalid = "cpe_invalid",
        /// The CPE name is of several products.
        CpeTooWide = "cpe_too_wide",
        /// The CPE name is of one version.
        CpeVersioned = "cpe_versioned",
    }
}

impl Product {
    /// Gives everything that is wrong with the product.
    #[must_use]
    pub fn problems(&self) -> Vec<ProductProblem> {
        let purl = self.purl.as_deref().and_then(|text| product_purl(text).err());
        let cpe = self.cpe.as_deref().and_then(|text| product_cpe(text).err());
        let name = [
            (self.name.trim().is_empty(), ProductProblem::NameMissing),
            (!slug_is_valid(&self.slug), ProductProblem::SlugInvalid),
        ];
        let name = name.into_iter().filter_map(|(wrong, problem)| wrong.then_some(problem));
        name.chain(purl).chain(cpe).collect()
    }
}

/// Gives the package URL of a product as it is compared, `pkg:type/[namespace/]name`.
///
/// # Errors
/// [`ProductProblem`] where the text is none, or names a version: that belongs to the version.
pub fn product_purl(text: &str) -> Result<String, ProductProblem> {
    let purl: PackageUrl<'_> = text.trim().parse().map_err(|_| ProductProblem::PurlInvalid)?;
    if purl.name().is_empty() || text.trim().contains(char::is_whitespace) {
        Err(ProductProblem::PurlInvalid)
    } else if purl.version().is_some() {
        Err(ProductProblem::PurlVersioned)
    } else {
        Ok(purl.to_string())
    }
}

/// Gives the CPE name of a product as it is compared, all its components written.
///
/// # Errors
/// [`ProductProblem`] where the text is none, or names several products or one version.
pub fn product_cpe(text: &str) -> Result<String, ProductProblem> {
    Cpe::of_product(text)
        .map(|name| name.to_string())
        .map_err(|problem| match problem {
            CpeProblem::NotCpe => ProductProblem::CpeInvalid,
            CpeProblem::TooWide => ProductProblem::CpeTooWide,
            CpeProblem::Versioned => ProductProblem::CpeVersioned,
        })
}

/// Gives how the purl or CPE name of a product begins that somebody writes, as it is kept; none for other words.
///
/// The type of a package URL has no case, and the rest of a whole one is written as it is kept; of one that is only
/// begun, only the type is certain.
#[must_use]
pub fn code_begun(text: &str) -> Option<String> {
    let begins = |scheme: &str| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if begins("cpe:") {
        return Some(text.to_lowercase());
    }
    if !begins("pkg:") {
        return None;
    }
    Some(product_purl(text).unwrap_or_else(|_| match text.split_once('/') {
        Some((kind, rest)) => format!("{}/{rest}", kind.to_lowercase()),
        None => text.to_lowercase(),
    }))
}

/// Where the vendor's support for a version stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Nobody said until when.
    Unknown,
    /// It is supported, this day included.
    Supported,
    /// It ended before this day.
    Ended,
}

impl ProductVersion {
    /// Says where its support stands on a day.
    #[must_use]
    pub fn support_on(&self, day: Date) -> Support {
        match self.supported_until {
            None => Support::Unknown,
            Some(until) if until < day => Support::Ended,
            Some(_) => Support::Supported,
        }
    }
}

/// One piece of a version: a number, or a word that comes before the release itself.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// `beta` in `5.0-beta`: before `5.0`.
    Word(String),
    /// The version ends here.
    End,
    /// Its digits without zeros before them: the longer number is the greater.
    Number(usize, String),
}

/// Cuts a version into its pieces.
fn pieces(version: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = version;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let whole = |c: char| if digits { c.is_ascii_digit() } else { c.is_alphabetic() };
        let end = rest.find(|c| !whole(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end.max(first.len_utf8()));
        if digits {
            let number = piece.trim_start_matches('0');
            pieces.push(Piece::Number(number.len(), number.to_owned()));
        } else if first.is_alphabetic() && !(pieces.is_empty() && piece.eq_ignore_ascii_case("v")) {
            pieces.push(Piece::Word(piece.to_lowercase()));
        }
        rest = after;
    }
    pieces.push(Piece::End);
    pieces
}

/// Sorts versions, the newest first, as people count: 4.10 before 4.9, 5.0 before 5.0-beta.
pub fn newest_first(versions: &mut [ProductVersion]) {
    versions.sort_by_cached_key(|one| std::cmp::Reverse((pieces(&one.version), one.released_on)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_searched_as_it_is_kept() {
        for (written, kept) in [
            ("Opaline", None),
            ("PKG:NuGet/Newtonsoft.Json", Some("pkg:nuget/Newtonsoft.Json")),
            ("pkg:npm/@angular/core", Some("pkg:npm/%40angular/core")),
            ("pkg:NPM/%40ang", Some("pkg:npm/%40ang")),
            ("pkg:NuG", Some("pkg:nug")),
            ("CPE:2.3:a:Opaline", Some("cpe:2.3:a:opaline")),
        ] {
            assert_eq!(code_begun(written).as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn a_package_url_of_a_product_has_a_type_a_name_and_no_version() {
        for (text, expected) in [
            (
                "pkg:generic/berger-levrault/e-enfance",
                Ok("pkg:generic/berger-levrault/e-enfance"),
            ),
            ("pkg:Generic/x", Ok("pkg:generic/x")),
            ("pkg:npm/%40angular/core", Ok("pkg:npm/%40angular/core")),
            (
                "pkg:generic/berger-levrault/e-enfance@1.2",
                Err(ProductProblem::PurlVersioned),
            ),
            ("", Err(ProductProblem::PurlInvalid)),
            ("pkg:", Err(ProductProblem::PurlInvalid)),
            ("pkg:generic", Err(ProductProblem::PurlInvalid)),
            ("pkg:generic/", Err(ProductProblem::PurlInvalid)),
            ("pkg:/name", Err(ProductProblem::PurlInvalid)),
            ("npm/name", Err(ProductProblem::PurlInvalid)),
            ("pkg:a/b c", Err(ProductProblem::PurlInvalid)),
        ] {
            assert_eq!(product_purl(text), expected.map(str::to_owned), "{text}");
        }
    }

    fn version(text: &str) -> ProductVersion {
        ProductVersion {
            id: VersionId(uuid::Uuid::nil()),
            product: ProductId(uuid::Uuid::nil()),
            version: text.to_owned(),
            released_on: None,
            supported_until: None,
        }
    }

    #[test]
    fn versions_come_newest_first_as_people_count() {
        let sorted = [
            "5.0", "5.0-rc2", "5.0-beta", "v4.10.1", "4.10", "4.9.12", "4.9.2", "04.2", "2025.1", "2024.12",
        ];
        let mut versions: Vec<_> = sorted.iter().rev().map(|text| version(text)).collect();
        newest_first(&mut versions);
        let mut expected = sorted[8..].to_vec();
        expected.extend(&sorted[..8]);
        let found: Vec<_> = versions.iter().map(|one| one.version.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn support_lasts_through_its_last_day() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let one = ProductVersion {
            supported_until: Some(day("2026-03-15")),
            ..version("1")
        };
        assert_eq!(one.support_on(day("2026-03-15")), Support::Supported);
        assert_eq!(one.support_on(day("2026-03-16")), Support::Ended);
        assert_eq!(version("1").support_on(day("2026-03-16")), Support::Unknown);
    }
}
