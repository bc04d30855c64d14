//! Ports of targets: where they are, who has a way to them, which segments were recorded.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, CertificateId, InstanceId, LeaseId, PersonId, ProductId, SnapshotId, TargetId};
use domain::instance::{InstanceProblem, InstancePurpose, InstanceState};
use domain::refusal::RecorderState;
use domain::target::{Lease, Target};
use uuid::Uuid;

/// A target as stored.
#[derive(Clone, Debug)]
pub struct TargetRow {
    /// The target.
    pub target: Target,
    /// Where it is and what may be asked of it, sealed under the campaign.
    pub settings: Vec<u8>,
    /// What was fingerprinted of it, sealed under the campaign.
    pub fingerprint: Vec<u8>,
    /// Who certified that it holds no personal data.
    pub certified_by: PersonId,
    /// When it was declared.
    pub created_at: Timestamp,
}

/// A lease as stored.
#[derive(Clone, Debug)]
pub struct LeaseRow {
    /// The lease.
    pub lease: Lease,
    /// The hash of its credential; the credential itself is kept nowhere.
    pub token_hash: [u8; 32],
    /// When its credential was last made anew.
    pub renewed_at: Option<Timestamp>,
}

/// A certificate that a lease knows, as stored.
#[derive(Clone, Debug)]
pub struct CertificateRow {
    /// Its identifier.
    pub id: CertificateId,
    /// The lease that it opens.
    pub lease: LeaseId,
    /// SHA-256 of the certificate, sealed under the campaign's key.
    pub fingerprint: Vec<u8>,
    /// When it was registered.
    pub registered_at: Timestamp,
}

/// What the gateway said last of the recorder of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecorderRow {
    /// What it does.
    pub state: RecorderState,
    /// Since when.
    pub since: Timestamp,
    /// When that was said last.
    pub told_at: Timestamp,
}

/// A segment of a campaign's recordings that is written no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRow {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its number within the campaign, from zero.
    pub sequence: i64,
    /// Its bytes.
    pub size: i64,
    /// BLAKE3 of the whole file.
    pub digest: [u8; 32],
    /// The digest of the segment before it; zeros for the first.
    pub previous: [u8; 32],
    /// When it was opened.
    pub first_at: Timestamp,
    /// The last instant that it tells of.
    pub last_at: Timestamp,
    /// Exchanges, messages and bytes that passed; unknown for one that a crash left.
    pub counts: Option<(i64, i64, i64)>,
}

/// A running copy of a target as stored.
#[derive(Clone, Debug)]
pub struct InstanceRow {
    /// Its identifier.
    pub id: InstanceId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The target that it is a copy of.
    pub target: TargetId,
    /// What it is for.
    pub purpose: InstancePurpose,
    /// Whose it is, where it is one person's.
    pub person: Option<PersonId>,
    /// Where it stands.
    pub state: InstanceState,
    /// Where it answers, sealed under the campaign.
    pub endpoint: Option<Vec<u8>>,
    /// Why it does not run: a code.
    pub problem: Option<InstanceProblem>,
    /// The kept state from which it begins; none for the pristine one.
    pub from: Option<SnapshotId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Since when it stands so.
    pub since: Timestamp,
}

/// The rows of targets, leases and segments.
#[async_trait]
pub trait Targets {
    /// Adds a target.
    async fn insert_target(&mut self, target: &TargetRow) -> Stored<()>;
    /// Gives the targets of a campaign to which hunters are led, and that were not taken out, oldest first.
    async fn targets(&mut self, campaign: CampaignId) -> Stored<Vec<TargetRow>>;
    /// Stops a target, or lets it be reached again.
    async fn stop_target(&mut self, campaign: CampaignId, id: TargetId, at: Option<Timestamp>) -> Stored<()>;
    /// Takes a target out of its campaign.
    async fn end_target(&mut self, campaign: CampaignId, id: TargetId, at: Timestamp) -> Stored<()>;
    /// Says whether a campaign's product has a target left to which hunters are led, without reading any.
    async fn product_has_target(&mut self, campaign: CampaignId, product: ProductId) -> Stored<bool>;

