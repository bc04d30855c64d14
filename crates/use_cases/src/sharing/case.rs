//! What every change of a sharing does: take the vulnerability with a proof, and journal.

use crate::error::Outcome;
use crate::journal::{Log, NewEntry};
use crate::ports::SharingCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, Action, Permitted};
use domain::Timestamp;
use domain::ids::VulnerabilityId;
use domain::sharing::Opinion;

/// Takes a vulnerability for changing its sharing, with the proof for `A`.
pub(super) async fn changing<A: Action>(unit: &mut Unit, id: VulnerabilityId) -> Outcome<Permitted<A, SharingCase>> {
    let found = unit.store.take_sharing_case(id).await?;
    unit.permit_found::<A, _>(found)
}

/// Journals a change of the sharing under the vulnerability's key.
pub(super) async fn record(
    unit: &mut Unit,
    acting: &Acting,
    case: &SharingCase,
    kind: &'static str,
    body: serde_json::Value,
) -> Outcome<()> {
    let entry = NewEntry {
        stream_kind: "vulnerability",
        stream_id: case.id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Vulnerability(case.id),
        body,
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Gives where the vendor's opinion on the next step stands.
pub(super) fn opinion_at(case: &SharingCase, now: Timestamp) -> Opinion {
    let asked_at = case.opinion.due.map(|due| due.plus_days(-case.opinion_days));
    Opinion::at(asked_at, case.opinion.given_at, case.opinion_days, now)
}
