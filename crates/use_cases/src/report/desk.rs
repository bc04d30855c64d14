//! What waits for hunters and verifiers, and what those who lead or supervise should know.

use super::filters::StateFilter;
use super::list::campaigns;
use super::mine::due;
use super::writing::blocked;
use crate::desk::DeskItem;
use crate::error::Outcome;
use crate::ports::{CampaignReports, Judge, ReportFilter, ReportOrder, ReportRecord};
use crate::unit::Unit;
use authorization::action::{AnswerReport, DecideAppeal, ReadReportOutline, VerifyReport};
use domain::ids::{CampaignId, PersonId};
use domain::report::ReportState;
use domain::role::{Grant, GrantScope, Role};
use domain::severity::Severity;
use i18n::Arg;

/// The most reports of one kind that a desk names one by one.
const NAMED: i64 = 30;
/// Days for which a critical report stays on the desk of those who supervise.
const CRITICAL_DAYS: i64 = 30;

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = hunter(unit).await?;
    if unit.actor.grants().iter().any(|grant| grant.role == Role::Verifier) {
        items.extend(verifier(unit).await?);
    }
    items.extend(pilot(unit).await?);
    items.extend(observer(unit).await?);
    Ok(items)
}

/// Gives the campaigns in which the person holds a role, by that role.
async fn campaigns_as(unit: &mut Unit, role: Role) -> Outcome<Vec<CampaignReports>> {
    let reaches = |grant: &Grant, one: &CampaignReports| match grant.scope {
        GrantScope::Campaign(id) => id == one.campaign,
        GrantScope::Programme(id) => id == one.programme,
        GrantScope::Organisation => false,
    };
    let grants: Vec<Grant> = unit.actor.grants().iter().filter(|g| g.role == role).cloned().collect();
    if grants.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = campaigns(unit).await?;
    found.retain(|one| grants.iter().any(|grant| reaches(grant, one)));
    Ok(found)
}

/// Tells a pilot, for each campaign they lead, how many reports came in and are not decided yet.
async fn pilot(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    for one in campaigns_as(unit, Role::Pilot).await? {
        let filter = ReportFilter {
            campaigns: vec![one.campaign],
            states: StateFilter::Waiting.states(),
            ..ReportFilter::default()
        };
        let waiting = unit.store.count_reports(&filter).await?;
        if waiting > 0 {
            items.push(DeskItem {
                what: "report-desk-came-in",
                args: vec![("n", Arg::Number(waiting))],
                place: one.name,
                href: addresses::report::queue_of(one.campaign),
                action: "report-desk-follow",
                due: None,
            });
        }
    }
    Ok(items)
}

/// Names to an observer the critical reports of the last days that were not dismissed.
async fn observer(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let campaigns = campaigns_as(unit, Role::Observer).await?;
    let mut states = StateFilter::Waiting.states();
    states.push(ReportState::Verified);
    let filter = ReportFilter {
        campaigns: campaigns.iter().map(|one| one.campaign).collect(),
        states,
        score_from: Some(Severity::Critical.tenths().0),
        order: ReportOrder::Age,
        reversed: true,
        limit: NAMED,
        ..ReportFilter::default()
    };
    let since = unit.now.plus_days(-CRITICAL_DAYS);
    let mut items = Vec::new();
    for found in unit.store.list_reports(&filter).await? {
        let record = found.peek();
        let recent = record.report.submitted_at.is_some_and(|at| at >= since);
        if recent && unit.may::<ReadReportOutline, _>(record) {
            items.push(item(record, "report-desk-critical", "report-desk-see"));
        }
    }
    Ok(items)
}

fn item(record: &ReportRecord, what: &'static str, action: &'static str) -> DeskItem {
    DeskItem {
        what,
        args: vec![("number", Arg::Text(record.report.number.to_string()))],
        place: record.campaign_name.clone(),
        href: addresses::report::show(record.report.id),
        action,
        due: None,
    }
}

