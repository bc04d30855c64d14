//! One exchange, by its name or its place, without going through everything.
//!
//! Numbers of exchanges grow within a run of the recorder, and runs follow each other: halving
//! leads to the segment and the block, at the cost of opening some ten blocks.

use super::Place;
use crate::archive::Archive;
use crate::collect::{Collector, Recorded};
use crate::entry::Entry;
use crate::reader::{ReadError, SegmentReader};
use crate::record::SegmentRecord;
use crate::recorder::ExchangeId;

/// Gives the exchange that has a name, whole; nothing when there is none.
///
/// `records` are those of the segments that are written no more, in their order.
pub fn exchange(
    archive: &mut Archive,
    records: &[SegmentRecord],
    id: ExchangeId,
) -> Result<Option<Recorded>, ReadError> {
    let Some(mut run) = run_of(archive, records, id.session)? else {
        return Ok(None);
    };
    run.retain(|index| records[*index].counts.is_none_or(|counts| counts.exchanges > 0));
    let near = halve(archive, records, &mut run, id.number)?;
    // Exchanges that began at the same time may be told of in another order.
    for offset in [near, near.saturating_sub(1), near + 1] {
        let Some(index) = run.get(offset) else { continue };
        let recorded = follow(archive, &records[*index..], id.number)?;
        if recorded.is_some() {
            return Ok(recorded);
        }
    }
    Ok(None)
}

/// Gives the exchange that began at a place, whole; nothing when there is none.
pub fn exchange_at(
    archive: &mut Archive,
    records: &[SegmentRecord],
    place: Place,
) -> Result<Option<Recorded>, ReadError> {
    match records.binary_search_by_key(&place.segment, |record| record.sequence) {
        Ok(index) => follow(archive, &records[index..], place.number),
        Err(_) => Ok(None),
    }
}

/// The segments of one run of the recorder, which stand together.
fn run_of(archive: &mut Archive, records: &[SegmentRecord], session: u64) -> Result<Option<Vec<usize>>, ReadError> {
    let mut start = 0;
    while let Some(record) = records.get(start) {
        let theirs = archive.session(record.sequence)?;
        let end = run_end(archive, records, start, theirs)?;
        if theirs == session {
            return Ok(Some((start..end).collect()));
        }
        start = end;
    }
    Ok(None)
}

/// Where the run that holds a segment ends: strides that double, then halving.
fn run_end(archive: &mut Archive, records: &[SegmentRecord], start: usize, session: u64) -> Result<usize, ReadError> {
    let (mut same, mut stride) = (start, 1);
    let mut other = records.len();
    while let Some(record) = records.get(same + stride) {
        if archive.session(record.sequence)? != session {
            other = same + stride;
            break;
        }
        same += stride;
        stride *= 2;
    }
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        if archive.session(records[middle].sequence)? == session {
            same = middle;
        } else {
            other = middle;
        }
    }
    Ok(other)
}

/// The last segment of a run whose first exchange is not beyond a number.
fn halve(
    archive: &mut Archive,
    records: &[SegmentRecord],
    run: &mut Vec<usize>,
    number: u64,
) -> Result<usize, ReadError> {
    let (mut low, mut high) = (0, run.len());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match first_in(archive.reader(records[run[middle]].sequence)?)? {
            Some(first) if first <= number => low = middle,
            Some(_) => high = middle,
            // A torn segment in which nothing began.
            None => {
                run.remove(middle);
                high -= 1;
            }
        }
    }
    Ok(low)
}

fn first_in(reader: &mut SegmentReader) -> Result<Option<u64>, ReadError> {
    for block in 0..reader.blocks() {
        if let Some(first) = reader.first_begun(block)? {
            return Ok(Some(first));
        }
    }
    Ok(None)
}

fn begun(entry: &Entry) -> Option<u64> {
    match entry {
        Entry::Begin { exchange, .. } => Some(*exchange),
        _ => None,
    }
}

/// The block of a segment in which an exchange began.
fn block_of(reader: &mut SegmentReader, number: u64) -> Result<Option<usize>, ReadError> {
    let (mut low, mut high) = (0, reader.blocks());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        // A block in which nothing began counts as the next one that tells.
        let mut first = None;
        for block in middle..high {
            first = reader.first_begun(block)?;
            if first.is_some() {
                break;
            }
        }
        if first.is_some_and(|first| first <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let around = [low, low.saturating_sub(1), low + 1];
    let blocks = reader.blocks();
    for block in around.into_iter().filter(|block| *block < blocks) {
        if reader.entries(block)?.iter().any(|entry| begun(entry) == Some(number)) {
            return Ok(Some(block));
        }
    }
    Ok(None)
}

/// Puts one exchange together that began in the first of these segments.
fn follow(archive: &mut Archive, records: &[SegmentRecord], number: u64) -> Result<Option<Recorded>, ReadError> {
    let Some(record) = records.first() else { return Ok(None) };
    let reader = archive.reader(record.sequence)?;
    let session = reader.head().session;
    let Some(mut block) = block_of(reader, number)? else {
        return Ok(None);
    };
    let mut collector = Collector::new(1);
    for record in records {
        let reader = archive.reader(record.sequence)?;
        if reader.head().session != session {
            break;
        }
        while block < reader.blocks() {
            for entry in reader.entries(block)? {
                if entry.exchange() == Some(number)
                    && let Some(whole) = collector.take(session, entry)
                {
                    return Ok(Some(whole));
                }
            }
            block += 1;
        }
        block = 0;
    }
    Ok(collector.rest().pop())
}
