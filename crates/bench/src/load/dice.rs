//! Chance that is the same in every run: how long people think.

use std::time::Duration;

/// A small generator of numbers (Knuth's linear congruential one; nothing secret comes of it).
#[derive(Clone, Copy, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts for one person.
    pub const fn of(number: u64) -> Self {
        Self(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2026)
    }

    /// Draws a number below a limit.
    pub const fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// Draws a time between two numbers of milliseconds.
    pub fn pause(&mut self, (from, to): (u64, u64)) -> Duration {
        Duration::from_millis(from + self.below(to.saturating_sub(from) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_lie_between_their_limits_and_are_spread() {
        let mut dice = Dice::of(3);
        let drawn: Vec<u128> = (0..1000).map(|_| dice.pause((2000, 8000)).as_millis()).collect();
        assert!(drawn.iter().all(|time| (2000..=8000).contains(time)));
        let mean = drawn.iter().sum::<u128>() / 1000;
        assert!((4500..5500).contains(&mean), "{mean}");
    }
}
