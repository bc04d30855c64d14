//! Ports of reports, their authors, reproductions, comments and attachments.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::ids::{
    AssetId, AttachmentId, BlobId, CampaignId, CommentId, EntryId, GrantId, OrganisationId, PersonId, ProductId,
    ProgrammeId, ReportId,
};
use domain::report::{Rating, Report, ReportState};
use domain::verification::Reproduction;
use domain::{CampaignKind, NoticeKind, Timestamp};
use uuid::Uuid;

/// What two people decide about a report.
#[derive(Clone, Debug)]
pub struct ReportProposal {
    /// `abusive` or `late_merge`.
    pub kind: String,
    /// Who proposed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The earlier report, for a late merge.
    pub original: Option<ReportId>,
    /// The reason, sealed under the campaign.
    pub reason: Vec<u8>,
}

/// A report with what policies ask about it; its texts are sealed under the campaign.
#[derive(Clone, Debug)]
pub struct ReportRecord {
    /// The report; its rating is the verifier's.
    pub report: Report,
    /// The organisation for which the hunter wrote it.
    pub reporter_organisation: OrganisationId,
    /// The campaign's programme.
    pub programme: ProgrammeId,
    /// The campaign's name.
    pub campaign_name: String,
    /// The product's name.
    pub product_name: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// The organisation that runs the programme.
    pub owner: OrganisationId,
    /// The organisations that verify in the campaign.
    pub operators: Vec<OrganisationId>,
    /// Every organisation that an author belongs to.
    pub author_organisations: Vec<OrganisationId>,
    /// Who makes the product.
    pub product_vendor: OrganisationId,
    /// Those whom the reporter named and who have not answered.
    pub asked: Vec<PersonId>,
    /// The product's vendor, once it was told of the vulnerability.
    pub vendor: Option<OrganisationId>,
    /// Whether the vendor has acknowledged the vulnerability.
    pub vendor_acknowledged: bool,
    /// The title, sealed.
    pub title: Vec<u8>,
    /// Steps, impact and proof, sealed.
    pub contents: Vec<u8>,
    /// The asset of the scope it is about.
    pub asset: Option<AssetId>,
    /// The kind of weakness, a CWE number, sealed.
    pub cwe: Option<Vec<u8>>,
    /// The hunter's CVSS vector, sealed.
    pub vector: Option<Vec<u8>>,
    /// The hunter's rating.
    pub claimed: Option<Rating>,
    /// The verifier's CVSS vector, sealed.
    pub verified_vector: Option<Vec<u8>>,
    /// Why the verifier rated it so, sealed.
    pub rating_reason: Option<Vec<u8>>,
    /// Why it was closed, sealed.
    pub closing_reason: Option<Vec<u8>>,
    /// The grounds of the appeal, sealed.
    pub appeal: Option<Vec<u8>>,
    /// Why the appeal was decided so, sealed.
    pub decision: Option<Vec<u8>>,
    /// What waits for a second person.
    pub proposal: Option<ReportProposal>,
    /// When the draft was begun.
    pub created_at: Timestamp,
    /// Since when it is in its state.
    pub state_at: Timestamp,
}

impl ReportRecord {
    /// Gives the rating that counts: the verifier's, else the hunter's.
    #[must_use]
    pub fn rating(&self) -> Option<Rating> {
        self.report.rating.or(self.claimed)
    }
}

impl Resource for ReportRecord {
    const TYPE: &'static str = "Report";

    fn id(&self) -> Uuid {
        self.report.id.0
    }

    fn attributes(&self) -> Attributes {
        let report = &self.report;
        vec![
            ("campaign", Attr::id(report.campaign)),
            ("programme", Attr::id(self.programme)),
            ("owner", Attr::organisation(self.owner)),
            ("operators", Attr::ids(self.operators.iter().copied())),
            ("reporter", Attr::id(report.reporter)),
            ("authors", Attr::ids(report.authors())),
            ("asked", Attr::ids(self.asked.iter().copied())),
            (
                "author_organisations",
                Attr::ids(self.author_organisations.iter().copied()),
            ),
            ("vendor", Attr::maybe_organisation(self.vendor)),
            ("product_vendor", Attr::organisation(self.product_vendor)),
            ("submitted", Attr::Bool(report.state.was_submitted())),
            ("state", Attr::code(report.state.code())),
        ]
    }
}

/// The reports of one campaign, as those who work on them see the campaign.
#[derive(Clone, Debug)]
pub struct CampaignReports {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub name: String,
    /// How it tests.
    pub kind: CampaignKind,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// The organisation that runs the programme.
    pub owner: OrganisationId,
    /// The organisations that verify in it.
    pub operators: Vec<OrganisationId>,
}

impl Resource for CampaignReports {
    const TYPE: &'static str = "CampaignReports";

    fn id(&self) -> Uuid {
        self.campaign.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("campaign", Attr::id(self.campaign)),
            ("programme", Attr::id(self.programme)),
            ("owner", Attr::organisation(self.owner)),
            ("operators", Attr::ids(self.operators.iter().copied())),
        ]
    }
}

