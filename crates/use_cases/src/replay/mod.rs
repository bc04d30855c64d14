//! Replays: the recorded requests of a report are sent again by who verifies it, those of a vulnerability to its corrected
//! version by who makes or judges the retest; both answers are seen side by side.
//!
//! A replay is asked for in one transaction ([`begin_replay`]) and made by a job: nobody's browser waits. While it is
//! under way somebody answers for it until an instant that is said again and again; where nobody does any more, as after
//! a server that was killed, it has failed, and the queue lets its clean copy go.

mod begin;
mod corrected;
mod finish;
mod go;
mod judged;
mod retest;
mod view;

pub use begin::begin_replay;
pub use retest::{RetestChoice, RetestReplays, begin_retest_replay, retest_replays};
pub use view::{OfRetest, ReplayLine, ReplayPage, ViewReplay, ViewRetestReplay};

pub(crate) use go::{go, look_again};
pub(crate) use judged::may_support;
pub(crate) use view::{lines, lines_of_tester};

use serde::{Deserialize, Serialize};

/// The job that goes on with a replay, or ends it.
pub(crate) const GO: &str = "replay.go";

/// The columns of the table of replays that are sealed.
const ABOUT: (&str, &str) = ("replay", "about_sealed");
const STEPS: (&str, &str) = ("replay", "steps_sealed");

/// Which target was asked, as it was when the replay began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayed {
    /// What the target is called; empty for who makes a retest and does not know the campaign.
    pub name: String,
    /// The version of its recipe; empty for one that somebody else keeps.
    pub version: String,
    /// Its fingerprint; empty where its name is.
    pub fingerprint: String,
}

impl Replayed {
    /// Leaves what somebody needs to choose who does not know the target: its version.
    fn known(self, known: bool) -> Self {
        match known {
            true => self,
            false => Self {
                version: self.version,
                ..Self::default()
            },
        }
    }
}
