//! How a deployment's state is told: a tone and a word.

use crate::shell::Page;
use domain::deployment::DeploymentState;
use use_cases::ports::DeploymentRow;

/// Gives the tone of a deployment's state.
pub(super) fn tone(row: &DeploymentRow) -> &'static str {
    match row.deployment.state {
        DeploymentState::Ended => "neutral",
        DeploymentState::Confirmed => "good",
        DeploymentState::Declared if row.refused_at.is_some() && !row.proof_waiting => "warning",
        DeploymentState::Declared => "progress",
    }
}

/// Gives the word of a deployment's state.
pub(super) fn word(page: &Page, row: &DeploymentRow) -> String {
    page.t(match row.deployment.state {
        DeploymentState::Ended => "register-standing-ended",
        DeploymentState::Confirmed => "register-standing-confirmed",
        DeploymentState::Declared if row.proof_waiting => "register-standing-proof",
        DeploymentState::Declared if row.refused_at.is_some() => "register-standing-refused",
        DeploymentState::Declared => "register-standing-declared",
    })
}

/// Gives what a deployment is called: its product, and what tells it from others.
pub(super) fn name(row: &DeploymentRow) -> String {
    if row.deployment.label.is_empty() {
        row.product_name.clone()
    } else {
        format!("{} – {}", row.product_name, row.deployment.label)
    }
}
