//! What a folder of segments holds: their records, and what a crash left is taken into the chain.

use std::io::{self, Read, SeekFrom};

use crate::block::{FRAME_HEAD, FrameHead};
use crate::disk::{Disk, Source, closed_name, open_name, record_name, sequence_of};
use crate::entry::Micros;
use crate::head::{SEGMENT_HEAD, SegmentHead};
use crate::record::SegmentRecord;

/// The most that is read of a record's file.
const RECORD: u64 = 4096;

/// Lists the records of the segments that are written no more, in their order.
pub fn records(disk: &dyn Disk) -> io::Result<Vec<SegmentRecord>> {
    let mut sequences: Vec<u64> = disk
        .list()?
        .iter()
        .filter_map(|(name, _)| sequence_of(name, ".seg"))
        .collect();
    sequences.sort_unstable();
    sequences.into_iter().map(|sequence| record(disk, sequence)).collect()
}

/// Closes for good what a crash or a failure left open, and gives the records of those.
pub(crate) fn adopt(disk: &dyn Disk) -> io::Result<Vec<SegmentRecord>> {
    let mut left: Vec<u64> = disk
        .list()?
        .iter()
        .filter_map(|(name, _)| sequence_of(name, ".open"))
        .collect();
    left.sort_unstable();
    let mut adopted = Vec::new();
    for sequence in left {
        let (open, closed) = (open_name(sequence), closed_name(sequence));
        let Some(read) = examine(&mut *disk.open(&open)?)? else {
            disk.remove(&open)?;
            continue;
        };
        // A record that stands beside it was written when it was closed.
        let record = match kept(disk, sequence)? {
            Some(record) if record.digest == read.digest => record,
            _ => read,
        };
        disk.keep(&record_name(sequence), record.to_text().as_bytes())?;
        disk.rename(&open, &closed)?;
        adopted.push(record);
    }
    Ok(adopted)
}

fn record(disk: &dyn Disk, sequence: u64) -> io::Result<SegmentRecord> {
    if let Some(record) = kept(disk, sequence)? {
        return Ok(record);
    }
    let read = examine(&mut *disk.open(&closed_name(sequence))?)?;
    read.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a segment without a head"))
}

fn kept(disk: &dyn Disk, sequence: u64) -> io::Result<Option<SegmentRecord>> {
    let source = match disk.open(&record_name(sequence)) {
        Ok(source) => source,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut text = String::new();
    match source.take(RECORD).read_to_string(&mut text) {
        Ok(_) => Ok(SegmentRecord::parse(&text).filter(|record| record.sequence == sequence)),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}

/// The record of a file that nobody closed; nothing when not even its head is whole.
fn examine(source: &mut dyn Source) -> io::Result<Option<SegmentRecord>> {
    let (digest, size) = digest_of(source)?;
    source.seek(SeekFrom::Start(0))?;
    let mut bytes = [0; SEGMENT_HEAD];
    if !fill(source, &mut bytes)? {
        return Ok(None);
    }
    let Ok(head) = SegmentHead::parse(&bytes) else {
        return Ok(None);
    };
    Ok(Some(SegmentRecord {
        sequence: head.sequence,
        size,
        digest,
        previous: head.previous,
        first: head.opened,
        last: last_instant(source, size, head.opened)?,
        counts: None,
    }))
}

/// BLAKE3 of a whole file and its size, in little memory.
pub(crate) fn digest_of(source: &mut dyn Source) -> io::Result<([u8; 32], u64)> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => hasher.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
    }
    Ok((*hasher.finalize().as_bytes(), hasher.count()))
}

/// The instant of the last whole frame, by the plain heads alone.
fn last_instant(source: &mut dyn Source, size: u64, opened: Micros) -> io::Result<Micros> {
    let (mut at, mut last) = (SEGMENT_HEAD as u64, opened);
    let mut bytes = [0; FRAME_HEAD];
    while fill(source, &mut bytes)? {
        let Ok(head) = FrameHead::parse(&bytes) else { break };
        at += (FRAME_HEAD + head.rest()) as u64;
        if at > size {
            break;
        }
        last = last.max(head.at);
        source.seek(SeekFrom::Start(at))?;
    }
    Ok(last)
}

/// Fills a buffer; false when the end came before.
pub(crate) fn fill(source: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
