//! Addresses of organisations and of the platform's administration.

use uuid::Uuid;

/// The directory of organisations.
pub const ORGANISATIONS: &str = "/organisations";
/// Suggestions for a field in which an organisation is chosen.
pub const SUGGESTIONS: &str = "/organisations/suggestions";
/// Adding an organisation.
pub const ADD_ORGANISATION: &str = "/organisations/ajouter";
/// An organisation's sheet.
pub const ORGANISATION: &str = "/organisations/{organisation}";
/// The people of an organisation.
pub const PEOPLE: &str = "/organisations/{organisation}/personnes";
/// Inviting somebody to an organisation.
pub const INVITE: &str = "/organisations/{organisation}/invitations";
/// Withdrawing an invitation.
pub const WITHDRAW_INVITATION: &str = "/invitations/{invitation}/retrait";
/// Ending a role.
pub const END_GRANT: &str = "/roles/{grant}/fin";
/// What the members of an organisation run and share.
pub const GROUP: &str = "/organisations/{organisation}/groupe";
/// Adding an affiliation of an organisation.
pub const AFFILIATIONS: &str = "/organisations/{organisation}/appartenances";
/// Ending an affiliation.
pub const END_AFFILIATION: &str = "/appartenances/{affiliation}/fin";
/// The state of the platform.
pub const ADMINISTRATION: &str = "/administration";
/// Having failed jobs tried again.
pub const TRY_JOBS_AGAIN: &str = "/administration/taches";

/// Gives the address of an organisation's sheet.
#[must_use]
pub fn organisation(id: Uuid) -> String {
    format!("/organisations/{id}")
}

/// Gives the address of an organisation's people.
#[must_use]
pub fn people(id: Uuid) -> String {
    format!("/organisations/{id}/personnes")
}

/// Gives the address of what the members of an organisation run and share.
#[must_use]
pub fn group(id: Uuid) -> String {
    format!("/organisations/{id}/groupe")
}
