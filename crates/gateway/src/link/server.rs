//! The platform's side: proves itself, answers beats with words, pushes stops, takes what is told.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use recording::Chance;
use tokio::io::{AsyncWrite, WriteHalf};
use tokio::sync::{Semaphore, broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::frame::{LinkError, Reader, Writer};
use super::handshake::as_platform;
use super::keys::Secret;
use super::news::{Beat, FromGateway, FromPlatform, LARGEST_NEWS, LARGEST_WORDS, News, PROTOCOL, State};
use super::pushes::Pushes;
use super::stream::{Accept, Duplex};
use super::{Failure, Platform};
use crate::grants::Stop;

/// How many streams are served at once.
const STREAMS: usize = 8;
/// How long it is waited after a platform that failed, or a listener.
const PAUSE: Duration = Duration::from_millis(200);
/// How long it is waited before what the platform did not take is told again.
const RETRY: Duration = Duration::from_secs(1);

/// What the platform's side of a link works with; clones share it.
#[derive(Clone)]
pub struct Server {
    /// The secret that gateways hold too.
    pub secret: Secret,
    /// Who answers.
    pub platform: Arc<dyn Platform>,
    /// What is pushed.
    pub pushes: Pushes,
    /// The chance of nonces.
    pub chance: Chance,
}

/// Serves the gateways that dial, until it is stopped.
pub async fn serve(server: Server, mut door: impl Accept, stop: CancellationToken) {
    let tasks = TaskTracker::new();
    let room = Arc::new(Semaphore::new(STREAMS));
    let quiet = Arc::new(AtomicBool::new(false));
    while let Some(permit) = stop.run_until_cancelled(Arc::clone(&room).acquire_owned()).await {
        let accepted = match stop.run_until_cancelled(door.accept()).await {
            None | Some(Ok(None)) => break,
            Some(Ok(Some(stream))) => stream,
            Some(Err(error)) => {
                tracing::warn!("no gateway can come: {error}");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (server, token, quiet) = (server.clone(), stop.clone(), Arc::clone(&quiet));
        tasks.spawn(async move {
            let _permit = permit;
            let served = token.run_until_cancelled(server.stream(accepted, &quiet)).await;
            if let Some(Err(error)) = served {
                // Whoever pushes at the door is told of once, until a gateway has come again.
                if !quiet.swap(true, Ordering::Relaxed) {
                    tracing::warn!("a gateway's link ended: {error}");
                }
            }
        });
    }
    tasks.close();
    tasks.wait().await;
}

impl Server {
    async fn stream(&self, mut stream: Box<dyn Duplex>, quiet: &AtomicBool) -> Result<(), LinkError> {
        let mut nonce = [0; 32];
        (self.chance)(&mut nonce);
        let keys = as_platform(&mut stream, &self.secret, nonce).await?;
        let (from, to) = tokio::io::split(stream);
        let mut reader = Reader::new(from, keys.theirs, LARGEST_NEWS);
        let writer = Writer::new(to, keys.ours, LARGEST_WORDS);
        let hello = match reader.next().await? {
            FromGateway::Hello(hello) if hello.protocol == PROTOCOL => hello,
            FromGateway::Hello(hello) => return Err(LinkError::Version(hello.protocol)),
            FromGateway::Beat(_) | FromGateway::Tell { .. } => return Err(LinkError::Altered),
        };
        quiet.store(false, Ordering::Relaxed);
        tracing::info!(run = hello.run, version = hello.version, "a gateway is linked");
        let came = State {
            hello,
            recordings: Vec::new(),
        };
        if let Err(failure) = self.platform.state(&came).await {
            tracing::warn!("the platform did not take a gateway's coming: {failure}");
        }
        self.speak(reader, writer).await
    }

    /// Reads, asks for words, takes news and writes, until one of these ends.
    async fn speak(
        &self,
        reader: Reader<impl tokio::io::AsyncRead + Unpin>,
        writer: Writer<WriteHalf<Box<dyn Duplex>>>,
    ) -> Result<(), LinkError> {
        // Before words are asked for, so that no stop falls between.
        let stops = self.pushes.stops();
        let (beats, heard) = watch::channel(None);
        let (tellings, told) = mpsc::channel(2);
        let (answers, to_say) = mpsc::channel(4);
        tokio::try_join!(
            read(reader, beats, tellings),
            self.answer(heard, answers.clone()),
            self.take(told, answers),
            write(writer, stops, to_say),
        )?;
        Ok(())
    }

    /// Answers each beat, and each push, with the words or that they still hold.
    async fn answer(
        &self,
        mut heard: watch::Receiver<Option<Beat>>,
        answers: mpsc::Sender<FromPlatform>,
    ) -> Result<(), LinkError> {
        let mut looks = self.pushes.looks();
        let (mut sent, mut failing) = (None, false);
        loop {
            tokio::select! {
                changed = heard.changed() => changed.map_err(|_| LinkError::Gone)?,
                changed = looks.changed() => changed.map_err(|_| LinkError::Gone)?,
            }
            looks.mark_unchanged();
            let Some(asked) = *heard.borrow_and_update() else {
                continue;
            };
            let words = match self.platform.words().await {
                Ok(words) => words,
                Err(failure) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!("the platform has no words for a gateway: {failure}");
                    }
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            failing = false;
            let version = words.version;
            let answer = if sent.replace(version) == Some(version) {
                FromPlatform::Still { version, asked }
            } else {
                let words = (*words).clone();
                FromPlatform::Words { words, asked }
            };
            answers.send(answer).await.map_err(|_| LinkError::Gone)?;
        }
    }

    /// Hands on what is told, and says what was not kept.
    async fn take(
        &self,
        mut told: mpsc::Receiver<(u64, Vec<News>)>,
        answers: mpsc::Sender<FromPlatform>,
    ) -> Result<(), LinkError> {
        // Those of which it was said that they are not taken: once, until they are.
        let mut failing: HashSet<String> = HashSet::new();
        while let Some((number, news)) = told.recv().await {
            let mut missed = Vec::new();
            // Segments come in their order: behind one that was missed, those of its campaign wait.
            let mut waiting: HashSet<&str> = HashSet::new();
            for (place, news) in news.iter().enumerate() {
                let campaign = news.campaign();
                if matches!(news, News::Closed { .. }) && waiting.contains(campaign) {
                    missed.push(place);
                } else if let Err(failure) = self.hand_on(news).await {
                    waiting.insert(campaign);
                    missed.push(place);
                    if failing.insert(campaign.to_owned()) {
                        tracing::warn!(campaign, "the platform did not take what a gateway told: {failure}");
                    }
                } else {
                    failing.remove(campaign);
                }
            }
            if !missed.is_empty() {
                tokio::time::sleep(RETRY).await;
            }
            let answer = FromPlatform::Told { number, missed };
            answers.send(answer).await.map_err(|_| LinkError::Gone)?;
        }
        Err(LinkError::Gone)
    }

    async fn hand_on(&self, news: &News) -> Result<(), Failure> {
        match news {
            News::Closed { campaign, record } => self.platform.closed(campaign, record).await,
            News::Refused(refused) => self.platform.refused(refused).await,
            News::State(state) => self.platform.state(state).await,
        }
    }
}

async fn read(
    mut reader: Reader<impl tokio::io::AsyncRead + Unpin>,
    beats: watch::Sender<Option<Beat>>,
    tellings: mpsc::Sender<(u64, Vec<News>)>,
) -> Result<(), LinkError> {
    loop {
        match reader.next().await? {
            FromGateway::Hello(_) => return Err(LinkError::Altered),
            FromGateway::Beat(beat) => {
                beats.send_replace(Some(beat));
            }
            // A gateway tells one thing after the other; one that does not is none of ours.
            FromGateway::Tell { number, news } => tellings.try_send((number, news)).map_err(|_| LinkError::Altered)?,
        }
    }
}

/// Writes, stops ahead of everything else.
async fn write(
    mut writer: Writer<impl AsyncWrite + Unpin>,
    mut stops: broadcast::Receiver<Stop>,
    mut to_say: mpsc::Receiver<FromPlatform>,
) -> Result<(), LinkError> {
    loop {
        let frame = tokio::select! {
            biased;
            // Too many to know each: words that are asked for later grant again what still holds.
            stop = stops.recv() => FromPlatform::Stop(stop.unwrap_or(Stop::Everything)),
            said = to_say.recv() => said.ok_or(LinkError::Gone)?,
        };
        writer.say(&frame).await?;
    }
}
