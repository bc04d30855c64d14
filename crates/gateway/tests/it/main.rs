//! The gateway between a tool and a target that is really asked, both in this process.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests stop at the first surprise"
)]

mod certificate;
mod elsewhere;
mod hostile;
mod idle;
mod link;
mod passing;
mod refusing;
mod rig;
mod sockets;
mod stopping;
mod tls;
mod tunnel;
mod upstream;
mod words;
mod world;
