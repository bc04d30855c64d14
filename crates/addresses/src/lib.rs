//! Every stable path of Beffroi as a typed value.
//!
//! Each file holds the addresses of one part: a function gives the address of a thing, and the
//! pattern that the router matches stands beside it. A page's address does not change.

pub mod campaign;
pub mod candidacy;
pub mod coverage;
pub mod declared_test;
pub mod embedding;
pub mod exchange;
pub mod finding;
pub mod gateway;
pub mod organisation;
pub mod people;
pub mod programme;
pub mod public;
pub mod register;
pub mod report;
pub mod search;
pub mod sharing;
mod sorting;
pub mod target;
pub mod vulnerability;

pub use sorting::{Column, Sorting};
