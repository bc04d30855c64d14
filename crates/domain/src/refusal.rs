//! What the gateway refused and how recordings stand, as those who prepare and run a campaign may know it.

use crate::coded;
use crate::time::{DAY, SECOND, Timestamp};

/// How far back refusals are told, in microseconds.
pub const LATELY: i64 = 7 * DAY;

/// How long the gateway may be silent before nothing is believed of it any more, in microseconds: it is heard every ten
/// seconds, and what it said is noted anew every minute.
pub const SILENCE: i64 = 150 * SECOND;

/// Requests that were refused for one reason, in one stretch of time. By whom is not part of it: the journal knows the
/// access, and nobody reads there who of a team was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The code of the reason, as the gateway names it.
    pub reason: String,
    /// How many requests.
    pub count: u64,
    /// The first of them.
    pub first: Timestamp,
    /// The last of them.
    pub last: Timestamp,
}

/// Gathers by reason what was refused lately, the last refused first.
#[must_use]
pub fn gathered(refused: impl IntoIterator<Item = Refused>, now: Timestamp) -> Vec<Refused> {
    let mut all: Vec<Refused> = Vec::new();
    for one in refused.into_iter().filter(|one| now.since(one.last) <= LATELY) {
        match all.iter_mut().find(|known| known.reason == one.reason) {
            Some(known) => {
                known.count = known.count.saturating_add(one.count);
                known.first = known.first.min(one.first);
                known.last = known.last.max(one.last);
            }
            None => all.push(one),
        }
    }
    all.sort_by(|one, other| other.last.cmp(&one.last).then_with(|| one.reason.cmp(&other.reason)));
    all
}

coded! {
    /// What the recorder of a campaign does, as the gateway says.
    pub enum RecorderState {
        /// It records.
        Open = "open",
        /// It starts.
        Starting = "starting",
        /// There is no room left on the disk, or for the campaign.
        Full = "full",
        /// It cannot write.
        Failed = "failed",
        /// It has ended, since nobody has an access any more.
        Ended = "ended",
        /// A crash left a segment open, which is closed once somebody comes.
        Left = "left",
    }
}

impl RecorderState {
    /// Says whether nothing passes because of it.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Full | Self::Failed)
    }
}

coded! {
    /// How the recordings of a campaign stand.
    pub enum Standing {
        /// Nobody has an access, so that nothing is to be recorded.
        Idle = "idle",
        /// What passes is recorded.
        Records = "records",
        /// The recorder starts; nothing passes before.
        Starts = "starts",
        /// Nothing passes: there is no room left.
        Full = "full",
        /// Nothing passes: the recorder cannot write.
        Failed = "failed",
        /// The gateway says nothing any more: nothing is known, and most likely nothing passes.
        Silent = "silent",
    }
}

impl Standing {
    /// Says how recordings stand by the gateway's last word, and when that was said.
    #[must_use]
    pub fn of(told: Option<(RecorderState, Timestamp)>, now: Timestamp) -> Self {
        let Some((state, at)) = told else { return Self::Idle };
        match state {
            RecorderState::Ended | RecorderState::Left => Self::Idle,
            _ if now.since(at) > SILENCE => Self::Silent,
            RecorderState::Open => Self::Records,
            RecorderState::Starting => Self::Starts,
            RecorderState::Full => Self::Full,
            RecorderState::Failed => Self::Failed,
        }
    }

    /// Says how they stand where somebody has an access, or nobody: a gateway that stopped is awaited by nobody then.
    #[must_use]
    pub const fn where_leased(self, leased: bool) -> Self {
        match self {
            Self::Silent if !leased => Self::Idle,
            other => other,
        }
    }

    /// Says whether whoever tests has to be told that nothing passes.
    #[must_use]
    pub const fn lets_nothing_pass(self) -> bool {
        matches!(self, Self::Full | Self::Failed | Self::Silent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(reason: &str, count: u64, first: i64, last: i64) -> Refused {
        Refused {
            reason: reason.to_owned(),
            count,
            first: Timestamp(first),
            last: Timestamp(last),
        }
    }

    #[test]
    fn what_was_refused_lately_is_one_line_a_reason() {
        let now = Timestamp(LATELY + 100);
        let told = [
            refused("too-fast", 2, 300, 400),
            refused("paused", 1, 500, 500),
            refused("too-fast", 5, 200, 250),
            refused("paused", 9, 1, 99),
        ];
        let expected = [refused("paused", 1, 500, 500), refused("too-fast", 7, 200, 400)];
        assert_eq!(gathered(told, now), expected);
        assert_eq!(gathered([], now), []);
    }

    #[test]
    fn a_recorder_stands_as_it_was_told_until_the_gateway_is_silent() {
        let at = Timestamp(1_000);
        let soon = at.plus(SILENCE);
        let late = at.plus(SILENCE + 1);
        for (state, fresh, old) in [
            (RecorderState::Open, Standing::Records, Standing::Silent),
            (RecorderState::Starting, Standing::Starts, Standing::Silent),
            (RecorderState::Full, Standing::Full, Standing::Silent),
            (RecorderState::Failed, Standing::Failed, Standing::Silent),
            (RecorderState::Ended, Standing::Idle, Standing::Idle),
            (RecorderState::Left, Standing::Idle, Standing::Idle),
        ] {
            assert_eq!(Standing::of(Some((state, at)), soon), fresh, "{state:?}");
            assert_eq!(Standing::of(Some((state, at)), late), old, "{state:?}");
        }
        assert_eq!(Standing::of(None, late), Standing::Idle);
    }

    #[test]
    fn closed_recorders_let_nothing_pass() {
        for state in RecorderState::ALL {
            let standing = Standing::of(Some((*state, Timestamp(0))), Timestamp(0));
            assert_eq!(standing.lets_nothing_pass(), state.is_closed(), "{state:?}");
        }
    }

    #[test]
    fn nobody_waits_for_a_silent_gateway_without_an_access() {
        for standing in Standing::ALL {
            assert_eq!(standing.where_leased(true), *standing);
            let alone = match standing {
                Standing::Silent => Standing::Idle,
                other => *other,
            };
            assert_eq!(standing.where_leased(false), alone);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_counted_twice(
            told in prop::collection::vec((0..3u8, 1..100u64, 0..1_000i64), 0..40),
        ) {
            let now = Timestamp(2_000);
            let all = told.iter().map(|(reason, count, at)| refused(&reason.to_string(), *count, *at, *at));
            let lines = gathered(all, now);
            let total: u64 = lines.iter().map(|line| line.count).sum();
            prop_assert_eq!(total, told.iter().map(|(_, count, _)| count).sum::<u64>());
            prop_assert!(lines.windows(2).all(|pair| pair[0].last >= pair[1].last));
        }
    }
}
