//! The tables of the machines, their drawings, and the rules under random events.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod already_tested;
mod drawings;
mod legal_rows;
mod machines;
mod preparation;
mod recipe;
mod reports;
mod seats;
mod severity;
mod sharing;

use proptest::prelude::*;
use uuid::Uuid;

/// Makes an identifier of a small number.
fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

/// Gives any of some values.
fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(move |i| all[i])
}

/// Calls a macro for every machine, with its initial state.
macro_rules! each_machine {
    ($call:ident) => {
        $call! {
            candidacy: domain::CandidacyState,
            call: domain::CallState,
            authorisation: domain::AuthorisationState,
            campaign: domain::CampaignState,
            deployment: domain::DeploymentState,
            join: domain::JoinState,
            instance: domain::instance::InstanceState,
            snapshot: domain::snapshot::SnapshotState,
            replay: domain::replay::ReplayState,
            corrected_version: domain::corrected::Acceptance,
            report: domain::ReportState,
            vulnerability: domain::VulnerabilityState,
            finding: domain::FindingState,
            retest: domain::RetestState,
            position: domain::PositionState,
            sharing: domain::Phase,
        }
    };
}
pub(crate) use each_machine;
