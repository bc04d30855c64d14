//! What people come to do in Beffroi, one use case a file.
//!
//! A use case loads its aggregate, asks `authorization` for the proof, calls the pure transition
//! in `domain`, and saves the result with its journal entry and its jobs in one transaction.
//! The ports in [`ports`] are implemented one floor up; this floor knows neither SQL nor HTTP.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

pub mod app;
pub mod authorisation;
pub mod call;
pub mod campaign;
pub mod candidacy;
pub mod coverage;
pub mod csv_file;
pub mod declared_test;
pub mod desk;
pub mod directory;
pub mod embedding;
pub mod error;
pub mod exchange;
pub mod files;
pub mod finding;
pub mod history;
pub mod instance_key;
pub mod jobs;
pub mod journal;
pub mod mail;
pub mod organisation;
pub mod people;
pub mod perform;
pub mod ports;
pub mod programme;
pub mod public;
pub mod register;
pub mod replay;
pub mod report;
pub mod search;
pub mod sharing;
pub mod snapshot;
pub mod target;
pub mod unit;
pub mod vault;
pub mod vulnerability;

pub use app::{App, GatewayAddress, Limits, Settings};
pub use error::{Error, FieldError, Outcome};
pub use perform::{Context, UseCase, Who, perform, read, read_last};
pub use unit::Unit;
