//! The thread of a recorder: takes what was told, stores each content once, writes, syncs, rotates.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::contents::Contents;
use crate::disk::Disk;
use crate::entry::{Content, GapReason, Micros, Side};
use crate::head::SegmentHead;
use crate::queue::{Closed, Event};
use crate::record::SegmentRecord;
use crate::recorder::{Settings, Shared};
use crate::recover::{adopt, records};
use crate::segment::Segment;
use crate::sync::Syncer;

/// Bodies are stored in pieces of this length, each once: what BLAKE3 hashes best at once.
const PIECE: usize = 16 * 1024;
/// A piece this short is kept where it is told of.
const INLINE: usize = 48;
/// How many pieces one entry tells of.
const PARTS: usize = 128;
/// How long the writer waits for a good load.
const TICK: Duration = Duration::from_millis(20);
/// How long something told may wait before it is written.
const FLUSH: Duration = Duration::from_millis(100);
/// How many flushes a piece that is not full waits for more.
const PATIENCE: u8 = 4;
/// How long something written may wait to be durable before nothing more is taken in.
const DURABLE: Duration = Duration::from_millis(600);
/// How often the free room is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What the thread keeps.
pub(crate) struct Writer {
    disk: Arc<dyn Disk>,
    settings: Settings,
    shared: Arc<Shared>,
    contents: Contents,
    streams: HashMap<u64, [Stream; 2]>,
    segment: Option<Segment>,
    chain: Option<Chain>,
    used: u64,
    looked: Instant,
    flushed: Instant,
    syncs: Syncs,
    /// Why recording stopped, until it begins again.
    failed: Option<GapReason>,
}

/// The bytes of one side that are not told of yet.
#[derive(Default)]
struct Stream {
    piece: Vec<u8>,
    /// Where in the body the piece begins, within what one piece holds: pieces end at the same
    /// places in equal bodies, whenever their bytes come.
    start: usize,
    /// How many flushes the piece has waited for.
    waited: u8,
    parts: Vec<Content>,
}

/// Where the chain of segments ends.
#[derive(Clone, Copy)]
struct Chain {
    next: u64,
    previous: [u8; 32],
    last: Option<Micros>,
}

/// What is written and not yet durable.
struct Syncs {
    syncer: Syncer,
    /// Counts what was written.
    mark: u64,
    size: u64,
    asked: Option<(u64, Instant)>,
    oldest: Option<Instant>,
}

impl Writer {
    pub(crate) fn new(disk: Arc<dyn Disk>, mut settings: Settings, shared: Arc<Shared>) -> io::Result<Self> {
        let content_key = std::mem::take(&mut settings.content_key);
        Ok(Self {
            disk,
            settings,
            shared,
            contents: Contents::new(content_key),
            streams: HashMap::new(),
            segment: None,
            chain: None,
            used: 0,
            looked: Instant::now(),
            flushed: Instant::now(),
            syncs: Syncs {
                syncer: Syncer::start()?,
                mark: 0,
                size: 0,
                asked: None,
                oldest: None,
            },
            failed: None,
        })
    }

    /// Works until it is told to stop.
    pub(crate) fn run(mut self) {
        loop {
            let (patient, limit) = self.patience();
            let batch = self.shared.queue.take(patient, limit);
            if self.segment.is_none() {
                self.open();
            } else if let Err(error) = self.turn(batch.events) {
                self.fail(&error);
            }
            if batch.stop {
                self.end();
                return;
            }
        }
    }

    /// How long to wait for events: a tick while something waits, else until something comes.
    fn patience(&self) -> (bool, Option<Duration>) {
        let Some(segment) = &self.segment else {
            return (true, Some(self.settings.limits.retry));
        };
        let gathering = self.streams.values().flatten().any(|stream| !stream.piece.is_empty());
        if gathering || segment.waiting.is_some() || self.syncs.oldest.is_some() || self.syncs.asked.is_some() {
            (true, Some(TICK))
        } else if segment.is_empty() {
            (false, None)
        } else {
            let left = self.settings.limits.segment_age.saturating_sub(segment.since.elapsed());
            (false, Some(left.max(TICK)))
        }
    }

