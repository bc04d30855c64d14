//! Addresses that everybody may open: the home page, help, the public log, receipts.

/// The home page.
pub const HOME: &str = "/";
/// Help.
pub const HELP: &str = "/aide";
/// The declaration of accessibility.
pub const ACCESSIBILITY: &str = "/accessibilite";
/// Who publishes the site.
pub const LEGAL: &str = "/mentions-legales";
/// The licence.
pub const LICENCE: &str = "/licence";
/// Whom to tell about a flaw of Beffroi itself (RFC 9116).
pub const SECURITY_TXT: &str = "/.well-known/security.txt";
/// The public log.
pub const LOG: &str = "/journal";
/// The newest signed checkpoint of the public log.
pub const CHECKPOINT: &str = "/journal/point-de-controle";
/// Checking a receipt.
pub const RECEIPT: &str = "/recepisse";
/// The inclusion proof of a receipt, as a file.
pub const PROOF: &str = "/recepisse/preuve";
