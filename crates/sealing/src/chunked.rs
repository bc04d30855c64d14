//! Sealed files: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as age uses
//! it, over chunks of 64 KiB, so that chunks cannot be dropped, swapped, repeated or cut off.
//!
//! Bytes: format 2, key id (16), salt (24), then the chunks, each with its tag. The key of a
//! file derives from the data key and the salt; the nonce of a chunk is its number and whether
//! it is the last, both of which its associated data repeats.

mod stream;

pub use stream::{ChunkOpener, ChunkSealer};

use zeroize::Zeroizing;

use crate::data_key::DataKey;
use crate::primitives::{Secret, TAG_LENGTH, decrypt, encrypt, length_prefixed};
use crate::sealed::{Place, SealError, place_context};

pub(crate) const FORMAT: u8 = 2;
const HEAD_LENGTH: usize = 1 + 16 + 24;
const SEALED_CHUNK: usize = CHUNK + TAG_LENGTH;
const FILE_LABEL: &str = "beffroi/1/sealed files";

/// The bytes of the shortest sealed file: its head, and the tag of an empty chunk.
pub const SHORTEST: usize = HEAD_LENGTH + TAG_LENGTH;

/// The plain bytes of every chunk but the last.
pub const CHUNK: usize = 64 * 1024;

impl DataKey {
    /// Seals a large content in chunks of 64 KiB for one place, with 24 random bytes as salt.
    pub fn seal_chunked(&self, place: Place<'_>, plaintext: &[u8], salt: [u8; 24]) -> Vec<u8> {
        let file = FileKey::new(self, place, &salt);
        let pieces = pieces(plaintext, CHUNK);
        let mut sealed = Vec::with_capacity(HEAD_LENGTH + plaintext.len() + pieces.len() * TAG_LENGTH);
        sealed.push(FORMAT);
        sealed.extend_from_slice(self.id().as_bytes());
        sealed.extend_from_slice(&salt);
        for (number, piece) in pieces.iter().enumerate() {
            let at = ChunkAt {
                number: number as u64,
                last: number + 1 == pieces.len(),
            };
            sealed.extend(encrypt(&file.key, &at.nonce(), &file.context(at), piece));
        }
        sealed
    }

    /// Opens what [`DataKey::seal_chunked`] made for this very place, whole or not at all.
    pub fn open_chunked(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (salt, chunks) = self.split(FORMAT, sealed)?;
        let file = FileKey::new(self, place, salt);
        let pieces = pieces(chunks, SEALED_CHUNK);
        let mut plaintext = Zeroizing::new(Vec::with_capacity(chunks.len()));
        for (number, piece) in pieces.iter().enumerate() {
            let at = ChunkAt {
                number: number as u64,
                last: number + 1 == pieces.len(),
            };
            let opened = decrypt(&file.key, &at.nonce(), &file.context(at), piece)?;
            if opened.is_empty() && number > 0 {
                return Err(SealError::Refused);
            }
            plaintext.extend_from_slice(&opened);
        }
        Ok(plaintext)
    }
}

/// Cuts into pieces of one length, of which there is always at least one.
fn pieces(bytes: &[u8], length: usize) -> Vec<&[u8]> {
    if bytes.is_empty() {
        vec![bytes]
    } else {
        bytes.chunks(length).collect()
    }
}

/// The key of one file and the place it is bound to.
struct FileKey {
    key: Secret,
    place: Vec<u8>,
}

impl FileKey {
    fn new(key: &DataKey, place: Place<'_>, salt: &[u8; 24]) -> Self {
        let context = place_context(FORMAT, place, key.id());
        Self {
            key: key.sub_key(salt, FILE_LABEL),
            place: context,
        }
    }

    fn context(&self, at: ChunkAt) -> Vec<u8> {
        length_prefixed(&[&self.place, &at.number.to_be_bytes(), &[u8::from(at.last)]])
    }
}

/// Which chunk of a file it is, and whether the file ends with it.
#[derive(Clone, Copy)]
struct ChunkAt {
    number: u64,
    last: bool,
}

impl ChunkAt {
    fn nonce(self) -> [u8; 24] {
        let mut nonce = [0; 24];
        nonce[15..23].copy_from_slice(&self.number.to_be_bytes());
        nonce[23] = u8::from(self.last);
        nonce
    }
}

#[cfg(test)]
mod tests;
