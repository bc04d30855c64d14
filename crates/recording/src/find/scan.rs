//! Going through one segment: what began in it is followed until it is known whether it is asked for.

use std::collections::BTreeMap;

use super::filter::shown;
use super::{Filter, Found, Order, Place};
use crate::archive::Archive;
use crate::collect::Part;
use crate::decode::{Encoding, decoded};
use crate::entry::{Content, Entry, Side, Start};
use crate::reader::ReadError;
use crate::record::SegmentRecord;
use crate::recorder::ExchangeId;

/// How much of what a side said is searched for a text.
const SEARCHED: u64 = 1 << 20;
/// In how many pieces.
const PIECES: usize = 1024;
/// How many exchanges may be under way; beyond, the oldest is judged by what is known of it.
const MAX_OPEN: usize = 4096;
/// Over how many segments an exchange is followed.
const MAX_FOLLOWED: usize = 64;

/// What one segment is asked for.
pub(super) struct Asked<'f> {
    pub(super) filter: &'f Filter,
    pub(super) order: Order,
    pub(super) after: Option<Place>,
    pub(super) limit: usize,
}

/// What one segment gave.
pub(super) struct Scanned {
    /// In the order asked for.
    pub(super) found: Vec<Found>,
    /// How many blocks were read.
    pub(super) blocks: u64,
}

/// An exchange that began as asked and is not judged yet.
struct Candidate {
    found: Found,
    /// Whether the text was seen.
    seen: bool,
    /// What each side said, as far as it is searched.
    said: [Vec<Content>; 2],
    weight: [u64; 2],
    encoding: [Encoding; 2],
}

struct Scan<'f> {
    asked: Asked<'f>,
    segment: u64,
    open: BTreeMap<u64, Candidate>,
    /// What is judged good, by its number, never more than the limit.
    kept: BTreeMap<u64, Found>,
    blocks: u64,
}

/// Goes through the first of the segments; the others are looked at only for what began in it.
pub(super) fn segment(
    archive: &mut Archive,
    records: &[SegmentRecord],
    asked: Asked<'_>,
) -> Result<Scanned, ReadError> {
    let mut scan = Scan {
        segment: records.first().map_or(0, |record| record.sequence),
        asked,
        open: BTreeMap::new(),
        kept: BTreeMap::new(),
        blocks: 0,
    };
    let mut session = None;
    for (turn, record) in records.iter().take(MAX_FOLLOWED).enumerate() {
        if turn > 0 && scan.open.is_empty() {
            break;
        }
        let reader = archive.reader(record.sequence)?;
        let (theirs, blocks) = (reader.head().session, reader.blocks());
        if *session.get_or_insert(theirs) != theirs {
            break;
        }
        for block in 0..blocks {
            scan.block(archive, record.sequence, theirs, block, turn == 0)?;
            if turn > 0 && scan.open.is_empty() {
                break;
            }
        }
    }
    for candidate in std::mem::take(&mut scan.open).into_values() {
        scan.judge(archive, candidate)?;
    }
    Ok(scan.end())
}

