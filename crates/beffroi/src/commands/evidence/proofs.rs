//! The proofs beside a bundle's manifest: receipts of the log about it or its segments, and what shows that the
//! log took them up. They are known by their first line, not by their names.

use super::plain;
use recording::bundle::{Attached, Bundle};
use sealing::{LogVerifier, NoteError, ProvenReceipt, Receipt, ReceiptError};

/// What receipts begin with, whatever their version.
const RECEIPT: &str = "beffroi-receipt/";
/// What proofs of inclusion begin with (C2SP tlog-proof).
const INCLUSION: &str = "c2sp.org/tlog-proof@";
/// The name of the log's public key beside them; it is believed of nobody, and only named.
const KEY: &str = "log.vkey";
/// What the platform puts beside a bundle: under these names stands nothing else.
const OURS: &[&str] = &["receipt.txt", "log.tlog-proof", KEY];
/// The most proofs that are checked: each inclusion is tried with each receipt.
const MOST: usize = 100;

/// What the proofs of a bundle show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A checkpoint that the given key signed covers the bundle.
    Logged,
    /// Nothing is wrong, and nothing shows that the log holds the bundle.
    NotYet,
    /// Nothing was looked at: no key was given.
    Unchecked,
    /// Something does not hold.
    Wrong,
}

/// Checks the proofs of a bundle and says what each shows.
pub(super) fn check(bundle: &Bundle, verifier: Option<&LogVerifier>) -> Shown {
    if bundle.proofs.is_empty() {
        println!(
            "  Aucune preuve du registre n’est jointe : comparez l’empreinte avec celle que la plateforme affiche."
        );
        return verifier.map_or(Shown::Unchecked, |_| Shown::NotYet);
    }
    let Some(verifier) = verifier else {
        let count = bundle.proofs.len();
        println!("  Preuves jointes : {count}, qui n’ont pas été vérifiées : ajoutez --log-key CLÉ.");
        if let Some(key) = bundle.proofs.iter().find(|proof| proof.name == KEY).and_then(text) {
            println!(
                "  Le lot annonce cette clé, à comparer avec celle que publie la plateforme : {}",
                plain(key.trim())
            );
        }
        return Shown::Unchecked;
    };
    if bundle.proofs.len() > MOST {
        println!("✘ Plus de {MOST} preuves sont jointes : ce lot ne vient pas d’une plateforme ordinaire.");
        return Shown::Wrong;
    }
    let mut all = Vec::new();
    for proof in &bundle.proofs {
        let (shown, told) = one(bundle, proof, verifier);
        let mark = match shown {
            Shown::Wrong => '✘',
            Shown::Unchecked => ' ',
            Shown::Logged | Shown::NotYet => '✔',
        };
        println!("{mark} {} : {told}", plain(&proof.name));
        all.push(shown);
    }
    conclude(&all)
}

/// Says what all proofs together show.
fn conclude(all: &[Shown]) -> Shown {
    if all.contains(&Shown::Wrong) {
        return Shown::Wrong;
    }
    if all.contains(&Shown::Logged) {
        return Shown::Logged;
    }
    println!(
        "  Aucun point de contrôle ne couvrait encore ce lot quand il a été téléchargé : téléchargez-le de nouveau."
    );
    Shown::NotYet
}

/// Says what one proof shows.
fn one(bundle: &Bundle, proof: &Attached, verifier: &LogVerifier) -> (Shown, String) {
    let checked = match text(proof) {
        Some(receipt) if receipt.starts_with(RECEIPT) => receipt_of(bundle, receipt, verifier),
        Some(inclusion) if inclusion.starts_with(INCLUSION) => inclusion_of(bundle, inclusion, verifier),
        Some(key) if proof.name == KEY => key_of(key, verifier),
        _ if OURS.contains(&proof.name.as_str()) => Err("cette pièce n’est pas ce que dit son nom".to_owned()),
        _ => return (Shown::Unchecked, "pièce d’une nature inconnue, non vérifiée".to_owned()),
    };
    checked.unwrap_or_else(|why| (Shown::Wrong, why))
}

fn text(proof: &Attached) -> Option<&str> {
    std::str::from_utf8(&proof.bytes).ok()
}

/// Compares the key that travels with the bundle with the one that was given.
fn key_of(key: &str, verifier: &LogVerifier) -> Result<(Shown, String), String> {
    if key.strip_suffix('\n') == Some(&verifier.to_text()) {
        return Ok((Shown::NotYet, "c’est la clé donnée".to_owned()));
    }
    Err("le lot annonce une autre clé que celle qui a été donnée".to_owned())
}

/// What a receipt is about.
fn receipt_of(bundle: &Bundle, receipt: &str, verifier: &LogVerifier) -> Result<(Shown, String), String> {
    let receipt = sealing::parse_and_verify_receipt(receipt, verifier).map_err(|error| said("ce récépissé", &error))?;
    let Some(subject) = subject(bundle, &receipt) else {
        let of = plain(&receipt.subject);
        return Err(format!(
            "il est authentique, mais porte sur autre chose que ce lot ({of})"
        ));
    };
    let when = i18n::long_datetime(i18n::Lang::Fr, receipt.received_at_micros);
    let (log, of) = (plain(&receipt.origin), plain(&receipt.subject));
    let told = format!("le registre {log} a promis {subject} le {when}, pour {of}");
    Ok((Shown::NotYet, told))
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
fn inclusion_of(bundle: &Bundle, inclusion: &str, verifier: &LogVerifier) -> Result<(Shown, String), String> {
    let receipts = bundle.proofs.iter().filter_map(text);
    let mut why = "aucun récépissé joint n’est celui de cette inscription".to_owned();
    for receipt in receipts.filter(|text| text.starts_with(RECEIPT)) {
        // What is wrong with a receipt is said of it, and not of the checkpoint.
        if sealing::parse_and_verify_receipt(receipt, verifier).is_err() {
            continue;
        }
        match sealing::verify_receipt_with_proof(receipt, inclusion, verifier) {
            Ok(proven) => return Ok(included(bundle, &proven)),
            Err(ReceiptError::Proof) => {}
            Err(error) => why = said("le point de contrôle", &error),
        }
    }
    Err(why)
}

fn included(bundle: &Bundle, proven: &ProvenReceipt) -> (Shown, String) {
    let (index, size) = (proven.leaf_index, proven.checkpoint.size);
    let log = plain(&proven.checkpoint.origin);
    let shown = match proven.receipt.content_digest == bundle.digest {
        true => Shown::Logged,
        false => Shown::NotYet,
    };
    let told = format!("la promesse est tenue, feuille {index} sur {size} du registre {log}");
    (shown, told)
}

/// Says what is wrong with a receipt, or with a checkpoint.
fn said(what: &str, error: &ReceiptError) -> String {
    match error {
        ReceiptError::Note(NoteError::NotSigned) => {
            format!("{what} est signé par une autre clé que celle qui a été donnée")
        }
        ReceiptError::Note(NoteError::BadSignature) => {
            format!("{what} a été modifié : la clé donnée a signé un autre texte")
        }
        ReceiptError::Note(_) | ReceiptError::Form | ReceiptError::Value(_) => {
            format!("{what} n’est pas d’une forme connue")
        }
        ReceiptError::Leaf => format!("la feuille de {what} ne découle pas de ses lignes"),
        ReceiptError::Origin => format!("{what} est d’un autre registre que le récépissé"),
        ReceiptError::Proof => format!("{what} ne couvre pas ce lot"),
    }
}
