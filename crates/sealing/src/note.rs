//! Signed notes (C2SP signed-note): a text, an empty line, and lines of Ed25519 signatures.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::primitives::{sha256, to_base64};

const ED25519: u8 = 1;
const SIGNATURE_MARK: &str = "\u{2014} ";
const MAX_SIGNATURES: usize = 100;

/// Why a signed text is refused or cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key name is empty or holds a space, a plus sign or a control character.
    #[error("the name of a signing key is not empty and holds no space and no plus sign")]
    Name,
    /// A text is no verifier key in the form `name+hash+key`.
    #[error("this is no verifier key of the form name+hash+key")]
    VerifierKey,
    /// The text is no signed note, or not of the kind that was asked for.
    #[error("this text is no signed note of the expected form")]
    Form,
    /// No signature of the expected key is on the text.
    #[error("the expected key has not signed this text")]
    NotSigned,
    /// The signature of the expected key does not match the text.
    #[error("the signature does not match: the text was altered")]
    BadSignature,
}

/// The key with which a log signs its checkpoints and receipts.
pub struct LogSigner {
    name: String,
    key: SigningKey,
}

impl LogSigner {
    /// Takes 32 random bytes as the Ed25519 seed (RFC 8032) of the key with this name.
    pub fn new(name: &str, seed: [u8; 32]) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(&seed),
        })
    }

    /// The public half.
    pub fn verifier(&self) -> LogVerifier {
        LogVerifier {
            name: self.name.clone(),
            key: self.key.verifying_key(),
        }
    }

    /// Signs a text of whole lines.
    pub(crate) fn sign_note(&self, text: &str) -> Result<String, NoteError> {
        check_text(text)?;
        let mut signature = self.verifier().key_id().to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        let (name, encoded) = (&self.name, to_base64(&signature));
        Ok(format!("{text}\n{SIGNATURE_MARK}{name} {encoded}\n"))
    }
}

impl std::fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogSigner {{ name: {:?}, key: hidden }}", self.name)
    }
}

/// The public key of a log, by which anyone checks its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogVerifier {
    name: String,
    key: VerifyingKey,
}

impl LogVerifier {
    /// The name that signature lines carry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key as text: `name+hex of the key id+base64 of type and key` (C2SP signed-note vkey).
    pub fn to_text(&self) -> String {
        let hex = self.key_id().map(|byte| format!("{byte:02x}")).concat();
        format!("{}+{hex}+{}", self.name, to_base64(&self.typed_key()))
    }

    /// Reads a key that [`LogVerifier::to_text`] or another signed-note tool wrote.
    pub fn from_text(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::VerifierKey);
        };
        check_name(name)?;
        let typed = STANDARD.decode(encoded).map_err(|_| NoteError::VerifierKey)?;
        let [ED25519, key @ ..] = typed.as_slice() else {
            return Err(NoteError::VerifierKey);
        };
        let key = key.try_into().map_err(|_| NoteError::VerifierKey)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| NoteError::VerifierKey)?;
        let verifier = Self {
            name: name.to_owned(),
            key,
        };
        // Writing it again checks the key id and that there is one way to write each part.
        if key.is_weak() || verifier.to_text() != text {
            return Err(NoteError::VerifierKey);
        }
        Ok(verifier)
    }

    /// The text of a note that this key has signed; signatures of other keys are passed over.
    pub(crate) fn open_note<'n>(&self, note: &'n str) -> Result<&'n str, NoteError> {
        let cut = note.rfind("\n\n").ok_or(NoteError::Form)? + 1;
        let (text, signatures) = (&note[..cut], &note[cut + 1..]);
        check_text(text)?;
        let lines = signatures.strip_suffix('\n').ok_or(NoteError::Form)?;
        let mut signed = Err(NoteError::NotSigned);
        for (number, line) in lines.split('\n').enumerate() {
            let (name, id, signature) = signature_line(line)?;
            if number >= MAX_SIGNATURES {
                return Err(NoteError::Form);
            }
            if name == self.name && id == self.key_id() {
                self.check(text, &signature)?;
                signed = Ok(text);
            }
        }
        signed
    }

    fn check(&self, text: &str, signature: &[u8]) -> Result<(), NoteError> {
        let signature = Signature::from_slice(signature).map_err(|_| NoteError::BadSignature)?;
        let checked = self.key.verify_strict(text.as_bytes(), &signature);
        checked.map_err(|_| NoteError::BadSignature)
    }

    fn typed_key(&self) -> [u8; 33] {
        let mut typed = [ED25519; 33];
        typed[1..].copy_from_slice(self.key.as_bytes());
        typed
    }

    /// The first 4 bytes of SHA-256 over name, newline, type and key (C2SP signed-note).
    fn key_id(&self) -> [u8; 4] {
        let hash = sha256(&[self.name.as_bytes(), b"\n", &self.typed_key()]);
        [hash[0], hash[1], hash[2], hash[3]]
    }
}

/// The name, key id and signature of one signature line.
fn signature_line(line: &str) -> Result<(&str, [u8; 4], Vec<u8>), NoteError> {
    let line = line.strip_prefix(SIGNATURE_MARK).ok_or(NoteError::Form)?;
    let (name, encoded) = line.split_once(' ').ok_or(NoteError::Form)?;
    check_name(name).map_err(|_| NoteError::Form)?;
    let decoded = STANDARD.decode(encoded).map_err(|_| NoteError::Form)?;
    let (id, signature) = decoded.split_first_chunk().ok_or(NoteError::Form)?;
    if signature.is_empty() {
        return Err(NoteError::Form);
    }
    Ok((name, *id, signature.to_vec()))
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let wrong = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
    if name.is_empty() || name.contains(wrong) {
        Err(NoteError::Name)
    } else {
        Ok(())
    }
}

/// A note's text ends its last line and holds no control character but newlines.
fn check_text(text: &str) -> Result<(), NoteError> {
    let wrong = |letter: char| letter < ' ' && letter != '\n';
    if !text.ends_with('\n') || text.contains(wrong) {
        Err(NoteError::Form)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
