//! The task of one campaign: it starts its recorder, and ends it when another is wanted or none.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use recording::{Chance, Clock, Folder, Limits, Recorder, Running, SegmentRecord};
use sealing::RecordingKey;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::recorders::campaign_folder;
use crate::link::{CampaignWord, Outbox, RecorderState};

/// How long after a recorder could not start it is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// What recorders are made with.
pub(super) struct Maker {
    pub(super) folder: PathBuf,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
    pub(super) chance: Chance,
    pub(super) outbox: Arc<Outbox>,
    pub(super) changed: Arc<Notify>,
}

/// The recorder of one campaign, from outside its task.
pub(super) struct Keeper {
    wanted: watch::Sender<Option<Wanted>>,
    current: watch::Receiver<Current>,
}

/// What is asked of a keeper.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) word: CampaignWord,
    pub(super) key: RecordingKey,
}

/// What a keeper has.
#[derive(Clone)]
pub(super) enum Current {
    Starting,
    Failed,
    Ended,
    Running(Recorder),
}

impl Keeper {
    /// Begins to keep a recorder, as a future that is the task.
    pub(super) fn begin(
        wanted: Wanted,
        maker: Arc<Maker>,
        linger: Duration,
        ending: CancellationToken,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (sender, receiver) = watch::channel(Some(wanted));
        let (current, seen) = watch::channel(Current::Starting);
        let keeping = Keeping {
            maker,
            linger,
            wanted: receiver,
            current,
            said: String::new(),
        };
        let keeper = Self {
            wanted: sender,
            current: seen,
        };
        (keeper, keeping.run(ending))
    }

    /// The recorder, when it runs.
    pub(super) fn recorder(&self) -> Option<Recorder> {
        match &*self.current.borrow() {
            Current::Running(recorder) => Some(recorder.clone()),
            Current::Starting | Current::Failed | Current::Ended => None,
        }
    }

    /// How it is.
    pub(super) fn state(&self) -> RecorderState {
        match &*self.current.borrow() {
            Current::Starting => RecorderState::Starting,
            Current::Failed => RecorderState::Failed,
            Current::Ended => RecorderState::Ended,
            Current::Running(recorder) => recorder.check().err().map_or(RecorderState::Open, Into::into),
        }
    }

    /// Whether none runs, and none is wanted.
    pub(super) fn has_ended(&self) -> bool {
        self.wanted.borrow().is_none() && matches!(&*self.current.borrow(), Current::Ended)
    }

    /// Wants a recorder, or none.
    pub(super) fn want(&self, wanted: Option<Wanted>) {
        self.wanted.send_if_modified(|before| {
            let same = match (&*before, &wanted) {
                (Some(before), Some(wanted)) => before.records_as(wanted),
                (before, wanted) => before.is_none() && wanted.is_none(),
            };
            // What the recorder does not read changes without a word to it.
            *before = wanted;
            !same
        });
    }
}

impl Wanted {
    fn records_as(&self, other: &Self) -> bool {
        self.key == other.key && self.word.content_key == other.word.content_key && self.word.room == other.word.room
    }
}

/// The task of a keeper.
struct Keeping {
    maker: Arc<Maker>,
    linger: Duration,
    wanted: watch::Receiver<Option<Wanted>>,
    current: watch::Sender<Current>,
    /// Why nothing could be recorded, as it was said last: it is tried again each second.
    said: String,
}

impl Keeping {
    async fn run(mut self, ending: CancellationToken) {
        // Without a sender, nobody will ever want anything again.
        while !ending.is_cancelled() && self.wanted.has_changed().is_ok() {
            let wanted = self.wanted.borrow_and_update().clone();
            let Some(wanted) = wanted else {
                self.now(Current::Ended);
                // An error is seen above.
                let _ = ending.run_until_cancelled(self.wanted.changed()).await;
                continue;
            };
            self.now(Current::Starting);
            match self.start(&wanted).await {
                Some((recorder, running)) => {
                    self.now(Current::Running(recorder));
                    ending.run_until_cancelled(self.until_another(wanted)).await;
                    // Nothing passes from here on; whoever asked by it is told that it stopped.
                    self.now(Current::Starting);
                    let _ = tokio::task::spawn_blocking(|| running.stop()).await;
                }
                None => {
                    self.now(Current::Failed);
                    ending.run_until_cancelled(tokio::time::sleep(RETRY)).await;
                }
            }
        }
        self.now(Current::Ended);
    }

    fn now(&self, current: Current) {
        self.current.send_replace(current);
        self.maker.changed.notify_one();
    }

    /// Starts a recorder; all that stands in its folder and is not known to the platform is told.
    async fn start(&mut self, wanted: &Wanted) -> Option<(Recorder, Running)> {
        let (maker, wanted) = (Arc::clone(&self.maker), wanted.clone());
        let id = wanted.word.id.clone();
        let starting = tokio::task::spawn_blocking(move || maker.start(wanted)).await;
        match starting {
            Ok(Ok(started)) => {
                self.said.clear();
                Some(started)
            }
            Ok(Err(error)) => {
                let why = error.to_string();
                if why != self.said {
                    tracing::warn!(campaign = id, "nothing can be recorded: {why}");
                    self.said = why;
                }
                None
            }
            // Only a panic in it, or the end of the runtime.
            Err(_) => None,
        }
    }

    /// Returns when another recorder is wanted, or none for long enough.
    async fn until_another(&mut self, running: Wanted) {
        loop {
            let wanted = self.wanted.borrow_and_update().clone();
            match wanted {
                Some(wanted) if !wanted.records_as(&running) => return,
                Some(_) => {
                    if self.wanted.changed().await.is_err() {
                        return;
                    }
                }
                None => match tokio::time::timeout(self.linger, self.wanted.changed()).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return,
                },
            }
        }
    }
}

impl Maker {
    fn start(&self, wanted: Wanted) -> std::io::Result<(Recorder, Running)> {
        let word = &wanted.word;
        let folder = Arc::new(Folder::new(campaign_folder(&self.folder, &word.id))?);
        let known = word.known.as_ref().map(|record| record.sequence);
        for record in recording::records(&*folder)? {
            if known.is_none_or(|known| record.sequence > known) {
                self.outbox.closed(&word.id, record);
            }
        }
        let (outbox, campaign) = (Arc::clone(&self.outbox), word.id.clone());
        let settings = recording::Settings {
            key: wanted.key,
            content_key: word.content_key.bytes(),
            clock: Arc::clone(&self.clock),
            chance: Arc::clone(&self.chance),
            limits: Limits {
                room: word.room,
                ..self.limits.clone()
            },
            known: word.known.clone(),
            on_closed: Box::new(move |record: SegmentRecord| outbox.closed(&campaign, record)),
        };
        Recorder::start(folder, settings)
    }
}
