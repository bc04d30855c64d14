//! What a report's page shows, as each reader may see it.

use super::history::Happening;
use super::text::ReportText;
use crate::error::Outcome;
use crate::ports::ReportRecord;
use crate::unit::{Unit, place};
use authorization::{Action, Permitted};
use domain::appeal::ReportTimes;
use domain::ids::{AttachmentId, CampaignId, PersonId, ReportId, VulnerabilityId};
use domain::report::{Closing, Rating, ReportState};
use domain::verification::Reproduction;
use domain::vulnerability::VulnerabilityState;
use domain::{NoticeKind, Timestamp};
use uuid::Uuid;

/// A file of a report.
#[derive(Clone, Debug)]
pub struct AttachmentLine {
    /// The file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// What it really is.
    pub media_type: String,
}

/// A reproduction, as those who verify see it.
#[derive(Clone, Debug)]
pub struct ReproductionLine {
    /// Its identifier.
    pub id: Uuid,
    /// What it says.
    pub facts: Reproduction,
    /// Who made it.
    pub by: String,
    /// What was done and seen, in Markdown.
    pub text: String,
    /// Its files.
    pub attachments: Vec<AttachmentLine>,
}

/// A comment.
#[derive(Clone, Debug)]
pub struct CommentLine {
    /// Its number within the report.
    pub seq: i64,
    /// Whether only the operator and the organiser read it.
    pub internal: bool,
    /// Who wrote it; empty for verifiers that the reader does not know.
    pub who: String,
    /// The role they wrote it in.
    pub role: String,
    /// The text, in Markdown.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// An earlier report of the product, for choosing an original.
#[derive(Clone, Debug)]
pub struct OriginalChoice {
    /// The report.
    pub id: ReportId,
    /// Its number within its campaign.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its campaign's name.
    pub campaign: String,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
}

/// A vulnerability of the product that a report may join.
#[derive(Clone, Debug)]
pub struct JoinChoice {
    /// The vulnerability.
    pub id: VulnerabilityId,
    /// How it is called: `V-3`.
    pub label: String,
    /// Where it stands.
    pub state: VulnerabilityState,
    /// When it was opened.
    pub opened_at: Timestamp,
}

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

/// What the reader may do now.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportActions {
    /// Complete the draft, and hand it in.
    pub edit: bool,
    /// Throw the draft away.
    pub discard: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Answer the question.
    pub answer: bool,
    /// Answer after all, and open it again.
    pub reopen: bool,
    /// Contest the closing.
    pub appeal: bool,
    /// Claim it, or renew the claim.
    pub claim: bool,
    /// Give the claim up.
    pub release: bool,
    /// Record a reproduction, ask, close.
    pub judge: bool,
    /// Verify it: it was reproduced.
    pub verify: bool,
    /// Agree as the second person.
    pub confirm: bool,
    /// Let a proposal fall.
    pub drop: bool,
    /// Take the verification back.
    pub resume: bool,
    /// Propose a late merge.
    pub merge: bool,
    /// Decide the appeal.
    pub decide: bool,
    /// Write a comment that the authors read.
    pub comment: bool,
    /// Write an internal comment.
    pub comment_internally: bool,
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
    /// Whether the reader may open the vulnerability's page.
    pub vulnerability_open: bool,
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
    /// Earlier reports of the product, for a duplicate.
    pub originals: Vec<OriginalChoice>,
    /// Vulnerabilities of the product, for joining one.
    pub joinable: Vec<JoinChoice>,
    /// Organisations whose own installation may be the only one reached.
    pub deployers: Vec<(domain::ids::OrganisationId, String)>,
}

/// Opens the list of files of a report or of a reproduction.
pub(super) async fn attachments<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
    kind: &str,
    subject: Uuid,
) -> Outcome<Vec<AttachmentLine>> {
    let mut lines = Vec::new();
    for row in unit.store.attachments(kind, subject).await? {
        lines.push(AttachmentLine {
            id: row.id,
            name: unit
                .open_text(proof, place("attachment", "name_sealed", row.id.0), &row.name)
                .await?,
            bytes: row.bytes,
            media_type: row.media_type,
        });
    }
    Ok(lines)
}

/// Opens the comments of a report that the reader may see.
pub(super) async fn comments<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
    internal: bool,
    insider: bool,
) -> Outcome<Vec<CommentLine>> {
    let mut lines = Vec::new();
    for row in unit.store.comments("report", proof.report.id.0).await? {
        let kept_inside = row.audience == "internal";
        if kept_inside && !internal {
            continue;
        }
        let hidden = !insider && row.role == "verifier";
        let who = match row.author {
            Some(person) if !hidden => unit.name_of(person).await?,
            _ => String::new(),
        };
        lines.push(CommentLine {
            seq: row.seq,
            internal: kept_inside,
            who,
            role: row.role,
            text: unit
                .open_text(proof, place("comment", "body_sealed", row.id.0), &row.body)
                .await?,
            at: row.at,
        });
    }
    Ok(lines)
}

/// Opens what verifiers tried.
pub(super) async fn reproductions<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
) -> Outcome<Vec<ReproductionLine>> {
    let mut lines = Vec::new();
    for row in unit.store.reproductions(proof.report.id).await? {
        lines.push(ReproductionLine {
            id: row.id,
            by: unit.name_of(row.facts.by).await?,
            facts: row.facts,
            text: unit
                .open_text(proof, place("reproduction", "text_sealed", row.id), &row.text)
                .await?,
            attachments: attachments(unit, proof, "reproduction", row.id).await?,
        });
    }
    Ok(lines)
}

/// Gives the names of several people.
pub(super) async fn names(unit: &mut Unit, people: &[PersonId]) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for person in people {
        names.push(unit.name_of(*person).await?);
    }
    Ok(names)
}
