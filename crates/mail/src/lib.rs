//! Mail sent by SMTP, or written to a folder where there is no relay.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod folder;
mod message;
mod smtp;

pub use folder::Folder;
pub use smtp::{Relay, Smtp};