    fn turn(&mut self, events: Vec<Event>) -> io::Result<()> {
        self.tell_all(events)?;
        let Some(segment) = &mut self.segment else {
            return Ok(());
        };
        if self.flushed.elapsed() >= FLUSH && (segment.waiting.is_some() || !self.streams.is_empty()) {
            self.flush()?;
            self.flushed = Instant::now();
        }
        self.sync()?;
        self.rotate()?;
        self.look()
    }

    fn tell_all(&mut self, events: Vec<Event>) -> io::Result<()> {
        for event in events {
            self.tell(event)?;
            if self
                .segment
                .as_ref()
                .is_some_and(|segment| segment.size != self.syncs.size)
            {
                self.sync()?;
                self.rotate()?;
            }
        }
        Ok(())
    }

    /// Writes one event into the segment.
    fn tell(&mut self, event: Event) -> io::Result<()> {
        let Some(segment) = &mut self.segment else {
            return Ok(());
        };
        match event {
            Event::Begin { exchange, at, opening } => {
                segment.counts.exchanges += 1;
                segment.last = segment.last.max(at);
                segment.entry(|entry| entry.begin(exchange, at, &opening))
            }
            Event::Response { exchange, at, head } => {
                segment.last = segment.last.max(at);
                segment.entry(|entry| entry.response(exchange, at, &head))
            }
            Event::Bytes { exchange, side, bytes } => {
                segment.counts.bytes += bytes.len() as u64;
                let stream = &mut self.streams.entry(exchange).or_default()[side as usize];
                stream.add(&bytes, segment, &mut self.contents)?;
                if stream.parts.len() >= PARTS {
                    stream.tell(exchange, side, segment)?;
                }
                Ok(())
            }
            Event::BodyEnd {
                exchange,
                side,
                at,
                length,
                kept,
                complete,
            } => {
                self.end_stream(exchange, side)?;
                let Some(segment) = &mut self.segment else {
                    return Ok(());
                };
                segment.last = segment.last.max(at);
                segment.entry(|entry| entry.body_end(exchange, side, at, length, kept, complete))
            }
            Event::Message {
                exchange,
                side,
                at,
                opcode,
                length,
                kept,
            } => {
                self.end_stream(exchange, side)?;
                let Some(segment) = &mut self.segment else {
                    return Ok(());
                };
                segment.counts.messages += 1;
                segment.last = segment.last.max(at);
                segment.entry(|entry| entry.message(exchange, side, at, opcode, length, kept))
            }
            Event::End { exchange, at, outcome } => {
                self.end_stream(exchange, Side::Client)?;
                self.end_stream(exchange, Side::Target)?;
                self.streams.remove(&exchange);
                let Some(segment) = &mut self.segment else {
                    return Ok(());
                };
                segment.last = segment.last.max(at);
                segment.entry(|entry| entry.end(exchange, at, outcome))
            }
        }
    }

    fn end_stream(&mut self, exchange: u64, side: Side) -> io::Result<()> {
        let (Some(streams), Some(segment)) = (self.streams.get_mut(&exchange), &mut self.segment) else {
            return Ok(());
        };
        let stream = &mut streams[side as usize];
        stream.end(segment, &mut self.contents)?;
        stream.tell(exchange, side, segment)
    }

    /// Tells of the pieces that came and writes what waits.
    fn flush(&mut self) -> io::Result<()> {
        let Some(segment) = &mut self.segment else {
            return Ok(());
        };
        for (exchange, streams) in &mut self.streams {
            for (stream, side) in streams.iter_mut().zip([Side::Client, Side::Target]) {
                stream.grow_old(segment, &mut self.contents)?;
                stream.tell(*exchange, side, segment)?;
            }
        }
        segment.flush()
    }

