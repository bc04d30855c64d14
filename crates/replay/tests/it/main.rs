//! Replays against instances that really answer, in this process, on loopback.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise"
)]

mod hostile;
mod mairie;
mod recorded;
mod story;
mod tls;