/// Which campaigns somebody's grants reach; policies decide again on each report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportReach {
    /// Campaigns that these organisations verify.
    pub operators: Vec<OrganisationId>,
    /// Campaigns of programmes that these organisations run.
    pub owners: Vec<OrganisationId>,
    /// Campaigns of these programmes.
    pub programmes: Vec<ProgrammeId>,
    /// These campaigns.
    pub campaigns: Vec<CampaignId>,
}

/// By what reports are listed, what is greatest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportOrder {
    /// How long ago they were handed in.
    #[default]
    Age,
    /// How long they have been in their state.
    Waiting,
    /// How severe they are.
    Severity,
}

/// A page of the reports that a person wrote.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnPage {
    /// Whether the most severe come first, in place of the newest.
    pub by_severity: bool,
    /// Whether what is least comes first.
    pub reversed: bool,
    /// The last report of the page before.
    pub after: Option<ReportId>,
    /// At most so many.
    pub limit: i64,
}

/// A verifier as lists of reports count for them: what judges nobody's own reports leaves out.
#[derive(Clone, Debug)]
pub struct Judge {
    /// Who they are.
    pub person: PersonId,
    /// The organisations for which they hold a role.
    pub organisations: Vec<OrganisationId>,
}

/// What narrows a list of submitted reports.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// Only these campaigns.
    pub campaigns: Vec<CampaignId>,
    /// Only these states; empty for all that were submitted.
    pub states: Vec<ReportState>,
    /// Only this product.
    pub product: Option<ProductId>,
    /// Only those this person has claimed.
    pub claimed_by: Option<PersonId>,
    /// Only those that wait for this person beyond the queue: what they hold at this instant, what another proposed,
    /// what is appealed.
    pub in_hand_of: Option<(PersonId, Timestamp)>,
    /// Only those nobody holds at this instant.
    pub unclaimed_at: Option<Timestamp>,
    /// Only scores from this one, in tenths.
    pub score_from: Option<i64>,
    /// Only scores below this one, in tenths.
    pub score_below: Option<i64>,
    /// By what.
    pub order: ReportOrder,
    /// Whether what is least comes first.
    pub reversed: bool,
    /// Leave out so many.
    pub skip: i64,
    /// At most so many.
    pub limit: i64,
}

/// A reproduction as stored.
#[derive(Clone, Debug)]
pub struct ReproductionRow {
    /// Its identifier.
    pub id: Uuid,
    /// The report.
    pub report: ReportId,
    /// What it says.
    pub facts: Reproduction,
    /// What was done and seen, sealed under the campaign.
    pub text: Vec<u8>,
    /// The replay that it judges, where it does.
    pub replay: Option<Uuid>,
    /// When it was recorded.
    pub created_at: Timestamp,
}

/// A comment as stored; those on vulnerabilities are kept the same way.
#[derive(Clone, Debug)]
pub struct CommentRow {
    /// Its identifier.
    pub id: CommentId,
    /// `report` or `vulnerability`.
    pub subject_kind: String,
    /// The report or vulnerability.
    pub subject: Uuid,
    /// Its number within the subject, from one.
    pub seq: i64,
    /// `internal` or `shared`.
    pub audience: String,
    /// Who wrote it.
    pub author: Option<PersonId>,
    /// The grant they wrote it under.
    pub grant: Option<GrantId>,
    /// The role they wrote it in.
    pub role: String,
    /// The text, sealed.
    pub body: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// An attachment as stored, with what its file is.
#[derive(Clone, Debug)]
pub struct AttachmentRow {
    /// Its identifier.
    pub id: AttachmentId,
    /// `report`, `reproduction` or `evidence`.
    pub subject_kind: String,
    /// What it belongs to.
    pub subject: Uuid,
    /// The sealed file.
    pub blob: BlobId,
    /// Its name, sealed.
    pub name: Vec<u8>,
    /// Its size in bytes.
    pub bytes: i64,
    /// What it really is.
    pub media_type: String,
    /// The entry of the log that commits to it, where it is a bundle of exchanges.
    pub promise: Option<EntryId>,
    /// The fingerprints of the targets to which the requests of a bundle went, sealed.
    pub recorded: Option<Vec<u8>>,
    /// Who added it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Reports, reproductions, comments and attachments.
#[async_trait]
pub trait Reports {
    /// Gives a report, for reading.
    async fn report(&mut self, id: ReportId) -> Stored<Option<Loaded<ReportRecord>>>;
    /// Gives several reports, in the order asked for; missing ones are left out.
    async fn reports(&mut self, ids: &[ReportId]) -> Stored<Vec<Loaded<ReportRecord>>>;
    /// Gives a report and holds it, for a change.
    async fn take_report(&mut self, id: ReportId) -> Stored<Option<Loaded<ReportRecord>>>;
    /// Adds a draft.
    async fn insert_report(&mut self, report: &ReportRecord) -> Stored<()>;
    /// Saves a report that was taken in this transaction.
    async fn save_report(&mut self, report: &ReportRecord, revision: i64) -> Stored<()>;
    /// Replaces those whom a report names; who said yes keeps it.
    async fn name_authors(&mut self, id: ReportId, named: &[PersonId]) -> Stored<()>;
    /// Keeps that somebody said yes to being named, or takes their name away.
    async fn answer_naming(&mut self, id: ReportId, person: PersonId, accepted: Option<Timestamp>) -> Stored<()>;
    /// Takes away the names of those who have not answered.
    async fn forget_unanswered(&mut self, id: ReportId) -> Stored<()>;
    /// Lists the drafts in which a person is named and has not answered.
    async fn drafts_naming(&mut self, person: PersonId) -> Stored<Vec<Loaded<ReportRecord>>>;
    /// Gives the campaign's next report number; it is never given again.
    async fn next_report_number(&mut self, campaign: CampaignId) -> Stored<i64>;

