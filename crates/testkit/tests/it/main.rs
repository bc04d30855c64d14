//! Stories told on both engines, one file for each part.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod authorisation;
mod call;
mod campaign;
mod candidacy;
mod organisation;
mod people;
mod programme;
mod register;
mod report;
mod sharing;
mod storage;
mod vulnerability;
