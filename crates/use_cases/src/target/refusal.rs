//! What the gateway refused: journaled, gathered by lease and reason.

use crate::error::Outcome;
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::GuardTargets;
use domain::Timestamp;
use domain::ids::{CampaignId, LeaseId};
use serde_json::json;

/// Requests by one lease that were refused for one reason, in one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedWay {
    /// The campaign.
    pub campaign: CampaignId,
    /// The lease; none where too many were refused to tell them apart.
    pub lease: Option<LeaseId>,
    /// The code of the reason, as the gateway names it.
    pub reason: String,
    /// How many requests.
    pub count: u64,
    /// The first of them.
    pub first: Timestamp,
    /// The last of them.
    pub last: Timestamp,
}

/// Journals what was refused; nothing of it says what was asked.
#[derive(Clone, Debug)]
pub struct NoteRefusals(pub Vec<RefusedWay>);

impl UseCase for NoteRefusals {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        for one in &self.0 {
            let found = unit.store.campaign(one.campaign, &unit.reader).await?;
            let proof = unit.permit_found::<GuardTargets, _>(found)?;
            let body = json!({
                "lease": one.lease, "reason": one.reason, "count": one.count, "first": one.first, "last": one.last,
            });
            let entry = NewEntry {
                stream_kind: "gateway",
                stream_id: one.campaign.0,
                kind: "gateway.refused",
                log: Log::Sealed,
                holder: KeyHolder::Campaign(one.campaign),
                body,
            };
            unit.record(proof.acting(), entry).await?;
        }
        Ok(())
    }
}
