//! What a segment tells, one entry after the other.

use crate::wire::{Cursor, Malformed, put_bytes, put_number, put_signed};

/// An instant: microseconds since 1970 in UTC.
pub type Micros = i64;

/// Where bytes of an exchange come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// From the person's tool to the target.
    Client,
    /// From the target to the person's tool.
    Target,
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Both sides said all they had to say.
    Complete,
    /// The person's tool went away.
    ClientGone,
    /// The target did not answer, or stopped in the middle.
    TargetGone,
    /// The gateway stopped it: the lease, the target or everything was stopped.
    Stopped,
    /// A limit of the gateway was reached.
    Limited,
}

/// Why there is nothing between two instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapReason {
    /// The recorder ended without closing its segment.
    Crash,
    /// A segment could not be written; the gateway was closed meanwhile.
    WriteFailure,
    /// The disk, or the room given to recordings, was full; the gateway was closed meanwhile.
    Full,
}

/// A stretch of recorded bytes: kept here, or where they were first stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The bytes themselves: so few that a reference would not be shorter.
    Inline(Vec<u8>),
    /// The bytes stand in a block of contents of a segment of the same campaign.
    Stored(Location),
}

/// Where stored bytes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Location {
    /// The number of the segment.
    pub segment: u64,
    /// The number of the block of contents within the segment, from 0.
    pub block: u32,
    /// The first byte within the block.
    pub offset: u32,
    /// How many bytes.
    pub length: u32,
}

/// The head of a message: its first line and its header fields, as bytes in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// `GET /path` of a request as method and target; the status of an answer.
    pub start: Start,
    /// The version of HTTP, such as `HTTP/1.1`.
    pub version: String,
    /// The fields in their order, names as they came.
    pub fields: Vec<(String, Vec<u8>)>,
}

/// The first line of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// A request.
    Request {
        /// The method.
        method: String,
        /// Path and query.
        target: String,
    },
    /// An answer, by its status.
    Status(u16),
}

impl Default for Start {
    fn default() -> Self {
        Self::Status(0)
    }
}

/// One entry of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing was recorded between two instants.
    Gap {
        /// The last instant that is known to be recorded, when one is.
        since: Option<Micros>,
        /// When recording began again.
        until: Micros,
        /// Why.
        reason: GapReason,
    },
    /// An exchange began: a request head came.
    Begin {
        /// Its number, unique within the session of the recorder.
        exchange: u64,
        /// When.
        at: Micros,
        /// The lease it came by, opaque here.
        lease: String,
        /// The fingerprint of the target it went to, opaque here.
        target: String,
        /// The request head.
        head: Head,
    },
    /// An answer head came; informational ones (1xx) come before the final one.
    Response {
        /// The exchange.
        exchange: u64,
        /// When.
        at: Micros,
        /// The head.
        head: Head,
    },
    /// Bytes of a body or of a message.
    Part {
        /// The exchange.
        exchange: u64,
        /// Who sent them.
        side: Side,
        /// The bytes, in order.
        contents: Vec<Content>,
    },
    /// A body ended: its bytes are the parts of its side since the beginning.
    BodyEnd {
        /// The exchange.
        exchange: u64,
        /// Who sent it.
        side: Side,
        /// When.
        at: Micros,
        /// How many bytes passed.
        length: u64,
        /// How many of them are recorded: fewer mark a cut.
        kept: u64,
        /// Whether it came to its regular end.
        complete: bool,
    },
    /// A WebSocket message ended: its bytes are the parts of its side since the previous one.
    Message {
        /// The exchange.
        exchange: u64,
        /// Who sent it.
        side: Side,
        /// When.
        at: Micros,
        /// The opcode (RFC 6455 §5.2): 1 text, 2 binary, 8 close, 9 ping, 10 pong.
        opcode: u8,
        /// How many bytes passed.
        length: u64,
        /// How many of them are recorded: fewer mark a cut.
        kept: u64,
    },
    /// An exchange ended.
    End {
        /// The exchange.
        exchange: u64,
        /// When.
        at: Micros,
        /// How.
        outcome: Outcome,
    },
}

impl Entry {
    /// The exchange it belongs to.
    pub fn exchange(&self) -> Option<u64> {
        match self {
            Self::Gap { .. } => None,
            Self::Begin { exchange, .. }
            | Self::Response { exchange, .. }
            | Self::Part { exchange, .. }
            | Self::BodyEnd { exchange, .. }
            | Self::Message { exchange, .. }
            | Self::End { exchange, .. } => Some(*exchange),
        }
    }
}

