//! What a report's page shows, as each reader may see it.

use super::alike::Alike;
use super::bypass::BypassView;
use super::history::Happening;
use super::notes::{AttachmentLine, CommentLine, ReproductionLine};
use super::offer::{JoinChoice, OriginalChoice, ReportActions};
use super::text::ReportText;
use domain::appeal::ReportTimes;
use domain::ids::{CampaignId, ReportId, VulnerabilityId};
use domain::report::{Closing, Rating, ReportState};
use domain::vulnerability::VulnerabilityState;
use domain::{NoticeKind, Timestamp};

/// What a second person is asked to decide.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// `abusive` or `late_merge`.
    pub kind: String,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The earlier report, for a late merge.
    pub original: Option<ReportId>,
    /// Whether the reader is the one who proposed it.
    pub own: bool,
}

/// Who works on a report.
#[derive(Clone, Debug)]
pub struct ClaimView {
    /// Their name.
    pub by: String,
    /// Until when.
    pub until: Timestamp,
    /// Whether it is the reader.
    pub mine: bool,
}

/// A report's page.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// The report.
    pub id: ReportId,
    /// Its number within the campaign; zero for a draft.
    pub number: i64,
    /// The campaign.
    pub campaign: CampaignId,
    /// The campaign's name.
    pub campaign_name: String,
    /// The product's name.
    pub product: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// How long people have for what they may do.
    pub times: ReportTimes,
    /// Where it stands.
    pub state: ReportState,
    /// Since when.
    pub since: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// Whether the reader only learns that it exists and how severe it is.
    pub outline: bool,
    /// Whether the reader is an author.
    pub author: bool,
    /// Whether the reader works on it.
    pub insider: bool,
    /// Whether the reader verifies here, but not this one: a conflict of interest.
    pub conflict: bool,
    /// The title.
    pub title: String,
    /// Steps, impact and proof, in Markdown.
    pub text: ReportText,
    /// The asset of the scope.
    pub asset: String,
    /// The kind of weakness.
    pub cwe: Option<i64>,
    /// Who found it, the hunter first.
    pub authors: Vec<String>,
    /// The organisation for which the hunter wrote it.
    pub organisation: String,
    /// The hunter's vector.
    pub vector: String,
    /// The hunter's rating.
    pub claimed: Option<Rating>,
    /// The verifier's vector.
    pub verified_vector: String,
    /// The verifier's rating.
    pub rating: Option<Rating>,
    /// Why the verifier rated it so.
    pub rating_reason: String,
    /// Its files.
    pub attachments: Vec<AttachmentLine>,
    /// What verifiers tried.
    pub reproductions: Vec<ReproductionLine>,
    /// What verifiers replayed, oldest first.
    pub replays: Vec<crate::replay::ReplayLine>,
    /// How it was closed.
    pub closing: Option<Closing>,
    /// Why it was closed.
    pub closing_reason: String,
    /// The grounds of the appeal.
    pub appeal: String,
    /// Why the appeal was decided so.
    pub decision: String,
    /// When the earlier report came in, for a duplicate.
    pub original_at: Option<Timestamp>,
    /// The earlier report, for those who may read it.
    pub original: Option<(ReportId, i64)>,
    /// By when its author may answer or contest.
    pub due: Option<Timestamp>,
    /// The vulnerability it mirrors, for those who may follow it there.
    pub vulnerability: Option<(VulnerabilityId, VulnerabilityState)>,
    /// The vulnerability whose fix it gets around, as far as the reader may know.
    pub bypass: Option<BypassView>,
    /// Whether the reader may open the vulnerability's page.
    pub vulnerability_open: bool,
    /// Whether the reader is to tell its vendor.
    pub vendor_waits: bool,
    /// Who works on it.
    pub claim: Option<ClaimView>,
    /// What a second person is asked to decide.
    pub proposal: Option<ProposalView>,
    /// What happened.
    pub history: Vec<Happening>,
    /// What was said.
    pub comments: Vec<CommentLine>,
    /// Why the draft can no longer be handed in, where it cannot.
    pub blocked: Option<&'static str>,
    /// What the reader may do now.
    pub may: ReportActions,
    /// What it may repeat, for whoever judges it.
    pub alike: Vec<Alike>,
    /// Earlier reports of the product, for a duplicate.
    pub originals: Vec<OriginalChoice>,
    /// Vulnerabilities of the product, for joining one.
    pub joinable: Vec<JoinChoice>,
    /// Organisations whose own installation may be the only one reached.
    pub deployers: Vec<(domain::ids::OrganisationId, String)>,
}
