//! Sends recorded requests again, in their order, to an instance, and says how the answers differ.
//!
//! What the instance issues is carried on: cookies, and values that a recorded answer gave and a later
//! recorded request sent, such as tokens of forms, bearer tokens, identifiers and redirects. Nothing else of a
//! request changes but the fields of framing and of the connection, which are made anew, and `Host`.
//!
//! ```text
//! recorded request ──▶ carry on ──▶ send ──▶ replayed answer ──▶ differences ──▶ summary
//!                         ▲                        │
//!                         └──── learn by place ◀───┴── recorded answer
//! ```
//!
//! Carrying on ([`Carry`]) and comparing ([`compare`]) are pure. What was recorded and what the instance says is
//! trusted in nothing: every size, time and count is bounded. This crate knows no recordings: whoever replays
//! turns an exchange into a [`Step`].
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod carry;
mod decode;
mod diff;
#[cfg(test)]
mod fuzz;
mod message;
mod places;
mod run;
mod send;
mod tls;

pub use carry::{Carry, Change, ChangePlace};
pub use diff::{Difference, Expected, Place, Summary, compare, summary};
pub use message::{Answer, Fields, Request, Step};
pub use run::{Replay, Replayed};
pub use send::{Limits, NoAnswer, Target};
pub use tls::Tls;
