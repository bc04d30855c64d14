//! What waits for a person about campaigns.

use super::joining::officer_of;
use super::list::own_organisations;
use super::{missing, missing_of_scope};
use crate::desk::{DeskItem, NAMED, is_more, more, one_more};
use crate::error::Outcome;
use crate::ports::CampaignRecord;
use crate::unit::Unit;
use authorization::Loaded;
use authorization::action::{AcceptRules, EnrolHunters, ManageCampaign, PrepareScope};
use domain::campaign::CampaignState;
use domain::ids::{CampaignId, PersonId};
use domain::join::{JoinState, can_be_joined};
use domain::party::PersonPart;
use domain::role::Role;
use i18n::Arg;
use std::collections::{HashMap, HashSet};

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let person = unit.person()?;
    let organisations = own_organisations(unit);
    let mut items = commitments(unit, &organisations).await?;
    items.extend(by_group(unit).await?);
    let acts = |role: Role| {
        matches!(
            role,
            Role::Organiser | Role::Pilot | Role::Hunter | Role::SchoolSupervisor
        )
    };
    if !unit.actor.grants().iter().any(|grant| acts(grant.role)) {
        return Ok(items);
    }
    let lines = unit.store.campaigns_about(&organisations, &[], person).await?;
    let over = |state| {
        matches!(
            state,
            CampaignState::Closed | CampaignState::Archived | CampaignState::Cancelled
        )
    };
    let ids: Vec<_> = lines
        .iter()
        .filter(|line| !over(line.state))
        .map(|line| line.id)
        .collect();
    let records = unit.store.campaigns_of(&ids, &unit.reader, person).await?;
    let waiting = waiting(unit, &records).await?;
    for id in ids {
        let Some(found) = records.iter().find(|found| found.peek().campaign.id == id) else {
            continue;
        };
        let record = found.peek();
        if unit.may::<ManageCampaign, _>(record) {
            items.extend(organiser(unit, record).await?);
            items.extend(joins(&waiting, record));
        } else {
            items.extend(pilot(unit, record).await?);
        }
        items.extend(hunter(unit, record, person));
        items.extend(supervisor(&waiting, record));
    }
    Ok(items)
}

/// What is asked of all campaigns of a desk at once.
struct Waiting {
    /// How many asked to join those that the person answers for.
    asked: HashMap<CampaignId, i64>,
    /// In which the person may enrol hunters and nobody hunts.
    without_hunters: HashSet<CampaignId>,
}

async fn waiting(unit: &mut Unit, records: &[Loaded<CampaignRecord>]) -> Outcome<Waiting> {
    let (mut answers, mut enrols) = (Vec::new(), Vec::new());
    for record in records.iter().map(Loaded::peek) {
        if can_be_joined(record.campaign.state) && unit.may::<ManageCampaign, _>(record) {
            answers.push(record.campaign.id);
        }
        if unit.now < record.campaign.window.closes_at && unit.may::<EnrolHunters, _>(record) {
            enrols.push(record.campaign.id);
        }
    }
    let asked = unit.store.count_asked(&answers).await?;
    let hunted = unit.store.campaigns_hunted(&enrols, unit.now).await?;
    enrols.retain(|id| !hunted.contains(id));
    Ok(Waiting {
        asked,
        without_hunters: enrols.into_iter().collect(),
    })
}

async fn commitments(unit: &mut Unit, organisations: &[domain::ids::OrganisationId]) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    for (party, line) in unit.store.parties_to_commit(organisations).await? {
        let found = unit.store.party(party.id).await?;
        let may = found.is_some_and(|p| unit.may::<authorization::action::CommitToCampaign, _>(p.peek()));
        if may {
            let href = addresses::campaign::show(party.campaign.0);
            items.push(DeskItem {
                args: vec![("part", Arg::from(party.kind.code()))],
                ..item(
                    "campaign-desk-commit",
                    line.name,
                    href,
                    "campaign-desk-commit-action",
                    Some(line.opens_at),
                )
            });
        }
    }
    Ok(items)
}

/// What their groups propose to the officer's organisations, and what they were brought into before it opens.
async fn by_group(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    for one in unit
        .store
        .joins_by_group(&officer_of(unit), unit.now, one_more())
        .await?
    {
        let proposed = one.join.state == JoinState::Proposed;
        let page = addresses::campaign::show(one.join.campaign.0);
        let (what, action, due, href) = if proposed {
            let href = format!("{page}#proposition-{}", one.join.id);
            (
                "group-desk-proposed",
                "campaign-desk-joins-action",
                Some(one.window.opens_at),
                href,
            )
        } else {
            ("group-desk-brought", "campaign-desk-read-action", None, page)
        };
        items.push(DeskItem {
            args: vec![
                ("group", Arg::from(one.join.group_name)),
                ("organisation", Arg::from(one.join.organisation_name)),
            ],
            ..item(what, one.campaign_name, href, action, due)
        });
    }
    if is_more(items.len()) {
        items.truncate(NAMED);
        items.push(more(addresses::campaign::LIST.to_owned()));
    }
    Ok(items)
}

