//! How deployers got on with one vulnerability over time, and when they may be reminded.

use crate::position::PositionState;
use crate::time::{DAY, Timestamp};

/// When one deployer came how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// When it was informed.
    pub informed_at: Option<Timestamp>,
    /// When somebody first read it.
    pub read_at: Option<Timestamp>,
    /// When it last answered.
    pub answered_at: Option<Timestamp>,
    /// Whether that answer settles it: up to date, or not affected.
    pub settled: bool,
    /// When it stopped running the product.
    pub left_at: Option<Timestamp>,
}

impl Milestones {
    /// Gives the milestones of a position.
    #[must_use]
    pub const fn settles(state: PositionState) -> bool {
        matches!(state, PositionState::UpToDate | PositionState::NotAffected)
    }
}

/// How many deployers had come how far at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The instant.
    pub at: Timestamp,
    /// Those that were informed.
    pub informed: usize,
    /// Those of them that had read it.
    pub read: usize,
    /// Those that had answered as they answer now.
    pub answered: usize,
    /// Those whose answer settles it.
    pub settled: usize,
}

/// Counts how far deployers had come, at so many instants from the first that was informed until
/// `now`; nothing where nobody was informed. Who has left counts until then.
#[must_use]
pub fn progress(all: &[Milestones], now: Timestamp, points: usize) -> Vec<Progress> {
    let Some(from) = all
        .iter()
        .filter_map(|one| one.informed_at)
        .min()
        .filter(|from| *from <= now)
    else {
        return Vec::new();
    };
    let steps = i64::try_from(points.max(2) - 1).unwrap_or(1);
    let instant =
        |step: i64| Timestamp(from.0 + (now.0 - from.0) / steps * step + (now.0 - from.0) % steps * step / steps);
    (0..=steps).map(instant).map(|at| counted(all, at)).collect()
}

fn counted(all: &[Milestones], at: Timestamp) -> Progress {
    let by = |when: Option<Timestamp>| when.is_some_and(|when| when <= at);
    let there: Vec<&Milestones> = all
        .iter()
        .filter(|one| by(one.informed_at) && one.left_at.is_none_or(|left| left > at))
        .collect();
    Progress {
        at,
        informed: there.len(),
        read: there
            .iter()
            .filter(|one| by(one.read_at) || by(one.answered_at))
            .count(),
        answered: there.iter().filter(|one| by(one.answered_at)).count(),
        settled: there.iter().filter(|one| one.settled && by(one.answered_at)).count(),
    }
}

/// Says whether deployers may be reminded of what they owe: once in a day at most.
#[must_use]
pub fn may_remind(reminded_at: Option<Timestamp>, now: Timestamp) -> bool {
    reminded_at.is_none_or(|before| now.0 - before.0 >= DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_instant_counts_who_had_come_so_far() {
        let day = |day: i64| Some(Timestamp(day * DAY));
        let all = [
            Milestones {
                informed_at: day(10),
                read_at: day(11),
                answered_at: day(12),
                settled: true,
                left_at: None,
            },
            Milestones {
                informed_at: day(10),
                read_at: day(13),
                ..Milestones::default()
            },
            Milestones {
                informed_at: day(12),
                answered_at: day(14),
                ..Milestones::default()
            },
            Milestones {
                informed_at: day(10),
                left_at: day(13),
                ..Milestones::default()
            },
            Milestones::default(),
        ];
        let found = progress(&all, Timestamp(14 * DAY), 5);
        let counts: Vec<_> = found
            .iter()
            .map(|p| (p.at.0 / DAY, p.informed, p.read, p.answered, p.settled))
            .collect();
        assert_eq!(
            counts,
            [
                (10, 3, 0, 0, 0),
                (11, 3, 1, 0, 0),
                (12, 4, 1, 1, 1),
                (13, 3, 2, 1, 1),
                (14, 3, 3, 2, 1)
            ]
        );
        assert!(progress(&all[4..], Timestamp(14 * DAY), 5).is_empty());
        assert_eq!(progress(&all, Timestamp(10 * DAY), 2).len(), 2);
    }

    #[test]
    fn a_reminder_goes_once_a_day() {
        let now = Timestamp(100 * DAY);
        for (before, may) in [
            (None, true),
            (Some(now), false),
            (Some(Timestamp(now.0 - DAY + 1)), false),
            (Some(Timestamp(99 * DAY)), true),
        ] {
            assert_eq!(may_remind(before, now), may, "{before:?}");
        }
    }
}
