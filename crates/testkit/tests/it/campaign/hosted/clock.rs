//! A clock that goes, as budgets of requests and the freshness of words need it.

use domain::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;
use use_cases::ports::Clock;

/// A clock that goes from an instant of the story on.
pub struct Going {
    from: AtomicI64,
    begun: Instant,
}

impl Going {
    pub fn new(from: Timestamp) -> Self {
        Self {
            from: AtomicI64::new(from.0),
            begun: Instant::now(),
        }
    }

    /// Moves on by so many microseconds.
    pub fn advance(&self, micros: i64) {
        self.from.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for Going {
    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.begun.elapsed().as_micros()).unwrap();
        Timestamp(self.from.load(Ordering::SeqCst) + passed)
    }
}
