//! Sealed files: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as age uses
//! it, over chunks of 64 KiB, so that chunks cannot be dropped, swapped, repeated or cut off.
//!
//! Bytes: format 2, key id (16), salt (24), then the chunks, each with its tag. The key of a
//! file derives from the data key and the salt; the nonce of a chunk is its number and whether
//! it is the last, both of which its associated data repeats.

use zeroize::Zeroizing;

use crate::data_key::DataKey;
use crate::primitives::{Secret, TAG_LENGTH, decrypt, encrypt, length_prefixed};
use crate::sealed::{Place, SealError, place_context};

pub(crate) const FORMAT: u8 = 2;
const HEAD_LENGTH: usize = 1 + 16 + 24;
const SEALED_CHUNK: usize = CHUNK + TAG_LENGTH;
const FILE_LABEL: &str = "beffroi/1/sealed files";

/// The plain bytes of every chunk but the last.
pub const CHUNK: usize = 64 * 1024;

impl DataKey {
    /// Seals a large content in chunks of 64 KiB for one place, with 24 random bytes as salt.
    pub fn seal_chunked(&self, place: Place<'_>, plaintext: &[u8], salt: [u8; 24]) -> Vec<u8> {
        let file = FileKey::new(self, place, &salt);
        let pieces = pieces(plaintext, CHUNK);
        let mut sealed =
            Vec::with_capacity(HEAD_LENGTH + plaintext.len() + pieces.len() * TAG_LENGTH);
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
    pub fn open_chunked(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
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
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const PLACE: Place<'_> = Place {
        table: "file",
        column: "content",
        row: Uuid::from_u128(5),
    };

    fn key() -> DataKey {
        DataKey::from_random(Uuid::from_u128(1), [1; 32])
    }

    fn content(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at / 251 + at) as u8).collect()
    }

    fn seal(length: usize) -> Vec<u8> {
        key().seal_chunked(PLACE, &content(length), [7; 24])
    }

    fn refused(sealed: &[u8]) -> bool {
        key().open_chunked(PLACE, sealed) == Err(SealError::Refused)
    }

    #[test]
    fn every_length_around_a_border_comes_back() {
        let near = [
            0,
            1,
            15,
            16,
            17,
            CHUNK - 1,
            CHUNK,
            CHUNK + 1,
            2 * CHUNK,
            2 * CHUNK + 9,
        ];
        for length in near {
            let sealed = seal(length);
            let chunks = length.div_ceil(CHUNK).max(1);
            assert_eq!(sealed.len(), HEAD_LENGTH + length + chunks * TAG_LENGTH);
            assert_eq!(
                *key().open_chunked(PLACE, &sealed).unwrap(),
                content(length)
            );
        }
    }

    #[test]
    fn chunks_cannot_be_cut_off_swapped_repeated_or_added() {
        let sealed = seal(3 * CHUNK + 10);
        let (head, body) = sealed.split_at(HEAD_LENGTH);
        let parts: Vec<&[u8]> = body.chunks(SEALED_CHUNK).collect();
        let build = |order: &[usize]| {
            order
                .iter()
                .fold(head.to_vec(), |all, at| [&all, parts[*at]].concat())
        };
        assert!(!refused(&build(&[0, 1, 2, 3])));
        let wrong: [&[usize]; 8] = [
            &[0, 1, 2],
            &[0],
            &[1, 0, 2, 3],
            &[0, 0, 1, 2, 3],
            &[0, 2, 3],
            &[3],
            &[0, 3],
            &[0, 1, 2, 3, 3],
        ];
        for order in wrong {
            assert!(refused(&build(order)), "{order:?}");
        }
        assert!(refused(&[head, &[0; 16]].concat()));
    }

    #[test]
    fn chunks_of_another_file_do_not_fit_in() {
        let mut one = seal(2 * CHUNK);
        let other = key().seal_chunked(PLACE, &content(2 * CHUNK), [8; 24]);
        one[HEAD_LENGTH..HEAD_LENGTH + SEALED_CHUNK]
            .copy_from_slice(&other[HEAD_LENGTH..HEAD_LENGTH + SEALED_CHUNK]);
        assert!(refused(&one));
    }

    #[test]
    fn a_file_moved_to_another_place_or_key_does_not_open() {
        let sealed = seal(100);
        let row = Place {
            row: Uuid::from_u128(6),
            ..PLACE
        };
        let table = Place {
            table: "evidence",
            ..PLACE
        };
        let column = Place {
            column: "thumbnail",
            ..PLACE
        };
        for place in [row, table, column] {
            assert_eq!(key().open_chunked(place, &sealed), Err(SealError::Refused));
        }
        let other = DataKey::from_random(Uuid::from_u128(1), [2; 32]);
        assert_eq!(other.open_chunked(PLACE, &sealed), Err(SealError::Refused));
    }

    #[test]
    fn every_flipped_byte_of_a_small_file_is_refused() {
        let sealed = seal(40);
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 0x10;
            assert!(key().open_chunked(PLACE, &flipped).is_err(), "byte {at}");
            assert!(
                key().open_chunked(PLACE, &sealed[..at]).is_err(),
                "cut at {at}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_flip_or_a_cut_anywhere_in_a_large_file_is_refused(
            at in 0..HEAD_LENGTH + 2 * SEALED_CHUNK, bit in 0u8..8,
        ) {
            let mut sealed = seal(2 * CHUNK);
            prop_assert!(key().open_chunked(PLACE, &sealed[..at]).is_err());
            sealed[at] ^= 1 << bit;
            prop_assert!(key().open_chunked(PLACE, &sealed).is_err());
        }
    }
}
