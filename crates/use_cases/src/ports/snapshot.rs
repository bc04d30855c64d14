//! Ports of kept states of instances.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, InstanceId, PersonId, SnapshotId, TargetId};
use domain::snapshot::{SnapshotProblem, SnapshotState};

/// A kept state as stored.
#[derive(Clone, Debug)]
pub struct SnapshotRow {
    /// Its identifier.
    pub id: SnapshotId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The target that it is a state of.
    pub target: TargetId,
    /// The instance that it is taken from.
    pub instance: InstanceId,
    /// What it is called, sealed under the campaign.
    pub name: Vec<u8>,
    /// Where it stands.
    pub state: SnapshotState,
    /// Why it could not be kept; nothing where it stands otherwise.
    pub problem: Option<SnapshotProblem>,
    /// Who asked for it.
    pub by: PersonId,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Since when it stands so.
    pub since: Timestamp,
}

/// The rows of kept states.
#[async_trait]
pub trait Snapshots {
    /// Adds a state that is to be kept.
    async fn insert_snapshot(&mut self, snapshot: &SnapshotRow) -> Stored<()>;
    /// Says where a state stands now, that stood so before; nothing changes where it stands elsewhere meanwhile.
    async fn move_snapshot(&mut self, snapshot: &SnapshotRow, before: SnapshotState) -> Stored<()>;
    /// Gives one state.
    async fn target_snapshot(&mut self, id: SnapshotId) -> Stored<Option<SnapshotRow>>;
    /// Gives the states of a target that are not ended, oldest first.
    async fn snapshots_of(&mut self, target: TargetId) -> Stored<Vec<SnapshotRow>>;
    /// Gives every state that was ever kept of a target, oldest first.
    async fn snapshots_ever_of(&mut self, target: TargetId) -> Stored<Vec<SnapshotRow>>;
    /// Gives every state that is not ended, oldest first.
    async fn target_snapshots(&mut self) -> Stored<Vec<SnapshotRow>>;
}
