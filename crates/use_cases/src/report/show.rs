//! One report, for everybody who may know of it, each with what they may see.

use super::draft::blocked;
use super::history::{Reader, tell};
use super::list::is_verifier;
use super::mine::{due, mirrored};
use super::proposal::may_merge_late;
use super::text::{ReportText, column, contents, maybe, title, vector, weakness};
use super::view::{
    ClaimView, JoinChoice, OriginalChoice, ProposalView, ReportActions, ReportView, attachments, comments, names,
    reproductions,
};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{ReportRecord, VulnerabilityFilter};
use crate::unit::{Unit, place};
use authorization::Permitted;
use authorization::action::{
    AnswerReport, CommentInternally, CommentShared, DecideAppeal, ReadReport, ReadReportHistory, ReadReportOutline,
    ReadVulnerability, VerifyReport,
};
use domain::Machine as _;
use domain::appeal::{may_appeal, may_reopen};
use domain::ids::ReportId;
use domain::report::{ReportEvent, ReportState};
use domain::verification::{may_resume_verification, may_verify};

/// Shows a report.
#[derive(Clone, Copy, Debug)]
pub struct ViewReport(pub ReportId);

impl UseCase for ViewReport {
    type Output = ReportView;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReportView> {
        let found = unit.store.report(self.0).await?.ok_or(Error::NotFound)?;
        let record = found.peek().clone();
        if !unit.may::<ReadReport, _>(&record) {
            unit.permit::<ReadReportOutline, _>(found)?;
            return outline(unit, &record).await;
        }
        let proof = unit.permit::<ReadReport, _>(found)?;
        let mut view = outline(unit, &record).await?;
        view.outline = false;
        read_texts(unit, &proof, &mut view).await?;
        read_people(unit, &proof, &mut view).await?;
        read_closing(unit, &proof, &mut view).await?;
        view.insider = unit.may::<ReadReportHistory, _>(&record);
        read_history(unit, &proof, &mut view).await?;
        if view.insider {
            read_inside(unit, &proof, &mut view).await?;
        }
        view.blocked = blocked(unit, &record).await?;
        view.may = actions(unit, &record, &view);
        if unit.may::<VerifyReport, _>(&record) {
            offer_choices(unit, &record, &mut view).await?;
        }
        Ok(view)
    }
}

/// Gives what everybody learns who may know that the report exists.
async fn outline(unit: &mut Unit, record: &ReportRecord) -> Outcome<ReportView> {
    let report = &record.report;
    let me = unit.actor.person();
    Ok(ReportView {
        id: report.id,
        number: report.number,
        campaign: report.campaign,
        campaign_name: record.campaign_name.clone(),
        product: record.product_name.clone(),
        notice: record.notice,
        times: unit.app.settings.limits.report_times(),
        state: report.state,
        since: record.state_at,
        submitted_at: report.submitted_at,
        outline: true,
        author: report.authors().any(|author| Some(author) == me),
        insider: false,
        conflict: is_verifier(unit, record) && !unit.may::<VerifyReport, _>(record),
        title: String::new(),
        text: ReportText::default(),
        asset: String::new(),
        cwe: None,
        authors: Vec::new(),
        organisation: String::new(),
        vector: String::new(),
        claimed: record.claimed,
        verified_vector: String::new(),
        rating: report.rating,
        rating_reason: String::new(),
        attachments: Vec::new(),
        reproductions: Vec::new(),
        closing: None,
        closing_reason: String::new(),
        appeal: String::new(),
        decision: String::new(),
        original_at: None,
        original: None,
        due: None,
        vulnerability: mirrored(unit, record).await?,
        vulnerability_open: false,
        claim: None,
        proposal: None,
        history: Vec::new(),
        comments: Vec::new(),
        blocked: None,
        may: ReportActions::default(),
        originals: Vec::new(),
        joinable: Vec::new(),
        deployers: Vec::new(),
    })
}

