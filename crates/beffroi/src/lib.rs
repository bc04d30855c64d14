//! An instance of Beffroi: settings in, adapters assembled, one command run.

pub mod assembly;
mod client;
pub mod commands;
mod demo;
pub mod gateway;
mod key_files;
pub mod settings;
pub mod system;
pub mod targets;
pub mod trouble;
