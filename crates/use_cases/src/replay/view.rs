//! What a replay showed, or that it is under way, for those who judge by it.

use super::judged::brought_by;
use super::{ABOUT, Replayed, STEPS};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{EvidenceRow, ReplayOf, ReplayRow, ReplayedStep, RetestRecord, ShownBody};
use crate::unit::{Unit, place};
use crate::vulnerability::disclosure_for;
use authorization::action::{
    DoRetest, ReadCampaignTarget, ReadReport, ReadReportHistory, ReadVulnerability, VerifyReport,
};
use authorization::{Action, Permitted, Resource};
use domain::Timestamp;
use domain::disclosure::Disclosure;
use domain::ids::{AttachmentId, CampaignId, ReportId, RetestId, VulnerabilityId};
use domain::instance::InstanceProblem;
use domain::programme::NoticeKind;
use domain::replay::{ReplayFailure, ReplayResult, ReplayState, is_report_judged};
use domain::report::ReportState;
use uuid::Uuid;

/// A replay in a list.
#[derive(Clone, Debug)]
pub struct ReplayLine {
    /// Its identifier.
    pub id: Uuid,
    /// Who has it made.
    pub by: String,
    /// When they asked for it.
    pub at: Timestamp,
    /// Where it stands.
    pub state: ReplayState,
    /// Why it came to nothing.
    pub failure: Option<ReplayFailure>,
    /// What its answers come to, once it is done.
    pub result: Option<ReplayResult>,
    /// Which target was asked.
    pub target: Replayed,
}

/// What the page of a replay shows.
#[derive(Clone, Debug)]
pub struct ReplayPage {
    /// The replay.
    pub line: ReplayLine,
    /// The bundle whose requests were sent.
    pub attachment: AttachmentId,
    /// Whether a clean copy of the target was started for it.
    pub hosted: bool,
    /// Why the clean copy does not run.
    pub problem: Option<InstanceProblem>,
    /// Each step with both answers; what the reader may not read of the exchanges is empty.
    pub steps: Vec<ReplayedStep>,
    /// Whether the reader may read the exchanges.
    pub whole: bool,
    /// Whether the reader may say what it shows of a report.
    pub may_judge: bool,
    /// Whether the reader may have another one made.
    pub may_repeat: bool,
}

/// Shows a replay to those who verify the report; the reading is journaled.
#[derive(Clone, Copy, Debug)]
pub struct ViewReplay {
    /// The report.
    pub report: ReportId,
    /// The replay.
    pub replay: Uuid,
}

impl UseCase for ViewReplay {
    type Output = ReplayPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReplayPage> {
        let found = unit.store.report(self.report).await?;
        let proof = unit.permit_found::<ReadReportHistory, _>(found)?;
        let row = row_of(unit, self.replay, ReplayOf::Report(self.report)).await?;
        let mut page = page(unit, &proof, row).await?;
        let verifies = unit.may::<VerifyReport, _>(&*proof);
        let done = page.line.state == ReplayState::Done;
        page.may_judge = done && verifies && proof.report.state == ReportState::InVerification;
        page.may_repeat = verifies && is_report_judged(proof.report.state);
        Ok(page)
    }
}

async fn row_of(unit: &mut Unit, id: Uuid, of: ReplayOf) -> Outcome<ReplayRow> {
    let found = unit.store.replay(id).await?;
    found.filter(|row| row.of == of).ok_or(Error::NotFound)
}

async fn page<A: Action, T: Resource>(unit: &mut Unit, proof: &Permitted<A, T>, row: ReplayRow) -> Outcome<ReplayPage> {
    let steps = match &row.steps {
        None => Vec::new(),
        Some(sealed) => {
            let plain = unit.open(proof, place(STEPS.0, STEPS.1, row.id), sealed).await?;
            serde_json::from_slice(&plain).map_err(|error| Error::Internal(error.to_string()))?
        }
    };
    Ok(ReplayPage {
        attachment: row.attachment,
        hosted: row.instance.is_some(),
        problem: row.problem,
        line: line(unit, proof, row).await?,
        steps,
        whole: true,
        may_judge: false,
        may_repeat: false,
    })
}

async fn line<A: Action, T: Resource>(unit: &mut Unit, proof: &Permitted<A, T>, row: ReplayRow) -> Outcome<ReplayLine> {
    let plain = unit.open(proof, place(ABOUT.0, ABOUT.1, row.id), &row.about).await?;
    let (state, why) = row.state.at(row.until, unit.now);
    Ok(ReplayLine {
        id: row.id,
        by: unit.name_of(row.by).await?,
        at: row.at,
        state,
        failure: row.failure.or(why),
        result: row.result,
        target: serde_json::from_slice(&plain).map_err(|error| Error::Internal(error.to_string()))?,
    })
}

/// Gives the replays of a report or a retest to those who read what was tried.
pub(crate) async fn lines<A: Action, T: Resource>(
    unit: &mut Unit,
    proof: &Permitted<A, T>,
    of: ReplayOf,
) -> Outcome<Vec<ReplayLine>> {
    let mut lines = Vec::new();
    for row in unit.store.replays(of).await? {
        lines.push(line(unit, proof, row).await?);
    }
    Ok(lines)
}

