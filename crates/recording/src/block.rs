//! Blocks within their frames: compressed, sealed, numbered.
//!
//! A segment is a head and frames. The head of a frame is plain (what kind, how long, when), and
//! authenticated with the block that follows it, compressed by zstd and sealed under the key of
//! the segment. Frames are numbered from 0 and cannot be dropped, swapped or repeated.

use sealing::recording::{FRAME_TAG, SegmentKey};

use crate::entry::Micros;
use crate::wire::Malformed;

/// The bytes of the head of a frame.
pub(crate) const FRAME_HEAD: usize = 20;

/// The most that a block holds before compression; a reader refuses more.
pub const MAX_BLOCK: usize = 1 << 20;

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Recorded bytes, one after the other.
    Contents,
    /// Entries.
    Entries,
    /// The counts with which a segment is closed; nothing follows.
    Closing,
}

/// How a block is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codec {
    Plain,
    Zstd,
}

/// The head of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FrameHead {
    pub(crate) kind: Kind,
    codec: Codec,
    plain: u32,
    pub(crate) sealed: u32,
    pub(crate) at: Micros,
}

impl FrameHead {
    fn to_bytes(self) -> [u8; FRAME_HEAD] {
        let mut bytes = [0; FRAME_HEAD];
        bytes[0] = match self.kind {
            Kind::Contents => 1,
            Kind::Entries => 2,
            Kind::Closing => 3,
        };
        bytes[1] = match self.codec {
            Codec::Plain => 0,
            Codec::Zstd => 1,
        };
        bytes[4..8].copy_from_slice(&self.plain.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.sealed.to_be_bytes());
        bytes[12..].copy_from_slice(&self.at.to_be_bytes());
        bytes
    }

    /// Reads the head of a frame; lengths beyond what a writer makes are refused.
    pub(crate) fn parse(bytes: &[u8; FRAME_HEAD]) -> Result<Self, Malformed> {
        let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let mut at = [0; 8];
        at.copy_from_slice(&bytes[12..]);
        let head = Self {
            kind: match bytes[0] {
                1 => Kind::Contents,
                2 => Kind::Entries,
                3 => Kind::Closing,
                _ => return Err(Malformed),
            },
            codec: match bytes[1] {
                0 => Codec::Plain,
                1 => Codec::Zstd,
                _ => return Err(Malformed),
            },
            plain: number(4),
            sealed: number(8),
            at: Micros::from_be_bytes(at),
        };
        let fits = head.plain as usize <= MAX_BLOCK && head.sealed <= head.plain && bytes[2..4] == [0, 0];
        if fits { Ok(head) } else { Err(Malformed) }
    }

    /// The bytes that follow the head: the sealed block and its tag.
    pub(crate) fn rest(&self) -> usize {
        self.sealed as usize + FRAME_TAG
    }
}

/// Compresses and seals blocks one after the other into a buffer of its own.
pub(crate) struct Packer {
    zstd: zstd::bulk::Compressor<'static>,
    frame: Vec<u8>,
}

impl Packer {
    pub(crate) fn new() -> std::io::Result<Self> {
        Ok(Self {
            zstd: zstd::bulk::Compressor::new(1)?,
            frame: Vec::new(),
        })
    }

    /// Makes the whole frame of a block: head, sealed block, tag.
    pub(crate) fn pack(&mut self, key: &SegmentKey, number: u64, kind: Kind, at: Micros, block: &[u8]) -> &[u8] {
        debug_assert!(block.len() <= MAX_BLOCK, "writers flush before");
        self.frame.clear();
        self.frame.resize(FRAME_HEAD + block.len() + FRAME_TAG, 0);
        // A block that does not shrink by a sixteenth is kept as it is.
        let room = block.len() - block.len() / 16;
        let compressed = self
            .zstd
            .compress_to_buffer(block, &mut self.frame[FRAME_HEAD..FRAME_HEAD + room]);
        let (codec, sealed) = match compressed {
            Ok(length) => (Codec::Zstd, length),
            Err(_) => {
                self.frame[FRAME_HEAD..FRAME_HEAD + block.len()].copy_from_slice(block);
                (Codec::Plain, block.len())
            }
        };
        let head = FrameHead {
            kind,
            codec,
            plain: block.len() as u32,
            sealed: sealed as u32,
            at,
        }
        .to_bytes();
        self.frame[..FRAME_HEAD].copy_from_slice(&head);
        let end = FRAME_HEAD + sealed;
        let tag = key.seal_frame(number, &head, &mut self.frame[FRAME_HEAD..end]);
        self.frame[end..end + FRAME_TAG].copy_from_slice(&tag);
        self.frame.truncate(end + FRAME_TAG);
        &self.frame
    }
}

