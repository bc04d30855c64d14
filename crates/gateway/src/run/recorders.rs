//! One recorder for each campaign of the words, never two: a task of its own starts and ends it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use recording::Recorder;
use sealing::RecordingKey;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Run;
use super::keeper::{Keeper, Maker, Wanted};
use crate::link::{CampaignWord, Outbox, RecorderState, Recording};

/// All recorders.
pub(super) struct Recorders {
    maker: Arc<Maker>,
    linger: Duration,
    keepers: HashMap<String, Keeper>,
    tasks: TaskTracker,
    ending: CancellationToken,
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
        let (keeper, task) = Keeper::begin(wanted, Arc::clone(&self.maker), self.linger, self.ending.clone());
        self.tasks.spawn(task);
        keeper
    }

    /// The recorder of a campaign, when it runs.
    pub(super) fn recorder(&self, campaign: &str) -> Option<Recorder> {
        self.keepers.get(campaign)?.recorder()
    }

    /// How each is; the sizes are not known here.
    pub(super) fn states(&self) -> Vec<Recording> {
        let states = self.keepers.iter().map(|(campaign, keeper)| Recording {
            campaign: campaign.clone(),
            recorder: keeper.state(),
            used: None,
            free: None,
        });
        states.collect()
    }

    /// Forgets those that are told to have ended, unless they are wanted again: what is left of their
    /// campaigns on the disk is nothing to a gateway any more.
    pub(super) fn forget(&mut self, told: &[Recording]) {
        for recording in told.iter().filter(|one| one.recorder == RecorderState::Ended) {
            if self.keepers.get(&recording.campaign).is_some_and(Keeper::has_ended) {
                self.keepers.remove(&recording.campaign);
            }
        }
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

/// The folder of a campaign, whose name was looked at.
pub(super) fn campaign_folder(folder: &Path, campaign: &str) -> PathBuf {
    folder.join("campaigns").join(campaign)
}
