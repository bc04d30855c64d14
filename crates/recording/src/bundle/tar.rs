//! The little of tar that a bundle needs (POSIX.1-2017, pax, "ustar Interchange Format"): regular files
//! with short names, nothing else, read as strictly as it is written.

use std::io::{self, Read, Write};

use super::BundleError;

const BLOCK: usize = 512;
/// The bytes of the end: two blocks of zeros.
pub(super) const END: usize = 2 * BLOCK;
const NAME: usize = 100;
/// The largest size that eleven octal digits write.
const LARGEST: u64 = (1 << 33) - 1;

/// Writes the head of a file of so many bytes.
pub(super) fn put_head(out: &mut impl Write, name: &str, size: u64) -> Result<(), BundleError> {
    let head = head(name, size).ok_or(BundleError::TooLarge)?;
    Ok(out.write_all(&head)?)
}

/// Fills up the last block of a file of so many bytes.
pub(super) fn put_padding(out: &mut impl Write, size: u64) -> io::Result<()> {
    out.write_all(&[0; BLOCK][..padding(size)])
}

/// Ends the archive.
pub(super) fn put_end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[0; END])
}

/// Reads what follows the first block of the end: one more of zeros, and nothing behind it.
pub(super) fn end(source: &mut impl Read) -> Result<(), BundleError> {
    let mut last = [0; BLOCK];
    whole(source, &mut last)?;
    let behind = source.read(&mut [0])?;
    match last == [0; BLOCK] && behind == 0 {
        true => Ok(()),
        false => Err(BundleError::NotABundle),
    }
}

fn padding(size: u64) -> usize {
    (BLOCK - (size % BLOCK as u64) as usize) % BLOCK
}

/// The one head that a file of this name and size has; nothing when it does not fit.
fn head(name: &str, size: u64) -> Option<[u8; BLOCK]> {
    if name.is_empty() || name.len() > NAME || !name.is_ascii() || size > LARGEST {
        return None;
    }
    let mut head = [0; BLOCK];
    let mut put = |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    // Mode, owner and group; the same for all, so that equal bundles are equal bytes.
    put(100, "0000644\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{size:011o}\0"));
    put(136, "00000000000\0");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Some(head)
}

/// Reads the next file whole; nothing at the end. `room` is what files may still take, and shrinks.
pub(super) fn next(source: &mut impl Read, room: &mut u64) -> Result<Option<(String, Vec<u8>)>, BundleError> {
    let mut told = [0; BLOCK];
    whole(source, &mut told)?;
    if told == [0; BLOCK] {
        return Ok(None);
    }
    let (name, size) = parse(&told).ok_or(BundleError::NotABundle)?;
    *room = room.checked_sub(size).ok_or(BundleError::TooLarge)?;
    let mut bytes = Vec::new();
    let read = source.by_ref().take(size).read_to_end(&mut bytes)?;
    if read as u64 != size {
        return Err(BundleError::NotABundle);
    }
    let mut rest = [0; BLOCK];
    whole(source, &mut rest[..padding(size)])?;
    if rest != [0; BLOCK] {
        return Err(BundleError::NotABundle);
    }
    Ok(Some((name, bytes)))
}

fn whole(source: &mut impl Read, buffer: &mut [u8]) -> Result<(), BundleError> {
    source.read_exact(buffer).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => BundleError::NotABundle,
        _ => BundleError::Io(error),
    })
}

/// Name and size of a head, which must be the very head that would be written for them.
fn parse(told: &[u8; BLOCK]) -> Option<(String, u64)> {
    let name = told[..NAME].split(|byte| *byte == 0).next()?;
    let name = std::str::from_utf8(name).ok()?;
    let digits = std::str::from_utf8(&told[124..135]).ok()?;
    let size = u64::from_str_radix(digits, 8).ok()?;
    (head(name, size)? == *told).then(|| (name.to_owned(), size))
}
