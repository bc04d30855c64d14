//! Addresses of exchanges: one's own in a campaign, and those of a report.

use uuid::Uuid;

/// One's own exchanges in a campaign.
pub const LIST: &str = "/campagnes/{campaign}/echanges";
/// One of them.
pub const SHOW: &str = "/campagnes/{campaign}/echanges/{place}";
/// The exchanges that were attached to a report.
pub const EVIDENCE: &str = "/signalements/{report}/echanges/{attachment}";
/// The same, in a format that other tools read.
pub const EXPORT: &str = "/signalements/{report}/echanges/{attachment}/{format}";

/// Sending the requests of a report's exchanges again.
pub const REPLAY: &str = "/signalements/{report}/echanges/{attachment}/rejeu";
/// What a replay showed.
pub const REPLAYED: &str = "/signalements/{report}/rejeux/{replay}";

/// Gives the address of one's own exchanges in a campaign.
#[must_use]
pub fn list(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/echanges")
}

/// Gives the address of one of one's own exchanges.
#[must_use]
pub fn show(campaign: Uuid, place: &str) -> String {
    format!("/campagnes/{campaign}/echanges/{place}")
}

/// Gives the address of the exchanges that were attached to a report.
#[must_use]
pub fn evidence(report: Uuid, attachment: Uuid) -> String {
    format!("/signalements/{report}/echanges/{attachment}")
}

/// Gives the address of the exchanges of a report in a format: `har` or `warc`.
#[must_use]
pub fn export(report: Uuid, attachment: Uuid, format: &str) -> String {
    format!("/signalements/{report}/echanges/{attachment}/{format}")
}

/// Gives the address where the requests of a report's exchanges are sent again.
#[must_use]
pub fn replay(report: Uuid, attachment: Uuid) -> String {
    format!("/signalements/{report}/echanges/{attachment}/rejeu")
}

/// Gives the address of what a replay showed.
#[must_use]
pub fn replayed(report: Uuid, replay: Uuid) -> String {
    format!("/signalements/{report}/rejeux/{replay}")
}
