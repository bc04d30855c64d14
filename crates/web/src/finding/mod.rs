//! Pages of the findings that are imported from tests made elsewhere.

mod list;
mod show;

use crate::Routes;
use addresses::finding as at;
use domain::finding::FindingState;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::LIST, list::show)
        .upload(at::LIST, list::import)
        .get(at::SHOW, show::show)
        .post(at::DECIDE, show::decide)
}

/// Gives the tone of a finding's state.
const fn tone(state: FindingState) -> &'static str {
    match state {
        FindingState::Waiting => "warning",
        FindingState::Opened | FindingState::Joined => "good",
        FindingState::Refused => "neutral",
    }
}

/// Gives the key of a field's label.
fn label(field: &str) -> String {
    format!("finding-field-{field}")
}
