//! `beffroi receipt verify`: a receipt checked offline, with the log's public key alone.

use crate::trouble::Trouble;
use clap::Subcommand;
use i18n::Lang;
use sealing::LogVerifier;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Commands on receipts.
#[derive(Subcommand)]
pub enum Receipt {
    /// Vérifie un récépissé, sans réseau ni base
    Verify {
        /// Le récépissé
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// La preuve de son inscription au registre
        #[arg(long, value_name = "FICHIER")]
        proof: Option<PathBuf>,
        /// La clé publique du registre : le texte, ou le fichier qui le contient
        #[arg(long, value_name = "CLÉ")]
        key: String,
    },
}

/// Runs a command on receipts.
pub fn run(command: &Receipt) -> Result<ExitCode, Trouble> {
    let Receipt::Verify { file, proof, key } = command;
    let verifier = verifier(key)?;
    let text = read(file)?;
    let checked = match proof {
        None => sealing::parse_and_verify_receipt(&text, &verifier).map(|receipt| (receipt, None)),
        Some(proof) => sealing::verify_receipt_with_proof(&text, &read(proof)?, &verifier)
            .map(|proven| (proven.receipt, Some((proven.leaf_index, proven.checkpoint.size)))),
    };
    match checked {
        Ok((receipt, place)) => {
            show(&receipt, place);
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("✘ Ce récépissé n’est pas valable : {error}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Reads the public key of a log: the text itself, or the file that holds it.
pub(super) fn verifier(key: &str) -> Result<LogVerifier, Trouble> {
    let text = if Path::new(key).is_file() {
        read(Path::new(key))?
    } else {
        key.to_owned()
    };
    LogVerifier::from_text(text.trim()).map_err(|_| {
        Trouble::new(
            "la clé publique du registre ne se lit pas",
            "elle s’écrit nom+empreinte+clé, sur une seule ligne",
        )
    })
}

fn show(receipt: &sealing::Receipt, place: Option<(u64, u64)>) {
    println!("✔ Ce récépissé est authentique : la clé du registre l’a signé.");
    println!("  Registre : {}", receipt.origin);
    println!("  Objet : {} {}", receipt.kind, receipt.subject);
    if let Some(order) = receipt.order_number {
        println!("  Numéro d’ordre : {order}");
    }
    println!(
        "  Reçu le : {}",
        i18n::long_datetime(Lang::Fr, receipt.received_at_micros)
    );
    match place {
        Some((index, size)) => println!("✔ Il est inscrit au registre : feuille {index} sur {size}."),
        None => println!("  Son inscription au registre n’a pas été vérifiée : ajoutez --proof FICHIER."),
    }
}

fn read(path: &Path) -> Result<String, Trouble> {
    std::fs::read_to_string(path).map_err(|error| {
        Trouble::new(
            format!("{} ne se lit pas : {error}", path.display()),
            "vérifiez le chemin du fichier",
        )
    })
}
