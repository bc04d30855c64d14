//! `beffroi log verify`: promises, streams, trees and checkpoints, from the first leaf on.

use crate::assembly::assemble;
use crate::settings::Settings;
use crate::system::SystemClock;
use crate::trouble::Trouble;
use clap::Subcommand;
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::journal::LogReport;

/// Commands on the log.
#[derive(Subcommand)]
pub enum Log {
    /// Vérifie tout le registre : contenus, arbre et points de contrôle signés
    Verify,
}

/// Runs a command on the log.
pub async fn run(command: &Log, settings: &Settings) -> Result<ExitCode, Trouble> {
    let Log::Verify = command;
    let assembly = Box::pin(assemble(settings, Arc::new(SystemClock))).await?;
    println!("Clé du registre : {}", assembly.app.signer.verifier().to_text());
    let reports = use_cases::journal::verify(&assembly.app).await?;
    reports.iter().for_each(show);
    let whole = reports.iter().all(|report| report.problems.is_empty());
    println!(
        "{}",
        if whole {
            "Le registre est intact."
        } else {
            "Le registre n’est pas intact."
        }
    );
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(report: &LogReport) {
    let name = if report.log == "public" {
        "Registre public"
    } else {
        "Registre scellé"
    };
    println!(
        "{name} : feuilles {}, contenus conformes {}, contenus effacés {}, points de contrôle {}, récépissés vérifiés {}, en attente de numéro {}",
        report.leaves, report.contents, report.erased, report.checkpoints, report.receipts, report.waiting
    );
    for problem in &report.problems {
        println!("  ✘ {problem}");
    }
}