fn item(
    what: &'static str,
    place: String,
    href: String,
    action: &'static str,
    due: Option<domain::Timestamp>,
) -> DeskItem {
    DeskItem {
        what,
        args: Vec::new(),
        place,
        href,
        action,
        due,
    }
}

/// Who asked to join, for those who answer.
fn joins(waiting: &Waiting, record: &CampaignRecord) -> Option<DeskItem> {
    let count = *waiting.asked.get(&record.campaign.id)?;
    let href = format!("{}#adhesions", addresses::campaign::show(record.campaign.id.0));
    Some(DeskItem {
        args: vec![("n", Arg::Number(count))],
        ..item(
            "campaign-desk-joins",
            record.campaign.name.clone(),
            href,
            "campaign-desk-joins-action",
            None,
        )
    })
}

async fn organiser(unit: &mut Unit, record: &CampaignRecord) -> Outcome<Option<DeskItem>> {
    let href = addresses::campaign::show(record.campaign.id.0);
    let name = record.campaign.name.clone();
    let opens = Some(record.campaign.window.opens_at);
    Ok(match record.state_at(unit.now) {
        CampaignState::Draft => Some(item(
            "campaign-desk-draft",
            name,
            href,
            "campaign-desk-draft-action",
            opens,
        )),
        CampaignState::Planned | CampaignState::Ready => {
            let count = missing(unit, record).await?.len();
            (count > 0).then(|| {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                DeskItem {
                    args: vec![("n", Arg::Number(count))],
                    ..item(
                        "campaign-desk-missing",
                        name,
                        href,
                        "campaign-desk-missing-action",
                        opens,
                    )
                }
            })
        }
        CampaignState::Suspended => Some(item(
            "campaign-desk-suspended",
            name,
            href,
            "campaign-desk-suspended-action",
            None,
        )),
        CampaignState::Verifying => Some(item(
            "campaign-desk-verifying",
            name,
            href,
            "campaign-desk-verifying-action",
            None,
        )),
        _ => None,
    })
}

/// Gives what a pilot can do about a campaign that others run: complete its scope, know that it is stopped.
async fn pilot(unit: &mut Unit, record: &CampaignRecord) -> Outcome<Option<DeskItem>> {
    if !unit.may::<PrepareScope, _>(record) {
        return Ok(None);
    }
    let id = record.campaign.id.0;
    let name = record.campaign.name.clone();
    Ok(match record.state_at(unit.now) {
        CampaignState::Draft | CampaignState::Planned | CampaignState::Ready => {
            let scopes = missing_of_scope(unit, record).await?;
            (scopes > 0).then(|| DeskItem {
                args: vec![("n", Arg::Number(i64::try_from(scopes).unwrap_or(i64::MAX)))],
                ..item(
                    "campaign-desk-scope",
                    name,
                    addresses::campaign::scope(id),
                    "campaign-desk-scope-action",
                    Some(record.campaign.window.opens_at),
                )
            })
        }
        CampaignState::Suspended => Some(item(
            "campaign-desk-suspended",
            name,
            addresses::campaign::show(id),
            "campaign-desk-read-action",
            None,
        )),
        _ => None,
    })
}

fn hunter(unit: &Unit, record: &CampaignRecord, person: PersonId) -> Option<DeskItem> {
    let part = record.person_with(person, PersonPart::Hunter)?;
    let suspended = part.participant.suspended_at.is_some();
    if suspended || !unit.may::<AcceptRules, _>(record) {
        return None;
    }
    let href = addresses::campaign::show(record.campaign.id.0);
    let name = record.campaign.name.clone();
    let window = record.campaign.window;
    if record.campaign.rules.is_some() && !record.has_accepted_rules(person) && unit.now < window.closes_at {
        return Some(item(
            "campaign-desk-rules",
            name,
            href,
            "campaign-desk-rules-action",
            Some(window.opens_at),
        ));
    }
    (record.state_at(unit.now) == CampaignState::Open).then(|| {
        item(
            "campaign-desk-hunt",
            name,
            href,
            "campaign-desk-hunt-action",
            Some(window.closes_at),
        )
    })
}

fn supervisor(waiting: &Waiting, record: &CampaignRecord) -> Option<DeskItem> {
    let href = addresses::campaign::codes(record.campaign.id.0);
    waiting.without_hunters.contains(&record.campaign.id).then(|| {
        item(
            "campaign-desk-codes",
            record.campaign.name.clone(),
            href,
            "campaign-desk-codes-action",
            Some(record.campaign.window.opens_at),
        )
    })
}
