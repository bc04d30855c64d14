//! Places for the bytes of bodies: checked, counted, hashed, or written as JSON.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::bodies::{Bodies, DECODED, HELD};
use crate::collect::Part;
use crate::decode::{Encoding, decoded};
use crate::reader::ReadError;

/// Whether bytes that pass in pieces are UTF-8, and how many they are.
#[derive(Default)]
pub(super) struct Utf8 {
    /// The bytes of a character that is not whole yet.
    pending: Vec<u8>,
    broken: bool,
    pub(super) length: u64,
}

impl Utf8 {
    pub(super) fn is_text(&self) -> bool {
        !self.broken && self.pending.is_empty()
    }

    fn take(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(_) => {}
            Err(error) if error.error_len().is_none() => self.pending = bytes[error.valid_up_to()..].to_vec(),
            Err(_) => self.broken = true,
        }
    }
}

impl Write for Utf8 {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length += bytes.len() as u64;
        let mut rest = bytes;
        // A character that began before is completed byte by byte: it has four at most.
        while !self.broken && !self.pending.is_empty() && !rest.is_empty() {
            let mut begun = std::mem::take(&mut self.pending);
            begun.push(rest[0]);
            rest = &rest[1..];
            self.take(&begun);
        }
        if !self.broken && !rest.is_empty() {
            self.take(rest);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes UTF-8 as the inside of a JSON string (RFC 8259 §7).
pub(super) struct JsonText<W>(pub(super) W);

impl<W: Write> Write for JsonText<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut plain = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
                continue;
            }
            self.0.write_all(&bytes[plain..at])?;
            match byte {
                b'"' | b'\\' => self.0.write_all(&[b'\\', *byte])?,
                b'\n' => self.0.write_all(b"\\n")?,
                byte => write!(self.0, "\\u{byte:04x}")?,
            }
            plain = at + 1;
        }
        self.0.write_all(&bytes[plain..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Counts and hashes what passes.
#[derive(Default)]
pub(super) struct Hashed {
    pub(super) hash: Sha256,
    pub(super) length: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body to be written twice: once to see what it is, once for good.
pub(super) enum Body<'p> {
    /// As it was recorded, streamed.
    Recorded(&'p Part),
    /// Decompressed, in memory.
    Held(Vec<u8>),
}

impl<'p> Body<'p> {
    /// Decompressed where it is short enough and its compression is known, else as it was recorded.
    pub(super) fn plain(part: &'p Part, encoding: Encoding, bodies: &mut dyn Bodies) -> Result<Self, ReadError> {
        if encoding == Encoding::Plain || part.kept() == 0 || part.kept() > HELD {
            return Ok(Self::Recorded(part));
        }
        let mut bytes = Vec::new();
        bodies.copy(part, &mut bytes)?;
        let plain = decoded(encoding, &bytes, DECODED);
        Ok(if plain.whole {
            Self::Held(plain.bytes)
        } else {
            Self::Recorded(part)
        })
    }

    pub(super) fn copy(&self, bodies: &mut dyn Bodies, out: &mut dyn Write) -> Result<(), ReadError> {
        match self {
            Self::Recorded(part) => bodies.copy(part, out).map(|_| ()),
            Self::Held(bytes) => Ok(out.write_all(bytes)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_is_known_in_any_pieces(text in "[a-zé€😀]{0,20}", broken: bool, size in 1usize..6) {
            let mut bytes = text.into_bytes();
            if broken {
                bytes.insert(bytes.len() / 2, 0xFF);
            }
            let mut sink = Utf8::default();
            bytes.chunks(size).for_each(|piece| sink.write_all(piece).unwrap());
            prop_assert_eq!(sink.is_text(), std::str::from_utf8(&bytes).is_ok());
            prop_assert_eq!(sink.length, bytes.len() as u64);
        }

        #[test]
        fn text_reads_back_from_json(text: String, size in 1usize..6) {
            let mut sink = JsonText(Vec::new());
            text.as_bytes().chunks(size).for_each(|piece| sink.write_all(piece).unwrap());
            let json = [b"\"".as_slice(), &sink.0, b"\""].concat();
            prop_assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
        }
    }
}
