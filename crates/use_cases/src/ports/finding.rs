//! Ports of findings: what tests made elsewhere found, and what became of it.

use super::{Judge, Stored};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::finding::Finding;
use domain::ids::{CampaignId, FindingId, OrganisationId, PersonId, ProgrammeId, VulnerabilityId};
use domain::report::Rating;
use domain::{NoticeKind, Timestamp};
use uuid::Uuid;

/// A finding with what policies ask about it; its texts are sealed under the campaign.
#[derive(Clone, Debug)]
pub struct FindingRecord {
    /// The finding.
    pub finding: Finding,
    /// How severe whoever tested says that it is.
    pub rating: Option<Rating>,
    /// The campaign's name.
    pub campaign_name: String,
    /// Whether the campaign has been announced, and was not cancelled.
    pub announced: bool,
    /// The campaign's programme.
    pub programme: ProgrammeId,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// The organisation that runs the programme.
    pub owner: OrganisationId,
    /// The organisations that verify in the campaign.
    pub operators: Vec<OrganisationId>,
    /// The product's name.
    pub product_name: String,
    /// Who makes the product.
    pub product_vendor: OrganisationId,
    /// What it says, sealed.
    pub contents: Vec<u8>,
    /// Who decided it, and when.
    pub decided: Option<(PersonId, Timestamp)>,
    /// Why it was decided so, sealed.
    pub decision: Option<Vec<u8>>,
}

impl Resource for FindingRecord {
    const TYPE: &'static str = "Finding";

    fn id(&self) -> Uuid {
        self.finding.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("campaign", Attr::id(self.finding.campaign)),
            ("programme", Attr::id(self.programme)),
            ("owner", Attr::organisation(self.owner)),
            ("operators", Attr::ids(self.operators.iter().copied())),
            ("importer", Attr::id(self.finding.imported_by)),
            ("product_vendor", Attr::organisation(self.product_vendor)),
            ("announced", Attr::Bool(self.announced)),
        ]
    }
}

/// The rows of findings.
#[async_trait]
pub trait Findings {
    /// Gives a finding.
    async fn finding(&mut self, id: FindingId) -> Stored<Option<Loaded<FindingRecord>>>;
    /// Gives a finding for a change: its row is locked until the end.
    async fn take_finding(&mut self, id: FindingId) -> Stored<Option<Loaded<FindingRecord>>>;
    /// Lists a campaign's findings by number, from above one of them on.
    async fn findings(&mut self, campaign: CampaignId, after: i64, limit: i64) -> Stored<Vec<Loaded<FindingRecord>>>;
    /// Counts by campaign the findings that wait for a verifier's decision: the rule of the policies, as one statement.
    async fn count_findings_waiting(
        &mut self,
        campaigns: &[CampaignId],
        judge: &Judge,
    ) -> Stored<Vec<(CampaignId, i64)>>;
    /// Gives the next number of a finding in a campaign; it is never given again.
    async fn next_finding_number(&mut self, campaign: CampaignId) -> Stored<i64>;
    /// Adds a finding; names and parties of its campaign are not kept with it.
    async fn insert_finding(&mut self, record: &FindingRecord) -> Stored<()>;
    /// Keeps what was decided about a finding that was taken for a change.
    async fn save_finding(&mut self, record: &FindingRecord, revision: i64) -> Stored<()>;
    /// Tells the findings of a vulnerability under another, into which it is merged.
    async fn move_findings(&mut self, from: VulnerabilityId, into: VulnerabilityId) -> Stored<()>;
    /// Gives the findings that opened or joined a vulnerability, oldest first.
    async fn findings_behind(&mut self, vulnerability: VulnerabilityId) -> Stored<Vec<Loaded<FindingRecord>>>;
}
