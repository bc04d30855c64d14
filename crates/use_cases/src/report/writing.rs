//! Whether somebody may write reports in a campaign now: by policy, and by the same rules as reaching its targets.

use crate::error::{Error, Outcome};
use crate::ports::{CampaignRecord, ReportRecord};
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::WriteReport;
use domain::access::{Denied, may_write_report};
use domain::campaign::CampaignState;
use domain::ids::CampaignId;
use domain::report::ReportState;

/// Permits writing in a campaign: by policy, and by the same rules as reaching its targets.
pub(super) async fn permit_writing(unit: &mut Unit, id: CampaignId, begun: bool) -> Outcome<(Acting, CampaignRecord)> {
    let reports = unit.store.campaign_reports(id).await?;
    let proof = unit.permit_found::<WriteReport, _>(reports)?;
    let acting = proof.acting().clone();
    let person = acting.person().ok_or(Error::NotFound)?;
    let campaign = unit
        .store
        .campaign(id, &unit.reader)
        .await?
        .ok_or(Error::NotFound)?
        .peek()
        .clone();
    let facts = campaign.access_facts(person, unit.now);
    may_write_report(&facts, begun).map_err(|why| match (why, facts.campaign) {
        (
            Denied::OutsideWindow | Denied::CampaignNotOpen,
            CampaignState::Closed | CampaignState::Archived | CampaignState::Cancelled,
        ) if begun => Error::Conflict("report-error-draft-closed"),
        _ => denied(why),
    })?;
    Ok((acting, campaign))
}

/// Says why a report cannot be written now; somebody without a part learns nothing.
pub(super) fn denied(denied: Denied) -> Error {
    match denied {
        Denied::NotAParticipant => Error::NotFound,
        Denied::PersonSuspended => Error::Conflict("report-error-suspended"),
        Denied::CampaignSuspended => Error::Conflict("report-error-campaign-suspended"),
        Denied::CampaignNotOpen | Denied::OutsideWindow => Error::Conflict("report-error-outside-window"),
        Denied::NotAuthorised => Error::Conflict("report-error-not-authorised"),
        Denied::RulesNotAccepted => Error::Conflict("report-error-rules"),
        Denied::ConsentMissing => Error::Conflict("report-error-consent"),
    }
}

/// Says why a draft can no longer be handed in, where it cannot.
pub(super) async fn blocked(unit: &mut Unit, record: &ReportRecord) -> Outcome<Option<&'static str>> {
    if record.report.state != ReportState::Draft {
        return Ok(None);
    }
    match permit_writing(unit, record.report.campaign, true).await {
        Ok(_) => Ok(None),
        Err(Error::Conflict(why)) => Ok(Some(why)),
        Err(Error::NotFound) => Ok(Some("report-error-draft-closed")),
        Err(other) => Err(other),
    }
}

/// Says whether the actor may begin a report in a campaign now.
pub(crate) async fn may_write(unit: &mut Unit, campaign: CampaignId) -> Outcome<bool> {
    match permit_writing(unit, campaign, false).await {
        Ok(_) => Ok(true),
        Err(Error::Conflict(_) | Error::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}