impl Scan<'_> {
    fn block(
        &mut self,
        archive: &mut Archive,
        segment: u64,
        session: u64,
        block: usize,
        beginnings: bool,
    ) -> Result<(), ReadError> {
        let entries = archive.reader(segment)?.entries(block)?;
        self.blocks += 1;
        for entry in entries {
            match entry {
                Entry::Begin { .. } if beginnings => self.begin(archive, session, entry)?,
                Entry::End { exchange, at, outcome } => {
                    if let Some(mut candidate) = self.open.remove(&exchange) {
                        candidate.found.end = Some((at, outcome));
                        self.judge(archive, candidate)?;
                    }
                }
                _ => self.add(entry),
            }
        }
        Ok(())
    }

    fn begin(&mut self, archive: &mut Archive, session: u64, entry: Entry) -> Result<(), ReadError> {
        if !self.asked.filter.takes(&entry) {
            return Ok(());
        }
        let Some(candidate) = Candidate::new(self.segment, session, entry, self.asked.filter) else {
            return Ok(());
        };
        let number = candidate.found.place.number;
        if !self.is_wanted(number) {
            return Ok(());
        }
        self.open.insert(number, candidate);
        if self.open.len() > MAX_OPEN
            && let Some((_, oldest)) = self.open.pop_first()
        {
            self.judge(archive, oldest)?;
        }
        Ok(())
    }

    /// Whether an exchange with this number would still be kept.
    fn is_wanted(&self, number: u64) -> bool {
        let place = Place {
            segment: self.segment,
            number,
        };
        let after = self.asked.after;
        let (ahead, better) = match self.asked.order {
            Order::Newest => (
                after.is_none_or(|after| place < after),
                self.kept.first_key_value().is_none_or(|(worst, _)| number > *worst),
            ),
            Order::Oldest => (
                after.is_none_or(|after| place > after),
                self.kept.last_key_value().is_none_or(|(worst, _)| number < *worst),
            ),
        };
        ahead && (better || self.kept.len() < self.asked.limit)
    }

    fn add(&mut self, entry: Entry) {
        let Some(candidate) = entry.exchange().and_then(|number| self.open.get_mut(&number)) else {
            return;
        };
        candidate.add(entry, self.asked.filter);
    }

    fn judge(&mut self, archive: &mut Archive, candidate: Candidate) -> Result<(), ReadError> {
        let number = candidate.found.place.number;
        let filter = self.asked.filter;
        if !self.is_wanted(number) || !filter.takes_status(candidate.found.status) {
            return Ok(());
        }
        if !candidate.seen && !self.said(archive, &candidate)? {
            return Ok(());
        }
        self.kept.insert(number, candidate.found);
        while self.kept.len() > self.asked.limit {
            match self.asked.order {
                Order::Newest => self.kept.pop_first(),
                Order::Oldest => self.kept.pop_last(),
            };
        }
        Ok(())
    }

    /// Whether a side said the text, as it passed or decompressed.
    fn said(&mut self, archive: &mut Archive, candidate: &Candidate) -> Result<bool, ReadError> {
        let filter = self.asked.filter;
        for (contents, encoding) in candidate.said.iter().zip(candidate.encoding) {
            let mut bytes = Vec::new();
            let part = Part {
                contents: contents.clone(),
                ..Part::default()
            };
            archive.copy(&part, &mut bytes)?;
            self.blocks += 1;
            if filter.text_in(&bytes) || filter.text_in(&decoded(encoding, &bytes, SEARCHED as usize).bytes) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn end(self) -> Scanned {
        let mut found: Vec<Found> = self.kept.into_values().collect();
        if self.asked.order == Order::Newest {
            found.reverse();
        }
        Scanned {
            found,
            blocks: self.blocks,
        }
    }
}

impl Candidate {
    fn new(segment: u64, session: u64, entry: Entry, filter: &Filter) -> Option<Self> {
        let Entry::Begin {
            exchange,
            at,
            lease,
            target,
            head,
        } = entry
        else {
            return None;
        };
        let Start::Request { method, target: path } = &head.start else {
            return None;
        };
        let found = Found {
            id: ExchangeId {
                session,
                number: exchange,
            },
            place: Place {
                segment,
                number: exchange,
            },
            at,
            lease,
            target,
            method: method.clone(),
            path: shown(path),
            status: None,
            sent: None,
            received: None,
            messages: 0,
            end: None,
        };
        Some(Self {
            found,
            seen: filter.text_in_head(&head),
            said: [Vec::new(), Vec::new()],
            weight: [0, 0],
            encoding: [Encoding::of(&head), Encoding::Plain],
        })
    }

    fn add(&mut self, entry: Entry, filter: &Filter) {
        match entry {
            Entry::Response { head, .. } => {
                if let Start::Status(status) = head.start {
                    self.found.status = Some(status);
                }
                self.encoding[1] = Encoding::of(&head);
                self.seen = self.seen || filter.text_in_head(&head);
            }
            Entry::Part { side, contents, .. } if !self.seen => self.hear(side as usize, contents),
            Entry::BodyEnd { side, length, .. } => match side {
                Side::Client => self.found.sent = Some(length),
                Side::Target => self.found.received = Some(length),
            },
            Entry::Message { .. } => self.found.messages += 1,
            _ => {}
        }
    }

    fn hear(&mut self, side: usize, contents: Vec<Content>) {
        for content in contents {
            if self.weight[side] >= SEARCHED || self.said[side].len() >= PIECES {
                return;
            }
            self.weight[side] += content.length();
            self.said[side].push(content);
        }
    }
}
