//! What the platform pushes to gateways without being asked: stops, and that its words changed.

use std::sync::Arc;

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
    stops: broadcast::Sender<Stop>,
    looks: watch::Sender<u64>,
}

impl Default for Pushes {
    fn default() -> Self {
        Self::new()
    }
}

impl Pushes {
    /// Nothing pushed yet.
    pub fn new() -> Self {
        let (stops, looks) = (broadcast::channel(WAITING).0, watch::channel(0).0);
        Self {
            shared: Arc::new(Shared { stops, looks }),
        }
    }

    /// Lets gateways learn at once that words changed.
    pub fn look_again(&self) {
        self.shared.looks.send_modify(|looks| *looks += 1);
    }

    /// Stops at once what is named, ahead of everything else that is said.
    ///
    /// Whoever stops writes it down first: a stop lasts until words that the gateway asked for after
    /// it grant the lease again.
    pub fn stop(&self, what: Stop) {
        // Without a gateway there is nothing to stop: one that comes asks for words first.
        let _ = self.shared.stops.send(what);
        self.look_again();
    }

    pub(crate) fn stops(&self) -> broadcast::Receiver<Stop> {
        self.shared.stops.subscribe()
    }

    pub(crate) fn looks(&self) -> watch::Receiver<u64> {
        self.shared.looks.subscribe()
    }
}
