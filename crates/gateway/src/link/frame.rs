//! Frames: a length, JSON, and a MAC over both and the number of the frame.

use std::io;
use std::time::Duration;

use bytes::{Buf, BytesMut};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

/// The bytes of a frame's MAC.
pub const TAG: usize = 32;
/// The bytes of a frame's length.
const LENGTH: usize = 4;
/// How much is read at once.
const BUFFER: usize = 16 * 1024;
/// How long the other side may say nothing, or not take what is said.
const SILENCE: Duration = Duration::from_secs(3);

/// Why a link ended.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The stream failed.
    #[error("the stream failed: {0}")]
    Stream(#[from] io::Error),
    /// The other side closed the stream.
    #[error("the other side closed the stream")]
    Gone,
    /// What came first is no greeting of a gateway.
    #[error("what came is no greeting of a gateway")]
    Greeting,
    /// The other side did not prove that it holds the secret.
    #[error("the other side does not hold the secret of the link")]
    Secret,
    /// A frame is not the next one of the other side.
    #[error("a frame was altered, repeated or left out")]
    Altered,
    /// A frame is larger than any may be.
    #[error("a frame of {0} bytes is larger than any may be")]
    TooLarge(usize),
    /// A frame says something unknown.
    #[error("a frame could not be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Nothing came for too long.
    #[error("the other side said nothing for too long")]
    Silent,
    /// The other side speaks another version of the link.
    #[error("the other side speaks version {0} of the link")]
    Version(u16),
}

/// Makes a frame of a payload; `number` counts the frames of one key from 0.
pub fn seal(key: &[u8; 32], number: u64, payload: &[u8]) -> Result<Vec<u8>, LinkError> {
    let length = u32::try_from(payload.len()).map_err(|_| LinkError::TooLarge(payload.len()))?;
    let mut frame = Vec::with_capacity(LENGTH + payload.len() + TAG);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(payload);
    let tag = tag(key, number, &frame);
    frame.extend_from_slice(tag.as_bytes());
    Ok(frame)
}

/// BLAKE3 in its keyed mode over the number, the length and the payload.
fn tag(key: &[u8; 32], number: u64, framed: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&number.to_be_bytes()).update(framed);
    hasher.finalize()
}

/// Takes frames out of bytes as they come; holds one frame and what was read with it at most.
pub struct Opener {
    key: Zeroizing<[u8; 32]>,
    number: u64,
    largest: usize,
    buffer: BytesMut,
}

impl Opener {
    /// Opens the frames of one key, of so many bytes at most.
    pub fn new(key: Zeroizing<[u8; 32]>, largest: usize) -> Self {
        Self {
            key,
            number: 0,
            largest,
            buffer: BytesMut::new(),
        }
    }

    /// Where bytes that came are added.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// Gives the payload of the next frame, once it is whole; an error ends the stream for good.
    pub fn open(&mut self) -> Result<Option<BytesMut>, LinkError> {
        let Some(length) = self.buffer.first_chunk::<LENGTH>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > self.largest {
            return Err(LinkError::TooLarge(length));
        }
        if self.buffer.len() < LENGTH + length + TAG {
            return Ok(None);
        }
        let mut frame = self.buffer.split_to(LENGTH + length + TAG);
        let shown = frame.split_off(LENGTH + length);
        let expected = tag(&self.key, self.number, &frame);
        // `blake3::Hash` compares in a time that says nothing about where they differ.
        if blake3::Hash::from_slice(&shown).map_err(|_| LinkError::Altered)? != expected {
            return Err(LinkError::Altered);
        }
        self.number += 1;
        frame.advance(LENGTH);
        Ok(Some(frame))
    }
}

/// Reads what the other side says.
pub(crate) struct Reader<R> {
    from: R,
    opener: Opener,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    pub(crate) fn new(from: R, key: Zeroizing<[u8; 32]>, largest: usize) -> Self {
        Self {
            from,
            opener: Opener::new(key, largest),
        }
    }

    /// Waits for the next frame, not for ever.
    pub(crate) async fn next<T: DeserializeOwned>(&mut self) -> Result<T, LinkError> {
        loop {
            if let Some(payload) = self.opener.open()? {
                return Ok(serde_json::from_slice(&payload)?);
            }
            let buffer = self.opener.buffer();
            buffer.reserve(BUFFER);
            let reading = tokio::time::timeout(SILENCE, self.from.read_buf(buffer)).await;
            if reading.map_err(|_| LinkError::Silent)?? == 0 {
                return Err(LinkError::Gone);
            }
        }
    }
}

