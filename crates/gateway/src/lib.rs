//! The guarded, recording door to the targets.
//!
//! A person's tool asks `<label>.<domain>`; five phases say whether it may (`admission`), the
//! target is asked under its one public name (`rewrite`), and everything that passes is told to the
//! recorder of the campaign (`tap`, `relay`). What cannot be recorded does not pass.
//!
//! ```text
//! serve ─▶ names ─▶ who ─▶ campaign ─▶ scope ─▶ budget ─▶ target ─▶ rewrite ─▶ upstream
//!            └────────┴─────── refusal ─▶ page ─────┴────────┘        tap ◀──────┘
//! ```
//!
//! What it may let pass it hears from the platform over a link (`link`), and never from the database;
//! [`run`] keeps the link, the recorders and the doors.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

pub mod address;
pub mod admission;
mod certificates;
mod cookies;
mod credential;
mod enter;
mod grants;
mod handshake;
pub mod link;
mod linked;
mod links;
mod names;
mod page;
mod proxy;
mod refusal;
mod relay;
mod resolve;
mod rewrite;
mod run;
mod serve;
mod tap;
mod tunnel;
mod upstream;
mod websocket;

pub use certificates::{CertificateError, CertificateFiles, Certificates, native_roots};
pub use credential::{COOKIE_NAME, FIELD};
pub use grants::{Campaign, FRESH, Grants, Held, Lease, Limits, Scope, Stop, Target};
pub use handshake::Acceptor;
pub use page::{language, page};
pub use refusal::Refusal;
pub use resolve::{Resolve, SystemResolver};
pub use run::{Doors, Run, RunError, run};
pub use serve::{Door, Gateway, OnRefusal, Settings};
