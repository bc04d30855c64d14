//! One snapshot for the whole of a page: the reads of one request follow one another on it.
//!
//! A page is read in several steps: who visits, what they asked for, what stands beside it. On one snapshot they tell of
//! one instant, their facts are read once (a store keeps what a snapshot gave), and a database is not asked for a
//! transaction each time.

use crate::ports::Session;
use domain::Timestamp;
use domain::time::SECOND;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How old a snapshot may be that a read takes over: what comes later wants to know what happened since.
const MOST_AGE: i64 = SECOND / 2;

/// How many requests may keep a snapshot between two reads, so that others always find a connection.
#[derive(Clone, Debug)]
pub struct SnapshotRoom(Arc<Semaphore>);

impl SnapshotRoom {
    /// Lets at most half of the connections of a store wait with their requests.
    #[must_use]
    pub fn of_connections(connections: u32) -> Self {
        Self(Arc::new(Semaphore::new(connections as usize / 2)))
    }
}

/// An open snapshot between two reads.
struct Waiting {
    store: Box<dyn Session>,
    at: Timestamp,
    _place: OwnedSemaphorePermit,
}

/// The snapshot of one request; nothing where a request may write, since it has to see what it wrote.
#[derive(Clone, Default)]
pub struct RequestSnapshot(Option<Arc<Mutex<Option<Waiting>>>>);

impl RequestSnapshot {
    /// Makes the place for the snapshot of a request that only reads.
    #[must_use]
    pub fn shared() -> Self {
        Self(Some(Arc::default()))
    }

    /// Gives the snapshot that an earlier read left, with its instant, where it is fresh.
    pub(crate) fn take(&self, now: Timestamp) -> Option<(Box<dyn Session>, Timestamp)> {
        let mut waiting = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        let found = waiting.take()?;
        (now.since(found.at) <= MOST_AGE).then_some((found.store, found.at))
    }

    /// Leaves a snapshot for the next read, where there is room for it.
    pub(crate) fn leave(&self, store: Box<dyn Session>, at: Timestamp, room: &SnapshotRoom) {
        let Some(waiting) = &self.0 else { return };
        if let Ok(place) = room.0.clone().try_acquire_owned() {
            let left = Waiting {
                store,
                at,
                _place: place,
            };
            *waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
        }
    }

    /// Lets the snapshot go, before something is written that later reads must see.
    pub(crate) fn let_go(&self) {
        if let Some(waiting) = &self.0 {
            waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }
}
