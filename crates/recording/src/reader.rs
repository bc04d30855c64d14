//! Reading one segment, with the secret of its campaign; what it holds is not trusted.

use std::io::{self, Seek, SeekFrom};

use sealing::recording::{RecordingSecret, SegmentKey};

use crate::block::{FRAME_HEAD, FrameHead, Kind, unpack};
use crate::disk::Source;
use crate::entry::{Entries, Entry};
use crate::head::{SEGMENT_HEAD, SegmentHead, open_key};
use crate::record::Counts;
use crate::recover::fill;
use crate::wire::{Cursor, Malformed};

/// The most frames that a reader follows.
const MAX_FRAMES: usize = 1 << 20;

/// Why a segment does not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be read.
    #[error("the segment cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is no segment, or one of another campaign, or its head was altered.
    #[error("this is no segment that the key of this campaign opens")]
    Refused,
    /// A frame that should be whole was altered.
    #[error("frame {0} of the segment was altered")]
    Altered(u64),
    /// A reference leads nowhere, or a limit is passed.
    #[error("the segment tells of contents that are not there")]
    Missing,
}

/// How a segment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// It was closed, with these counts.
    Closed(Counts),
    /// It was left: what follows this byte is lost.
    Torn(u64),
}

/// One segment, open to be read.
pub struct SegmentReader {
    source: Box<dyn Source>,
    head: SegmentHead,
    key: SegmentKey,
    /// Number and place of each frame, by kind, as far as they are whole.
    entries: Vec<(u64, u64)>,
    contents: Vec<(u64, u64)>,
    tail: Tail,
}

impl SegmentReader {
    /// Opens a segment: its key, and where its frames stand. A torn end is no error.
    pub fn open(mut source: Box<dyn Source>, secret: &RecordingSecret) -> Result<Self, ReadError> {
        let mut bytes = [0; SEGMENT_HEAD];
        source.seek(SeekFrom::Start(0))?;
        if !fill(&mut *source, &mut bytes)? {
            return Err(ReadError::Refused);
        }
        let head = SegmentHead::parse(&bytes).map_err(|_| ReadError::Refused)?;
        let key = open_key(&bytes, secret).map_err(|_| ReadError::Refused)?;
        let mut reader = Self {
            source,
            head,
            key,
            entries: Vec::new(),
            contents: Vec::new(),
            tail: Tail::Torn(SEGMENT_HEAD as u64),
        };
        reader.scan()?;
        Ok(reader)
    }

    /// What its head says.
    pub fn head(&self) -> &SegmentHead {
        &self.head
    }

    /// How it ends, as far as frames were read: a frame that does not open moves the torn end.
    pub fn tail(&self) -> Tail {
        self.tail
    }

    /// How many blocks of entries there are.
    pub fn blocks(&self) -> usize {
        self.entries.len()
    }

    /// The entries of one block.
    pub fn entries(&mut self, block: usize) -> Result<Vec<Entry>, ReadError> {
        let (number, at) = *self.entries.get(block).ok_or(ReadError::Missing)?;
        let bytes = self.block(number, at, Kind::Entries)?;
        let entries = Entries::new(&bytes, self.head.opened).collect::<Result<_, _>>();
        entries.map_err(|Malformed| ReadError::Altered(number))
    }

    /// The number of the first exchange that began in a block of entries, read no further than that.
    pub(crate) fn first_begun(&mut self, block: usize) -> Result<Option<u64>, ReadError> {
        let (number, at) = *self.entries.get(block).ok_or(ReadError::Missing)?;
        let bytes = self.block(number, at, Kind::Entries)?;
        for entry in Entries::new(&bytes, self.head.opened) {
            if let Entry::Begin { exchange, .. } = entry.map_err(|Malformed| ReadError::Altered(number))? {
                return Ok(Some(exchange));
            }
        }
        Ok(None)
    }

    /// One block of contents.
    pub fn contents(&mut self, block: u32) -> Result<Vec<u8>, ReadError> {
        let (number, at) = *self.contents.get(block as usize).ok_or(ReadError::Missing)?;
        self.block(number, at, Kind::Contents)
    }

    /// Finds the frames by their plain heads; the last ones are opened to see where the whole ends.
    fn scan(&mut self) -> Result<(), ReadError> {
        let size = self.source.seek(SeekFrom::End(0))?;
        let mut frames = Vec::new();
        let mut at = SEGMENT_HEAD as u64;
        let mut bytes = [0; FRAME_HEAD];
        loop {
            self.source.seek(SeekFrom::Start(at))?;
            if !fill(&mut *self.source, &mut bytes)? {
                break;
            }
            let Ok(head) = FrameHead::parse(&bytes) else { break };
            let next = at + (FRAME_HEAD + head.rest()) as u64;
            if next > size {
                break;
            }
            if frames.len() >= MAX_FRAMES {
                return Err(ReadError::Missing);
            }
            frames.push((head.kind, at));
            at = next;
        }
        // After a power cut, the last frames may have their length and not their bytes.
        while let Some((kind, place)) = frames.last().copied() {
            let number = frames.len() as u64 - 1;
            if self.block(number, place, kind).is_ok() {
                break;
            }
            frames.pop();
            at = place;
        }
        self.tail = Tail::Torn(at);
        for (number, (kind, place)) in (0u64..).zip(&frames) {
            match kind {
                Kind::Entries => self.entries.push((number, *place)),
                Kind::Contents => self.contents.push((number, *place)),
                Kind::Closing => {
                    let last = number + 1 == frames.len() as u64 && at == size;
                    let counts = self.closing(number, *place)?;
                    self.tail = if last {
                        Tail::Closed(counts)
                    } else {
                        return Err(ReadError::Altered(number));
                    };
                }
            }
        }
        Ok(())
    }

    fn closing(&mut self, number: u64, at: u64) -> Result<Counts, ReadError> {
        let block = self.block(number, at, Kind::Closing)?;
        let mut cursor = Cursor::new(&block);
        let mut count = || cursor.number().map_err(|_| ReadError::Altered(number));
        Ok(Counts {
            exchanges: count()?,
            messages: count()?,
            bytes: count()?,
        })
    }

    fn block(&mut self, number: u64, at: u64, kind: Kind) -> Result<Vec<u8>, ReadError> {
        let mut head = [0; FRAME_HEAD];
        self.source.seek(SeekFrom::Start(at))?;
        let whole = fill(&mut *self.source, &mut head)?;
        let parsed = FrameHead::parse(&head)
            .ok()
            .filter(|parsed| whole && parsed.kind == kind);
        let mut rest = vec![0; parsed.ok_or(ReadError::Altered(number))?.rest()];
        if !fill(&mut *self.source, &mut rest)? {
            return Err(ReadError::Altered(number));
        }
        unpack(&self.key, number, &head, &mut rest).map_err(|Malformed| ReadError::Altered(number))
    }
}