    /// Adds an instance.
    async fn insert_target_instance(&mut self, instance: &InstanceRow) -> Stored<()>;
    /// Says where an instance stands now, that stood so before; nothing changes where it stands elsewhere meanwhile.
    async fn move_instance(&mut self, instance: &InstanceRow, before: InstanceState) -> Stored<()>;
    /// Gives one instance.
    async fn target_instance(&mut self, id: InstanceId) -> Stored<Option<InstanceRow>>;
    /// Gives the instances of a target that are not ended, oldest first.
    async fn instances_of(&mut self, target: TargetId) -> Stored<Vec<InstanceRow>>;
    /// Gives every instance that is not ended, oldest first.
    async fn target_instances(&mut self) -> Stored<Vec<InstanceRow>>;
    /// Gives a target, taken out of its campaign or not.
    async fn target(&mut self, id: TargetId) -> Stored<Option<TargetRow>>;

    /// Adds a lease.
    async fn insert_lease(&mut self, lease: &LeaseRow) -> Stored<()>;
    /// Replaces the credential of a person's lease.
    async fn renew_lease(&mut self, id: LeaseId, token_hash: [u8; 32], at: Timestamp) -> Stored<()>;
    /// Ends a lease; its certificates go with it.
    async fn end_lease(&mut self, id: LeaseId, at: Timestamp) -> Stored<()>;
    /// Ends every lease of a campaign, with its certificates; says how many there were.
    async fn end_leases(&mut self, campaign: CampaignId, at: Timestamp) -> Stored<u64>;
    /// Adds a certificate to a lease.
    async fn insert_certificate(&mut self, certificate: &CertificateRow) -> Stored<()>;
    /// Takes a certificate back from a lease.
    async fn delete_certificate(&mut self, lease: LeaseId, id: CertificateId) -> Stored<()>;
    /// Gives the certificates that a lease knows, oldest first.
    async fn certificates_of(&mut self, lease: LeaseId) -> Stored<Vec<CertificateRow>>;
    /// Gives the certificates of all leases of a campaign that hold, oldest first.
    async fn certificates_held(&mut self, campaign: CampaignId) -> Stored<Vec<CertificateRow>>;
    /// Gives the leases of a campaign that hold, oldest first.
    async fn leases_held(&mut self, campaign: CampaignId) -> Stored<Vec<LeaseRow>>;
    /// Gives every lease that a person has had in a campaign, oldest first.
    async fn leases_of(&mut self, campaign: CampaignId, person: PersonId) -> Stored<Vec<LeaseRow>>;
    /// Says whether anybody holds a lease in a campaign.
    async fn is_leased(&mut self, campaign: CampaignId) -> Stored<bool>;
    /// Gives the campaigns in which somebody holds a lease.
    async fn leased_campaigns(&mut self) -> Stored<Vec<CampaignId>>;

    /// Takes a duty for a server until an instant, or holds it longer; says whether it is that server's.
    async fn take_duty(&mut self, duty: &'static str, holder: Uuid, now: Timestamp, until: Timestamp) -> Stored<bool>;
    /// Ends a duty now, where it is that server's.
    async fn end_duty(&mut self, duty: &'static str, holder: Uuid, now: Timestamp) -> Stored<()>;
    /// Gives who took a duty last, and until when.
    async fn duty(&mut self, duty: &'static str) -> Stored<Option<(Uuid, Timestamp)>>;

    /// Notes what the recorder of a campaign does; since when stays while it does the same.
    async fn note_recorder(&mut self, campaign: CampaignId, state: RecorderState, at: Timestamp) -> Stored<()>;
    /// Gives what was noted of the recorder of a campaign.
    async fn recorder(&mut self, campaign: CampaignId) -> Stored<Option<RecorderRow>>;

    /// Keeps the record of a segment; says whether it is new. One that differs from what is kept changes nothing.
    async fn insert_segment(&mut self, segment: &SegmentRow, at: Timestamp) -> Stored<bool>;
    /// Gives one segment's record.
    async fn segment(&mut self, campaign: CampaignId, sequence: i64) -> Stored<Option<SegmentRow>>;
    /// Gives the last segment's record of a campaign.
    async fn last_segment(&mut self, campaign: CampaignId) -> Stored<Option<SegmentRow>>;
    /// Gives the segments of a campaign in their order.
    async fn segments(&mut self, campaign: CampaignId) -> Stored<Vec<SegmentRow>>;
}