const GAP: u8 = 0;
const BEGIN: u8 = 1;
const RESPONSE: u8 = 2;
const PART: u8 = 3;
const BODY_END: u8 = 4;
const MESSAGE: u8 = 5;
const END: u8 = 6;

/// Writes entries of one block; instants count from when the segment was opened.
pub(crate) struct Writer<'o> {
    pub(crate) out: &'o mut Vec<u8>,
    pub(crate) opened: Micros,
}

impl Writer<'_> {
    pub(crate) fn gap(&mut self, since: Option<Micros>, until: Micros, reason: GapReason) {
        self.out.push(GAP);
        self.out.push(match reason {
            GapReason::Crash => 0,
            GapReason::WriteFailure => 1,
            GapReason::Full => 2,
        });
        self.out.push(u8::from(since.is_some()));
        self.at(since.unwrap_or(self.opened));
        self.at(until);
    }

    /// A beginning; `opening` is what [`encode_opening`] wrote.
    pub(crate) fn begin(&mut self, exchange: u64, at: Micros, opening: &[u8]) {
        self.out.push(BEGIN);
        put_number(self.out, exchange);
        self.at(at);
        self.out.extend_from_slice(opening);
    }

    /// An answer head; `head` is what [`encode_status_head`] wrote.
    pub(crate) fn response(&mut self, exchange: u64, at: Micros, head: &[u8]) {
        self.out.push(RESPONSE);
        put_number(self.out, exchange);
        self.at(at);
        self.out.extend_from_slice(head);
    }

    pub(crate) fn part(&mut self, exchange: u64, side: Side, contents: &[Content]) {
        self.out.push(PART);
        put_number(self.out, exchange);
        self.side(side);
        put_number(self.out, contents.len() as u64);
        for content in contents {
            match content {
                Content::Inline(bytes) => {
                    put_number(self.out, 0);
                    put_bytes(self.out, bytes);
                }
                Content::Stored(location) => {
                    put_number(self.out, location.segment + 1);
                    put_number(self.out, u64::from(location.block));
                    put_number(self.out, u64::from(location.offset));
                    put_number(self.out, u64::from(location.length));
                }
            }
        }
    }

    pub(crate) fn body_end(&mut self, exchange: u64, side: Side, at: Micros, length: u64, kept: u64, complete: bool) {
        self.out.push(BODY_END);
        put_number(self.out, exchange);
        self.side(side);
        self.at(at);
        put_number(self.out, length);
        put_number(self.out, kept);
        self.out.push(u8::from(complete));
    }

    pub(crate) fn message(&mut self, exchange: u64, side: Side, at: Micros, opcode: u8, length: u64, kept: u64) {
        self.out.push(MESSAGE);
        put_number(self.out, exchange);
        self.side(side);
        self.at(at);
        self.out.push(opcode);
        put_number(self.out, length);
        put_number(self.out, kept);
    }

    pub(crate) fn end(&mut self, exchange: u64, at: Micros, outcome: Outcome) {
        self.out.push(END);
        put_number(self.out, exchange);
        self.at(at);
        self.out.push(match outcome {
            Outcome::Complete => 0,
            Outcome::ClientGone => 1,
            Outcome::TargetGone => 2,
            Outcome::Stopped => 3,
            Outcome::Limited => 4,
        });
    }

    fn at(&mut self, at: Micros) {
        put_signed(self.out, at.wrapping_sub(self.opened));
    }

    fn side(&mut self, side: Side) {
        self.out.push(match side {
            Side::Client => 0,
            Side::Target => 1,
        });
    }
}

/// Writes who and which target, and the head of a request.
pub(crate) fn encode_opening<'f>(
    lease: &str,
    target: &str,
    (method, path, version): (&str, &str, &str),
    fields: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(512);
    for text in [lease, target, method, path, version] {
        put_bytes(&mut out, text.as_bytes());
    }
    put_fields(&mut out, fields);
    out
}

/// Writes the head of an answer.
pub(crate) fn encode_status_head<'f>(
    status: u16,
    version: &str,
    fields: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(384);
    put_number(&mut out, u64::from(status));
    put_bytes(&mut out, version.as_bytes());
    put_fields(&mut out, fields);
    out
}

/// Fields follow each other, each with a byte 1 before it, and a byte 0 ends them.
fn put_fields<'f>(out: &mut Vec<u8>, fields: impl IntoIterator<Item = (&'f str, &'f [u8])>) {
    for (name, value) in fields {
        out.push(1);
        put_bytes(out, name.as_bytes());
        put_bytes(out, value);
    }
    out.push(0);
}

/// Reads the entries of one block.
pub(crate) struct Entries<'b> {
    cursor: Cursor<'b>,
    opened: Micros,
}

