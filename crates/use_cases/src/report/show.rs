//! One report, for everybody who may know of it, each with what they may see.

use super::alike::{alike, choosable};
use super::bypass::shown;
use super::history::{Reader, tell};
use super::list::is_verifier;
use super::mine::{due, mirrored};
use super::notes::{attachments, comments, names, reproductions};
use super::offer::{ReportActions, actions, offer_choices};
use super::text::{ReportText, column, contents, maybe, title, vector, weakness};
use super::view::{ClaimView, ProposalView, ReportView};
use super::writing::blocked;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{ReplayOf, ReportRecord};
use crate::unit::{Unit, place};
use authorization::Permitted;
use authorization::action::{
    CommentInternally, CommentShared, CoordinateVulnerability, ReadReport, ReadReportHistory, ReadReportOutline,
    ReadVulnerability, VerifyReport,
};
use domain::Machine as _;
use domain::ids::ReportId;
use domain::report::ReportState;
use domain::vulnerability::VulnerabilityEvent;

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
        view.bypass = shown(unit, &record, view.author || view.insider).await?;
        read_history(unit, &proof, &mut view).await?;
        if view.insider {
            read_inside(unit, &proof, &mut view).await?;
        }
        view.blocked = blocked(unit, &record).await?;
        view.may = actions(unit, &record, &view);
        if unit.may::<VerifyReport, _>(&record) {
            offer_choices(unit, &record, &mut view).await?;
            if record.report.state.is_pending() || view.may.merge {
                view.alike = alike(unit, &record, &view).await?;
                choosable(&mut view);
            }
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
        replays: Vec::new(),
        closing: None,
        closing_reason: String::new(),
        appeal: String::new(),
        decision: String::new(),
        original_at: None,
        original: None,
        due: None,
        vulnerability: mirrored(unit, record).await?,
        bypass: None,
        vulnerability_open: false,
        vendor_waits: false,
        claim: None,
        proposal: None,
        history: Vec::new(),
        comments: Vec::new(),
        blocked: None,
        may: ReportActions::default(),
        alike: Vec::new(),
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
        let found = unit.store.vulnerability(id, &unit.reader).await?;
        if let Some(found) = found {
            let opened = found.peek();
            let untold = opened.vulnerability.state.allows(VulnerabilityEvent::NotifyVendor);
            view.vulnerability_open = unit.may::<ReadVulnerability, _>(opened);
            view.vendor_waits = untold && unit.may::<CoordinateVulnerability, _>(opened);
        }
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
    view.replays = crate::replay::lines(unit, proof, ReplayOf::Report(proof.report.id)).await?;
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