    /// Lets written bytes become durable, and waits when they take too long.
    fn sync(&mut self) -> io::Result<()> {
        let Some(segment) = &self.segment else { return Ok(()) };
        let syncs = &mut self.syncs;
        if segment.size != syncs.size {
            self.used += segment.size - syncs.size;
            syncs.size = segment.size;
            syncs.mark += 1;
            syncs.oldest.get_or_insert_with(Instant::now);
            if self.used > self.settings.limits.room {
                return Err(io::ErrorKind::StorageFull.into());
            }
        }
        if let Some((mark, since)) = syncs.asked {
            let late = syncs.oldest.is_some_and(|oldest| oldest.elapsed() > DURABLE);
            let done = if late {
                syncs.syncer.wait(mark)?
            } else {
                syncs.syncer.done()?
            };
            if done < mark {
                return Ok(());
            }
            syncs.asked = None;
            syncs.oldest = (syncs.mark > mark).then_some(since);
        }
        if syncs.oldest.is_some() {
            syncs.syncer.request(&segment.file, syncs.mark);
            syncs.asked = Some((syncs.mark, Instant::now()));
        }
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        let limits = &self.settings.limits;
        let due = self.segment.as_ref().is_some_and(|segment| {
            let full = segment.size >= limits.segment_bytes;
            full || !segment.is_empty() && segment.since.elapsed() >= limits.segment_age
        });
        if !due {
            return Ok(());
        }
        self.flush()?;
        self.close_segment()?;
        self.open_segment(None)
    }

    fn close_segment(&mut self) -> io::Result<()> {
        let Some(segment) = self.segment.take() else {
            return Ok(());
        };
        // Whatever fails in here leaves it to be found open, as after a crash.
        self.syncs.asked = None;
        self.syncs.oldest = None;
        let sequence = segment.head.sequence;
        let closed = segment.close(&*self.disk);
        let record = closed.inspect_err(|_| self.contents.forget(sequence))?;
        self.chain = Some(Chain::after(&record));
        (self.settings.on_closed)(record);
        Ok(())
    }

