//! One exchange while it passes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::entry::{Outcome, Side, encode_status_head};
use crate::queue::{Closed, Event};
use crate::recorder::{ExchangeId, Recorder, at_most};

/// Tells of one exchange; clones tell of the same, and when the last is dropped it has ended.
///
/// Any error means that nothing more of it may pass.
#[derive(Clone)]
pub struct Exchange {
    inner: Arc<Inner>,
}

struct Inner {
    recorder: Recorder,
    generation: u64,
    number: u64,
    client: AtomicU64,
    target: AtomicU64,
    outcome: AtomicU8,
}

impl Exchange {
    pub(crate) fn new(recorder: Recorder, generation: u64, number: u64) -> Self {
        Self {
            inner: Arc::new(Inner {
                recorder,
                generation,
                number,
                client: AtomicU64::new(0),
                target: AtomicU64::new(0),
                outcome: AtomicU8::new(UNKNOWN),
            }),
        }
    }

    /// Its name among all of the campaign.
    pub fn id(&self) -> ExchangeId {
        ExchangeId {
            session: self.inner.recorder.shared.session,
            number: self.inner.number,
        }
    }

    /// Ready when the recorder has room for more; ask before reading more bytes to tell.
    pub fn poll_room(&self, context: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        self.inner.recorder.poll_room(self.inner.generation, context)
    }

    /// Tells of an answer head, informational ones too.
    pub fn response<'f>(
        &self,
        status: u16,
        version: &str,
        fields: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    ) -> Result<(), Closed> {
        self.inner.push(Event::Response {
            exchange: self.inner.number,
            at: self.inner.now(),
            head: encode_status_head(status, version, at_most(fields)),
        })
    }

    /// Tells of bytes of a body or a message; those beyond the limit are only counted.
    pub fn bytes(&self, side: Side, bytes: &Bytes) -> Result<(), Closed> {
        let length = bytes.len() as u64;
        let before = self.inner.count(side).fetch_add(length, Ordering::Relaxed);
        let kept = self.inner.limit().saturating_sub(before).min(length) as usize;
        if kept == 0 {
            return self.inner.check();
        }
        self.inner.push(Event::Bytes {
            exchange: self.inner.number,
            side,
            bytes: bytes.slice(..kept),
        })
    }

    /// Tells that a body ended, regularly or not.
    pub fn body_end(&self, side: Side, complete: bool) -> Result<(), Closed> {
        let (length, kept) = self.inner.take_count(side);
        self.inner.push(Event::BodyEnd {
            exchange: self.inner.number,
            side,
            at: self.inner.now(),
            length,
            kept,
            complete,
        })
    }

    /// Tells that a WebSocket message ended (opcodes of RFC 6455 §5.2).
    pub fn message_end(&self, side: Side, opcode: u8) -> Result<(), Closed> {
        let (length, kept) = self.inner.take_count(side);
        self.inner.push(Event::Message {
            exchange: self.inner.number,
            side,
            at: self.inner.now(),
            opcode,
            length,
            kept,
        })
    }

    /// Says how it ends; the first word stands.
    pub fn outcome(&self, outcome: Outcome) {
        let code = match outcome {
            Outcome::Complete => 0,
            Outcome::ClientGone => 1,
            Outcome::TargetGone => 2,
            Outcome::Stopped => 3,
            Outcome::Limited => 4,
        };
        // When it was said before, that stands.
        let _ = self
            .inner
            .outcome
            .compare_exchange(UNKNOWN, code, Ordering::Relaxed, Ordering::Relaxed);
    }
}

const UNKNOWN: u8 = u8::MAX;

impl Inner {
    fn push(&self, event: Event) -> Result<(), Closed> {
        self.recorder.shared.queue.push(self.generation, event)
    }

    fn check(&self) -> Result<(), Closed> {
        match self.recorder.shared.queue.generation()? {
            generation if generation == self.generation => Ok(()),
            _ => Err(Closed::Interrupted),
        }
    }

    fn now(&self) -> i64 {
        (self.recorder.shared.clock)()
    }

    fn count(&self, side: Side) -> &AtomicU64 {
        match side {
            Side::Client => &self.client,
            Side::Target => &self.target,
        }
    }

    fn limit(&self) -> u64 {
        self.recorder.shared.body_limit
    }

    fn take_count(&self, side: Side) -> (u64, u64) {
        let length = self.count(side).swap(0, Ordering::Relaxed);
        (length, length.min(self.limit()))
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let outcome = match self.outcome.load(Ordering::Relaxed) {
            0 => Outcome::Complete,
            2 => Outcome::TargetGone,
            3 => Outcome::Stopped,
            4 => Outcome::Limited,
            // Whoever drops it without a word was dropped itself: the tool went away.
            _ => Outcome::ClientGone,
        };
        let event = Event::End {
            exchange: self.number,
            at: self.now(),
            outcome,
        };
        // A recorder that is closed has forgotten the exchange already.
        let _ = self.push(event);
    }
}
