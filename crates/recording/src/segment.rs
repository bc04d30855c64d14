//! The segment that is being written.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use sealing::recording::{RecordingKey, SegmentKey};
use zeroize::Zeroizing;

use crate::block::{Kind, Packer};
use crate::disk::{Disk, SegmentFile, closed_name, open_name, record_name};
use crate::entry::{Location, Micros, Writer};
use crate::head::SegmentHead;
use crate::record::{Counts, SegmentRecord};
use crate::wire::put_number;

/// How full a block of contents gets before it is written.
const CONTENTS_BLOCK: usize = 256 * 1024;
/// How full a block of entries gets before it is written.
const ENTRIES_BLOCK: usize = 128 * 1024;

/// A segment that is being written, with its key, which is wiped with it.
pub(crate) struct Segment {
    pub(crate) head: SegmentHead,
    pub(crate) file: Arc<dyn SegmentFile>,
    pub(crate) counts: Counts,
    /// The last instant that it tells of.
    pub(crate) last: Micros,
    pub(crate) size: u64,
    pub(crate) since: Instant,
    /// When the oldest bytes came that are in no frame yet.
    pub(crate) waiting: Option<Instant>,
    key: SegmentKey,
    packer: Packer,
    digest: blake3::Hasher,
    frames: u64,
    content_blocks: u32,
    contents: Vec<u8>,
    entries: Vec<u8>,
}

impl Segment {
    /// Opens a segment with a fresh key that only the holder of the campaign's secret can open.
    pub(crate) fn create(
        disk: &dyn Disk,
        to: &RecordingKey,
        head: SegmentHead,
        chance: &dyn Fn(&mut [u8]),
    ) -> io::Result<Self> {
        let fresh = || {
            let mut bytes = Zeroizing::new([0; 32]);
            chance(bytes.as_mut());
            bytes
        };
        let key = SegmentKey::from_random(fresh());
        let bytes = head.seal(to, &key, fresh()).map_err(io::Error::other)?;
        let packer = Packer::new()?;
        let file = disk.create(&open_name(head.sequence))?;
        file.append(&bytes)?;
        let mut digest = blake3::Hasher::new();
        digest.update(&bytes);
        Ok(Self {
            file,
            counts: Counts::default(),
            last: head.opened,
            size: bytes.len() as u64,
            since: Instant::now(),
            waiting: None,
            key,
            packer,
            digest,
            frames: 0,
            content_blocks: 0,
            contents: Vec::with_capacity(CONTENTS_BLOCK),
            entries: Vec::with_capacity(ENTRIES_BLOCK),
            head,
        })
    }

    /// Whether it tells anything yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.frames == 0 && self.waiting.is_none()
    }

    /// Makes sure that a content can be stored without writing a block.
    pub(crate) fn make_room(&mut self, length: usize) -> io::Result<()> {
        if self.contents.len() + length > CONTENTS_BLOCK {
            self.write_contents()?;
        }
        Ok(())
    }

    /// Stores a content, for which there is room.
    pub(crate) fn store(&mut self, content: &[u8]) -> Location {
        let offset = self.contents.len() as u32;
        self.contents.extend_from_slice(content);
        self.waiting.get_or_insert_with(Instant::now);
        Location {
            segment: self.head.sequence,
            block: self.content_blocks,
            offset,
            length: content.len() as u32,
        }
    }

    /// Adds an entry.
    pub(crate) fn entry(&mut self, write: impl FnOnce(&mut Writer<'_>)) -> io::Result<()> {
        self.waiting.get_or_insert_with(Instant::now);
        write(&mut Writer {
            out: &mut self.entries,
            opened: self.head.opened,
        });
        if self.entries.len() >= ENTRIES_BLOCK {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what waits: contents first, then the entries that name them.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.write_contents()?;
        if !self.entries.is_empty() {
            let block = std::mem::take(&mut self.entries);
            self.write(Kind::Entries, &block)?;
            self.entries = block;
            self.entries.clear();
        }
        self.waiting = None;
        Ok(())
    }

    fn write_contents(&mut self) -> io::Result<()> {
        if self.contents.is_empty() {
            return Ok(());
        }
        let block = std::mem::take(&mut self.contents);
        self.write(Kind::Contents, &block)?;
        self.contents = block;
        self.contents.clear();
        self.content_blocks += 1;
        Ok(())
    }

    fn write(&mut self, kind: Kind, block: &[u8]) -> io::Result<()> {
        let frame = self.packer.pack(&self.key, self.frames, kind, self.last, block);
        self.file.append(frame)?;
        self.digest.update(frame);
        self.size += frame.len() as u64;
        self.frames += 1;
        Ok(())
    }

    /// Ends the segment, durable and under its final name, and forgets its key.
    pub(crate) fn close(mut self, disk: &dyn Disk) -> io::Result<SegmentRecord> {
        self.flush()?;
        let mut block = Vec::new();
        for count in [self.counts.exchanges, self.counts.messages, self.counts.bytes] {
            put_number(&mut block, count);
        }
        self.write(Kind::Closing, &block)?;
        self.file.sync()?;
        let record = SegmentRecord {
            sequence: self.head.sequence,
            size: self.size,
            digest: *self.digest.finalize().as_bytes(),
            previous: self.head.previous,
            first: self.head.opened,
            last: self.last,
            counts: Some(self.counts),
        };
        disk.keep(&record_name(record.sequence), record.to_text().as_bytes())?;
        disk.rename(&open_name(record.sequence), &closed_name(record.sequence))?;
        Ok(record)
    }
}