/// Gives the replays of a retest that whoever makes it has made, with what they know of the targets.
pub(crate) async fn lines_of_tester(
    unit: &mut Unit,
    proof: &Permitted<DoRetest, RetestRecord>,
) -> Outcome<Vec<ReplayLine>> {
    let me = unit.actor.person();
    let mut lines = Vec::new();
    for row in unit.store.replays(ReplayOf::Retest(proof.retest.id)).await? {
        if me == Some(row.by) {
            let known = knows(unit, proof, &row).await?;
            let mut line = line(unit, proof, row).await?;
            line.target = line.target.known(known);
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Says whether the reader, who makes a retest, knows the target of a replay anyway: from the campaign, or their report.
async fn knows(unit: &mut Unit, retest: &RetestRecord, row: &ReplayRow) -> Outcome<bool> {
    Ok(knows_targets(unit, row.campaign).await? || reported_by_reader(unit, retest, row.attachment).await?)
}

/// Says whether the reader may read the targets of a campaign.
pub(super) async fn knows_targets(unit: &mut Unit, campaign: CampaignId) -> Outcome<bool> {
    let found = unit.store.campaign(campaign, &unit.reader).await?;
    Ok(found.is_some_and(|found| unit.may::<ReadCampaignTarget, _>(found.peek())))
}

/// Shows a replay on the corrected version to whoever had it made and makes the retest, and to those who handle the
/// vulnerability; the reading is journaled.
///
/// Both answers are for who may read the exchanges anyway: whoever reported them, and those who get the exploit with its
/// files. Another tester reads what each answer comes to.
#[derive(Clone, Copy, Debug)]
pub struct ViewRetestReplay {
    /// The retest.
    pub retest: RetestId,
    /// The replay.
    pub replay: Uuid,
}

/// What the page of a retest's replay tells beside it.
#[derive(Clone, Debug)]
pub struct OfRetest {
    /// The product.
    pub product: String,
    /// The version that is said to be fixed.
    pub version: String,
    /// The vulnerability, for those who handle it.
    pub vulnerability: Option<VulnerabilityId>,
    /// The notice of its programme.
    pub notice: NoticeKind,
}

impl UseCase for ViewRetestReplay {
    type Output = (ReplayPage, OfRetest);

    async fn run(&self, unit: &mut Unit) -> Outcome<(ReplayPage, OfRetest)> {
        let found = unit.store.retest(self.retest, unit.now).await?.ok_or(Error::NotFound)?;
        let retest = found.peek().clone();
        let row = row_of(unit, self.replay, ReplayOf::Retest(self.retest)).await?;
        let flaw = unit
            .store
            .vulnerability(retest.retest.vulnerability, &unit.reader)
            .await?
            .ok_or(Error::NotFound)?;
        let record = flaw.peek().clone();
        let handles = unit.may::<ReadVulnerability, _>(&record) && disclosure_for(unit, &record) == Disclosure::Exploit;
        let mut shown = if handles {
            let proof: Permitted<ReadVulnerability, _> = unit.permit(flaw)?;
            page(unit, &proof, row).await?
        } else {
            let proof: Permitted<DoRetest, _> = unit.permit(found)?;
            of_tester(unit, &proof, row).await?
        };
        shown.may_repeat = super::may_support(unit, &retest, &record);
        let of = OfRetest {
            product: record.product_name.clone(),
            version: record.fixed_version_name.clone().unwrap_or_default(),
            vulnerability: handles.then_some(record.vulnerability.id),
            notice: record.notice,
        };
        Ok((shown, of))
    }
}

/// Shows a replay of their own to whoever makes the retest; the exchanges to their reporter alone.
async fn of_tester(unit: &mut Unit, proof: &Permitted<DoRetest, RetestRecord>, row: ReplayRow) -> Outcome<ReplayPage> {
    let me = unit.actor.person();
    if me != Some(row.by) || me != proof.retest.by {
        return Err(Error::NotFound);
    }
    let reported = reported_by_reader(unit, proof, row.attachment).await?;
    let known = reported || knows_targets(unit, row.campaign).await?;
    let mut page = page(unit, proof, row).await?;
    page.line.target = page.line.target.known(known);
    if !reported {
        page.whole = false;
        page.steps = page.steps.into_iter().map(without_exchange).collect();
    }
    Ok(page)
}

/// Says whether the reader reported the exchanges themselves, and may still read their report.
async fn reported_by_reader(unit: &mut Unit, retest: &RetestRecord, attachment: AttachmentId) -> Outcome<bool> {
    let Some(file) = unit.store.attachment(attachment).await? else {
        return Ok(false);
    };
    match brought_by(unit, retest, &file).await {
        Err(Error::NotFound) => Ok(false),
        brought => reported(unit, &brought?).await,
    }
}

/// Says whether the reader reported a piece of evidence, and may still read their report.
pub(super) async fn reported(unit: &mut Unit, brought: &EvidenceRow) -> Outcome<bool> {
    let report = unit.store.report(brought.report).await?;
    let reads = report.is_some_and(|found| unit.may::<ReadReport, _>(found.peek()));
    Ok(reads && unit.actor.person() == Some(brought.reporter))
}

/// Leaves of a step what it comes to.
fn without_exchange(step: ReplayedStep) -> ReplayedStep {
    ReplayedStep {
        method: String::new(),
        path: String::new(),
        recorded: String::new(),
        recorded_body: ShownBody::None,
        replayed: String::new(),
        replayed_body: ShownBody::None,
        differences: Vec::new(),
        ..step
    }
}