async fn hunter(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    if !unit.actor.grants().iter().any(|grant| grant.role == Role::Hunter) {
        return Ok(items);
    }
    let me = unit.person()?;
    items.extend(super::naming::desk_items(unit).await?);
    // The longest delay in which a closing may still be answered.
    let times = unit.app.settings.limits.report_times();
    let since = unit
        .now
        .plus_days(-times.answer_days.max(times.reopen_days).max(times.appeal_days));
    for found in unit.store.reports_in_hand(me, since).await? {
        let record = found.peek();
        if !unit.may::<AnswerReport, _>(record) {
            continue;
        }
        let end = due(record, unit.now, &unit.app.settings.limits.report_times());
        let mut next = match record.report.state {
            ReportState::Draft if blocked(unit, record).await?.is_some() => continue,
            ReportState::Draft => {
                let mut draft = item(record, "report-desk-draft", "report-desk-complete");
                draft.href = addresses::report::edit(record.report.id);
                draft
            }
            ReportState::NeedsInformation => item(record, "report-desk-answer", "report-desk-answer-action"),
            _ if end.is_some() => item(record, "report-desk-closed", "report-desk-read"),
            _ => continue,
        };
        next.due = end;
        items.push(next);
    }
    Ok(items)
}

/// Says whether a grant lets its holder verify in a campaign.
fn verifies(grant: &Grant, one: &CampaignReports) -> bool {
    let there = match grant.scope {
        GrantScope::Organisation => true,
        GrantScope::Campaign(id) => id == one.campaign,
        GrantScope::Programme(_) => false,
    };
    grant.role == Role::Verifier && there && one.operators.contains(&grant.organisation)
}

/// Gives the campaigns in which the person verifies.
pub(crate) async fn verified(unit: &mut Unit) -> Outcome<Vec<CampaignReports>> {
    let mut found = campaigns(unit).await?;
    found.retain(|one| unit.actor.grants().iter().any(|grant| verifies(grant, one)));
    Ok(found)
}

/// Gives the person as one who judges.
pub(crate) fn judge(unit: &Unit) -> Outcome<Judge> {
    Ok(Judge {
        person: unit.person()?,
        organisations: unit.reader.organisations.clone(),
    })
}

async fn verifier(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let judge = judge(unit)?;
    let verified = verified(unit).await?;
    let ids: Vec<CampaignId> = verified.iter().map(|one| one.campaign).collect();
    let mut items = in_hand(unit, &ids, judge.person).await?;
    for (campaign, count) in unit.store.count_waiting(&ids, &judge, unit.now).await? {
        let Some(one) = verified.iter().find(|one| one.campaign == campaign) else {
            continue;
        };
        items.push(DeskItem {
            what: "report-desk-waiting",
            args: vec![("n", Arg::Number(count))],
            place: one.name.clone(),
            href: addresses::report::waiting_in(campaign),
            action: "report-desk-open-queue",
            due: None,
        });
    }
    Ok(items)
}

/// Gives what a verifier holds, what another proposed and what is appealed, for a second person to decide.
async fn in_hand(unit: &mut Unit, campaigns: &[CampaignId], me: PersonId) -> Outcome<Vec<DeskItem>> {
    let filter = ReportFilter {
        campaigns: campaigns.to_vec(),
        states: vec![
            ReportState::Submitted,
            ReportState::InVerification,
            ReportState::Appealed,
            ReportState::Verified,
        ],
        in_hand_of: Some((me, unit.now)),
        limit: NAMED,
        ..ReportFilter::default()
    };
    let mut items = Vec::new();
    for found in unit.store.list_reports(&filter).await? {
        let record = found.peek();
        if !unit.may::<VerifyReport, _>(record) {
            continue;
        }
        let report = &record.report;
        let closed_it = report.closing.is_some_and(|c| [c.by, c.second].contains(&Some(me)));
        let own = report.claim.filter(|claim| claim.by == me && unit.now < claim.until);
        if record.proposal.as_ref().is_some_and(|proposal| proposal.by != me) {
            items.push(item(record, "report-desk-second", "report-desk-decide"));
        } else if report.state == ReportState::Appealed && !closed_it && unit.may::<DecideAppeal, _>(record) {
            items.push(item(record, "report-desk-appeal", "report-desk-decide"));
        } else if let Some(own) = own {
            let mut claimed = item(record, "report-desk-claimed", "report-desk-go-on");
            claimed.due = Some(own.until);
            items.push(claimed);
        }
    }
    Ok(items)
}
