//! The gateway's side: dials, proves itself, asks whether its words hold, tells what happened.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use recording::{Chance, Clock, Micros};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::sync::CancellationToken;

use super::frame::{LinkError, Reader, Writer};
use super::handshake::as_gateway;
use super::keys::Secret;
use super::news::{Beat, FromGateway, FromPlatform, Hello, LARGEST_NEWS, LARGEST_WORDS};
use super::outbox::Outbox;
use super::stream::Dial;
use super::words::Words;
use crate::grants::Stop;

/// How often it is asked whether the words still hold.
const BEAT: Duration = Duration::from_millis(300);
/// How long it is waited for a stream.
const DIAL: Duration = Duration::from_secs(2);
/// How long after a lost link it is dialled again: so long at first, and the double each time.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// Who does what the platform says; each call returns at once.
pub(crate) trait Listener: Send + Sync {
    /// Applies words that were asked for by the question of this number.
    fn words(&self, words: Words, asked: u64);
    /// The words that were applied still hold. False when they are of another version.
    fn still(&self, version: u64, asked: u64) -> bool;
    /// What was applied held at this instant.
    fn confirm(&self, at: Micros);
    /// Stops; only words that are asked for by later questions than this one know of it.
    fn stop(&self, stop: &Stop, asked: u64);
}

/// The gateway's side of a link.
pub(crate) struct Client {
    pub(crate) dial: Arc<dyn Dial>,
    pub(crate) secret: Secret,
    pub(crate) chance: Chance,
    pub(crate) clock: Clock,
    pub(crate) hello: Hello,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) listener: Arc<dyn Listener>,
    /// Counts the questions that were asked.
    pub(crate) asked: AtomicU64,
}

impl Client {
    /// Keeps a link until it is stopped.
    pub(crate) async fn run(&self, stop: &CancellationToken) {
        let (mut pause, mut told) = (PAUSES.0, None);
        loop {
            let mut linked = false;
            let Some(ended) = stop.run_until_cancelled(self.session(&mut linked)).await else {
                return;
            };
            if linked {
                (pause, told) = (PAUSES.0, None);
            }
            if let Err(error) = ended {
                // The same reason is told once, until the link stood again.
                let why = error.to_string();
                if told.as_ref() != Some(&why) {
                    tracing::warn!("no link to the platform: {why}");
                    told = Some(why);
                }
            }
            if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return;
            }
            pause = PAUSES.1.min(pause * 2);
        }
    }

    async fn session(&self, linked: &mut bool) -> Result<(), LinkError> {
        let dialling = tokio::time::timeout(DIAL, self.dial.dial()).await;
        let mut stream = dialling.map_err(|_| LinkError::Silent)??;
        let mut nonce = [0; 32];
        (self.chance)(&mut nonce);
        let keys = as_gateway(&mut stream, &self.secret, nonce).await?;
        let (from, to) = tokio::io::split(stream);
        let reader = Reader::new(from, keys.theirs, LARGEST_WORDS);
        let writer = Writer::new(to, keys.ours, LARGEST_NEWS);
        tokio::try_join!(self.listen(reader, linked), self.tell(writer))?;
        Ok(())
    }

    async fn listen(&self, mut reader: Reader<impl AsyncRead + Unpin>, linked: &mut bool) -> Result<(), LinkError> {
        loop {
            match reader.next().await? {
                FromPlatform::Words { words, asked } => {
                    if !std::mem::replace(linked, true) {
                        tracing::info!("linked to the platform");
                    }
                    self.listener.words(words, asked.number);
                    self.listener.confirm(asked.at);
                }
                FromPlatform::Still { version, asked } => {
                    if !self.listener.still(version, asked.number) {
                        return Err(LinkError::Altered);
                    }
                    self.listener.confirm(asked.at);
                }
                FromPlatform::Stop(stop) => self.listener.stop(&stop, self.asked.load(Ordering::SeqCst)),
                FromPlatform::Told { number, missed } => self.outbox.told(number, &missed),
            }
        }
    }

    async fn tell(&self, mut writer: Writer<impl AsyncWrite + Unpin>) -> Result<(), LinkError> {
        writer.say(&FromGateway::Hello(self.hello.clone())).await?;
        let mut beats = tokio::time::interval(BEAT);
        beats.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut sent = None;
        loop {
            tokio::select! {
                _ = beats.tick() => writer.say(&FromGateway::Beat(self.beat())).await?,
                () = self.outbox.changed() => {}
            }
            if let Some((number, news)) = self.outbox.next()
                && sent.replace(number) != Some(number)
            {
                writer.say(&FromGateway::Tell { number, news }).await?;
            }
        }
    }

    fn beat(&self) -> Beat {
        Beat {
            number: self.asked.fetch_add(1, Ordering::SeqCst) + 1,
            at: (self.clock)(),
        }
    }
}
