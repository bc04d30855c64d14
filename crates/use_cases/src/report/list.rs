//! The queue of those who verify, and the list of those who follow.

use super::filters::{ClaimFilter, StateFilter};
use super::text::title;
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{CampaignReports, ReportFilter, ReportOrder, ReportReach, ReportRecord};
use crate::unit::Unit;
use authorization::action::{
    ListReports, ReadReport, ReadReportHistory, ReadReportOutline, SearchReports, VerifyReport,
};
use authorization::{Acting, Action, Loaded};
use domain::Timestamp;
use domain::ids::{CampaignId, ReportId};
use domain::report::{Rating, ReportState};
use domain::role::{GrantScope, Role, Workplace};
use domain::severity::Severity;

/// The most lines of a file of a list.
pub const FILE_LINES: i64 = 2_000;

/// Lists the reports of the campaigns that one verifies, runs, leads or supervises.
#[derive(Clone, Copy, Debug)]
pub struct ListQueue {
    /// Only this campaign.
    pub campaign: Option<CampaignId>,
    /// Which states.
    pub state: StateFilter,
    /// Whose claims.
    pub claim: ClaimFilter,
    /// Only this severity.
    pub severity: Option<Severity>,
    /// By what.
    pub order: ReportOrder,
    /// Whether what is least comes first.
    pub reversed: bool,
    /// The page, from zero; none for a file of all of them.
    pub page: Option<i64>,
}

/// One report of a list.
#[derive(Clone, Debug)]
pub struct QueueLine {
    /// The report.
    pub id: ReportId,
    /// Its number within the campaign.
    pub number: i64,
    /// Its title; empty for those who only learn that it exists.
    pub title: String,
    /// The campaign's name.
    pub campaign: String,
    /// The product's name.
    pub product: String,
    /// Where it stands.
    pub state: ReportState,
    /// Since when.
    pub since: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// The rating that counts.
    pub rating: Option<Rating>,
    /// Who works on it; empty where nobody does.
    pub claimed_by: String,
    /// Until when.
    pub claimed_until: Option<Timestamp>,
    /// Whether the claim is one's own.
    pub mine: bool,
    /// Whether a second person is needed.
    pub second_needed: bool,
    /// Whether one may take it, or give it up, together with others of the list.
    pub choosable: bool,
    /// Whether one may not judge it: one's own organisation wrote it, or makes the product.
    pub conflict: bool,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The campaigns that can be chosen.
    pub campaigns: Vec<CampaignReports>,
    /// The reports of the page.
    pub lines: Vec<QueueLine>,
    /// How many there are in all.
    pub total: i64,
    /// How many are on a page.
    pub per_page: i64,
    /// Which page it is, from zero.
    pub page: i64,
    /// Whether one verifies in any of the campaigns.
    pub verifies: bool,
}

impl UseCase for ListQueue {
    type Output = Queue;

    async fn run(&self, unit: &mut Unit) -> Outcome<Queue> {
        unit.person()?;
        let campaigns = campaigns(unit).await?;
        if campaigns.is_empty() {
            return nothing_yet(unit);
        }
        let per_page = match self.page {
            Some(_) => i64::try_from(unit.app.settings.limits.page_lines).unwrap_or(50),
            None => FILE_LINES,
        };
        let mut filter = self.filter(unit, &campaigns, per_page);
        let total = unit.store.count_reports(&filter).await?;
        // A page beyond the end, such as the last one once its reports were taken, is the last page.
        let page = self
            .page
            .unwrap_or_default()
            .clamp(0, (total - 1).max(0) / per_page.max(1));
        filter.skip = page.saturating_mul(per_page);
        let mut lines = Vec::new();
        for found in unit.store.list_reports(&filter).await? {
            lines.extend(line(unit, found).await?);
        }
        Ok(Queue {
            total,
            verifies: unit.actor.grants().iter().any(|grant| grant.role == Role::Verifier),
            campaigns,
            lines,
            per_page,
            page,
        })
    }
}

/// Gives an empty list to whoever comes to work here before there is a campaign; nobody else finds a list.
fn nothing_yet(unit: &Unit) -> Outcome<Queue> {
    let works = |role: Role| {
        role.workplaces()
            .iter()
            .any(|place| matches!(place, Workplace::Verification | Workplace::Reports))
    };
    if !unit.actor.grants().iter().any(|grant| works(grant.role)) {
        return Err(crate::Error::NotFound);
    }
    Ok(Queue {
        campaigns: Vec::new(),
        lines: Vec::new(),
        total: 0,
        per_page: 1,
        page: 0,
        verifies: unit.actor.grants().iter().any(|grant| grant.role == Role::Verifier),
    })
}

