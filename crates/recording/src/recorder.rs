//! The recorder of one campaign: what is told to it is sealed, written and durable within a second.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use sealing::recording::RecordingKey;
use zeroize::Zeroizing;

use crate::disk::Disk;
use crate::entry::{Micros, encode_opening};
use crate::exchange::Exchange;
use crate::queue::{Closed, Event, Queue};
use crate::record::SegmentRecord;
use crate::writer::Writer;

/// The most that the head of a message may weigh.
pub const MAX_HEAD: usize = 256 * 1024;

/// Gives the present instant.
pub type Clock = Arc<dyn Fn() -> Micros + Send + Sync>;

/// Fills with random bytes that nobody can guess.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What a recorder works with.
pub struct Settings {
    /// The public half of the campaign's key pair.
    pub key: RecordingKey,
    /// The key under which contents are hashed.
    pub content_key: Zeroizing<[u8; 32]>,
    /// The clock.
    pub clock: Clock,
    /// The chance.
    pub chance: Chance,
    /// How much, how often.
    pub limits: Limits,
    /// The last segment that the caller knows of, when the folder may hold none any more.
    pub known: Option<SegmentRecord>,
    /// Called with each segment that is written no more, on the thread of the recorder.
    pub on_closed: Box<dyn Fn(SegmentRecord) + Send>,
}

/// How much, how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The size beyond which another segment begins.
    pub segment_bytes: u64,
    /// The age beyond which another segment begins.
    pub segment_age: Duration,
    /// How much of one body or message is kept; what is beyond is counted, and marked as cut.
    pub body: u64,
    /// The room that the folder may take.
    pub room: u64,
    /// How much stays free on the disk for others.
    pub keep_free: u64,
    /// How many bytes may wait for the writer before those who record must wait.
    pub waiting: usize,
    /// How long after a failure it is tried again.
    pub retry: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            segment_bytes: 256 << 20,
            segment_age: Duration::from_secs(60),
            body: 2 << 30,
            room: u64::MAX,
            keep_free: 256 << 20,
            waiting: 4 << 20,
            retry: Duration::from_secs(1),
        }
    }
}

/// Which exchange, among all of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExchangeId {
    /// The run of the recorder.
    pub session: u64,
    /// The number within it, from 1.
    pub number: u64,
}

impl fmt::Display for ExchangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.session, self.number)
    }
}

/// What an exchange begins with.
pub struct Opening<'o, F> {
    /// The lease it came by.
    pub lease: &'o str,
    /// The fingerprint of the target it goes to.
    pub target: &'o str,
    /// The method.
    pub method: &'o str,
    /// Path and query.
    pub path: &'o str,
    /// The version of HTTP.
    pub version: &'o str,
    /// The header fields in their order.
    pub fields: F,
}

/// Tells the recorder of one campaign; clones tell the same.
#[derive(Clone)]
pub struct Recorder {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) queue: Queue,
    pub(crate) clock: Clock,
    pub(crate) session: u64,
    pub(crate) body_limit: u64,
    next: AtomicU64,
}

/// The thread of a recorder; dropping it ends the recorder, with its last segment closed.
pub struct Running {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Recorder {
    /// Starts recording into a folder. What a crash left is first taken into the chain and told.
    ///
    /// A folder that cannot be written is no error: the recorder is closed, and tries again.
    pub fn start(disk: Arc<dyn Disk>, settings: Settings) -> io::Result<(Self, Running)> {
        let mut session = [0; 8];
        (settings.chance)(&mut session);
        let shared = Arc::new(Shared {
            queue: Queue::new(settings.limits.waiting),
            clock: Arc::clone(&settings.clock),
            session: u64::from_be_bytes(session),
            body_limit: settings.limits.body,
            next: AtomicU64::new(1),
        });
        let mut writer = Writer::new(disk, settings, Arc::clone(&shared))?;
        writer.open();
        let thread = std::thread::Builder::new()
            .name("recording".into())
            .spawn(move || writer.run())?;
        let running = Running {
            shared: Arc::clone(&shared),
            thread: Some(thread),
        };
        Ok((Self { shared }, running))
    }

    /// Says whether recording goes on, so that something may pass.
    pub fn check(&self) -> Result<(), Closed> {
        self.shared.queue.generation().map(|_| ())
    }

    /// Begins an exchange. The head may weigh [`MAX_HEAD`]; fields beyond are left out.
    pub fn begin<'f, F>(&self, opening: Opening<'f, F>) -> Result<Exchange, Closed>
    where
        F: IntoIterator<Item = (&'f str, &'f [u8])>,
    {
        let generation = self.shared.queue.generation()?;
        let number = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let line = (opening.method, opening.path, opening.version);
        let at = (self.shared.clock)();
        let event = Event::Begin {
            exchange: number,
            at,
            opening: encode_opening(opening.lease, opening.target, line, at_most(opening.fields)),
        };
        self.shared.queue.push(generation, event)?;
        Ok(Exchange::new(self.clone(), generation, number))
    }

    pub(crate) fn poll_room(&self, generation: u64, context: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        self.shared.queue.poll_room(generation, context)
    }
}

/// Leaves out the fields beyond what a head may weigh.
pub(crate) fn at_most<'f>(
    fields: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> impl Iterator<Item = (&'f str, &'f [u8])> {
    let mut left = MAX_HEAD;
    fields.into_iter().take_while(move |(name, value)| {
        let weight = name.len() + value.len() + 8;
        left = left.saturating_sub(weight);
        left > 0
    })
}

impl Running {
    /// Ends the recorder, after everything told so far is written and the segment closed.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.shared.queue.stop();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to end.
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
