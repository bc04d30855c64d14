//! What passed the gateway: hunters find their own exchanges, and choose those that prove a report.

mod evidence;
mod own;
mod pick;
mod retention;

pub use evidence::{EvidenceOf, EvidencePage, export_evidence, show_evidence};
pub use own::{Asked, ExchangeDetail, ExchangesPage, OwnDraftChoice, OwnExchanges, list_exchanges, show_exchange};
pub use pick::{PickInto, pick_exchanges};
pub use retention::{RecordingsKept, sweep};

pub(crate) use retention::{DESTROY, RecordingsKey, arm, begin, destroy};

use crate::error::Error;
use crate::ports::RecordingTrouble;

impl From<RecordingTrouble> for Error {
    fn from(trouble: RecordingTrouble) -> Self {
        match trouble {
            RecordingTrouble::Missing => Self::NotFound,
            RecordingTrouble::TooLarge => Self::field("places", "exchange-error-too-large"),
            RecordingTrouble::Failed(why) => Self::Internal(why),
        }
    }
}
