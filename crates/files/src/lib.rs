//! The store of sealed files, and what type a file really is.
//!
//! Only sealed bytes come here, under names that are keyed hashes: the folder tells nothing.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod folder;
mod sniff;

pub use folder::Folder;
pub use sniff::{ACCEPTED, sniff};
