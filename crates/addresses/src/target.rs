//! Addresses of targets behind the gateway and of the leases that lead to them.

use uuid::Uuid;

/// The targets of a campaign.
pub const LIST: &str = "/campagnes/{campaign}/cibles";
/// Taking a target out of a campaign.
pub const REMOVE: &str = "/campagnes/{campaign}/cibles/{target}/retrait";
/// Stopping a target, or letting it be reached again.
pub const STOP: &str = "/campagnes/{campaign}/cibles/{target}/arret";
/// Taking a way to a target.
pub const ACCESS: &str = "/campagnes/{campaign}/cibles/{target}/acces";
/// Giving one's own way to a target back.
pub const GIVE_BACK: &str = "/campagnes/{campaign}/cibles/{target}/acces/fin";
/// Ending somebody's way to a target.
pub const END: &str = "/campagnes/{campaign}/acces/{lease}/fin";

/// Gives the address of a campaign's targets.
#[must_use]
pub fn list(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles")
}

/// Gives the address where a target is stopped.
#[must_use]
pub fn stop(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/arret")
}

/// Gives the address where a target is taken out.
#[must_use]
pub fn remove(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/retrait")
}

/// Gives the address where somebody's way is ended.
#[must_use]
pub fn end(campaign: Uuid, lease: Uuid) -> String {
    format!("/campagnes/{campaign}/acces/{lease}/fin")
}
