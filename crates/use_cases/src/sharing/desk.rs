//! What waits at the desks of officers, organisers and vendors.

use super::case::opinion_at;
use super::situations;
use crate::desk::{DeskItem, NAMED, is_more, more};
use crate::error::Outcome;
use crate::ports::{CaseFilter, SharingCase};
use crate::unit::Unit;
use authorization::action::MovePhase;
use domain::Timestamp;
use domain::ids::OrganisationId;
use domain::position::PositionState;
use domain::role::{GrantScope, Role};
use domain::sharing::{Opinion, Phase};
use i18n::Arg;

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = officer(unit).await?;
    items.extend(signatory(unit).await?);
    items.extend(organiser(unit).await?);
    items.extend(vendor(unit).await?);
    Ok(items)
}

fn of_role(unit: &Unit, role: Role) -> Vec<OrganisationId> {
    let grants = unit.actor.grants().iter();
    let mut all: Vec<OrganisationId> = grants
        .filter(|grant| grant.role == role && grant.scope == GrantScope::Organisation)
        .map(|grant| grant.organisation)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn item(case: &SharingCase, what: &'static str, action: &'static str, href: String) -> DeskItem {
    DeskItem {
        what,
        args: vec![
            ("product", Arg::Text(case.product_name.clone())),
            ("label", Arg::Text(format!("V-{}", case.number))),
        ],
        place: case.programme_name.clone(),
        href,
        action,
        due: None,
    }
}

/// As [`item`], for those who do not handle it: a number would tell how many others there are.
fn dated(case: &SharingCase, what: &'static str, action: &'static str, href: String) -> DeskItem {
    DeskItem {
        args: vec![
            ("product", Arg::Text(case.product_name.clone())),
            ("date", Arg::Day(case.opened_at.0)),
        ],
        ..item(case, what, action, href)
    }
}

async fn officer(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    for organisation in of_role(unit, Role::SecurityOfficer) {
        let (awaited, others) = situations::awaited(unit, organisation).await?;
        if others {
            items.push(more(addresses::sharing::situations(organisation.0)));
        }
        for line in awaited {
            let href = addresses::sharing::situation(organisation.0, line.case.id.0);
            let expired =
                line.state == PositionState::Affected && line.acceptance_until.is_some_and(|until| until <= unit.now);
            if line.due.is_some() {
                let mut one = dated(&line.case, "sharing-desk-answer", "sharing-desk-answer-action", href);
                one.due = line.due;
                items.push(one);
            } else if line.proposed_until.is_some_and(|until| until <= unit.now) {
                let (what, action) = ("sharing-desk-risk-unsigned", "sharing-desk-risk-action");
                items.push(dated(&line.case, what, action, href));
            } else if expired && line.proposed_until.is_none() {
                let mut one = dated(&line.case, "sharing-desk-risk", "sharing-desk-risk-action", href);
                one.due = line.acceptance_until;
                items.push(one);
            }
        }
    }
    Ok(items)
}

/// Gives the risks that wait for the person's signature.
async fn signatory(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    for organisation in of_role(unit, Role::Signatory) {
        let (to_sign, others) = situations::to_sign(unit, organisation).await?;
        if others {
            items.push(more(addresses::sharing::situations(organisation.0)));
        }
        for line in to_sign {
            if line.waits_for_signature {
                let href = addresses::sharing::risk(organisation.0, line.case.id.0);
                let (what, action) = ("sharing-desk-sign-risk", "sharing-desk-sign-risk-action");
                items.push(dated(&line.case, what, action, href));
            }
        }
    }
    Ok(items)
}

async fn organiser(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let programmes = unit.actor.grants().iter().filter(|grant| grant.role == Role::Organiser);
    let programmes = programmes.filter_map(|grant| match grant.scope {
        GrantScope::Programme(id) => Some(id),
        _ => None,
    });
    let filter = CaseFilter::Organised {
        owners: of_role(unit, Role::Organiser),
        programmes: programmes.collect(),
        now: unit.now,
    };
    let mut cases = unit.store.sharing_cases(&filter).await?;
    let others = is_more(cases.len());
    cases.truncate(NAMED);
    cases.retain(|case| case.lives() && unit.may::<MovePhase, _>(case));
    let now = unit.now;
    let mut items = Vec::new();
    if others {
        items.push(more(addresses::vulnerability::LIST.to_owned()));
    }
    for case in &cases {
        let href = addresses::sharing::sharing(case.id.0);
        match case.opinion.due.map(|_| opinion_at(case, now)) {
            Some(Opinion::Silent) => items.push(item(case, "sharing-desk-silent", "sharing-desk-move-action", href)),
            Some(Opinion::Given) => items.push(item(case, "sharing-desk-given", "sharing-desk-move-action", href)),
            _ => {}
        }
    }
    let shared = cases.iter().filter(|case| case.phase >= Phase::Alert);
    let limits: Vec<_> = shared
        .map(|case| (case.id, now.plus_days(-case.position_days)))
        .collect();
    for (id, count, since) in unit.store.count_late(&limits).await? {
        items.extend(
            cases
                .iter()
                .find(|case| case.id == id)
                .map(|case| late(case, count, since)),
        );
    }
    Ok(items)
}

/// Says how many deployers let the time to answer pass, the first of whom was informed since an instant.
fn late(case: &SharingCase, count: i64, since: Timestamp) -> DeskItem {
    let href = addresses::sharing::positions(case.id.0);
    let mut one = item(case, "sharing-desk-unanswered", "sharing-desk-unanswered-action", href);
    one.args.push(("count", Arg::Number(count)));
    one.due = Some(since.plus_days(case.position_days));
    one
}

async fn vendor(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let vendors = of_role(unit, Role::VendorContact);
    let cases = unit.store.sharing_cases(&CaseFilter::AskedOf(vendors)).await?;
    let asked = cases.iter().filter(|case| case.lives() && case.notified);
    Ok(asked
        .map(|case| {
            let mut one = item(
                case,
                "sharing-desk-opinion",
                "sharing-desk-opinion-action",
                addresses::sharing::sharing(case.id.0),
            );
            one.due = case.opinion.due;
            one
        })
        .collect())
}
