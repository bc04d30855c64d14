//! One's own reports.

use super::text::title;
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::ReportRecord;
use crate::unit::Unit;
use authorization::action::ReadReport;
use domain::appeal::{ANSWER_DAYS, appeal_ends_at};
use domain::ids::{CampaignId, ReportId, VulnerabilityId};
use domain::report::{Rating, ReportState};
use domain::vulnerability::VulnerabilityState;
use domain::{NoticeKind, Timestamp};

/// One of one's own reports.
#[derive(Clone, Debug)]
pub struct MyReport {
    /// The report.
    pub id: ReportId,
    /// Its number within the campaign; zero for a draft.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The campaign.
    pub campaign: CampaignId,
    /// The campaign's name.
    pub campaign_name: String,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
    /// The product's name.
    pub product: String,
    /// Where it stands.
    pub state: ReportState,
    /// Where its vulnerability stands, once verified.
    pub mirrors: Option<VulnerabilityState>,
    /// Since when.
    pub since: Timestamp,
    /// The rating that counts.
    pub rating: Option<Rating>,
    /// By when its hunter may still do something.
    pub due: Option<Timestamp>,
}

/// Lists one's own reports, newest first, at most 50.
#[derive(Clone, Copy, Debug)]
pub struct MyReports;

impl UseCase for MyReports {
    type Output = Vec<MyReport>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<MyReport>> {
        let me = unit.person()?;
        let mut mine = Vec::new();
        for found in unit.store.reports_by(me, 50).await? {
            let Ok(proof) = unit.permit::<ReadReport, _>(found) else {
                continue;
            };
            let mirrors = mirrored(unit, &proof).await?.map(|(_, state)| state);
            let report = &proof.report;
            mine.push(MyReport {
                id: report.id,
                number: report.number,
                campaign: report.campaign,
                campaign_name: proof.campaign_name.clone(),
                notice: proof.notice,
                product: proof.product_name.clone(),
                state: report.state,
                mirrors,
                since: proof.state_at,
                rating: proof.rating(),
                due: due(&proof, unit.now),
                title: title(unit, &proof).await?,
            });
        }
        Ok(mine)
    }
}

/// Gives the vulnerability that a verified report mirrors.
pub(super) async fn mirrored(
    unit: &mut Unit,
    record: &ReportRecord,
) -> Outcome<Option<(VulnerabilityId, VulnerabilityState)>> {
    if record.report.state != ReportState::Verified {
        return Ok(None);
    }
    crate::vulnerability::mirror_state(unit, record.report.id).await
}

/// Gives by when an author may still do something about a report.
pub(super) fn due(record: &ReportRecord, now: Timestamp) -> Option<Timestamp> {
    let report = &record.report;
    let end = match report.state {
        ReportState::NeedsInformation => report.asked_at.map(|at| at.plus_days(ANSWER_DAYS)),
        _ => appeal_ends_at(report),
    };
    end.filter(|end| *end > now)
}
