//! Addresses of a programme's results outside the platform: embedded pages, JSON, Atom, and their keys.

use uuid::Uuid;

/// Where the results may be taken to, and the keys that were given.
pub const KEYS: &str = "/programmes/{slug}/integration";
/// Saying which sites may frame the results.
pub const SITES: &str = "/programmes/{slug}/integration/sites";
/// Giving a site its key.
pub const SITE_KEY: &str = "/programmes/{slug}/integration/cles";
/// Making a member's own link.
pub const MEMBER_LINK: &str = "/programmes/{slug}/integration/liens";
/// Ending a key or a link.
pub const END_KEY: &str = "/programmes/{slug}/integration/cles/{key}/fin";
/// The public results, bare, for other sites to frame.
pub const PUBLIC_FRAME: &str = "/programmes/{slug}/public/integration";
/// The public results as JSON.
pub const PUBLIC_JSON: &str = "/programmes/{slug}/public.json";
/// The public results as an Atom feed.
pub const PUBLIC_ATOM: &str = "/programmes/{slug}/public.atom";
/// The members' results, bare, for other sites to frame.
pub const MEMBERS_FRAME: &str = "/programmes/{slug}/membres/integration/{pass}";
/// The members' results as JSON.
pub const MEMBERS_JSON: &str = "/programmes/{slug}/membres/json/{pass}";
/// The members' results as an Atom feed.
pub const MEMBERS_ATOM: &str = "/programmes/{slug}/membres/atom/{pass}";

/// Gives the address of a programme's keys.
#[must_use]
pub fn keys(slug: &str) -> String {
    format!("/programmes/{slug}/integration")
}

/// Gives the address where a key is ended.
#[must_use]
pub fn end_key(slug: &str, key: Uuid) -> String {
    format!("/programmes/{slug}/integration/cles/{key}/fin")
}

/// Gives the address of the public results for other sites.
#[must_use]
pub fn public_frame(slug: &str) -> String {
    format!("/programmes/{slug}/public/integration")
}

/// Gives the address of the public results as JSON.
#[must_use]
pub fn public_json(slug: &str) -> String {
    format!("/programmes/{slug}/public.json")
}

/// Gives the address of the public results as an Atom feed.
#[must_use]
pub fn public_atom(slug: &str) -> String {
    format!("/programmes/{slug}/public.atom")
}

/// Gives the address of the members' results for other sites.
#[must_use]
pub fn members_frame(slug: &str, token: &str) -> String {
    format!("/programmes/{slug}/membres/integration/{token}")
}

/// Gives the address of the members' results as JSON.
#[must_use]
pub fn members_json(slug: &str, token: &str) -> String {
    format!("/programmes/{slug}/membres/json/{token}")
}

/// Gives the address of the members' results as an Atom feed.
#[must_use]
pub fn members_atom(slug: &str, token: &str) -> String {
    format!("/programmes/{slug}/membres/atom/{token}")
}
