//! Receipts: what a person takes home, and checks years later with the log's public key alone.
//!
//! A receipt is a signed note whose text is these lines, each but the first `key: value`:
//!
//! ```text
//! beffroi-receipt/1
//! origin: beffroi.example/public
//! kind: candidacy.received
//! subject: 0197f3b2-…
//! order: 12                       only when there is an order number
//! received: 1790000000000000      microseconds since 1970 UTC
//! form: 2026-09                   only when a form was filled
//! content: <SHA-256 of what was deposited, base64>
//! salt: <32 bytes, base64>
//! leaf: <leaf hash, base64>
//! ```
//!
//! The *canonical entry* is `beffroi-entry/1` and the lines from `kind` to `content` as they
//! stand, each with its newline. The leaf is [`entry_leaf`] of the salt and these bytes. The
//! origin is no part of it, so that a log begun anew can take the same leaf again.

use crate::checkpoint::is_origin;
use crate::merkle::{Hash, salted_leaf};
use crate::note::{LogSigner, LogVerifier, NoteError};
use crate::primitives::{hash_from_base64, to_base64};

const FORMAT: &str = "beffroi-receipt/1\n";
const ENTRY_FORMAT: &str = "beffroi-entry/1\n";

/// The promise that an entry is in the log, with all that recomputes its leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The log that promises.
    pub origin: String,
    /// What happened, such as `candidacy.received`.
    pub kind: String,
    /// What it happened to.
    pub subject: String,
    /// The order number of the call, where there is one.
    pub order_number: Option<i64>,
    /// When it was received, in microseconds since 1970 UTC.
    pub received_at_micros: i64,
    /// The version of the form that was filled, where there is one.
    pub form_version: Option<String>,
    /// The 32 random bytes that keep the leaf from being guessed.
    pub salt: [u8; 32],
    /// SHA-256 of what was deposited.
    pub content_digest: [u8; 32],
}

/// Why a receipt is refused or cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// A value is empty, has spaces around it, or would not stand on one line.
    #[error("{0} must be one line of text, without spaces around it")]
    Value(&'static str),
    /// The text is not signed as it should be.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is signed, but is no receipt or no proof of this format.
    #[error("this text is no receipt or proof of a known format")]
    Form,
    /// The leaf is not the one that the lines of the receipt give.
    #[error("the leaf does not follow from the lines of the receipt")]
    Leaf,
    /// The proof speaks of another log than the receipt.
    #[error("the proof is about another log than the receipt")]
    Origin,
    /// The hashes do not lead from the leaf to the root of the checkpoint.
    #[error("the proof does not lead from the receipt to the checkpoint")]
    Proof,
}

/// The leaf of an entry: the salted leaf of its canonical bytes.
pub fn entry_leaf(salt: &[u8; 32], canonical_entry: &[u8]) -> Hash {
    salted_leaf(salt, canonical_entry)
}

impl Receipt {
    /// The canonical bytes of the entry, as the head of this file defines them.
    pub fn canonical_entry(&self) -> Result<String, ReceiptError> {
        Ok(format!("{ENTRY_FORMAT}{}", self.entry_lines()?))
    }

    /// The leaf that this receipt promises to be in the log.
    pub fn leaf(&self) -> Result<Hash, ReceiptError> {
        Ok(entry_leaf(&self.salt, self.canonical_entry()?.as_bytes()))
    }

    /// The receipt that promises an entry of these canonical bytes in a log; nothing where they are none of a receipt.
    pub fn from_entry(origin: &str, salt: [u8; 32], canonical_entry: &str) -> Option<Self> {
        let mut lines = Lines(canonical_entry.strip_prefix(ENTRY_FORMAT)?);
        let receipt = Self::from_lines(origin.to_owned(), &mut lines, |_| Some(salt))?;
        // Writing it again checks that there is one way to write each line and that none is left.
        (receipt.canonical_entry().ok()? == canonical_entry).then_some(receipt)
    }

