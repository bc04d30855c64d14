//! Instants: one type, microseconds since 1970 in UTC.

use serde::{Deserialize, Serialize};

/// An instant in UTC, as microseconds since 1970-01-01T00:00:00Z.
///
/// Both engines store it as a 64-bit integer, so that order in SQL is order in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Microseconds in a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Microseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Microseconds in a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// Gives the instant `micros` microseconds later, stopping at the ends of the scale.
    #[must_use]
    pub fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Gives the instant `days` days of 24 hours later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(DAY))
    }

    /// Gives the microseconds from `earlier` to `self`, negative where `self` comes first.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A span of time, from its first instant to just before its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first instant inside.
    pub opens_at: Timestamp,
    /// The first instant outside again.
    pub closes_at: Timestamp,
}

/// Where an instant lies with respect to a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The window has not opened.
    Before,
    /// The window is open.
    Inside,
    /// The window has closed.
    After,
}

impl Window {
    /// Says whether `now` is before, inside or after the window.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Within {
        if now < self.opens_at {
            Within::Before
        } else if now < self.closes_at {
            Within::Inside
        } else {
            Within::After
        }
    }
}
