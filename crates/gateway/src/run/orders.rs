//! What the platform says, done at once: words, stops, confirmations.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use recording::Micros;

use super::apply::{Targets, Upstreams, leases};
use super::recorders::Recorders;
use crate::grants::{Grants, Stop};
use crate::link::{Listener, Recording, Words};

/// Does what the platform says.
pub(super) struct Orders {
    grants: Arc<Grants>,
    inner: Mutex<Inner>,
}

struct Inner {
    recorders: Recorders,
    targets: Targets,
    /// The words that were applied last, and the question by which it was last asked for them.
    current: Option<(Words, u64)>,
}

impl Orders {
    pub(super) fn new(grants: Arc<Grants>, recorders: Recorders, upstreams: Upstreams) -> Self {
        let inner = Mutex::new(Inner {
            recorders,
            targets: Targets::new(upstreams),
            current: None,
        });
        Self { grants, inner }
    }

    /// Grants anew whenever a recorder came or went.
    pub(super) async fn keep(&self) -> Infallible {
        let changed = self.lock().recorders.changed();
        loop {
            changed.notified().await;
            self.lock().grant(&self.grants);
        }
    }

    /// Whether any words came.
    pub(super) fn have_come(&self) -> bool {
        self.lock().current.is_some()
    }

    /// How all recorders are.
    pub(super) fn recordings(&self) -> Vec<Recording> {
        self.lock().recorders.states()
    }

    /// Forgets recorders that have ended, once that was told.
    pub(super) fn forget(&self, told: &[Recording]) {
        self.lock().recorders.forget(told);
    }

    /// Ends all recorders, with their last segments closed.
    pub(super) async fn end(&self) {
        let ending = self.lock().recorders.end();
        ending.await;
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn grant(&self, grants: &Grants) {
        if let Some((words, asked)) = &self.current {
            let recorder = |campaign: &str| self.recorders.recorder(campaign);
            grants.replace(leases(words, &self.targets, recorder), *asked);
        }
    }
}

impl Listener for Orders {
    fn words(&self, words: Words, asked: u64) {
        let mut inner = self.lock();
        inner.recorders.want(&words.campaigns);
        inner.targets.become_those(&words.targets);
        inner.current = Some((words, asked));
        inner.grant(&self.grants);
    }

    fn still(&self, version: u64, asked: u64) -> bool {
        let mut inner = self.lock();
        let Some((words, last)) = &mut inner.current else {
            return false;
        };
        if words.version != version {
            return false;
        }
        *last = asked;
        if self.grants.awaits(asked) {
            inner.grant(&self.grants);
        }
        true
    }

    fn confirm(&self, at: Micros) {
        self.grants.confirm(at);
    }

    fn stop(&self, stop: &Stop, asked: u64) {
        tracing::info!(?stop, "stopped by the platform");
        self.grants.stop(stop, asked);
    }
}
