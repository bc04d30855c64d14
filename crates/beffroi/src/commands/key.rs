//! `beffroi key`: making the instance key, and rotating it.

use crate::assembly::{app, assemble, open_database};
use crate::key_files::KeyFiles;
use crate::settings::Settings;
use crate::system::{SystemChance, SystemClock};
use crate::trouble::Trouble;
use authorization::SystemKind;
use clap::Subcommand;
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::instance_key::RewrapKeys;
use use_cases::{Context, perform};

/// Commands on the keys.
#[derive(Subcommand)]
pub enum Key {
    /// Crée les clés d’une instance neuve
    New,
    /// Change la clé de l’instance ; les contenus ne sont pas rechiffrés
    Rotate,
}

/// Runs a command on the keys.
pub async fn run(command: &Key, settings: &Settings) -> Result<ExitCode, Trouble> {
    match command {
        Key::New => new(settings),
        Key::Rotate => Box::pin(rotate(settings)).await,
    }
}

fn new(settings: &Settings) -> Result<ExitCode, Trouble> {
    let files = KeyFiles::in_folder(&settings.keys());
    let log_name = settings.log_name.clone().unwrap_or_else(|| settings.public_host());
    if !files.make_missing(&SystemChance, &log_name)? {
        return Err(Trouble::new(
            format!("{} existe déjà", files.instance().display()),
            "pour en changer sans perdre les données : « beffroi key rotate »",
        ));
    }
    println!(
        "Clés créées dans {}. Gardez-en une copie ailleurs : sans elles, rien ne se relit.",
        settings.keys().display()
    );
    Ok(ExitCode::SUCCESS)
}

async fn rotate(settings: &Settings) -> Result<ExitCode, Trouble> {
    // The present keys must open the database before another joins them.
    drop(Box::pin(assemble(settings, Arc::new(SystemClock))).await?);
    let files = KeyFiles::in_folder(&settings.keys());
    let id = files.add_instance_key(&SystemChance)?;
    let app = app(settings, open_database(settings).await?, &files, Arc::new(SystemClock))?;
    let rewrapped = perform(&Context::system(&app, SystemKind::Installer), RewrapKeys).await?;
    println!(
        "La clé n° {id} protège désormais {rewrapped} clés de données. Gardez une copie de {}.",
        files.instance().display()
    );
    println!("Redémarrez chaque serveur Beffroi de cette instance pour qu’il la lise.");
    Ok(ExitCode::SUCCESS)
}
