//! Sealed values: what the database stores in the place of a text, bound to where it stands.

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::data_key::DataKey;
use crate::primitives::{TAG_LENGTH, decrypt, encrypt, length_prefixed};

const FORMAT: u8 = 1;
const NONCE_AT: usize = 1 + 16;
const CIPHERTEXT_AT: usize = NONCE_AT + 24;
const VALUE_LABEL: &str = "beffroi/1/sealed values";

/// Where a sealed value stands; it opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The id of the row.
    pub row: Uuid,
}

/// Why a sealed value or a wrapped key does not open; it never shows what was inside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are too short or of a format this version does not know.
    #[error("these bytes are no sealed value of a known format")]
    Format,
    /// The value names another data key than the one it was given to.
    #[error("this value is sealed under data key {0}")]
    OtherKey(Uuid),
    /// The wrapped key names an instance key that the key file does not hold.
    #[error("instance key {0} is not in the key file")]
    UnknownInstanceKey(u32),
    /// The bytes were altered, moved from their place, or belong to another holder.
    #[error("the sealed bytes were altered or stand in another place than their own")]
    Refused,
}

impl DataKey {
    /// Seals a value for one place: format 1, key id, nonce, XChaCha20-Poly1305 ciphertext.
    pub fn seal(&self, place: Place<'_>, plaintext: &[u8], nonce: [u8; 24]) -> Vec<u8> {
        let key = self.sub_key(b"", VALUE_LABEL);
        let aad = place_context(FORMAT, place, self.id());
        let mut sealed = Vec::with_capacity(CIPHERTEXT_AT + plaintext.len() + TAG_LENGTH);
        sealed.push(FORMAT);
        sealed.extend_from_slice(self.id().as_bytes());
        sealed.extend_from_slice(&nonce);
        sealed.extend(encrypt(&key, &nonce, &aad, plaintext));
        sealed
    }

    /// Opens a value that [`DataKey::seal`] made for this very place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (nonce, ciphertext) = self.split(FORMAT, sealed)?;
        let key = self.sub_key(b"", VALUE_LABEL);
        decrypt(&key, nonce, &place_context(FORMAT, place, self.id()), ciphertext)
    }

    /// Checks the head of a sealed value and gives its nonce and what follows.
    pub(crate) fn split<'s>(&self, format: u8, sealed: &'s [u8]) -> Result<(&'s [u8; 24], &'s [u8]), SealError> {
        let key_id = key_id_of(sealed)?;
        if sealed[0] != format {
            return Err(SealError::Format);
        }
        if key_id != self.id() {
            return Err(SealError::OtherKey(key_id));
        }
        let (head, ciphertext) = sealed.split_at(CIPHERTEXT_AT);
        let nonce = head[NONCE_AT..].try_into().map_err(|_| SealError::Format)?;
        Ok((nonce, ciphertext))
    }
}

/// The data key that a sealed value, whole or in chunks, names.
pub fn key_id_of(sealed: &[u8]) -> Result<Uuid, SealError> {
    let known = [FORMAT, crate::chunked::FORMAT];
    if sealed.len() < CIPHERTEXT_AT + TAG_LENGTH || !known.contains(&sealed[0]) {
        return Err(SealError::Format);
    }
    Uuid::from_slice(&sealed[1..NONCE_AT]).map_err(|_| SealError::Format)
}

/// What a sealed value is bound to, each part after its length.
pub(crate) fn place_context(format: u8, place: Place<'_>, key_id: Uuid) -> Vec<u8> {
    length_prefixed(&[
        &[format],
        place.table.as_bytes(),
        place.column.as_bytes(),
        place.row.as_bytes(),
        key_id.as_bytes(),
    ])
}

#[cfg(test)]
mod tests;
