//! Between those who record and the thread that writes: a bounded queue that says when it is closed.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;

use crate::entry::{Micros, Outcome, Side};

/// What is told to the writer.
#[derive(Debug)]
pub(crate) enum Event {
    Begin {
        exchange: u64,
        at: Micros,
        opening: Vec<u8>,
    },
    Response {
        exchange: u64,
        at: Micros,
        head: Vec<u8>,
    },
    Bytes {
        exchange: u64,
        side: Side,
        bytes: Bytes,
    },
    BodyEnd {
        exchange: u64,
        side: Side,
        at: Micros,
        length: u64,
        kept: u64,
        complete: bool,
    },
    Message {
        exchange: u64,
        side: Side,
        at: Micros,
        opcode: u8,
        length: u64,
        kept: u64,
    },
    End {
        exchange: u64,
        at: Micros,
        outcome: Outcome,
    },
}

impl Event {
    fn cost(&self) -> usize {
        let held = match self {
            Self::Begin { opening, .. } => opening.len(),
            Self::Response { head, .. } => head.len(),
            Self::Bytes { bytes, .. } => bytes.len(),
            Self::BodyEnd { .. } | Self::Message { .. } | Self::End { .. } => 0,
        };
        held + size_of::<Self>()
    }
}

/// Why nothing is recorded, so that nothing may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// The disk, or the room given to recordings, is full.
    #[error("the disk of the recordings is full")]
    Full,
    /// A segment could not be written.
    #[error("the recordings could not be written")]
    Failed,
    /// Recording failed in the middle of this exchange and has begun again since.
    #[error("recording was interrupted during this exchange")]
    Interrupted,
    /// The recorder was stopped.
    #[error("the recorder was stopped")]
    Stopped,
}

/// The events of one turn of the writer.
pub(crate) struct Batch {
    pub(crate) events: Vec<Event>,
    pub(crate) stop: bool,
}

/// A bounded queue.
pub(crate) struct Queue {
    inner: Mutex<Inner>,
    woken: Condvar,
    room: usize,
}

struct Inner {
    events: Vec<Event>,
    bytes: usize,
    /// How many bytes wake the writer.
    wake_at: usize,
    /// Counts the times that recording began; an exchange belongs to one.
    generation: u64,
    closed: Option<Closed>,
    stop: bool,
    wakers: Vec<Waker>,
}

/// How many bytes wake a writer that waits for more.
const WAKE: usize = 256 * 1024;

impl Queue {
    /// A queue that is closed until it is opened.
    pub(crate) fn new(room: usize) -> Self {
        Self {
            inner: Mutex::new(Inner {
                events: Vec::new(),
                bytes: 0,
                wake_at: usize::MAX,
                generation: 0,
                closed: Some(Closed::Failed),
                stop: false,
                wakers: Vec::new(),
            }),
            woken: Condvar::new(),
            room,
        }
    }

    /// The present generation, unless closed.
    pub(crate) fn generation(&self) -> Result<u64, Closed> {
        let inner = self.lock();
        inner.closed.map_or(Ok(inner.generation), Err)
    }

    /// Adds an event of an exchange of this generation.
    pub(crate) fn push(&self, generation: u64, event: Event) -> Result<(), Closed> {
        let mut inner = self.lock();
        inner.check(generation)?;
        inner.bytes += event.cost();
        inner.events.push(event);
        if inner.bytes >= inner.wake_at {
            inner.wake_at = usize::MAX;
            self.woken.notify_one();
        }
        Ok(())
    }

    /// Ready when there is room; whoever has much to add asks before.
    pub(crate) fn poll_room(&self, generation: u64, context: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        let mut inner = self.lock();
        inner.check(generation)?;
        if inner.bytes < self.room {
            return Poll::Ready(Ok(()));
        }
        if !inner.wakers.iter().any(|waker| waker.will_wake(context.waker())) {
            inner.wakers.push(context.waker().clone());
        }
        Poll::Pending
    }

    /// Takes everything, after waiting for something to come, for a good load when `patient`, and
    /// at most for `limit`.
    pub(crate) fn take(&self, patient: bool, limit: Option<Duration>) -> Batch {
        let mut inner = self.lock();
        let enough = if patient { WAKE } else { 1 };
        if inner.bytes < enough && !inner.stop {
            inner.wake_at = enough;
            let asleep = |inner: &mut Inner| inner.wake_at != usize::MAX && !inner.stop;
            inner = match limit {
                None => self
                    .woken
                    .wait_while(inner, asleep)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(limit) => {
                    let waited = self.woken.wait_timeout_while(inner, limit, asleep);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        inner.wake_at = usize::MAX;
        inner.bytes = 0;
        let events = std::mem::take(&mut inner.events);
        inner.events.reserve(events.len().min(4096));
        let batch = Batch {
            events,
            stop: inner.stop,
        };
        inner.wake_all();
        batch
    }

    /// Lets events in; those who recorded before are told that they were interrupted.
    pub(crate) fn open(&self) {
        let mut inner = self.lock();
        inner.generation += 1;
        inner.closed = None;
    }

    /// Lets no more events in, and gives those that wait.
    pub(crate) fn close(&self, why: Closed) -> Vec<Event> {
        let mut inner = self.lock();
        inner.closed = Some(why);
        inner.bytes = 0;
        inner.wake_all();
        std::mem::take(&mut inner.events)
    }

    /// Asks the writer to end.
    pub(crate) fn stop(&self) {
        self.lock().stop = true;
        self.woken.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn check(&self, generation: u64) -> Result<(), Closed> {
        match self.closed {
            Some(why) => Err(why),
            None if generation != self.generation => Err(Closed::Interrupted),
            None => Ok(()),
        }
    }

    fn wake_all(&mut self) {
        self.wakers.drain(..).for_each(Waker::wake);
    }
}
