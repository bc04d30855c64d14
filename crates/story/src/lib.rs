//! The invented story that the demonstration and the tests play through the use cases.
//!
//! Nothing is inserted behind the use cases' back: invitations are taken up, forms are filled in
//! and signed, windows open by the clock. Whoever plays a part is invented; the directory around
//! them is the real one.

mod cast;
mod clock;

pub use cast::{PASSWORD, Part, email};
pub use clock::StoryClock;

use use_cases::App;

/// Who tells the story: the instance it is played on, and its clock.
pub struct Teller<'a> {
    /// The instance.
    pub app: &'a App,
    /// The clock of the story, which is the instance's while it is told.
    pub clock: &'a StoryClock,
}