impl ListQueue {
    fn filter(&self, unit: &Unit, campaigns: &[CampaignReports], limit: i64) -> ReportFilter {
        // Those who follow a campaign from outside are not told who works on what.
        let asked = campaigns.iter().filter(|campaign| {
            self.campaign.is_none_or(|only| only == campaign.campaign)
                && (self.claim == ClaimFilter::Any || unit.may::<SearchReports, _>(*campaign))
        });
        let ids = asked.map(|campaign| campaign.campaign);
        let tenths = self.severity.map(Severity::tenths);
        ReportFilter {
            campaigns: ids.collect(),
            states: self.state.states(),
            claimed_by: unit.actor.person().filter(|_| self.claim == ClaimFilter::Mine),
            unclaimed_at: Some(unit.now).filter(|_| self.claim == ClaimFilter::Free),
            score_from: tenths.map(|(from, _)| from),
            score_below: tenths.map(|(_, below)| below),
            order: self.order,
            reversed: self.reversed,
            limit,
            ..ReportFilter::default()
        }
    }
}

/// Gives the campaigns whose reports the actor may list: by their grants, then by policy.
pub(crate) async fn campaigns(unit: &mut Unit) -> Outcome<Vec<CampaignReports>> {
    campaigns_to::<ListReports>(unit).await
}

/// Gives the campaigns with whose reports the actor may do something.
pub(crate) async fn campaigns_to<A: Action>(unit: &mut Unit) -> Outcome<Vec<CampaignReports>> {
    let reach = reach(unit);
    let found = match unit.reached.take() {
        Some((known, found)) if known == reach => found,
        _ => unit.store.campaigns_in_reach(&reach, unit.now).await?,
    };
    unit.reached = Some((reach, found.clone()));
    Ok(found
        .into_iter()
        .filter(|campaign| unit.may::<A, _>(campaign))
        .collect())
}

fn reach(unit: &Unit) -> ReportReach {
    let mut reach = ReportReach::default();
    for grant in unit.actor.grants() {
        match (grant.role, grant.scope) {
            (Role::Verifier, GrantScope::Organisation) => reach.operators.push(grant.organisation),
            (Role::Organiser, GrantScope::Organisation) => reach.owners.push(grant.organisation),
            (Role::Organiser | Role::Observer, GrantScope::Programme(id)) => reach.programmes.push(id),
            (Role::Verifier | Role::Organiser | Role::Pilot | Role::Observer, GrantScope::Campaign(id)) => {
                reach.campaigns.push(id);
            }
            _ => {}
        }
    }
    reach
}

async fn line(unit: &mut Unit, found: Loaded<ReportRecord>) -> Outcome<Option<QueueLine>> {
    let record = found.peek().clone();
    let judges = unit.may::<VerifyReport, _>(&record);
    let title = match unit.permit::<ReadReport, _>(found) {
        Ok(proof) => title(unit, &proof).await?,
        Err(_) if unit.may::<ReadReportOutline, _>(&record) => String::new(),
        Err(_) => return Ok(None),
    };
    // Who works on it, and what is proposed, is said to those who work on it.
    let inside = unit.may::<ReadReportHistory, _>(&record);
    let claim = record.report.claim.filter(|claim| inside && unit.now < claim.until);
    let free = claim.is_none_or(|claim| Some(claim.by) == unit.actor.person());
    let waits = matches!(
        record.report.state,
        ReportState::Submitted | ReportState::InVerification | ReportState::NeedsInformation
    );
    let claimed_by = match claim {
        Some(claim) => unit.name_of(claim.by).await?,
        None => String::new(),
    };
    Ok(Some(QueueLine {
        id: record.report.id,
        number: record.report.number,
        title,
        campaign: record.campaign_name.clone(),
        product: record.product_name.clone(),
        state: record.report.state,
        since: record.state_at,
        submitted_at: record.report.submitted_at,
        rating: record.rating(),
        claimed_by,
        claimed_until: claim.map(|claim| claim.until),
        mine: claim.map(|claim| claim.by) == unit.actor.person() && claim.is_some(),
        second_needed: inside && record.proposal.is_some(),
        choosable: judges && free && waits,
        conflict: !judges && is_verifier(unit, &record),
    }))
}

/// Says whether the actor verifies in the report's campaign, conflicts of interest left aside.
pub(super) fn is_verifier(unit: &Unit, record: &ReportRecord) -> bool {
    let acting = unit.app.policies.decide(&unit.actor, "ReadReportHistory", record);
    matches!(acting, Some(Acting::Grant(_)))
        && unit
            .actor
            .grants()
            .iter()
            .any(|grant| grant.role == Role::Verifier && record.operators.contains(&grant.organisation))
}
