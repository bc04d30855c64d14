//! Addresses of the findings that are imported into campaigns.

use uuid::Uuid;

/// What was imported into a campaign; importing.
pub const LIST: &str = "/campagnes/{campaign}/constats";
/// A finding.
pub const SHOW: &str = "/constats/{finding}";
/// Deciding a finding.
pub const DECIDE: &str = "/constats/{finding}/decision";

/// Gives the address of a campaign's findings.
#[must_use]
pub fn list(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/constats")
}

/// Gives the address of a finding.
#[must_use]
pub fn show(finding: Uuid) -> String {
    format!("/constats/{finding}")
}

/// Gives the address where a finding is decided.
#[must_use]
pub fn decide(finding: Uuid) -> String {
    format!("/constats/{finding}/decision")
}
