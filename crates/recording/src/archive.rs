//! All segments of a campaign together: their chain, their entries, the bytes of bodies.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use sealing::recording::RecordingSecret;

use crate::collect::Part;
use crate::disk::{Disk, closed_name};
use crate::entry::{Content, Entry, Location};
use crate::head::{SEGMENT_HEAD, SegmentHead};
use crate::reader::{ReadError, SegmentReader};
use crate::record::SegmentRecord;
use crate::recover::{digest_of, fill};

/// What is not as the records say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// A segment is not there.
    Missing(u64),
    /// A segment is not the one that was recorded.
    Altered(u64),
    /// A segment does not follow the one before it, or one between them is not told of.
    Broken(u64),
    /// A segment was left by a crash or a failure: there is a gap after its last instant.
    Torn(u64),
}

/// Compares the files with the records that were handed on, in their order; no key is needed.
pub fn verify(disk: &dyn Disk, records: &[SegmentRecord]) -> std::io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut before: Option<&SegmentRecord> = None;
    for record in records {
        let follows = before.is_none_or(|one| one.digest == record.previous && one.sequence + 1 == record.sequence);
        if !follows {
            findings.push(Finding::Broken(record.sequence));
        }
        findings.extend(compare(disk, record)?);
        before = Some(record);
    }
    Ok(findings)
}

fn compare(disk: &dyn Disk, record: &SegmentRecord) -> std::io::Result<Option<Finding>> {
    let mut source = match disk.open(&record.name()) {
        Ok(source) => source,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Some(Finding::Missing(record.sequence)));
        }
        Err(error) => return Err(error),
    };
    let mut head = [0; SEGMENT_HEAD];
    let whole = fill(&mut *source, &mut head)?;
    let told = SegmentHead::parse(&head).ok().filter(|_| whole);
    let same_head = told.is_some_and(|head| head.previous == record.previous && head.sequence == record.sequence);
    source.rewind()?;
    let same = digest_of(&mut *source)? == (record.digest, record.size);
    Ok(match (same && same_head, record.is_torn()) {
        (false, _) => Some(Finding::Altered(record.sequence)),
        (true, true) => Some(Finding::Torn(record.sequence)),
        (true, false) => None,
    })
}

/// The segments of a campaign, open to the holder of its secret.
pub struct Archive {
    disk: Arc<dyn Disk>,
    secret: RecordingSecret,
    readers: HashMap<u64, SegmentReader>,
    blocks: Vec<((u64, u32), Vec<u8>)>,
    /// Which run of a recorder wrote a segment, as far as it was asked.
    sessions: HashMap<u64, u64>,
}

/// How many segments and blocks stay open.
const OPEN_SEGMENTS: usize = 16;
const OPEN_BLOCKS: usize = 8;

impl Archive {
    /// Takes a folder and the secret that opens its segments.
    pub fn new(disk: Arc<dyn Disk>, secret: RecordingSecret) -> Self {
        Self {
            disk,
            secret,
            readers: HashMap::new(),
            blocks: Vec::new(),
            sessions: HashMap::new(),
        }
    }

    /// Goes through the entries of a segment, with the run of the recorder that each belongs to.
    pub fn entries(&mut self, sequence: u64, mut each: impl FnMut(u64, Entry)) -> Result<(), ReadError> {
        let reader = self.reader(sequence)?;
        let session = reader.head().session;
        for block in 0..reader.blocks() {
            reader
                .entries(block)?
                .into_iter()
                .for_each(|entry| each(session, entry));
        }
        Ok(())
    }

    /// One segment, open to be read.
    pub fn reader(&mut self, sequence: u64) -> Result<&mut SegmentReader, ReadError> {
        if !self.readers.contains_key(&sequence) {
            if self.readers.len() >= OPEN_SEGMENTS {
                self.readers.clear();
            }
            let source = self.disk.open(&closed_name(sequence))?;
            let reader = SegmentReader::open(source, &self.secret)?;
            if reader.head().sequence != sequence {
                return Err(ReadError::Refused);
            }
            self.readers.insert(sequence, reader);
        }
        self.readers.get_mut(&sequence).ok_or(ReadError::Missing)
    }

    /// The run of the recorder that wrote a segment, by its plain head alone.
    pub(crate) fn session(&mut self, sequence: u64) -> Result<u64, ReadError> {
        if let Some(session) = self.sessions.get(&sequence) {
            return Ok(*session);
        }
        let mut source = self.disk.open(&closed_name(sequence))?;
        let mut head = [0; SEGMENT_HEAD];
        if !fill(&mut *source, &mut head)? {
            return Err(ReadError::Refused);
        }
        let head = SegmentHead::parse(&head).map_err(|_| ReadError::Refused)?;
        self.sessions.insert(sequence, head.session);
        Ok(head.session)
    }

    /// Writes out the recorded bytes of a body or a message, piece by piece.
    pub fn copy(&mut self, part: &Part, out: &mut dyn Write) -> Result<u64, ReadError> {
        let mut written = 0;
        for content in &part.contents {
            match content {
                Content::Inline(bytes) => {
                    out.write_all(bytes)?;
                    written += bytes.len() as u64;
                }
                Content::Stored(location) => {
                    out.write_all(self.stored(*location)?)?;
                    written += u64::from(location.length);
                }
            }
        }
        Ok(written)
    }

    fn stored(&mut self, at: Location) -> Result<&[u8], ReadError> {
        let name = (at.segment, at.block);
        let position = match self.blocks.iter().position(|(known, _)| *known == name) {
            Some(position) => position,
            None => {
                let block = self.reader(at.segment)?.contents(at.block)?;
                if self.blocks.len() >= OPEN_BLOCKS {
                    self.blocks.remove(0);
                }
                self.blocks.push((name, block));
                self.blocks.len() - 1
            }
        };
        let start = at.offset as usize;
        let end = start.saturating_add(at.length as usize);
        self.blocks[position].1.get(start..end).ok_or(ReadError::Missing)
    }
}
