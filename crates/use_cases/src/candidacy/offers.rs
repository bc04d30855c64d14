//! The products that a candidate offers: chosen from the register, or named where it lacks them.

use super::content::Offer;
use crate::error::{Error, FieldError, Fields, Outcome};
use crate::unit::Unit;
use domain::ids::ProductId;

/// The products of one candidacy at most.
pub const OFFERS_MAX: usize = 20;

/// Gives the products that were chosen from the register the names they have there.
///
/// # Errors
/// [`Error::Invalid`] on `offers` where the register does not have one of them.
pub(crate) async fn named_by_register(unit: &mut Unit, offers: &mut [Offer]) -> Outcome<()> {
    let chosen: Vec<ProductId> = offers
        .iter()
        .filter_map(|offer| offer.product)
        .take(OFFERS_MAX)
        .collect();
    if chosen.is_empty() {
        return Ok(());
    }
    let records = unit.store.products(&chosen).await?;
    for offer in offers.iter_mut() {
        let Some(product) = offer.product else { continue };
        let found = records.iter().find(|record| record.product.id == product);
        let record = found.ok_or_else(|| Error::field("offers", "error-choose"))?;
        offer.name.clone_from(&record.product.name);
        offer.vendor.clone_from(&record.vendor_name);
    }
    Ok(())
}

/// Gives what is wrong with the products that were named.
pub(crate) fn offer_errors(offers: &[Offer]) -> Vec<FieldError> {
    let mut fields = Fields::new();
    for (index, offer) in offers.iter().enumerate() {
        for (name, text) in [
            ("name", &offer.name),
            ("vendor", &offer.vendor),
            ("version", &offer.version),
            ("host", &offer.host),
        ] {
            if text.trim().is_empty() {
                fields.add(&format!("offer.{index}.{name}"), "error-required");
            }
        }
    }
    match fields.done() {
        Err(Error::Invalid(errors)) => errors,
        _ => Vec::new(),
    }
}
