//! What the reader may do with a report now, and what they choose from.

use super::proposal::may_merge_late;
use super::text::title;
use super::view::ReportView;
use crate::error::{Error, Outcome};
use crate::ports::{BUNDLE_TYPE, ReportRecord, VulnerabilityFilter, VulnerabilityRecord};
use crate::unit::Unit;
use crate::vulnerability::{Layer, disclosure_for, layers};
use authorization::action::{
    AnswerReport, CommentInternally, CommentShared, DecideAppeal, ReadReport, ReadVulnerability, VerifyReport,
};
use authorization::{Action, Permitted};
use domain::Machine as _;
use domain::Timestamp;
use domain::appeal::{may_appeal, may_reopen};
use domain::disclosure::Disclosure;
use domain::ids::{CampaignId, OrganisationId, ProductId, ReportId, VulnerabilityId};
use domain::report::{ReportEvent, ReportState};
use domain::verification::{may_resume_verification, may_verify};
use domain::vulnerability::VulnerabilityState;

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
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: VulnerabilityState,
    /// Whether it stands by itself.
    pub stands: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
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
    /// Tell the vendor of the vulnerability that the report opened.
    pub notify: bool,
    /// Decide the appeal.
    pub decide: bool,
    /// Write a comment that the authors read.
    pub comment: bool,
    /// Write an internal comment.
    pub comment_internally: bool,
}

/// Says what the reader may do now: by policy, then by the rules of the domain.
pub(super) fn actions(unit: &Unit, record: &ReportRecord, view: &ReportView) -> ReportActions {
    let report = &record.report;
    let state = report.state;
    let answers = unit.may::<AnswerReport, _>(record);
    let judges = unit.may::<VerifyReport, _>(record);
    let decides = unit.may::<DecideAppeal, _>(record);
    let me = unit.actor.person();
    let times = unit.app.settings.limits.report_times();
    let free = view.claim.as_ref().is_none_or(|claim| claim.mine);
    let mine = view.claim.as_ref().is_some_and(|claim| claim.mine);
    let recorded = view.attachments.iter().any(|file| file.media_type == BUNDLE_TYPE);
    let reproduced: Vec<_> = view.reproductions.iter().map(|line| line.facts).collect();
    let in_hand = judges && free && matches!(state, ReportState::Submitted | ReportState::InVerification);
    let closed_it = report
        .closing
        .is_some_and(|closing| [closing.by, closing.second].contains(&me));
    ReportActions {
        edit: answers && state == ReportState::Draft && view.blocked.is_none(),
        discard: answers && state == ReportState::Draft,
        withdraw: answers && state.allows(ReportEvent::Withdraw),
        answer: answers && state == ReportState::NeedsInformation,
        reopen: answers && me.is_some_and(|me| may_reopen(report, me, unit.now, &times).is_ok()),
        appeal: answers && me.is_some_and(|me| may_appeal(report, me, unit.now, &times).is_ok()),
        claim: in_hand && !mine,
        release: judges && mine,
        judge: in_hand,
        verify: in_hand && may_verify(&reproduced, recorded).is_ok(),
        confirm: judges && view.proposal.as_ref().is_some_and(|proposal| !proposal.own),
        drop: judges && view.proposal.is_some(),
        resume: judges
            && state == ReportState::Verified
            && may_resume_verification(record.vendor_acknowledged, "x").is_ok(),
        merge: judges && may_merge_late(record),
        notify: view.vendor_waits,
        decide: decides && state == ReportState::Appealed && !closed_it,
        comment: state.was_submitted() && unit.may::<CommentShared, _>(record),
        comment_internally: unit.may::<CommentInternally, _>(record),
    }
}

/// Offers earlier reports, vulnerabilities and installations of the product, for deciding.
pub(super) async fn offer_choices(unit: &mut Unit, record: &ReportRecord, view: &mut ReportView) -> Outcome<()> {
    let product = record.report.product;
    if let Some(before) = record.report.submitted_at.filter(|_| view.may.judge || view.may.merge) {
        for found in unit.store.earlier_reports(product, before, 50).await? {
            if found.peek().report.id == record.report.id {
                continue;
            }
            if let Ok(proof) = unit.permit::<ReadReport, _>(found) {
                view.originals.extend(original(unit, &proof).await?);
            }
        }
    }
    if view.may.verify {
        view.joinable = joinable::<ReadVulnerability>(unit, product).await?;
        view.deployers = tested_by(unit, record.report.campaign, product).await?;
    }
    Ok(())
}

/// Gives an earlier report as a choice; none where its campaign's key was destroyed.
pub(super) async fn original(
    unit: &mut Unit,
    proof: &Permitted<ReadReport, ReportRecord>,
) -> Outcome<Option<OriginalChoice>> {
    let title = match title(unit, proof).await {
        Ok(title) => title,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(OriginalChoice {
        id: proof.report.id,
        number: proof.report.number,
        campaign: proof.campaign_name.clone(),
        submitted_at: proof.report.submitted_at,
        title,
    }))
}

/// Gives the vulnerabilities of a product that go on and that the reader has an action on.
pub(crate) async fn joinable<A: Action>(unit: &mut Unit, product: ProductId) -> Outcome<Vec<JoinChoice>> {
    let filter = VulnerabilityFilter {
        product: Some(product),
        limit: 50,
        ..VulnerabilityFilter::default()
    };
    let sees = crate::vulnerability::visibility(unit);
    let mut choices = Vec::new();
    for id in unit.store.visible_vulnerabilities(&sees, &filter, unit.now).await? {
        let Some(found) = unit.store.vulnerability(id, &unit.reader).await? else {
            continue;
        };
        let Ok(known) = unit.permit::<A, _>(found) else {
            continue;
        };
        if known.vulnerability.state.is_terminal() {
            continue;
        }
        let level = disclosure_for(unit, &known);
        choices.push(choice(unit, &known, level).await?);
    }
    Ok(choices)
}

/// Gives a vulnerability as a choice, with its title where the reader gets it.
pub(super) async fn choice<A: Action>(
    unit: &mut Unit,
    known: &Permitted<A, VulnerabilityRecord>,
    level: Disclosure,
) -> Outcome<JoinChoice> {
    let title = if level >= Layer::Title.needs() {
        layers::title(unit, known).await?
    } else {
        String::new()
    };
    Ok(JoinChoice {
        id: known.vulnerability.id,
        label: known.label(),
        title,
        state: known.vulnerability.state,
        stands: known.vulnerability.stands(),
        opened_at: known.vulnerability.opened_at,
    })
}

/// Gives the organisations of a campaign whose own installation of a product is tested.
pub(crate) async fn tested_by(
    unit: &mut Unit,
    campaign: CampaignId,
    product: ProductId,
) -> Outcome<Vec<(OrganisationId, String)>> {
    let tested = unit.store.tested_deployments(campaign).await?;
    let mut ids: Vec<_> = tested
        .iter()
        .filter(|one| one.product == product)
        .map(|one| one.organisation)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let organisations = unit.store.organisations(&ids).await?;
    Ok(organisations.into_iter().map(|one| (one.id, one.name)).collect())
}
