//! Ports of coverage: what was counted of a campaign's recordings, and how far.

use super::{LeaseRow, SegmentRow, Stored};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, TargetId};

/// How far a campaign's recordings are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageRow {
    /// The campaign.
    pub campaign: CampaignId,
    /// The last segment that is counted, or was given up.
    pub sequence: i64,
    /// How many segments could not be read, so that what is counted lacks them.
    pub unread: i64,
    /// What was under way at the end of the last segment, sealed under the campaign.
    pub under_way: Vec<u8>,
    /// When it was counted.
    pub counted_at: Timestamp,
}

/// What was counted of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetCoverageRow {
    /// The target.
    pub target: TargetId,
    /// Its campaign.
    pub campaign: CampaignId,
    /// What was counted, sealed under the campaign.
    pub counted: Vec<u8>,
}

/// The rows of coverage.
#[async_trait]
pub trait Coverages {
    /// Says how far a campaign's recordings are counted.
    async fn coverage(&mut self, campaign: CampaignId) -> Stored<Option<CoverageRow>>;
    /// Goes on to another segment, where the last one counted is still the one before; says whether it was.
    async fn advance_coverage(&mut self, row: &CoverageRow, before: i64) -> Stored<bool>;
    /// Gives what was counted of each target of a campaign.
    async fn target_coverages(&mut self, campaign: CampaignId) -> Stored<Vec<TargetCoverageRow>>;
    /// Keeps what was counted of a target, in the place of what was kept before.
    async fn keep_target_coverage(&mut self, row: &TargetCoverageRow) -> Stored<()>;
    /// Gives the first segment of a campaign after one.
    async fn segment_after(&mut self, campaign: CampaignId, sequence: i64) -> Stored<Option<SegmentRow>>;
    /// Gives every lease of a campaign, ended or not, oldest first.
    async fn leases_ever(&mut self, campaign: CampaignId) -> Stored<Vec<LeaseRow>>;
}
