//! Addresses of people: coming in, the account, the desk.

/// The sign-in page.
pub const SIGN_IN: &str = "/connexion";
/// Signing out.
pub const SIGN_OUT: &str = "/deconnexion";
/// The first page of everybody who has signed in.
pub const DESK: &str = "/bureau";
/// The organisations for which one holds a role, side by side.
pub const OWN_ORGANISATIONS: &str = "/mes-organisations";
/// One's own account.
pub const ACCOUNT: &str = "/compte";
/// Ending a session.
pub const END_SESSION: &str = "/compte/sessions/{session}/fin";
/// Ending all other sessions.
pub const END_OTHER_SESSIONS: &str = "/compte/sessions/fin";
/// Changing one's password.
pub const PASSWORD: &str = "/compte/mot-de-passe";
/// Which mails one gets.
pub const MAILS: &str = "/compte/messages";
/// Ending mails of a kind, by the link of one of them.
pub const UNSUBSCRIBE: &str = "/desabonnement/{pass}";
/// Taking up an invitation.
pub const INVITATION: &str = "/invitation/{token}";
/// Setting up an empty instance.
pub const SET_UP: &str = "/installation";

/// Gives the address of an invitation.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/invitation/{token}")
}

/// Gives the address where mails of a kind are ended.
#[must_use]
pub fn unsubscribe(token: &str) -> String {
    format!("/desabonnement/{token}")
}