/// Says something to the other side.
pub(crate) struct Writer<W> {
    to: W,
    key: Zeroizing<[u8; 32]>,
    number: u64,
    largest: usize,
}

impl<W: AsyncWrite + Unpin> Writer<W> {
    pub(crate) fn new(to: W, key: Zeroizing<[u8; 32]>, largest: usize) -> Self {
        Self {
            to,
            key,
            number: 0,
            largest,
        }
    }

    /// Sends a frame whole.
    pub(crate) async fn say<T: Serialize>(&mut self, what: &T) -> Result<(), LinkError> {
        // Words carry the keys of content hashes: no copy of them stays behind.
        let payload = Zeroizing::new(serde_json::to_vec(what)?);
        if payload.len() > self.largest {
            return Err(LinkError::TooLarge(payload.len()));
        }
        let frame = Zeroizing::new(seal(&self.key, self.number, &payload)?);
        self.number += 1;
        let saying = async {
            self.to.write_all(&frame).await?;
            self.to.flush().await
        };
        let said = tokio::time::timeout(SILENCE, saying).await;
        Ok(said.map_err(|_| LinkError::Silent)??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [3; 32];
    const LARGEST: usize = 4096;

    fn opener() -> Opener {
        Opener::new(Zeroizing::new(KEY), LARGEST)
    }

    /// Feeds bytes in pieces and gives every payload that opens, up to the first error.
    fn opened(opener: &mut Opener, bytes: &[u8], piece: usize) -> (Vec<Vec<u8>>, bool) {
        let mut payloads = Vec::new();
        for piece in bytes.chunks(piece) {
            opener.buffer().extend_from_slice(piece);
            loop {
                match opener.open() {
                    Ok(Some(payload)) => payloads.push(payload.to_vec()),
                    Ok(None) => break,
                    Err(_) => return (payloads, false),
                }
            }
            // A sender of endless bytes gets no more memory than a frame and a piece.
            assert!(opener.buffer().len() <= LENGTH + LARGEST + TAG + piece.len());
        }
        (payloads, true)
    }

    proptest! {
        #[test]
        fn frames_open_in_their_order_however_they_are_cut(
            payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..5), piece in 1..300usize
        ) {
            let frames: Vec<u8> = payloads.iter().enumerate()
                .flat_map(|(number, payload)| seal(&KEY, number as u64, payload).unwrap()).collect();
            prop_assert_eq!(opened(&mut opener(), &frames, piece), (payloads, true));
        }

        #[test]
        fn any_bytes_open_nothing_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..9000), piece in 1..9000usize) {
            prop_assert_eq!(opened(&mut opener(), &bytes, piece).0, Vec::<Vec<u8>>::new());
        }

        #[test]
        fn a_changed_bit_is_seen(payload in prop::collection::vec(any::<u8>(), 0..100), at: prop::sample::Index, bit in 0..8u8) {
            let mut frame = seal(&KEY, 0, &payload).unwrap();
            let at = at.index(frame.len());
            frame[at] ^= 1 << bit;
            prop_assert_eq!(opened(&mut opener(), &frame, 50).0, Vec::<Vec<u8>>::new());
        }
    }

    #[test]
    fn a_repeated_a_left_out_and_a_turned_frame_are_refused() {
        let frame = |number| seal(&KEY, number, b"stop").unwrap();
        let other = seal(&[4; 32], 0, b"stop").unwrap();
        for bytes in [
            [frame(0), frame(0)].concat(),
            frame(1),
            [frame(1), frame(0)].concat(),
            other,
        ] {
            assert!(!opened(&mut opener(), &bytes, 1000).1);
        }
    }

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_anything_is_kept() {
        let mut opener = opener();
        opener.buffer().extend_from_slice(&u32::MAX.to_be_bytes());
        assert!(matches!(opener.open(), Err(LinkError::TooLarge(_))));
    }

    #[tokio::test]
    async fn silence_ends_a_link() {
        let (_other, from) = tokio::io::duplex(10);
        let mut reader = Reader::new(from, Zeroizing::new(KEY), LARGEST);
        assert!(matches!(reader.next::<u8>().await, Err(LinkError::Silent)));
    }
}
