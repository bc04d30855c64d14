//! A field in which a product of the catalogue is chosen by its name or code, and one for its version.

use crate::shell::{Problem, Visitor};
use axum::Json;
use axum::extract::Query;
use domain::ids::{OrganisationId, ProductId, VersionId};
use std::collections::HashMap;
use use_cases::ports::ProductRecord;
use use_cases::register::{PickProduct, ProductMeant, SuggestProducts};
use use_cases::{Error, FieldError, Outcome, read};

/// The most names or versions that an error quotes.
const QUOTED: usize = 8;

/// The product and version of a form.
#[derive(Default)]
pub(crate) struct PickedProduct {
    /// What the field of the product holds.
    pub(crate) text: String,
    /// What the field of the version holds.
    pub(crate) version_text: String,
    /// The product, where it was found.
    pub(crate) id: Option<ProductId>,
    /// Who makes it.
    pub(crate) vendor: Option<OrganisationId>,
    /// The version, where one was named.
    pub(crate) version: Option<VersionId>,
    problems: Vec<FieldError>,
}

impl PickedProduct {
    /// Reads the product and the version that were written; either may be empty.
    pub(crate) async fn read(visitor: &Visitor, product: &str, version: &str) -> Result<Self, Problem> {
        let mut pick = Self {
            text: product.trim().to_owned(),
            version_text: version.trim().to_owned(),
            ..Self::default()
        };
        if pick.text.is_empty() {
            return Ok(pick);
        }
        let question = PickProduct(pick.text.clone());
        let (meant, versions) = read(&visitor.context, question).await.map_err(|e| visitor.problem(e))?;
        let record = match meant {
            ProductMeant::One(record) => *record,
            ProductMeant::Several(several) => {
                let names: Vec<String> = several.iter().take(QUOTED).map(label).collect();
                let names = names.join(&visitor.t("common-list-separator"));
                pick.wrong("product", "error-product-several", Some(names));
                return Ok(pick);
            }
            ProductMeant::Unknown => {
                pick.wrong("product", "error-product-unknown", None);
                return Ok(pick);
            }
        };
        pick.text = label(&record);
        pick.id = Some(record.product.id);
        pick.vendor = Some(record.product.vendor);
        let same = versions
            .iter()
            .find(|one| one.version.eq_ignore_ascii_case(&pick.version_text));
        pick.version = same.map(|one| one.id);
        if pick.version.is_none() && !pick.version_text.is_empty() {
            let known: Vec<&str> = versions.iter().take(QUOTED).map(|one| one.version.as_str()).collect();
            let known = if known.is_empty() {
                "–".to_owned()
            } else {
                known.join(", ")
            };
            pick.wrong("version", "error-version-unknown", Some(known));
        }
        Ok(pick)
    }

    fn wrong(&mut self, field: &str, message: &'static str, detail: Option<String>) {
        self.problems.push(FieldError {
            field: field.to_owned(),
            message,
            detail,
        });
    }

    /// Refuses what was written and is not in the catalogue.
    pub(crate) fn check(&self) -> Outcome<()> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.problems.clone()))
        }
    }

    /// Says in an error that the product is missing, as of a line of text.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let Error::Invalid(mut fields) = error else {
            return error;
        };
        for one in &mut fields {
            if one.field == "product" && self.text.is_empty() && one.message == "error-choose" {
                one.message = "error-required";
            }
        }
        Error::Invalid(fields)
    }
}

/// Writes a product so that its text alone finds it again.
fn label(record: &ProductRecord) -> String {
    format!("{} ({})", record.product.name, record.vendor_name)
}

/// Suggests products for what is written so far.
pub(super) async fn suggest(
    visitor: Visitor,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Vec<String>>, Problem> {
    let question = SuggestProducts(query.get("nom").cloned().unwrap_or_default());
    let found = read(&visitor.context, question).await.map_err(|e| visitor.problem(e))?;
    Ok(Json(found.iter().map(label).collect()))
}