impl<'b> Entries<'b> {
    pub(crate) fn new(block: &'b [u8], opened: Micros) -> Self {
        Self {
            cursor: Cursor::new(block),
            opened,
        }
    }

    fn entry(&mut self) -> Result<Entry, Malformed> {
        match self.cursor.byte()? {
            GAP => self.gap(),
            BEGIN => self.begin(),
            RESPONSE => self.response(),
            PART => self.part(),
            BODY_END => self.body_end(),
            MESSAGE => self.message(),
            END => self.end(),
            _ => Err(Malformed),
        }
    }

    fn gap(&mut self) -> Result<Entry, Malformed> {
        let reason = match self.cursor.byte()? {
            0 => GapReason::Crash,
            1 => GapReason::WriteFailure,
            2 => GapReason::Full,
            _ => return Err(Malformed),
        };
        let known = self.flag()?;
        let since = self.at()?;
        Ok(Entry::Gap {
            since: known.then_some(since),
            until: self.at()?,
            reason,
        })
    }

    fn begin(&mut self) -> Result<Entry, Malformed> {
        let (exchange, at) = (self.cursor.number()?, self.at()?);
        let (lease, target) = (self.text()?, self.text()?);
        let (method, path, version) = (self.text()?, self.text()?, self.text()?);
        let head = Head {
            start: Start::Request { method, target: path },
            version,
            fields: self.fields()?,
        };
        Ok(Entry::Begin {
            exchange,
            at,
            lease,
            target,
            head,
        })
    }

    fn response(&mut self) -> Result<Entry, Malformed> {
        let (exchange, at) = (self.cursor.number()?, self.at()?);
        let status = u16::try_from(self.cursor.number()?).map_err(|_| Malformed)?;
        let head = Head {
            start: Start::Status(status),
            version: self.text()?,
            fields: self.fields()?,
        };
        Ok(Entry::Response { exchange, at, head })
    }

    fn part(&mut self) -> Result<Entry, Malformed> {
        let (exchange, side) = (self.cursor.number()?, self.side()?);
        let count = self.cursor.count()?;
        let contents = (0..count).map(|_| self.content()).collect::<Result<_, _>>()?;
        Ok(Entry::Part {
            exchange,
            side,
            contents,
        })
    }

    fn content(&mut self) -> Result<Content, Malformed> {
        let Some(segment) = self.cursor.number()?.checked_sub(1) else {
            return Ok(Content::Inline(self.cursor.bytes()?.to_vec()));
        };
        Ok(Content::Stored(Location {
            segment,
            block: self.cursor.small()?,
            offset: self.cursor.small()?,
            length: self.cursor.small()?,
        }))
    }

    fn body_end(&mut self) -> Result<Entry, Malformed> {
        Ok(Entry::BodyEnd {
            exchange: self.cursor.number()?,
            side: self.side()?,
            at: self.at()?,
            length: self.cursor.number()?,
            kept: self.cursor.number()?,
            complete: self.flag()?,
        })
    }

    fn message(&mut self) -> Result<Entry, Malformed> {
        Ok(Entry::Message {
            exchange: self.cursor.number()?,
            side: self.side()?,
            at: self.at()?,
            opcode: self.cursor.byte()?,
            length: self.cursor.number()?,
            kept: self.cursor.number()?,
        })
    }

    fn end(&mut self) -> Result<Entry, Malformed> {
        Ok(Entry::End {
            exchange: self.cursor.number()?,
            at: self.at()?,
            outcome: match self.cursor.byte()? {
                0 => Outcome::Complete,
                1 => Outcome::ClientGone,
                2 => Outcome::TargetGone,
                3 => Outcome::Stopped,
                4 => Outcome::Limited,
                _ => return Err(Malformed),
            },
        })
    }

    fn fields(&mut self) -> Result<Vec<(String, Vec<u8>)>, Malformed> {
        let mut fields = Vec::new();
        while self.flag()? {
            fields.push((self.text()?, self.cursor.bytes()?.to_vec()));
        }
        Ok(fields)
    }

    fn at(&mut self) -> Result<Micros, Malformed> {
        Ok(self.opened.wrapping_add(self.cursor.signed()?))
    }

    fn side(&mut self) -> Result<Side, Malformed> {
        Ok(if self.flag()? { Side::Target } else { Side::Client })
    }

    fn flag(&mut self) -> Result<bool, Malformed> {
        match self.cursor.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed),
        }
    }

    fn text(&mut self) -> Result<String, Malformed> {
        self.cursor.text().map(str::to_owned)
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.cursor.is_empty()).then(|| self.entry())
    }
}

#[cfg(test)]
pub(crate) mod tests;
