//! What two people decide: an abusive closing, and a late merge.

use super::change::{Change, reason, refused};
use super::close::original;
use super::notify;
use super::text::column;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{ReportProposal, ReportRecord};
use crate::unit::Unit;
use authorization::action::VerifyReport as Verify;
use domain::Machine as _;
use domain::ids::ReportId;
use domain::report::{ReportEvent, ReportState};
use domain::verification::two_people;
use serde_json::json;

/// Proposes to close a report as abusive; another verifier must agree.
#[derive(Clone, Debug)]
pub struct ProposeAbusive {
    /// The report.
    pub report: ReportId,
    /// Why.
    pub reason: String,
}

impl UseCase for ProposeAbusive {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let why = reason(unit, "reason", &self.reason)?;
        change.hold(unit)?;
        change.record.report.state.after(ReportEvent::CloseAbusive)?;
        propose(unit, change, "abusive", &why, None).await
    }
}

/// Proposes to merge a verified report into an earlier one; another verifier must agree.
#[derive(Clone, Debug)]
pub struct ProposeLateMerge {
    /// The report.
    pub report: ReportId,
    /// The earlier report.
    pub original: Option<ReportId>,
    /// Why.
    pub reason: String,
}

impl UseCase for ProposeLateMerge {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let change = Change::take::<Verify>(unit, self.report).await?;
        let why = reason(unit, "reason", &self.reason)?;
        change.record.report.state.after(ReportEvent::MergeLate)?;
        let original = original(unit, &change.record, self.original).await?;
        propose(unit, change, "late_merge", &why, Some(original)).await
    }
}

async fn propose(
    unit: &mut Unit,
    mut change: Change,
    kind: &str,
    why: &str,
    original: Option<ReportId>,
) -> Outcome<()> {
    if change.record.proposal.is_some() {
        return Err(Error::Conflict("report-error-proposal-there"));
    }
    let sealed = change.seal(unit, "proposal_sealed", why).await?;
    change.record.proposal = Some(ReportProposal {
        kind: kind.to_owned(),
        by: change.person()?,
        at: unit.now,
        original,
        reason: sealed,
    });
    change.record.report.claim = None;
    let body = json!({"proposal": kind, "reason": why, "original": original});
    let record = change.keep(unit, "report.proposed", body).await?;
    notify::verifiers(unit, &record, "second", &format!("proposed/{}", unit.now.0)).await
}

/// Agrees, as the second person, to what another verifier proposed.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmProposal {
    /// The report.
    pub report: ReportId,
}

impl UseCase for ConfirmProposal {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let second = change.person()?;
        let proposal = change
            .record
            .proposal
            .take()
            .ok_or(Error::Conflict("error-not-in-this-state"))?;
        let place = column("proposal_sealed", self.report.0);
        let why = unit.open_text_unnoted(place, &proposal.reason).await?;
        two_people(proposal.by, second, &why).map_err(refused)?;
        if let Some(original) = proposal.original {
            super::close::original(unit, &change.record, Some(original)).await?;
            leave_vulnerability(unit, &mut change).await?;
            change.on(ReportEvent::MergeLate, unit.now)?;
            change.record.report.original = Some(original);
        } else {
            change.on(ReportEvent::CloseAbusive, unit.now)?;
        }
        change.closed(Some(proposal.by), Some(second), unit.now);
        change.record.closing_reason = Some(change.seal(unit, "closing_sealed", &why).await?);
        let body = json!({
            "state": change.record.report.state,
            "reason": why,
            "original": change.record.report.original,
            "first": proposal.by,
        });
        let record = change.keep(unit, "report.closed_by_two", body).await?;
        notify::authors(unit, &record, "closed", &format!("closed/{}", unit.now.0)).await
    }
}

/// Lets a proposal fall: its author changes their mind, or another verifier disagrees.
#[derive(Clone, Debug)]
pub struct DropProposal {
    /// The report.
    pub report: ReportId,
    /// Why.
    pub reason: String,
}

impl UseCase for DropProposal {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let mut change = Change::take::<Verify>(unit, self.report).await?;
        let why = reason(unit, "drop_reason", &self.reason)?;
        let proposal = change
            .record
            .proposal
            .take()
            .ok_or(Error::Conflict("error-not-in-this-state"))?;
        change
            .keep(
                unit,
                "report.proposal_dropped",
                json!({"proposal": proposal.kind, "reason": why}),
            )
            .await?;
        Ok(())
    }
}

/// Takes a report out of the vulnerability it was verified into.
pub(super) async fn leave_vulnerability(unit: &mut Unit, change: &mut Change) -> Outcome<()> {
    if change.record.report.vulnerability.take().is_some() {
        crate::vulnerability::leave(unit, &change.acting, change.record.report.id).await?;
    }
    Ok(())
}

/// Says whether a report may be proposed for a late merge.
pub(super) fn may_merge_late(record: &ReportRecord) -> bool {
    record.report.state == ReportState::Verified && record.proposal.is_none()
}