    /// Looks now and then whether others still have the room that is theirs.
    fn look(&mut self) -> io::Result<()> {
        if self.looked.elapsed() < LOOK {
            return Ok(());
        }
        self.looked = Instant::now();
        if self.disk.free()? < self.settings.limits.keep_free {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    /// Lets nothing pass until it can be recorded again.
    fn fail(&mut self, error: &io::Error) {
        let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let (reason, closed) = if full {
            (GapReason::Full, Closed::Full)
        } else {
            (GapReason::WriteFailure, Closed::Failed)
        };
        // What waits belongs to exchanges that are told of the interruption.
        drop(self.shared.queue.close(closed));
        self.failed.get_or_insert(reason);
        self.streams.clear();
        self.syncs.syncer.forget();
        (self.syncs.asked, self.syncs.oldest) = (None, None);
        if let Some(segment) = self.segment.take() {
            self.contents.forget(segment.head.sequence);
        }
    }

    /// Opens the way when a segment can be written; else it is tried again later.
    pub(crate) fn open(&mut self) {
        match self.try_open() {
            Ok(()) => {
                self.failed = None;
                self.shared.queue.open();
            }
            Err(error) => {
                // Kept as it is when it cannot even be said whether the disk is full.
                self.fail(&error);
            }
        }
    }

    fn try_open(&mut self) -> io::Result<()> {
        self.used = self.disk.list()?.iter().map(|(_, size)| size).sum();
        let limits = &self.settings.limits;
        let spare = limits.segment_bytes.min(1 << 20);
        if self.disk.free()? < limits.keep_free || self.used.saturating_add(spare) > limits.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let adopted = adopt(&*self.disk)?;
        let torn = adopted.iter().any(SegmentRecord::is_torn);
        let found = records(&*self.disk)?.pop();
        let known = self.settings.known.clone();
        let newest = found.into_iter().chain(known).max_by_key(|record| record.sequence);
        self.chain = newest.as_ref().map(Chain::after);
        for record in adopted {
            (self.settings.on_closed)(record);
        }
        let reason = self.failed.or(torn.then_some(GapReason::Crash));
        self.open_segment(reason)
    }

    fn open_segment(&mut self, gap: Option<GapReason>) -> io::Result<()> {
        let chain = self.chain.unwrap_or(Chain {
            next: 0,
            previous: [0; 32],
            last: None,
        });
        let now = (self.settings.clock)();
        let head = SegmentHead {
            data_key: self.settings.key.data_key(),
            sequence: chain.next,
            session: self.shared.session,
            opened: now,
            previous: chain.previous,
        };
        let mut segment = Segment::create(&*self.disk, &self.settings.key, head, &*self.settings.chance)?;
        if let Some(reason) = gap {
            segment.entry(|entry| entry.gap(chain.last, now, reason))?;
            segment.flush()?;
        }
        segment.file.sync()?;
        self.syncs.size = segment.size;
        self.used += segment.size;
        self.segment = Some(segment);
        Ok(())
    }

    /// Ends in good order.
    fn end(&mut self) {
        let last = self.shared.queue.close(Closed::Stopped);
        let told = self.tell_all(last);
        let empty = self.segment.as_ref().is_some_and(Segment::is_empty);
        if empty {
            if let Some(segment) = self.segment.take() {
                // It told nothing; left behind, it would be taken for a crash.
                let _ = self.disk.remove(&crate::disk::open_name(segment.head.sequence));
            }
            return;
        }
        let closed = told.and_then(|()| self.flush()).and_then(|()| self.close_segment());
        // What could not be closed is found open by the next start, and told as a gap.
        drop(closed);
    }
}

impl Stream {
    /// Takes bytes, cut into pieces that are stored once.
    fn add(&mut self, mut bytes: &[u8], segment: &mut Segment, contents: &mut Contents) -> io::Result<()> {
        while !bytes.is_empty() {
            let room = PIECE - self.start - self.piece.len();
            if self.piece.is_empty() && bytes.len() >= room {
                let (piece, rest) = bytes.split_at(room);
                self.parts.push(store(piece, segment, contents)?);
                self.start = 0;
                bytes = rest;
                continue;
            }
            let (taken, rest) = bytes.split_at(bytes.len().min(room));
            self.piece.extend_from_slice(taken);
            bytes = rest;
            if taken.len() == room {
                self.end_piece(segment, contents)?;
            }
        }
        Ok(())
    }

    /// A piece that gets full slowly is stored as far as it came, to be durable in time.
    fn grow_old(&mut self, segment: &mut Segment, contents: &mut Contents) -> io::Result<()> {
        self.waited = self.waited.saturating_add(1);
        if self.waited < PATIENCE {
            return Ok(());
        }
        self.end_piece(segment, contents)?;
        // Thousands of slow bodies should not each keep room for a piece.
        self.piece = Vec::new();
        Ok(())
    }

    fn end_piece(&mut self, segment: &mut Segment, contents: &mut Contents) -> io::Result<()> {
        self.waited = 0;
        if !self.piece.is_empty() {
            self.parts.push(store(&self.piece, segment, contents)?);
            self.start = (self.start + self.piece.len()) % PIECE;
            self.piece.clear();
        }
        Ok(())
    }

    /// The end of a body or a message: the next begins anew.
    fn end(&mut self, segment: &mut Segment, contents: &mut Contents) -> io::Result<()> {
        self.end_piece(segment, contents)?;
        self.start = 0;
        Ok(())
    }

    /// Writes an entry that tells of the pieces so far.
    fn tell(&mut self, exchange: u64, side: Side, segment: &mut Segment) -> io::Result<()> {
        if self.parts.is_empty() {
            return Ok(());
        }
        segment.entry(|entry| entry.part(exchange, side, &self.parts))?;
        self.parts.clear();
        Ok(())
    }
}

fn store(piece: &[u8], segment: &mut Segment, contents: &mut Contents) -> io::Result<Content> {
    if piece.len() <= INLINE {
        return Ok(Content::Inline(piece.to_vec()));
    }
    segment.make_room(piece.len())?;
    Ok(Content::Stored(contents.locate(piece, || segment.store(piece))))
}

impl Chain {
    fn after(record: &SegmentRecord) -> Self {
        Self {
            next: record.sequence + 1,
            previous: record.digest,
            last: Some(record.last),
        }
    }
}
