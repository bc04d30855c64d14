//! What is asked of a declared target, of its instances and of the ways that lead to it.

use super::fields;
use super::list::done;
use crate::shell::{Answer, Submitted, Visitor};
use axum::extract::Path;
use domain::ids::{CampaignId, InstanceId, LeaseId, TargetId};
use use_cases::perform;
use use_cases::target::{EndLease, InstanceWish, MoveInstance, RemoveTarget, StartTarget, StopTarget};
use uuid::Uuid;

/// Takes a target out.
pub async fn remove(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveTarget {
        campaign: CampaignId(id),
        target: TargetId(target),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}

/// Stops a target, or lets it be reached again.
pub async fn stop(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = StopTarget {
        campaign: CampaignId(id),
        target: TargetId(target),
        stopped: form.text("stopped") == "yes",
        reason: fields::typed(&form, "reason", target),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (form, Some(target)), outcome).await
}

/// Ends somebody's way to a target.
pub async fn end(visitor: Visitor, Path((id, lease)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = EndLease {
        campaign: CampaignId(id),
        lease: LeaseId(lease),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}

/// Starts the shared instance of a hosted target.
pub async fn start(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = StartTarget {
        campaign: CampaignId(id),
        target: TargetId(target),
        from: form.id("snapshot"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}

/// Asks something of an instance.
pub async fn instance(visitor: Visitor, Path((id, instance)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let wish = match form.text("wish").as_str() {
        "reset" => InstanceWish::Reset,
        "retry" => InstanceWish::Retry,
        "leave" => InstanceWish::Leave,
        "reset-to" => InstanceWish::ResetTo(
            form.id("snapshot")
                .ok_or_else(|| visitor.problem(use_cases::Error::NotFound))?,
        ),
        _ => return Err(visitor.problem(use_cases::Error::NotFound)),
    };
    let command = MoveInstance {
        campaign: CampaignId(id),
        instance: InstanceId(instance),
        wish,
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}
