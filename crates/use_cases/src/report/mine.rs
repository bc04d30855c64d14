//! One's own reports.

use super::list::FILE_LINES;
use super::text::title;
use super::writing::blocked;
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{OwnPage, ReportRecord};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::ReadReport;
use domain::appeal::{ReportTimes, appeal_ends_at};
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
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// The rating that counts.
    pub rating: Option<Rating>,
    /// By when its hunter may still do something.
    pub due: Option<Timestamp>,
    /// Why a draft can no longer be handed in, where it cannot.
    pub blocked: Option<&'static str>,
}

/// Lists one's own reports, newest first, a page at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct MyReports {
    /// The last report of the page before.
    pub after: Option<ReportId>,
    /// Whether the most severe come first, in place of the newest.
    pub by_severity: bool,
    /// Whether what is least comes first.
    pub reversed: bool,
    /// Whether all of them are listed, for a file.
    pub whole: bool,
}

/// A page of one's own reports.
#[derive(Clone, Debug)]
pub struct MyReportsPage {
    /// The reports.
    pub lines: Vec<MyReport>,
    /// After which report the next page begins, where there is one.
    pub next: Option<ReportId>,
}

impl UseCase for MyReports {
    type Output = MyReportsPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<MyReportsPage> {
        let me = unit.person()?;
        let rows = if self.whole {
            usize::try_from(FILE_LINES).unwrap_or_default()
        } else {
            unit.app.settings.limits.page_lines
        };
        let page = OwnPage {
            by_severity: self.by_severity,
            reversed: self.reversed,
            after: self.after,
            limit: i64::try_from(rows).unwrap_or(50) + 1,
        };
        let mut found = unit.store.reports_by(me, &page).await?;
        let more = found.len() > rows;
        found.truncate(rows);
        let next = found.last().filter(|_| more).map(|last| last.peek().report.id);
        let mut lines = Vec::new();
        for one in found {
            if let Ok(proof) = unit.permit::<ReadReport, _>(one) {
                lines.push(line(unit, &proof).await?);
            }
        }
        Ok(MyReportsPage { lines, next })
    }
}

async fn line(unit: &mut Unit, proof: &Permitted<ReadReport, ReportRecord>) -> Outcome<MyReport> {
    let report = &proof.report;
    Ok(MyReport {
        id: report.id,
        number: report.number,
        campaign: report.campaign,
        campaign_name: proof.campaign_name.clone(),
        notice: proof.notice,
        product: proof.product_name.clone(),
        state: report.state,
        mirrors: mirrored(unit, proof).await?.map(|(_, state)| state),
        since: proof.state_at,
        submitted_at: report.submitted_at,
        rating: proof.rating(),
        due: due(proof, unit.now, &unit.app.settings.limits.report_times()),
        blocked: blocked(unit, proof).await?,
        title: title(unit, proof).await?,
    })
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
pub(super) fn due(record: &ReportRecord, now: Timestamp, times: &ReportTimes) -> Option<Timestamp> {
    let report = &record.report;
    let end = match report.state {
        ReportState::NeedsInformation => report.asked_at.map(|at| at.plus_days(times.answer_days)),
        _ => appeal_ends_at(report, times),
    };
    end.filter(|end| *end > now)
}
