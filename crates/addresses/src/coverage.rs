//! Addresses of what was touched of a campaign's targets.

use uuid::Uuid;

/// What was touched of a campaign's targets.
pub const SHOW: &str = "/campagnes/{campaign}/couverture";
/// The endpoints of one target, as CSV.
pub const FILE: &str = "/campagnes/{campaign}/couverture.csv";

/// Gives the address of a campaign's coverage.
#[must_use]
pub fn show(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/couverture")
}

/// Gives the address of the endpoints of one target, as CSV.
#[must_use]
pub fn file(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/couverture.csv")
}
