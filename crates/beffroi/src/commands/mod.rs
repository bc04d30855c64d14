//! The commands, one a file.

mod background;
mod check;
mod demo;
mod directory;
mod evidence;
mod gateway;
mod key;
mod log;
mod receipt;
mod serve;

pub(crate) use check::said;

use crate::settings::{ConsoleFormat, Flags, Settings};
use crate::trouble::Trouble;
use clap::{Parser, Subcommand};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Beffroi : des tests de sécurité partagés entre collectivités.
#[derive(Parser)]
#[command(name = "beffroi", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// Fichier de réglages (par défaut ./beffroi.toml, s’il existe)
    #[arg(long, global = true, env = "BEFFROI_CONFIG", value_name = "FICHIER")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sert l’instance
    Serve,
    /// Joue une campagne de démonstration, puis la sert
    Demo,
    /// Sert la passerelle vers les cibles, dans un processus à part
    Gateway,
    /// Explique ce qui manque ou ne va pas
    Check,
    /// Le registre des événements
    #[command(subcommand)]
    Log(log::Log),
    /// Les récépissés
    #[command(subcommand)]
    Receipt(receipt::Receipt),
    /// Les lots d’échanges joints aux signalements
    #[command(subcommand)]
    Evidence(evidence::Evidence),
    /// Les clés de l’instance
    #[command(subcommand)]
    Key(key::Key),
    /// L’annuaire des collectivités
    #[command(subcommand)]
    Directory(directory::Directory),
}

/// Runs the command that was typed.
pub async fn run(cli: Cli) -> Result<ExitCode, Trouble> {
    // Receipts and evidence are checked without any instance, hence without its settings.
    match &cli.command {
        Command::Receipt(command) => return receipt::run(command),
        Command::Evidence(command) => return evidence::run(command),
        _ => {}
    }
    let settings = Settings::read(cli.config.as_deref(), &cli.flags)?;
    console(&settings, matches!(cli.command, Command::Demo))?;
    match &cli.command {
        Command::Serve => serve::run(&settings).await,
        Command::Demo => demo::run(settings, cli.flags.folder.as_ref()).await,
        Command::Gateway => gateway::run(&settings).await,
        Command::Check => check::run(&settings).await,
        Command::Log(command) => log::run(command, &settings).await,
        Command::Receipt(command) => receipt::run(command),
        Command::Evidence(command) => evidence::run(command),
        Command::Key(command) => key::run(command, &settings).await,
        Command::Directory(command) => directory::run(command, &settings).await,
    }
}

fn console(settings: &Settings, demo: bool) -> Result<(), Trouble> {
    let default = settings.console.filter == crate::settings::ConsoleSettings::default().filter;
    // A demonstration shows its own progress.
    let filter = if demo && default {
        "warn"
    } else {
        settings.console.filter.as_str()
    };
    let filter = filter.parse::<Targets>().map_err(|error| {
        Trouble::new(
            format!("« console.filter » ne se lit pas : {error}"),
            "écrivez par exemple info, ou info,web=debug",
        )
    })?;
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(colours)
        .with_writer(std::io::stderr);
    match settings.console.format {
        ConsoleFormat::Text => tracing_subscriber::registry().with(lines.with_filter(filter)).init(),
        ConsoleFormat::Json => tracing_subscriber::registry()
            .with(lines.json().with_filter(filter))
            .init(),
    }
    Ok(())
}
