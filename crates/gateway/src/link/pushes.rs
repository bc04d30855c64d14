//! What the platform pushes to gateways without being asked: stops, and that its words changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use recording::Micros;
use tokio::sync::{broadcast, watch};

use crate::grants::Stop;

/// How many stops may wait for a gateway; one that is further behind stops everything.
const WAITING: usize = 256;

/// Pushes to all gateways that are linked at present; clones push to the same.
#[derive(Debug, Clone)]
pub struct Pushes {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    number: AtomicU64,
    stops: broadcast::Sender<(u64, Stop)>,
    looks: watch::Sender<u64>,
}

impl Pushes {
    /// Nothing pushed yet. Numbers of stops begin at this instant, so that those of a platform that
    /// starts again come after those of the one before.
    pub fn new(now: Micros) -> Self {
        let number = AtomicU64::new(u64::try_from(now).unwrap_or_default());
        let (stops, looks) = (broadcast::channel(WAITING).0, watch::channel(0).0);
        Self {
            shared: Arc::new(Shared { number, stops, looks }),
        }
    }

    /// Lets gateways learn at once that words changed.
    pub fn look_again(&self) {
        self.shared.looks.send_modify(|looks| *looks += 1);
    }

    /// Stops at once what is named, ahead of everything else that is said.
    ///
    /// Whoever stops writes it down first: a stop lasts until words that were asked for after it
    /// grant the lease again.
    pub fn stop(&self, what: Stop) {
        let number = self.shared.number.fetch_add(1, Ordering::SeqCst) + 1;
        // Without a gateway there is nothing to stop: one that comes asks for words first.
        let _ = self.shared.stops.send((number, what));
        self.look_again();
    }

    /// The number of the last stop; words that are asked for now know of it.
    pub(crate) fn last(&self) -> u64 {
        self.shared.number.load(Ordering::SeqCst)
    }

    pub(crate) fn stops(&self) -> broadcast::Receiver<(u64, Stop)> {
        self.shared.stops.subscribe()
    }

    pub(crate) fn looks(&self) -> watch::Receiver<u64> {
        self.shared.looks.subscribe()
    }
}
