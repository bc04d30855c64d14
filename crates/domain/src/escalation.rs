//! Escalation: what follows when a vendor owes an answer or a fix and its time runs out.

use crate::coded;
use crate::position::reminder_at;
use crate::time::Timestamp;

coded! {
    /// What one step of an escalation does.
    pub enum EscalationStep {
        /// The vendor is reminded before its time runs out.
        Remind = "remind",
        /// Its time has run out: it is told, and so are those who run the programme.
        Late = "late",
        /// It is still late some days after: both are told again.
        Again = "again",
    }
}

/// The steps in their order; after the last, the delay only stands on desks.
pub const LADDER: &[EscalationStep] = &[
    EscalationStep::Remind,
    EscalationStep::Late,
    EscalationStep::Again,
    EscalationStep::Again,
];

/// Something that a vendor owes by an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Since when.
    pub since: Timestamp,
    /// By when.
    pub due: Timestamp,
    /// Days before that instant at which the vendor is reminded.
    pub remind_days: i64,
    /// Days between one step and the next, once it is late.
    pub again_days: i64,
}

impl Owed {
    /// Gives when a step of the ladder comes, counted from zero.
    #[must_use]
    pub fn comes_at(&self, step: usize) -> Timestamp {
        match i64::try_from(step).unwrap_or(i64::MAX) {
            0 => reminder_at(self.since, self.due, self.remind_days),
            late => self
                .due
                .plus_days(self.again_days.saturating_mul(late.saturating_sub(1))),
        }
    }

    /// Gives how many steps have come at `now`.
    #[must_use]
    pub fn level(&self, now: Timestamp) -> usize {
        (0..LADDER.len()).take_while(|step| self.comes_at(*step) <= now).count()
    }

    /// Gives the step to take at `now` by who has taken so many, and how many are taken then: of several
    /// that were missed the last counts, so that nobody is told twice at once.
    #[must_use]
    pub fn step(&self, taken: usize, now: Timestamp) -> Option<(EscalationStep, usize)> {
        let level = self.level(now);
        let step = LADDER.get(level.checked_sub(1)?)?;
        (level > taken).then_some((*step, level))
    }

    /// Gives when the step after those taken comes, where one does.
    #[must_use]
    pub fn next_at(&self, taken: usize) -> Option<Timestamp> {
        (taken < LADDER.len()).then(|| self.comes_at(taken))
    }
}

/// Gives by when a fix is owed again once its vendor recognises anew what it had contested or refused to fix:
/// the delay that stood goes on, later by the time that an upheld dispute lasted (in microseconds); nothing else
/// gives the whole time again.
#[must_use]
pub fn owed_again(stood: Option<Timestamp>, held_up: i64, whole: Timestamp) -> Timestamp {
    stood.map_or(whole, |due| due.plus(held_up.max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    #[test]
    fn a_vendor_gains_no_time_by_what_it_says() {
        let day = |day: i64| Timestamp(day * DAY);
        let table = [
            ("contested before it was recognised", None, 5, 130, 130),
            ("its own dispute, withdrawn", Some(30), 0, 130, 30),
            ("its dispute, which somebody had to decide", Some(30), 5, 130, 35),
            ("refused, then taken up late", Some(30), 0, 130, 30),
        ];
        for (what, stood, held_up, whole, wanted) in table {
            let given = owed_again(stood.map(day), held_up * DAY, day(whole));
            assert_eq!(given, day(wanted), "{what}");
        }
    }

    fn owed(days: i64) -> Owed {
        Owed {
            since: Timestamp(0),
            due: Timestamp(days * DAY),
            remind_days: 3,
            again_days: 7,
        }
    }

    #[test]
    fn a_vendor_is_reminded_then_late_then_late_again() {
        use EscalationStep as E;
        let table = [
            (6, 0, None),
            (7, 0, Some((E::Remind, 1))),
            (9, 1, None),
            (10, 1, Some((E::Late, 2))),
            (16, 2, None),
            (17, 2, Some((E::Again, 3))),
            (24, 3, Some((E::Again, 4))),
            (31, 4, None),
            (999, 4, None),
        ];
        for (day, taken, step) in table {
            assert_eq!(
                owed(10).step(taken, Timestamp(day * DAY)),
                step,
                "day {day} after {taken}"
            );
        }
    }

    #[test]
    fn of_steps_that_were_missed_only_the_last_is_taken_and_none_twice() {
        use EscalationStep as E;
        let now = Timestamp(18 * DAY);
        assert_eq!(owed(10).step(0, now), Some((E::Again, 3)));
        assert_eq!(owed(10).step(3, now), None, "the same instant again does nothing");
        assert_eq!(owed(10).step(0, Timestamp(11 * DAY)), Some((E::Late, 2)));
    }

    #[test]
    fn a_short_time_is_reminded_at_its_half_and_the_ladder_ends() {
        assert_eq!(owed(4).next_at(0), Some(Timestamp(2 * DAY)));
        assert_eq!(owed(10).next_at(0), Some(Timestamp(7 * DAY)));
        assert_eq!(owed(10).next_at(1), Some(Timestamp(10 * DAY)));
        assert_eq!(owed(10).next_at(3), Some(Timestamp(24 * DAY)));
        assert_eq!(owed(10).next_at(4), None);
    }
}
