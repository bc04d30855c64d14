//! One recorder for each campaign of the words, never two: a task of its own starts and ends it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use recording::{Chance, Clock, Folder, Limits, Recorder, Running, SegmentRecord};
use sealing::RecordingKey;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Run;
use crate::link::{CampaignWord, Outbox, RecorderState, Recording};

/// How long after a recorder could not start it is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// All recorders.
pub(super) struct Recorders {
    maker: Arc<Maker>,
    linger: Duration,
    keepers: HashMap<String, Keeper>,
    tasks: TaskTracker,
    ending: CancellationToken,
}

/// What recorders are made with.
struct Maker {
    folder: PathBuf,
    limits: Limits,
    clock: Clock,
    chance: Chance,
    outbox: Arc<Outbox>,
    changed: Arc<Notify>,
}

/// The recorder of one campaign, from outside its task.
struct Keeper {
    wanted: watch::Sender<Option<Wanted>>,
    current: watch::Receiver<Current>,
}

/// What is asked of a keeper.
#[derive(Clone)]
struct Wanted {
    word: CampaignWord,
    key: RecordingKey,
}

/// What a keeper has.
#[derive(Clone)]
enum Current {
    Starting,
    Failed,
    Ended,
    Running(Recorder),
}

impl Recorders {
    pub(super) fn new(run: &Run, outbox: Arc<Outbox>) -> Self {
        let maker = Maker {
            folder: run.folder.clone(),
            limits: run.recording.clone(),
            clock: Arc::clone(&run.settings.clock),
            chance: Arc::clone(&run.chance),
            outbox,
            changed: Arc::default(),
        };
        Self {
            maker: Arc::new(maker),
            linger: run.linger,
            keepers: HashMap::new(),
            tasks: TaskTracker::new(),
            ending: CancellationToken::new(),
        }
    }

    /// Notified when a recorder came or went.
    pub(super) fn changed(&self) -> Arc<Notify> {
        Arc::clone(&self.maker.changed)
    }

    /// Lets those of these campaigns record, and the others end after a while.
    pub(super) fn want(&mut self, words: &[CampaignWord]) {
        let mut wanted: HashMap<&str, Wanted> = HashMap::new();
        for word in words {
            let key = RecordingKey::new(word.recording_key.data_key, word.recording_key.point);
            match key {
                Ok(key) if word.has_good_name() => {
                    let asked = Wanted {
                        word: word.clone(),
                        key,
                    };
                    wanted.insert(&word.id, asked);
                }
                _ => tracing::warn!(campaign = word.id, "a campaign without a good name or key is left out"),
            }
        }
        for (id, keeper) in &self.keepers {
            keeper.want(wanted.remove(id.as_str()));
        }
        for (id, wanted) in wanted {
            let keeper = self.keeper(wanted);
            self.keepers.insert(id.to_owned(), keeper);
        }
    }

    fn keeper(&self, wanted: Wanted) -> Keeper {
        let (sender, receiver) = watch::channel(Some(wanted));
        let (current, seen) = watch::channel(Current::Starting);
        let keeping = Keeping {
            maker: Arc::clone(&self.maker),
            linger: self.linger,
            wanted: receiver,
            current,
        };
        let ending = self.ending.clone();
        self.tasks.spawn(keeping.run(ending));
        Keeper {
            wanted: sender,
            current: seen,
        }
    }

    /// The recorder of a campaign, when it runs.
    pub(super) fn recorder(&self, campaign: &str) -> Option<Recorder> {
        match &*self.keepers.get(campaign)?.current.borrow() {
            Current::Running(recorder) => Some(recorder.clone()),
            Current::Starting | Current::Failed | Current::Ended => None,
        }
    }

    /// How each is; the sizes are not known here.
    pub(super) fn states(&self) -> Vec<Recording> {
        let state = |keeper: &Keeper| match &*keeper.current.borrow() {
            Current::Starting => RecorderState::Starting,
            Current::Failed => RecorderState::Failed,
            Current::Ended => RecorderState::Ended,
            Current::Running(recorder) => recorder.check().err().map_or(RecorderState::Open, Into::into),
        };
        let states = self.keepers.iter().map(|(campaign, keeper)| Recording {
            campaign: campaign.clone(),
            recorder: state(keeper),
            used: None,
            free: None,
        });
        states.collect()
    }

    /// Ends all; the future is ready once their last segments are closed.
    pub(super) fn end(&self) -> impl Future<Output = ()> + use<> {
        self.ending.cancel();
        self.tasks.close();
        let tasks = self.tasks.clone();
        async move { tasks.wait().await }
    }
}

impl Drop for Recorders {
    fn drop(&mut self) {
        // Whoever gives a running gateway up leaves no task behind.
        self.ending.cancel();
    }
}

impl Keeper {
    fn want(&self, wanted: Option<Wanted>) {
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
}

impl Keeping {
    async fn run(mut self, ending: CancellationToken) {
        // The senders are dropped with everything else, after the end.
        while !ending.is_cancelled() {
            let wanted = self.wanted.borrow_and_update().clone();
            let Some(wanted) = wanted else {
                self.now(Current::Ended);
                ending.run_until_cancelled(self.wanted.changed()).await;
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
    async fn start(&self, wanted: &Wanted) -> Option<(Recorder, Running)> {
        let (maker, wanted) = (Arc::clone(&self.maker), wanted.clone());
        let id = wanted.word.id.clone();
        let starting = tokio::task::spawn_blocking(move || maker.start(wanted)).await;
        match starting {
            Ok(Ok(started)) => Some(started),
            Ok(Err(error)) => {
                tracing::warn!(campaign = id, "nothing can be recorded: {error}");
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
                Some(_) => drop(self.wanted.changed().await),
                None => match tokio::time::timeout(self.linger, self.wanted.changed()).await {
                    Ok(_) => {}
                    Err(_) => return,
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

/// The folder of a campaign, whose name was looked at.
pub(super) fn campaign_folder(folder: &Path, campaign: &str) -> PathBuf {
    folder.join("campaigns").join(campaign)
}
