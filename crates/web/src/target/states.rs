//! Kept states of the shared instance of a hosted target.

use super::fields;
use super::list::{ListTemplate, done};
use crate::shell::{Answer, Submitted, Visitor};
use addresses::target as at;
use axum::extract::Path;
use domain::ids::{CampaignId, InstanceId, SnapshotId};
use domain::instance::{InstancePurpose, InstanceState};
use domain::snapshot::SnapshotState;
use use_cases::perform;
use use_cases::target::{InstanceLine, KeepState, RemoveState, SnapshotLine, TargetLine};
use uuid::Uuid;

/// Keeps the present state of an instance.
pub async fn keep(visitor: Visitor, Path((id, instance)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = KeepState {
        campaign: CampaignId(id),
        instance: InstanceId(instance),
        name: fields::typed(&form, "state", instance),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (form, Some(instance)), outcome).await
}

/// Removes a kept state.
pub async fn remove(visitor: Visitor, Path((id, snapshot)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveState {
        campaign: CampaignId(id),
        snapshot: SnapshotId(snapshot),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}

/// What the page of the targets says of kept states.
impl ListTemplate {
    /// Gives the shared instance of a target.
    pub(super) fn shared<'l>(&self, line: &'l TargetLine) -> Option<&'l InstanceLine> {
        let is_shared = |one: &&InstanceLine| one.purpose == InstancePurpose::Shared;
        line.instances.iter().find(is_shared)
    }

    /// Gives the shared instance that a kept state can be brought back to.
    pub(super) fn resettable<'l>(&self, line: &'l TargetLine) -> Option<&'l InstanceLine> {
        let stands = |one: &&InstanceLine| matches!(one.state, InstanceState::Running | InstanceState::Failed);
        self.shared(line).filter(|_| !self.p.over).filter(stands)
    }

    /// Gives the shared instance whose present state can be kept.
    pub(super) fn keepable<'l>(&self, line: &'l TargetLine) -> Option<&'l InstanceLine> {
        let runs = |one: &&InstanceLine| one.state == InstanceState::Running;
        self.shared(line).filter(|_| !self.p.over && !self.cluster).filter(runs)
    }

    pub(super) fn keep(&self, one: &InstanceLine) -> String {
        at::keep(self.p.record.campaign.id.0, one.id.0)
    }

    pub(super) fn remove_state(&self, kept: &SnapshotLine) -> String {
        at::remove_state(self.p.record.campaign.id.0, kept.id.0)
    }

    pub(super) fn state_error(&self, one: &InstanceLine) -> &str {
        self.error_of("state", one.id.0)
    }

    pub(super) fn is_kept(&self, kept: &SnapshotLine) -> bool {
        kept.state == SnapshotState::Kept
    }

    /// Says whether a kept state can be removed.
    pub(super) fn is_removable(&self, kept: &SnapshotLine) -> bool {
        !kept.used && kept.state != SnapshotState::Leaving
    }

    pub(super) fn kept_tone(&self, kept: &SnapshotLine) -> &'static str {
        match kept.state {
            SnapshotState::Kept => "good",
            SnapshotState::Wanted => "progress",
            SnapshotState::Failed => "bad",
            SnapshotState::Leaving | SnapshotState::Ended => "neutral",
        }
    }

    pub(super) fn kept_word(&self, kept: &SnapshotLine) -> String {
        self.page.tc("target-snapshot", kept.state.code())
    }

    /// Names the kept state from which an instance began; empty for the pristine one.
    pub(super) fn began(&self, line: &TargetLine, one: &InstanceLine) -> String {
        let found = line.snapshots.iter().find(|kept| Some(kept.id) == one.from);
        found
            .map(|kept| self.page.t1("target-snapshot-from", "name", &kept.name))
            .unwrap_or_default()
    }
}
