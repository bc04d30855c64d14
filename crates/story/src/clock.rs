//! The clock of the story: it stands still until the story moves it on.

use domain::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use use_cases::ports::Clock;

/// A clock that the story sets.
#[derive(Debug)]
pub struct StoryClock(AtomicI64);

impl StoryClock {
    /// Sets a clock to an instant.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self(AtomicI64::new(instant.0))
    }

    /// Moves the clock to an instant; it never goes back.
    pub fn set(&self, instant: Timestamp) {
        self.0.fetch_max(instant.0, Ordering::SeqCst);
    }

    /// Moves the clock on by microseconds.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        // Two things of the story never happen in the same instant.
        Timestamp(self.0.fetch_add(1_000, Ordering::SeqCst))
    }
}
