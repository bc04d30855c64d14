//! `beffroi log verify`: promises, streams, trees and checkpoints, from the first leaf on.

use crate::assembly::assemble;
use crate::settings::Settings;
use crate::system::SystemClock;
use crate::trouble::Trouble;
use clap::Subcommand;
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::journal::{LogProblem, LogReport, ReceptionProblem};

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
        println!("  ✘ {}", said(problem));
    }
}

fn said(problem: &LogProblem) -> String {
    match problem {
        LogProblem::Stream {
            kind,
            id,
            numbered,
            found,
        } => format!("le flux {kind} {id} a numéroté {numbered} entrées et en contient {found}"),
        LogProblem::LeafMissing(leaf) => format!("la feuille {leaf} manque"),
        LogProblem::Size { said, found } => format!("le registre annonce {said} feuilles et en contient {found}"),
        LogProblem::OtherLog(size) => format!("le point de contrôle de taille {size} est celui d’un autre registre"),
        LogProblem::Tree(size) => format!("l’arbre de taille {size} n’est pas celui qui a été signé"),
        LogProblem::Checkpoint(size) => {
            format!("le point de contrôle de taille {size} n’est pas signé par la clé de ce registre")
        }
        LogProblem::Leaf(entry) => format!("l’entrée {entry} ne correspond pas à sa feuille"),
        LogProblem::Columns(entry, columns) => {
            format!("l’entrée {entry} ne dit pas ce qui a été consigné ; colonnes : {columns}")
        }
        LogProblem::Unreadable(entry) => format!("l’entrée {entry} ne s’ouvre pas"),
        LogProblem::Reception(candidacy, problem) => {
            format!("la réception de la candidature {candidacy} : {}", received(*problem))
        }
        LogProblem::Bundle(attachment) => {
            format!("le lot d’échanges {attachment} ne désigne pas l’entrée qui l’inscrit au registre")
        }
    }
}

const fn received(problem: ReceptionProblem) -> &'static str {
    match problem {
        ReceptionProblem::Receipt => "son récépissé n’est pas celui qui a été signé",
        ReceptionProblem::OtherCandidacy => "son entrée concerne une autre candidature",
        ReceptionProblem::OtherEntry => "son récépissé promet une autre entrée",
        ReceptionProblem::NoEntry => "son entrée n’est pas au registre",
        ReceptionProblem::Life => "aucun événement ne dit pourquoi son numéro vit ou s’est éteint",
        ReceptionProblem::Number => "son numéro n’est pas celui du récépissé",
        ReceptionProblem::Instant => "son instant n’est pas celui du récépissé",
        ReceptionProblem::Form => "son formulaire n’est pas celui du récépissé",
        ReceptionProblem::Call => "son appel n’est pas celui du récépissé",
    }
}