async fn read_texts(
    unit: &mut Unit,
    proof: &Permitted<ReadReport, ReportRecord>,
    view: &mut ReportView,
) -> Outcome<()> {
    view.title = title(unit, proof).await?;
    view.text = contents(unit, proof).await?;
    view.cwe = weakness(unit, proof).await?;
    view.vector = vector(unit, proof).await?;
    view.verified_vector = maybe(unit, proof, "verified_vector_sealed", proof.verified_vector.clone()).await?;
    view.rating_reason = maybe(unit, proof, "rating_sealed", proof.rating_reason.clone()).await?;
    view.attachments = attachments(unit, proof, "report", proof.report.id.0).await?;
    if let Some(asset) = proof.asset {
        let assets = unit.store.scope_assets(proof.report.campaign).await?;
        if let Some(row) = assets.into_iter().find(|row| row.id == asset) {
            view.asset = unit
                .open_text(proof, place("scope_asset", "value_sealed", asset.0), &row.value)
                .await?;
        }
    }
    if let Some((id, _)) = view.vulnerability {
        let found = unit.store.vulnerability(id, unit.now).await?;
        view.vulnerability_open = found.is_some_and(|found| unit.may::<ReadVulnerability, _>(found.peek()));
    }
    Ok(())
}

async fn read_people(
    unit: &mut Unit,
    proof: &Permitted<ReadReport, ReportRecord>,
    view: &mut ReportView,
) -> Outcome<()> {
    let authors: Vec<_> = proof.report.authors().collect();
    view.authors = names(unit, &authors).await?;
    let organisations = unit.store.organisations(&[proof.reporter_organisation]).await?;
    view.organisation = organisations.into_iter().next().map(|one| one.name).unwrap_or_default();
    Ok(())
}

async fn read_closing(
    unit: &mut Unit,
    proof: &Permitted<ReadReport, ReportRecord>,
    view: &mut ReportView,
) -> Outcome<()> {
    let report = &proof.report;
    view.closing = report.closing;
    let duplicate = report
        .closing
        .is_some_and(|closing| closing.state == ReportState::Duplicate);
    let insider = unit.may::<ReadReportHistory, _>(&**proof);
    if !duplicate || insider {
        view.closing_reason = maybe(unit, proof, "closing_sealed", proof.closing_reason.clone()).await?;
    }
    view.appeal = maybe(unit, proof, "appeal_sealed", proof.appeal.clone()).await?;
    view.decision = maybe(unit, proof, "decision_sealed", proof.decision.clone()).await?;
    if view.author {
        view.due = due(proof, unit.now, &unit.app.settings.limits.report_times());
    }
    if let Some(original) = report.original.filter(|_| duplicate)
        && let Some(found) = unit.store.report(original).await?
    {
        view.original_at = found.peek().report.submitted_at;
        if insider && unit.may::<ReadReport, _>(found.peek()) {
            view.original = Some((original, found.peek().report.number));
        }
    }
    Ok(())
}

async fn read_history(
    unit: &mut Unit,
    proof: &Permitted<ReadReport, ReportRecord>,
    view: &mut ReportView,
) -> Outcome<()> {
    let reader = if view.insider {
        Reader::Insider
    } else {
        Reader::Follower
    };
    let record: &ReportRecord = proof;
    let talks = unit.may::<CommentShared, _>(record) || view.insider;
    let internal = unit.may::<CommentInternally, _>(record);
    view.history = tell(unit, record.report.id, reader).await?;
    if talks {
        view.comments = comments(unit, proof, internal, view.insider).await?;
    }
    Ok(())
}

