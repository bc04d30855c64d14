//! The gateway between a tool and a target that is really asked, both in this process.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise"
)]

mod hostile;
mod passing;
mod refusing;
mod sockets;
mod stopping;
mod tls;
mod upstream;
mod world;
