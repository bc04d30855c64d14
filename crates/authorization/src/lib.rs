//! Who may do what in Beffroi.
//!
//! Policies are Cedar text files in `policies/` that an RSSI can read; everything that no policy
//! permits is refused. A [`Permitted`] is made only here, from a [`Loaded`] that only storage's
//! row mapping makes; use cases demand it before they change or open anything.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

pub mod action;
pub mod actor;
pub mod policies;
pub mod proof;
pub mod resource;
mod slice;

pub use action::Action;
pub use actor::{Acting, Actor, PersonActor, SystemKind};
pub use policies::{Policies, PolicyError};
pub use proof::{Loaded, Permitted, Refused};
pub use resource::{Attr, Attributes, Resource};
