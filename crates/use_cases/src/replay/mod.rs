//! Replays: a verifier sends the recorded requests of a report again, and sees both answers side by side.

mod make;
mod view;

pub use make::{ReplayLeave, replay_evidence};
pub use view::{ReplayLine, ReplayPage, ViewReplay};

pub(crate) use view::replays;

/// The table of replays, to whose rows their steps are sealed.
const STEPS: (&str, &str) = ("replay", "steps_sealed");
