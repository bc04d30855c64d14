//! The clock and the chance of the machine: the only place that asks for them.

use domain::Timestamp;
use std::time::UNIX_EPOCH;
use use_cases::ports::{Chance, Clock};

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the clock comes from")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The machine's chance.
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Without chance nothing can be sealed; going on would be worse than stopping.
            eprintln!("beffroi : le système ne donne pas d’octets aléatoires : {error}");
            std::process::abort();
        }
    }
}
