//! Kept states of the shared instance of a hosted target.

use super::list::done;
use crate::shell::{Answer, Submitted, Visitor};
use axum::extract::Path;
use domain::ids::{CampaignId, InstanceId, SnapshotId};
use use_cases::perform;
use use_cases::target::{KeepState, RemoveState};
use uuid::Uuid;

/// Keeps the present state of an instance.
pub async fn keep(visitor: Visitor, Path((id, instance)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = KeepState {
        campaign: CampaignId(id),
        instance: InstanceId(instance),
        name: form.text("state"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (form, instance.to_string()), outcome).await
}

/// Removes a kept state.
pub async fn remove(visitor: Visitor, Path((id, snapshot)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveState {
        campaign: CampaignId(id),
        snapshot: SnapshotId(snapshot),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), String::new()), outcome).await
}
