//! Exchanges put together again from their entries.

use std::collections::BTreeMap;

use crate::entry::{Content, Entry, GapReason, Head, Micros, Outcome, Side};
use crate::recorder::ExchangeId;

/// The bytes of a body or a message, as far as they are recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Where they stand.
    pub contents: Vec<Content>,
    /// How many bytes passed; unknown when the end is not recorded.
    pub length: Option<u64>,
    /// Whether the recording was cut at its limit.
    pub cut: bool,
    /// Whether it came to its regular end.
    pub complete: bool,
}

/// A WebSocket message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who sent it.
    pub side: Side,
    /// When it ended.
    pub at: Micros,
    /// The opcode (RFC 6455 §5.2).
    pub opcode: u8,
    /// Its bytes.
    pub part: Part,
}

/// The most messages that one exchange is put together with.
pub const MAX_MESSAGES: usize = 65_536;

/// An exchange as it was recorded; what is missing was not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its name.
    pub id: ExchangeId,
    /// When it began.
    pub at: Micros,
    /// The lease it came by.
    pub lease: String,
    /// The fingerprint of the target.
    pub target: String,
    /// The head of the request.
    pub request: Head,
    /// The body of the request.
    pub request_body: Part,
    /// The heads of the answers, the final one last, each with its instant.
    pub responses: Vec<(Micros, Head)>,
    /// The body of the answer.
    pub response_body: Part,
    /// The messages after an upgrade, in their order, the first [`MAX_MESSAGES`] of them.
    pub messages: Vec<Message>,
    /// How many more messages there are.
    pub more_messages: u64,
    /// When and how it ended.
    pub end: Option<(Micros, Outcome)>,
}

/// A stretch of time of which nothing is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last instant before it.
    pub since: Option<Micros>,
    /// When recording began again.
    pub until: Micros,
    /// Why.
    pub reason: GapReason,
}

/// Puts exchanges together, at most so many at once: beyond, the oldest is given as it is.
pub struct Collector {
    open: BTreeMap<ExchangeId, Recorded>,
    pending: BTreeMap<(ExchangeId, Side), Vec<Content>>,
    /// The gaps that were told of.
    pub gaps: Vec<Gap>,
    limit: usize,
}

impl Collector {
    /// Keeps at most this many exchanges open.
    pub fn new(limit: usize) -> Self {
        Self {
            open: BTreeMap::new(),
            pending: BTreeMap::new(),
            gaps: Vec::new(),
            limit: limit.max(1),
        }
    }

    /// Takes an entry, and gives an exchange that it ended or that had to make room.
    pub fn take(&mut self, session: u64, entry: Entry) -> Option<Recorded> {
        let id = entry.exchange().map(|number| ExchangeId { session, number });
        match (entry, id) {
            (Entry::Gap { since, until, reason }, _) => {
                self.gaps.push(Gap { since, until, reason });
                None
            }
            (
                Entry::Begin {
                    at,
                    lease,
                    target,
                    head,
                    ..
                },
                Some(id),
            ) => {
                let made_room = if self.open.len() >= self.limit {
                    self.give_oldest()
                } else {
                    None
                };
                self.open.insert(id, Recorded::new(id, at, lease, target, head));
                made_room
            }
            (Entry::End { at, outcome, .. }, Some(id)) => {
                self.open.get_mut(&id)?.end = Some((at, outcome));
                self.give(id)
            }
            (entry, Some(id)) => {
                self.add(id, entry);
                None
            }
            (_, None) => None,
        }
    }

    /// Gives what never ended.
    pub fn rest(mut self) -> Vec<Recorded> {
        std::iter::from_fn(|| self.give_oldest()).collect()
    }

    fn add(&mut self, id: ExchangeId, entry: Entry) {
        let Some(exchange) = self.open.get_mut(&id) else { return };
        match entry {
            Entry::Response { at, head, .. } => exchange.responses.push((at, head)),
            Entry::Part { side, contents, .. } => self.pending.entry((id, side)).or_default().extend(contents),
            Entry::BodyEnd {
                side,
                length,
                kept,
                complete,
                ..
            } => {
                *exchange.body(side) = Part {
                    contents: self.pending.remove(&(id, side)).unwrap_or_default(),
                    length: Some(length),
                    cut: kept < length,
                    complete,
                };
            }
            Entry::Message {
                side,
                at,
                opcode,
                length,
                kept,
                ..
            } => {
                let part = Part {
                    contents: self.pending.remove(&(id, side)).unwrap_or_default(),
                    length: Some(length),
                    cut: kept < length,
                    complete: true,
                };
                if exchange.messages.len() < MAX_MESSAGES {
                    exchange.messages.push(Message { side, at, opcode, part });
                } else {
                    exchange.more_messages += 1;
                }
            }
            Entry::Gap { .. } | Entry::Begin { .. } | Entry::End { .. } => {}
        }
    }

    fn give_oldest(&mut self) -> Option<Recorded> {
        let id = *self.open.keys().next()?;
        self.give(id)
    }

    fn give(&mut self, id: ExchangeId) -> Option<Recorded> {
        let mut exchange = self.open.remove(&id)?;
        for side in [Side::Client, Side::Target] {
            if let Some(contents) = self.pending.remove(&(id, side)) {
                exchange.body(side).contents = contents;
            }
        }
        Some(exchange)
    }
}

impl Recorded {
    fn new(id: ExchangeId, at: Micros, lease: String, target: String, request: Head) -> Self {
        Self {
            id,
            at,
            lease,
            target,
            request,
            request_body: Part::default(),
            responses: Vec::new(),
            response_body: Part::default(),
            messages: Vec::new(),
            more_messages: 0,
            end: None,
        }
    }

    fn body(&mut self, side: Side) -> &mut Part {
        match side {
            Side::Client => &mut self.request_body,
            Side::Target => &mut self.response_body,
        }
    }
}