    /// Gives a campaign as reports need it.
    async fn campaign_reports(&mut self, campaign: CampaignId) -> Stored<Option<Loaded<CampaignReports>>>;
    /// Gives several campaigns as reports need them, in no order.
    async fn campaigns_reports(&mut self, campaigns: &[CampaignId]) -> Stored<Vec<Loaded<CampaignReports>>>;
    /// Lists the campaigns in reach, the latest window first, at most 200.
    async fn campaigns_in_reach(&mut self, reach: &ReportReach, at: Timestamp) -> Stored<Vec<CampaignReports>>;
    /// Lists submitted reports.
    async fn list_reports(&mut self, filter: &ReportFilter) -> Stored<Vec<Loaded<ReportRecord>>>;
    /// Counts what [`Reports::list_reports`] would list without its limit.
    async fn count_reports(&mut self, filter: &ReportFilter) -> Stored<i64>;
    /// Counts, for each of some campaigns where any are, the reports that nobody holds at an instant and that somebody
    /// may judge: neither written by them, nor by people of their organisations, nor about their product.
    async fn count_waiting(
        &mut self,
        campaigns: &[CampaignId],
        judge: &Judge,
        at: Timestamp,
    ) -> Stored<Vec<(CampaignId, i64)>>;
    /// Lists the reports that a person wrote or helped to write, newest or most severe first, or the other way round.
    async fn reports_by(&mut self, author: PersonId, page: &OwnPage) -> Stored<Vec<Loaded<ReportRecord>>>;
    /// Lists those of a person's reports about which they may still do something: drafts, questions, and what was
    /// closed since an instant; newest first, at most 200.
    async fn reports_in_hand(&mut self, author: PersonId, closed_since: Timestamp)
    -> Stored<Vec<Loaded<ReportRecord>>>;
    /// Lists a hunter's drafts in a campaign, newest first, at most 100.
    async fn drafts_in(&mut self, reporter: PersonId, campaign: CampaignId) -> Stored<Vec<Loaded<ReportRecord>>>;
    /// Counts a hunter's drafts in a campaign.
    async fn count_drafts(&mut self, reporter: PersonId, campaign: CampaignId) -> Stored<i64>;
    /// Counts a hunter's reports submitted to a campaign since an instant.
    async fn count_submitted(&mut self, reporter: PersonId, campaign: CampaignId, since: Timestamp) -> Stored<i64>;
    /// Gives the originals that a report leads to in turn, itself left out.
    async fn originals_of(&mut self, id: ReportId) -> Stored<Vec<ReportId>>;
    /// Lists reports of a product in a campaign submitted before an instant, for choosing an original.
    async fn earlier_reports(
        &mut self,
        product: ProductId,
        before: Timestamp,
        limit: i64,
    ) -> Stored<Vec<Loaded<ReportRecord>>>;

    /// Adds a reproduction.
    async fn insert_reproduction(&mut self, reproduction: &ReproductionRow) -> Stored<()>;
    /// Gives a report's reproductions, oldest first.
    async fn reproductions(&mut self, report: ReportId) -> Stored<Vec<ReproductionRow>>;

    /// Gives the next number of a comment on a thing that is held.
    async fn next_comment(&mut self, subject_kind: &str, subject: Uuid) -> Stored<i64>;
    /// Adds a comment.
    async fn insert_comment(&mut self, comment: &CommentRow) -> Stored<()>;
    /// Gives a thing's comments in their order, at most 500.
    async fn comments(&mut self, subject_kind: &str, subject: Uuid) -> Stored<Vec<CommentRow>>;

    /// Adds an attachment.
    async fn insert_attachment(&mut self, attachment: &AttachmentRow) -> Stored<()>;
    /// Gives the attachments of a thing, oldest first.
    async fn attachments(&mut self, subject_kind: &str, subject: Uuid) -> Stored<Vec<AttachmentRow>>;
    /// Gives an attachment that was not removed.
    async fn attachment(&mut self, id: AttachmentId) -> Stored<Option<AttachmentRow>>;
    /// Gives an attachment another file, sealed anew with its name; the old one is swept away.
    async fn replace_attachment(
        &mut self,
        id: AttachmentId,
        blob: BlobId,
        name: &[u8],
        recorded: Option<Vec<u8>>,
    ) -> Stored<()>;
    /// Removes an attachment from its thing.
    async fn remove_attachment(&mut self, id: AttachmentId, at: Timestamp) -> Stored<()>;
}
