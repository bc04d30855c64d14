//! Ports of what programmes show: members' and public pages, the home page, the public log.

use super::{EntryRow, Stored};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::ids::{CampaignId, OrganisationId, ProductId, ProgrammeId, VulnerabilityId};
use domain::programme::NoticeKind;
use uuid::Uuid;

/// A programme as its members' page and its public page show it.
#[derive(Clone, Debug)]
pub struct OutcomeRow {
    /// The programme.
    pub id: ProgrammeId,
    /// Its readable address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is, in a few sentences.
    pub summary: String,
    /// The act it rests on.
    pub legal_basis: String,
    /// The notice that follows it.
    pub notice: NoticeKind,
    /// Who owns it.
    pub owner: OrganisationId,
    /// The owner's name.
    pub owner_name: String,
    /// Since when it is public.
    pub published_at: Option<Timestamp>,
    /// Its members now, among those that were asked about.
    pub members: Vec<OrganisationId>,
    /// The parties of its campaigns, by part.
    pub parties: Vec<(OrganisationId, String)>,
}

impl Resource for OutcomeRow {
    const TYPE: &'static str = "ProgrammeOutcome";

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("owner", Attr::organisation(self.owner)),
            ("programme", Attr::id(self.id)),
            ("published", Attr::Bool(self.published_at.is_some())),
            ("members", Attr::ids(self.members.iter().copied())),
        ]
    }
}

/// A campaign as the outcome of a programme tells it.
#[derive(Clone, Debug)]
pub struct OutcomeCampaign {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its stored state.
    pub state: domain::CampaignState,
    /// When it opens.
    pub opens_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
    /// Whether it has ended.
    pub ended: bool,
    /// The products it tests, with the version where one is named.
    pub products: Vec<(ProductId, String, String)>,
}

/// A programme or a call on the home page.
#[derive(Clone, Debug)]
pub struct OpenCallRow {
    /// The call.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its programme's name.
    pub programme: String,
    /// Places.
    pub places: i64,
    /// When it closes.
    pub closes_at: Timestamp,
}

/// What programmes show.
#[async_trait]
pub trait Outcomes {
    /// Gives a programme's outcome by its readable address, with those of some organisations that are its members at
    /// an instant.
    async fn outcome(
        &mut self,
        slug: &str,
        among: &[OrganisationId],
        now: Timestamp,
    ) -> Stored<Option<Loaded<OutcomeRow>>>;
    /// Lists the members of a programme at an instant.
    async fn members_at(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<OrganisationId>>;
    /// Counts for each of these products that any runs, confirmed, how many organisations do.
    async fn deployers_by_product(&mut self, products: &[ProductId]) -> Stored<Vec<i64>>;
    /// Counts the organisations that say they are up to date for one of these vulnerabilities.
    async fn count_up_to_date(&mut self, vulnerabilities: &[VulnerabilityId]) -> Stored<i64>;
    /// Lists the campaigns of a programme that were announced.
    async fn outcome_campaigns(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<OutcomeCampaign>>;
    /// Counts the reports that were submitted to some campaigns.
    async fn count_reports_of(&mut self, campaigns: &[CampaignId]) -> Stored<i64>;
    /// Counts the hunters that took part in some campaigns, one who took part in two twice.
    async fn count_hunters_of(&mut self, campaigns: &[CampaignId]) -> Stored<i64>;
    /// Lists the published programmes: readable address, name, summary.
    async fn published_programmes(&mut self) -> Stored<Vec<(String, String, String)>>;
    /// Lists the calls that take candidacies at an instant.
    async fn open_calls(&mut self, now: Timestamp) -> Stored<Vec<OpenCallRow>>;
    /// Gives an entry of the public log by the hash of its leaf.
    async fn entry_by_leaf(&mut self, log: &str, leaf: &[u8; 32]) -> Stored<Option<EntryRow>>;
    /// Gives the newest entries of the public log: kind, instant, index once numbered.
    async fn newest_public_entries(&mut self, limit: i64) -> Stored<Vec<(String, Timestamp, Option<i64>)>>;
}
