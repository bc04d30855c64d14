//! How long a campaign's recordings are kept: until its end and the delay that was announced to those who test.

use crate::time::{Timestamp, Window};

/// The shortest delay after the end, in days: the last reports are still being written then.
pub const SHORTEST_DAYS: i64 = 1;

/// Checks a delay in days that an organiser wants, where the instance keeps no recordings longer than `most`.
#[must_use]
pub fn recording_days(wanted: i64, most: i64) -> Option<i64> {
    (SHORTEST_DAYS..=most.max(SHORTEST_DAYS))
        .contains(&wanted)
        .then_some(wanted)
}

/// Gives the instant from which a campaign's recordings are kept no more: its end and so many days of 24 hours.
///
/// It follows the end of the window alone: what becomes of the campaign afterwards makes nothing last longer than
/// hunters were told.
#[must_use]
pub fn recordings_until(window: Window, days: i64) -> Timestamp {
    window.closes_at.plus_days(days)
}

/// Says whether the time of a campaign's recordings is over at `now`.
#[must_use]
pub fn recordings_are_over(window: Window, days: i64, now: Timestamp) -> bool {
    now >= recordings_until(window, days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;
    use proptest::prelude::*;

    #[test]
    fn a_delay_is_at_least_a_day_and_at_most_what_the_instance_keeps() {
        for (wanted, most, taken) in [
            (1, 180, Some(1)),
            (180, 180, Some(180)),
            (181, 180, None),
            (0, 180, None),
            (-1, 180, None),
            (1, 0, Some(1)),
            (2, 0, None),
            (i64::MAX, 180, None),
        ] {
            assert_eq!(recording_days(wanted, most), taken, "{wanted} of {most}");
        }
    }

    proptest! {
        #[test]
        fn recordings_outlive_the_window_by_the_delay(opens in 0..1i64 << 50, length in 1..1i64 << 45, days in 1..3_650i64) {
            let window = Window { opens_at: Timestamp(opens), closes_at: Timestamp(opens + length) };
            let until = recordings_until(window, days);
            prop_assert_eq!(until.0 - window.closes_at.0, days * DAY);
            let longer = Window { closes_at: Timestamp(opens + length + 1), ..window };
            prop_assert!(recordings_until(longer, days) > until);
            prop_assert!(recordings_until(window, days + 1) > until);
            prop_assert!(recordings_are_over(window, days, until) && recordings_are_over(window, days, until.plus(1)));
            prop_assert!(!recordings_are_over(window, days, until.plus(-1)));
            prop_assert!(!recordings_are_over(window, days, window.closes_at));
        }
    }
}
