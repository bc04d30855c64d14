//! The same sealed files, a part at a time: what is sealed or opened is never whole in memory.

use super::{CHUNK, ChunkAt, FORMAT, FileKey, HEAD_LENGTH, SEALED_CHUNK};
use crate::data_key::DataKey;
use crate::primitives::{decrypt, encrypt};
use crate::sealed::{Place, SealError};
use zeroize::Zeroizing;

/// Seals a file part by part; what it gives, joined, is what [`DataKey::seal_chunked`] gives.
pub struct ChunkSealer {
    file: FileKey,
    number: u64,
    /// What begins the next chunk; a chunk leaves when it is known whether it is the last.
    held: Zeroizing<Vec<u8>>,
    ready: Vec<u8>,
}

/// Opens a sealed file part by part; only a file that was opened to its end is whole.
pub struct ChunkOpener {
    file: FileKey,
    number: u64,
    held: Vec<u8>,
}

impl DataKey {
    /// Begins to seal a file for one place, with 24 random bytes as salt.
    pub fn chunk_sealer(&self, place: Place<'_>, salt: [u8; 24]) -> ChunkSealer {
        let mut ready = Vec::with_capacity(HEAD_LENGTH + SEALED_CHUNK);
        ready.push(FORMAT);
        ready.extend_from_slice(self.id().as_bytes());
        ready.extend_from_slice(&salt);
        ChunkSealer {
            file: FileKey::new(self, place, &salt),
            number: 0,
            held: Zeroizing::new(Vec::with_capacity(CHUNK)),
            ready,
        }
    }

    /// Begins to open a file that was sealed for this very place, from its first bytes: at least [`super::SHORTEST`] of them.
    ///
    /// # Errors
    /// [`SealError`] where they are of no sealed file, or of one that another key seals.
    pub fn chunk_opener(&self, place: Place<'_>, beginning: &[u8]) -> Result<ChunkOpener, SealError> {
        let (salt, chunks) = self.split(FORMAT, beginning)?;
        Ok(ChunkOpener {
            file: FileKey::new(self, place, salt),
            number: 0,
            held: chunks.to_vec(),
        })
    }
}

impl ChunkSealer {
    /// Takes more of the content; gives the sealed bytes that are ready.
    pub fn take(&mut self, mut plain: &[u8]) -> Vec<u8> {
        while !plain.is_empty() {
            if self.held.len() == CHUNK {
                self.seal(false);
            }
            let (now, later) = plain.split_at(plain.len().min(CHUNK - self.held.len()));
            self.held.extend_from_slice(now);
            plain = later;
        }
        std::mem::take(&mut self.ready)
    }

    /// Ends the file; gives its last sealed bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.seal(true);
        self.ready
    }

    fn seal(&mut self, last: bool) {
        let at = ChunkAt {
            number: self.number,
            last,
        };
        let sealed = encrypt(&self.file.key, &at.nonce(), &self.file.context(at), &self.held);
        self.ready.extend(sealed);
        self.held.clear();
        self.number += 1;
    }
}

impl ChunkOpener {
    /// Takes more of the sealed file; gives what is opened of it.
    ///
    /// # Errors
    /// [`SealError::Refused`] where it was tampered with.
    pub fn take(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.held.extend_from_slice(sealed);
        let mut plain = Zeroizing::new(Vec::new());
        let mut from = 0;
        // The last chunk waits for the end, by which alone it is known.
        while self.held.len() - from > SEALED_CHUNK {
            let opened = Self::open(
                &self.file,
                &mut self.number,
                &self.held[from..from + SEALED_CHUNK],
                false,
            )?;
            plain.extend_from_slice(&opened);
            from += SEALED_CHUNK;
        }
        self.held.drain(..from);
        Ok(plain)
    }

    /// Opens the last chunk.
    ///
    /// # Errors
    /// [`SealError::Refused`] where the file was tampered with or cut off.
    pub fn finish(mut self) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let first = self.number == 0;
        let opened = Self::open(&self.file, &mut self.number, &self.held, true)?;
        if opened.is_empty() && !first {
            return Err(SealError::Refused);
        }
        Ok(opened)
    }

    fn open(file: &FileKey, number: &mut u64, sealed: &[u8], last: bool) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let at = ChunkAt { number: *number, last };
        *number += 1;
        decrypt(&file.key, &at.nonce(), &file.context(at), sealed)
    }
}
