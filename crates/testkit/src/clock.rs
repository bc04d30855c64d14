//! A clock that tests set.

use domain::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use use_cases::ports::Clock;

/// A clock that stands where it was set, but for a millisecond at each look: what happens later
/// is later, in every run alike.
pub struct FakeClock(AtomicI64);

impl FakeClock {
    /// Sets a clock to an instant.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self(AtomicI64::new(instant.0))
    }

    /// Moves on by so many microseconds (see `domain::time::{HOUR, DAY}`).
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// Sets the clock to an instant, also an earlier one.
    pub fn set(&self, instant: Timestamp) {
        self.0.store(instant.0, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1000, Ordering::SeqCst))
    }
}