/// Opens the block of a frame: what follows its head goes in, and is wiped of its seal in place.
pub(crate) fn unpack(
    key: &SegmentKey,
    number: u64,
    head: &[u8; FRAME_HEAD],
    rest: &mut [u8],
) -> Result<Vec<u8>, Malformed> {
    let parsed = FrameHead::parse(head)?;
    if rest.len() != parsed.rest() {
        return Err(Malformed);
    }
    let sealed = key.open_frame(number, head, rest).map_err(|_| Malformed)?;
    let block = match parsed.codec {
        Codec::Plain => sealed.to_vec(),
        Codec::Zstd => zstd::bulk::decompress(sealed, parsed.plain as usize).map_err(|_| Malformed)?,
    };
    if block.len() == parsed.plain as usize {
        Ok(block)
    } else {
        Err(Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use zeroize::Zeroizing;

    fn key() -> SegmentKey {
        SegmentKey::from_random(Zeroizing::new([7; 32]))
    }

    fn open(frame: &[u8], number: u64) -> Result<Vec<u8>, Malformed> {
        let (head, rest) = frame.split_at_checked(FRAME_HEAD).ok_or(Malformed)?;
        unpack(
            &key(),
            number,
            head.try_into().map_err(|_| Malformed)?,
            &mut rest.to_vec(),
        )
    }

    proptest! {
        #[test]
        fn a_block_comes_back(block: Vec<u8>, repeat in 1usize..200, number: u64) {
            let block = block.repeat(repeat);
            let mut packer = Packer::new().unwrap();
            let frame = packer.pack(&key(), number, Kind::Contents, 5, &block);
            prop_assert_eq!(open(frame, number), Ok(block));
        }

        #[test]
        fn a_changed_frame_is_refused(block: Vec<u8>, at: prop::sample::Index, mask in 1u8..) {
            let mut packer = Packer::new().unwrap();
            let mut frame = packer.pack(&key(), 3, Kind::Entries, 5, &block).to_vec();
            prop_assert!(open(&frame, 4).is_err());
            let at = at.index(frame.len());
            frame[at] ^= mask;
            prop_assert!(open(&frame, 3).is_err());
            frame[at] ^= mask;
            frame.truncate(at);
            prop_assert!(open(&frame, 3).is_err());
        }
    }

    #[test]
    fn what_repeats_shrinks_and_what_does_not_is_kept_as_it_is() {
        let mut packer = Packer::new().unwrap();
        assert!(packer.pack(&key(), 0, Kind::Contents, 0, &[7; 100_000]).len() < 200);
        let chance: Vec<u8> = (0..2000u32)
            .flat_map(|number| *blake3::hash(&number.to_be_bytes()).as_bytes())
            .collect();
        let kept = packer.pack(&key(), 0, Kind::Contents, 0, &chance).len();
        assert_eq!(kept, chance.len() + FRAME_HEAD + FRAME_TAG);
    }

    #[test]
    fn no_head_asks_for_more_than_a_block() {
        let mut head = [0; FRAME_HEAD];
        head[0] = 1;
        head[4..8].copy_from_slice(&(MAX_BLOCK as u32 + 1).to_be_bytes());
        assert!(FrameHead::parse(&head).is_err());
    }
}
