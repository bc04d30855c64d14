//! Checking a receipt: is it signed, unchanged, and in the log?

use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, proof_of_entry};
use crate::perform::UseCase;
use crate::unit::Unit;
use domain::Timestamp;
use domain::ids::{CallId, OrganisationId};
use sealing::ReceiptError;

/// The longest text that is looked at.
const LONGEST: usize = 20_000;

/// What the check of a receipt found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptVerdict {
    /// It is signed by this log and its entry is numbered in it.
    InLog,
    /// It is signed by this log; its entry waits for its number.
    Promised,
    /// It is signed by this log, but its entry is not there: keep it and tell somebody.
    Missing,
    /// It is signed by this log, but the proof that came with it does not hold.
    ProofWrong,
    /// It does not bear this log's signature, or a character was changed.
    SignatureWrong,
    /// It is no receipt.
    NoReceipt,
}

/// What a checked receipt says.
#[derive(Clone, Debug)]
pub struct CheckedReceipt {
    /// What was found.
    pub verdict: ReceiptVerdict,
    /// What was received, for example `candidacy.received`; empty where it cannot be trusted.
    pub kind: String,
    /// What it is about, as signed.
    pub subject: String,
    /// The title of the call and the name of the organisation that it is about, where they are known.
    pub about: Option<(String, String)>,
    /// The order number, where there is one.
    pub order: Option<i64>,
    /// When it was received.
    pub received_at: Option<Timestamp>,
    /// The version of the form, where there is one.
    pub form: String,
    /// The index of its leaf, once numbered.
    pub leaf_index: Option<u64>,
    /// The inclusion proof, to download; empty where there is none.
    pub proof: String,
}

impl CheckedReceipt {
    fn only(verdict: ReceiptVerdict) -> Self {
        Self {
            verdict,
            kind: String::new(),
            subject: String::new(),
            about: None,
            order: None,
            received_at: None,
            form: String::new(),
            leaf_index: None,
            proof: String::new(),
        }
    }
}

/// Checks a receipt that anybody pasted, with its proof where they have one.
#[derive(Clone, Debug)]
pub struct CheckReceipt {
    /// The receipt's text.
    pub receipt: String,
    /// The proof's text; may be empty.
    pub proof: String,
}

impl UseCase for CheckReceipt {
    type Output = CheckedReceipt;

    async fn run(&self, unit: &mut Unit) -> Outcome<CheckedReceipt> {
        let mut fields = Fields::new();
        fields.required("receipt", &self.receipt, LONGEST);
        fields.optional("proof", &self.proof, LONGEST);
        fields.done()?;
        let text = normal(&self.receipt);
        let receipt = match sealing::parse_and_verify_receipt(&text, &unit.app.signer.verifier()) {
            Ok(receipt) => receipt,
            Err(ReceiptError::Form) => return Ok(CheckedReceipt::only(ReceiptVerdict::NoReceipt)),
            Err(_) if !text.starts_with("beffroi-receipt/") => {
                return Ok(CheckedReceipt::only(ReceiptVerdict::NoReceipt));
            }
            Err(_) => return Ok(CheckedReceipt::only(ReceiptVerdict::SignatureWrong)),
        };
        let about = about(unit, &receipt.subject).await?;
        let mut checked = CheckedReceipt {
            about,
            kind: receipt.kind.clone(),
            subject: receipt.subject.clone(),
            order: receipt.order_number,
            received_at: Some(Timestamp(receipt.received_at_micros)),
            form: receipt.form_version.clone().unwrap_or_default(),
            ..CheckedReceipt::only(ReceiptVerdict::Missing)
        };
        let leaf = receipt.leaf().map_err(|e| Error::Internal(e.to_string()))?;
        // Whoever holds a receipt of the sealed log may know that it is kept; the page of the log shows nothing of it.
        let log = match receipt.origin == unit.name_of_log(Log::Sealed) {
            true => Log::Sealed,
            false => Log::Public,
        };
        if let Some(entry) = unit.store.entry_by_leaf(log.code(), &leaf).await? {
            checked.verdict = ReceiptVerdict::Promised;
            if entry.leaf_index.is_some() {
                let proof = proof_of_entry(unit.store.as_mut(), entry.id).await?;
                checked.verdict = ReceiptVerdict::InLog;
                checked.leaf_index = Some(proof.leaf_index);
                checked.proof = proof.to_text();
            }
        }
        if !self.proof.trim().is_empty() {
            let proven = sealing::verify_receipt_with_proof(&text, &normal(&self.proof), &unit.app.signer.verifier());
            if proven.is_err() {
                checked.verdict = ReceiptVerdict::ProofWrong;
            }
        }
        Ok(checked)
    }
}

/// Names the call and the organisation of a subject such as `call … organisation …`.
async fn about(unit: &mut Unit, subject: &str) -> Outcome<Option<(String, String)>> {
    let parts: Vec<&str> = subject.split(' ').collect();
    let ["call", call, "organisation", organisation] = parts.as_slice() else {
        return Ok(None);
    };
    let Ok(call) = call.parse().map(CallId) else {
        return Ok(None);
    };
    let found = match organisation.parse().map(OrganisationId) {
        Ok(id) => unit.store.organisations(&[id]).await?,
        Err(_) => unit.store.organisations_by_codes(&[(*organisation).to_owned()]).await?,
    };
    let frame = unit.store.candidacy_call(call).await?;
    Ok(frame
        .zip(found.into_iter().next())
        .map(|(frame, organisation)| (frame.peek().call.title.clone(), organisation.name)))
}

/// Undoes what a form and a mail do to a text: line ends, and spaces around it.
fn normal(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}