    fn entry_lines(&self) -> Result<String, ReceiptError> {
        let kind = one_line("kind", &self.kind)?;
        let subject = one_line("subject", &self.subject)?;
        let mut lines = format!("kind: {kind}\nsubject: {subject}\n");
        if let Some(order) = self.order_number {
            lines += &format!("order: {order}\n");
        }
        lines += &format!("received: {}\n", self.received_at_micros);
        if let Some(form) = &self.form_version {
            lines += &format!("form: {}\n", one_line("form", form)?);
        }
        lines += &format!("content: {}\n", to_base64(&self.content_digest));
        Ok(lines)
    }

    /// The text that is signed.
    fn body(&self) -> Result<String, ReceiptError> {
        if !is_origin(&self.origin) {
            return Err(ReceiptError::Value("origin"));
        }
        let origin = one_line("origin", &self.origin)?;
        let (entry, leaf) = (self.entry_lines()?, to_base64(&self.leaf()?));
        let salt = to_base64(&self.salt);
        Ok(format!("{FORMAT}origin: {origin}\n{entry}salt: {salt}\nleaf: {leaf}\n"))
    }

    /// Reads the lines in their order, with the leaf that they claim.
    fn from_body(body: &str) -> Option<(Self, Hash)> {
        let mut lines = Lines(body.strip_prefix(FORMAT)?);
        let origin = lines.take("origin")?.to_owned();
        let receipt = Self::from_lines(origin, &mut lines, |lines| hash_from_base64(lines.take("salt")?))?;
        let leaf = hash_from_base64(lines.take("leaf")?)?;
        Some((receipt, leaf))
    }

    /// Reads the lines of the entry, and then the salt from where it is.
    fn from_lines<'l>(
        origin: String,
        lines: &mut Lines<'l>,
        salt: impl FnOnce(&mut Lines<'l>) -> Option<[u8; 32]>,
    ) -> Option<Self> {
        Some(Self {
            origin,
            kind: lines.take("kind")?.to_owned(),
            subject: lines.take("subject")?.to_owned(),
            order_number: lines.take("order").map(str::parse).transpose().ok()?,
            received_at_micros: lines.take("received")?.parse().ok()?,
            form_version: lines.take("form").map(str::to_owned),
            content_digest: hash_from_base64(lines.take("content")?)?,
            salt: salt(lines)?,
        })
    }
}

/// The lines of a receipt that are still to be read.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    /// The value of the next line, if it has this key.
    fn take(&mut self, key: &str) -> Option<&'a str> {
        let (line, rest) = self.0.split_once('\n')?;
        let value = line.strip_prefix(key)?.strip_prefix(": ")?;
        self.0 = rest;
        Some(value)
    }
}

fn one_line<'v>(key: &'static str, value: &'v str) -> Result<&'v str, ReceiptError> {
    let plain = !value.is_empty() && value.trim() == value && !value.contains(char::is_control);
    if plain {
        Ok(value)
    } else {
        Err(ReceiptError::Value(key))
    }
}

/// Writes and signs a receipt: a text to print, to send and to keep.
pub fn sign_receipt(signer: &LogSigner, receipt: &Receipt) -> Result<String, ReceiptError> {
    Ok(signer.sign_note(&receipt.body()?)?)
}

/// Reads a receipt that this key has signed, and recomputes its leaf from its lines.
pub fn parse_and_verify_receipt(text: &str, verifier: &LogVerifier) -> Result<Receipt, ReceiptError> {
    let body = verifier.open_note(text)?;
    let (receipt, claimed) = Receipt::from_body(body).ok_or(ReceiptError::Form)?;
    if receipt.leaf().map_err(|_| ReceiptError::Form)? != claimed {
        return Err(ReceiptError::Leaf);
    }
    // Writing it again checks that there is one way to write each line and that none is left.
    if receipt.body().as_deref() != Ok(body) {
        return Err(ReceiptError::Form);
    }
    Ok(receipt)
}

#[cfg(test)]
pub(crate) mod tests;
