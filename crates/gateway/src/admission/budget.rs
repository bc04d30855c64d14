//! Fourth phase: the lease has not asked too much; what passes is counted.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use recording::Micros;

use super::{Asked, Phase};
use crate::grants::{Held, LeaseState, Limits};
use crate::refusal::Refusal;

/// The budgets of the lease are not used up.
pub struct InBudget;

impl Phase for InBudget {
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        let limits = &held.lease.limits;
        if held.state.bytes.load(Ordering::Relaxed) >= limits.bytes {
            return Err(Refusal::TooMuch);
        }
        let mut budget = held.state.budget.lock().unwrap_or_else(PoisonError::into_inner);
        budget.ask(limits, asked.now)
    }
}

/// Requests of a lease: a bucket that fills with time, and how many are under way.
#[derive(Debug, Default)]
pub struct Budget {
    /// Millionths of a request that were used and have not come back.
    used: u64,
    at: Micros,
    under_way: u32,
}

impl Budget {
    /// Takes one request out of the bucket, when there is one and not too many are under way.
    pub fn ask(&mut self, limits: &Limits, now: Micros) -> Result<(), Refusal> {
        let passed = u64::try_from(now.saturating_sub(self.at)).unwrap_or_default();
        self.used = self.used.saturating_sub(passed.saturating_mul(u64::from(limits.rate)));
        self.at = self.at.max(now);
        if self.under_way >= limits.concurrent {
            return Err(Refusal::TooManyAtOnce);
        }
        let over = (self.used + ONE).saturating_sub(u64::from(limits.burst.max(1)) * ONE);
        if over > 0 {
            let seconds = over.div_ceil(u64::from(limits.rate.max(1)) * ONE);
            return Err(Refusal::TooFast(u32::try_from(seconds).unwrap_or(u32::MAX)));
        }
        self.used += ONE;
        Ok(())
    }
}

const ONE: u64 = 1_000_000;

/// A request under way; dropped when its answer has passed.
pub(crate) struct UnderWay {
    state: Arc<LeaseState>,
}

impl UnderWay {
    pub(crate) fn begin(state: &Arc<LeaseState>) -> Self {
        state.budget.lock().unwrap_or_else(PoisonError::into_inner).under_way += 1;
        Self {
            state: Arc::clone(state),
        }
    }

    /// Counts bytes that passed.
    pub(crate) fn passed(&self, bytes: usize) {
        self.state.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut budget = self.state.budget.lock().unwrap_or_else(PoisonError::into_inner);
        budget.under_way = budget.under_way.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        rate: 10,
        burst: 3,
        concurrent: 2,
        bytes: 100,
    };

    #[test]
    fn a_burst_passes_and_then_the_rate_counts() {
        let mut budget = Budget::default();
        let table = [
            (0, Ok(())),
            (0, Ok(())),
            (0, Ok(())),
            (0, Err(Refusal::TooFast(1))),
            (99_999, Err(Refusal::TooFast(1))),
            (100_000, Ok(())),
            (100_000, Err(Refusal::TooFast(1))),
            (10_000_000, Ok(())),
            (10_000_000, Ok(())),
            (10_000_000, Ok(())),
            (10_000_000, Err(Refusal::TooFast(1))),
            // A clock that steps back gives nothing.
            (0, Err(Refusal::TooFast(1))),
        ];
        for (number, (now, expected)) in table.into_iter().enumerate() {
            assert_eq!(budget.ask(&LIMITS, now), expected, "question {number}");
        }
    }

    #[test]
    fn only_so_many_are_under_way() {
        let state = Arc::new(LeaseState::default());
        let ask = || state.budget.lock().unwrap().ask(&LIMITS, 0);
        assert_eq!(ask(), Ok(()));
        let one = UnderWay::begin(&state);
        let _two = UnderWay::begin(&state);
        assert_eq!(ask(), Err(Refusal::TooManyAtOnce));
        one.passed(7);
        drop(one);
        assert_eq!(ask(), Ok(()));
        assert_eq!(state.bytes.load(Ordering::Relaxed), 7);
    }
}
