//! Stories told on both engines, one file for each part, and the checks of the house.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod administration;
mod arrows;
mod authorisation;
mod call;
mod campaign;
mod candidacy;
mod directory;
mod evidence;
mod finding;
mod generated;
mod jobs;
mod limits;
mod log;
mod migrations;
mod notice;
mod organisation;
mod people;
mod plain_columns;
mod planted;
mod probes;
mod programme;
mod register;
mod released;
mod report;
mod requests;
mod retest;
mod risk;
mod schema;
mod sharing;
mod statements;
mod storage;
mod story;
mod texts;
mod vulnerability;
mod worlds;