async fn read_inside(
    unit: &mut Unit,
    proof: &Permitted<ReadReport, ReportRecord>,
    view: &mut ReportView,
) -> Outcome<()> {
    view.reproductions = reproductions(unit, proof).await?;
    let me = unit.actor.person();
    if let Some(claim) = proof.report.claim.filter(|claim| unit.now < claim.until) {
        view.claim = Some(ClaimView {
            by: unit.name_of(claim.by).await?,
            until: claim.until,
            mine: Some(claim.by) == me,
        });
    }
    if let Some(proposal) = proof.proposal.clone() {
        view.proposal = Some(ProposalView {
            by: unit.name_of(proposal.by).await?,
            at: proposal.at,
            reason: unit
                .open_text(proof, column("proposal_sealed", proof.report.id.0), &proposal.reason)
                .await?,
            original: proposal.original,
            own: Some(proposal.by) == me,
            kind: proposal.kind,
        });
    }
    Ok(())
}

/// Says what the reader may do now: by policy, then by the rules of the domain.
fn actions(unit: &Unit, record: &ReportRecord, view: &ReportView) -> ReportActions {
    let report = &record.report;
    let state = report.state;
    let answers = unit.may::<AnswerReport, _>(record);
    let judges = unit.may::<VerifyReport, _>(record);
    let decides = unit.may::<DecideAppeal, _>(record);
    let me = unit.actor.person();
    let times = unit.app.settings.limits.report_times();
    let free = view.claim.as_ref().is_none_or(|claim| claim.mine);
    let mine = view.claim.as_ref().is_some_and(|claim| claim.mine);
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
        verify: in_hand && may_verify(&reproduced).is_ok(),
        confirm: judges && view.proposal.as_ref().is_some_and(|proposal| !proposal.own),
        drop: judges && view.proposal.is_some(),
        resume: judges
            && state == ReportState::Verified
            && may_resume_verification(record.vendor_acknowledged, "x").is_ok(),
        merge: judges && may_merge_late(record),
        decide: decides && state == ReportState::Appealed && !closed_it,
        comment: state.was_submitted() && unit.may::<CommentShared, _>(record),
        comment_internally: unit.may::<CommentInternally, _>(record),
    }
}

/// Offers earlier reports, vulnerabilities and installations of the product, for deciding.
async fn offer_choices(unit: &mut Unit, record: &ReportRecord, view: &mut ReportView) -> Outcome<()> {
    let product = record.report.product;
    if let Some(before) = record.report.submitted_at.filter(|_| view.may.judge || view.may.merge) {
        for found in unit.store.earlier_reports(product, before, 50).await? {
            if found.peek().report.id == record.report.id {
                continue;
            }
            if let Ok(proof) = unit.permit::<ReadReport, _>(found) {
                view.originals.push(OriginalChoice {
                    id: proof.report.id,
                    number: proof.report.number,
                    campaign: proof.campaign_name.clone(),
                    submitted_at: proof.report.submitted_at,
                    title: title(unit, &proof).await?,
                });
            }
        }
    }
    if view.may.verify {
        let filter = VulnerabilityFilter {
            product: Some(product),
            limit: 50,
            ..VulnerabilityFilter::default()
        };
        let sees = crate::vulnerability::visibility(unit);
        for id in unit.store.visible_vulnerabilities(&sees, &filter, unit.now).await? {
            let Some(found) = unit.store.vulnerability(id, unit.now).await? else {
                continue;
            };
            let known = found.peek();
            if !known.vulnerability.state.is_terminal() {
                view.joinable.push(JoinChoice {
                    id,
                    label: known.label(),
                    state: known.vulnerability.state,
                    opened_at: known.vulnerability.opened_at,
                });
            }
        }
        offer_deployers(unit, record, view).await?;
    }
    Ok(())
}

async fn offer_deployers(unit: &mut Unit, record: &ReportRecord, view: &mut ReportView) -> Outcome<()> {
    let tested = unit.store.tested_deployments(record.report.campaign).await?;
    let mut ids: Vec<_> = tested
        .iter()
        .filter(|one| one.product == record.report.product)
        .map(|one| one.organisation)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let organisations = unit.store.organisations(&ids).await?;
    view.deployers = organisations.into_iter().map(|one| (one.id, one.name)).collect();
    Ok(())
}
