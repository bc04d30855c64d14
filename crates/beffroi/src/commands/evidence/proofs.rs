//! The proofs beside a bundle's manifest: receipts of the log about it or its segments, and what shows that the
//! log took them up. They are known by their first line, not by their names.

use super::plain;
use recording::bundle::{Attached, Bundle};
use sealing::{LogVerifier, Receipt, ReceiptError};

/// What receipts begin with, whatever their version.
const RECEIPT: &str = "beffroi-receipt/";
/// What proofs of inclusion begin with (C2SP tlog-proof).
const INCLUSION: &str = "c2sp.org/tlog-proof@";
/// The most proofs that are checked: each inclusion is tried with each receipt.
const MOST: usize = 100;

/// Checks the proofs of a bundle and says what each shows; false when one is wrong.
pub(super) fn check(bundle: &Bundle, verifier: Option<&LogVerifier>) -> bool {
    if bundle.proofs.is_empty() {
        println!(
            "  Aucune preuve du registre n’est jointe : comparez l’empreinte avec celle que la plateforme affiche."
        );
        return true;
    }
    let Some(verifier) = verifier else {
        println!(
            "  Preuves jointes : {}, qui n’ont pas été vérifiées : ajoutez --key CLÉ.",
            bundle.proofs.len()
        );
        return true;
    };
    if bundle.proofs.len() > MOST {
        println!("✘ Plus de {MOST} preuves sont jointes : ce lot ne vient pas d’une plateforme ordinaire.");
        return false;
    }
    let mut all_right = true;
    for proof in &bundle.proofs {
        let told = match text(proof) {
            Some(receipt) if receipt.starts_with(RECEIPT) => receipt_of(bundle, receipt, verifier),
            Some(inclusion) if inclusion.starts_with(INCLUSION) => inclusion_of(bundle, inclusion, verifier),
            _ => {
                println!("  {} : pièce d’une nature inconnue, non vérifiée", plain(&proof.name));
                continue;
            }
        };
        match told {
            Ok(told) => println!("✔ {} : {told}", plain(&proof.name)),
            Err(why) => {
                println!("✘ {} : {why}", plain(&proof.name));
                all_right = false;
            }
        }
    }
    all_right
}

fn text(proof: &Attached) -> Option<&str> {
    std::str::from_utf8(&proof.bytes).ok()
}

/// What a receipt is about.
fn receipt_of(bundle: &Bundle, receipt: &str, verifier: &LogVerifier) -> Result<String, String> {
    let receipt = sealing::parse_and_verify_receipt(receipt, verifier).map_err(|error| said(&error))?;
    let subject = subject(bundle, &receipt).ok_or("il est authentique, mais porte sur autre chose que ce lot")?;
    let when = i18n::long_datetime(i18n::Lang::Fr, receipt.received_at_micros);
    Ok(format!("le registre {} a promis {subject} le {when}", receipt.origin))
}

fn subject(bundle: &Bundle, receipt: &Receipt) -> Option<String> {
    if receipt.content_digest == bundle.digest {
        return Some("d’inscrire ce lot".to_owned());
    }
    let about = |text: String| sealing::content_digest(text.as_bytes()) == receipt.content_digest;
    let record = bundle.records.iter().find(|record| about(record.to_text()))?;
    Some(format!("d’inscrire le segment {}", record.sequence))
}

/// Which receipt of the bundle an inclusion is of.
fn inclusion_of(bundle: &Bundle, inclusion: &str, verifier: &LogVerifier) -> Result<String, String> {
    let receipts = bundle
        .proofs
        .iter()
        .filter_map(text)
        .filter(|text| text.starts_with(RECEIPT));
    let mut why = "aucun récépissé joint n’est celui de cette inscription".to_owned();
    for receipt in receipts {
        match sealing::verify_receipt_with_proof(receipt, inclusion, verifier) {
            Ok(proven) => {
                return Ok(format!(
                    "la promesse est tenue, feuille {} sur {}",
                    proven.leaf_index, proven.checkpoint.size
                ));
            }
            Err(ReceiptError::Proof) => {}
            Err(error) => why = said(&error),
        }
    }
    Err(why)
}

fn said(error: &ReceiptError) -> String {
    match error {
        ReceiptError::Note(error) => format!("la clé donnée ne l’a pas signé, ou il a été modifié ({error})"),
        ReceiptError::Form | ReceiptError::Value(_) => "il n’est pas d’une forme connue".to_owned(),
        ReceiptError::Leaf => "sa feuille ne découle pas de ses lignes".to_owned(),
        ReceiptError::Origin => "il parle d’un autre registre que le récépissé".to_owned(),
        ReceiptError::Proof => "il ne mène pas du récépissé au point de contrôle".to_owned(),
    }
}
