//! Adding the versions of a product.

use super::product_entry;
use crate::error::{Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::ManageProduct;
use domain::Date;
use domain::ids::{ProductId, VersionId};
use domain::product::ProductVersion;
use serde_json::json;

/// Adds a version of a product, or corrects the days of one that is there.
#[derive(Clone, Debug)]
pub struct AddVersion {
    /// The product.
    pub product: ProductId,
    /// The version, as its vendor writes it.
    pub version: String,
    /// The day it came out, as `2026-03-15`; may be empty.
    pub released_on: String,
    /// The last day of its support, as `2027-03-15`; may be empty.
    pub supported_until: String,
}

impl UseCase for AddVersion {
    type Output = VersionId;

    async fn run(&self, unit: &mut Unit) -> Outcome<VersionId> {
        let found = unit.store.take_product(self.product).await?;
        let proof = unit.permit_found::<ManageProduct, _>(found)?;
        let mut fields = Fields::new();
        let text = fields.required("version", &self.version, 60);
        let released_on = day(&mut fields, "released_on", &self.released_on);
        let supported_until = day(&mut fields, "supported_until", &self.supported_until);
        if let (Some(from), Some(until)) = (released_on, supported_until)
            && until < from
        {
            fields.add("supported_until", "error-window");
        }
        fields.done()?;
        let mut version = ProductVersion {
            id: VersionId(unit.fresh_id()),
            product: self.product,
            version: text,
            released_on,
            supported_until,
        };
        let fresh = version.id;
        version.id = unit.store.insert_version(&version, unit.now).await?;
        unit.store.update_version(&version).await?;
        let acting = proof.acting().clone();
        let body = json!({
            "version": version.version,
            "released_on": released_on,
            "supported_until": supported_until,
        });
        let kind = if version.id == fresh {
            "product.version_added"
        } else {
            "product.version_corrected"
        };
        unit.record(&acting, product_entry(self.product, kind, body)).await?;
        Ok(version.id)
    }
}

fn day(fields: &mut Fields, field: &str, text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok();
    if day.is_none() {
        fields.add(field, "error-not-a-date");
    }
    day
}
