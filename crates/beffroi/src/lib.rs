//! An instance of Beffroi: settings in, adapters assembled, one command run.

pub mod assembly;
mod client;
pub mod commands;
mod demo;
pub mod duty;
pub mod gateway;
mod key_files;
mod once;
pub mod settings;
pub mod system;
pub mod targets;
pub mod trouble;
