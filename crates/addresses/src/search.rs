//! The address of the search.

/// What the reader may see, by words.
pub const SEARCH: &str = "/recherche";
