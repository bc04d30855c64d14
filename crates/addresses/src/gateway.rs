//! How the gateway is asked: what the pages tell people, and what it listens for.

/// The header field by which tools give the credential of a lease.
pub const FIELD: &str = "beffroi-lease";
/// The user name under which they give it by Basic authentication (RFC 7617).
pub const USER: &str = "beffroi";
/// Where a browser gives it, by a form, under the lease's host name.
pub const ENTER: &str = "/.beffroi/enter";
