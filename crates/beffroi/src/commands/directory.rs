//! `beffroi directory seed`: the directory that comes with the product.

use crate::assembly::assemble;
use crate::settings::Settings;
use crate::system::SystemClock;
use crate::trouble::Trouble;
use authorization::SystemKind;
use clap::Subcommand;
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::organisation::SeedDirectory;
use use_cases::{Context, perform};

/// Commands on the directory.
#[derive(Subcommand)]
pub enum Directory {
    /// Ajoute ce qui manque de l’annuaire fourni : la Métropole du Grand Paris, ses territoires et ses communes
    Seed,
}

/// Runs a command on the directory.
pub async fn run(command: &Directory, settings: &Settings) -> Result<ExitCode, Trouble> {
    let Directory::Seed = command;
    let assembly = Box::pin(assemble(settings, Arc::new(SystemClock))).await?;
    let seeded = perform(&Context::system(&assembly.app, SystemKind::Installer), SeedDirectory).await?;
    println!(
        "{} organisations et {} appartenances ajoutées.",
        seeded.organisations, seeded.affiliations
    );
    Ok(ExitCode::SUCCESS)
}
