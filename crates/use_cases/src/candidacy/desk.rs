//! What waits for candidates and organisers.

use crate::Outcome;
use crate::desk::DeskItem;
use crate::ports::{InstructionKind, OwnCandidacy, Waiting};
use crate::unit::Unit;
use domain::candidacy::CandidacyState;
use domain::ids::OrganisationId;
use domain::role::{GrantScope, Role};
use i18n::Arg;

/// Days that a promotion stays on the organisers' desk.
const PROMOTION_DAYS: i64 = 7;

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = candidate(unit).await?;
    items.extend(organiser(unit).await?);
    Ok(items)
}

async fn candidate(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let own: Vec<OrganisationId> = unit
        .actor
        .grants()
        .iter()
        .filter(|grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation)
        .map(|grant| grant.organisation)
        .collect();
    let mut items = super::opening::desk_items(unit, &own).await?;
    for own in unit.store.candidacies_of(&own).await? {
        let (what, action, due) = match own.state {
            CandidacyState::Draft if unit.now < own.closes_at => {
                ("candidacy-desk-draft", "candidacy-desk-draft-do", own.closes_at)
            }
            CandidacyState::Returned => match own.answer_by {
                Some(until) if unit.now < until => ("candidacy-desk-returned", "candidacy-desk-returned-do", until),
                _ => continue,
            },
            CandidacyState::Selected => match own.answer_by {
                Some(until) if unit.now < until => ("candidacy-desk-confirm", "candidacy-desk-confirm-do", until),
                _ => continue,
            },
            CandidacyState::Ineligible => match contest_until(unit, &own).await? {
                Some(until) => ("candidacy-desk-ineligible", "candidacy-desk-ineligible-do", until),
                None => continue,
            },
            _ => continue,
        };
        items.push(DeskItem {
            what,
            args: vec![("organisation", Arg::Text(own.organisation.clone()))],
            place: own.call.clone(),
            href: addresses::candidacy::candidacy(own.id),
            action,
            due: Some(due),
        });
    }
    Ok(items)
}

/// Gives until when an ineligibility can still be contested.
async fn contest_until(unit: &mut Unit, own: &OwnCandidacy) -> Outcome<Option<domain::Timestamp>> {
    let Some(row) = unit.store.candidacy(own.id).await? else {
        return Ok(None);
    };
    let call = row.peek().candidacy.call;
    let days = unit
        .store
        .candidacy_call(call)
        .await?
        .map_or(0, |frame| frame.peek().settings.objection_days);
    let proposals = unit.store.proposals(own.id).await?;
    let last = proposals.iter().rev().find(|p| p.confirmed.is_some());
    let until = last
        .filter(|p| p.contest.is_none())
        .and_then(|p| p.confirmed)
        .map(|(_, at)| at.plus_days(days));
    Ok(until.filter(|until| unit.now < *until))
}

async fn organiser(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let owners: Vec<OrganisationId> = unit
        .actor
        .grants()
        .iter()
        .filter(|grant| grant.role == Role::Organiser)
        .map(|grant| grant.organisation)
        .collect();
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let since = unit.now.plus_days(-PROMOTION_DAYS);
    let waiting = unit.store.instructions_waiting(&owners, since).await?;
    let mut items = Vec::new();
    for told in InstructionKind::ALL.iter().copied() {
        let mine = waiting
            .iter()
            .filter(|(kind, one)| *kind == told && concerns(unit, one));
        let (what, action) = words(told);
        items.extend(mine.map(|(_, one)| item(one, what, action)));
    }
    Ok(items)
}

/// Gives the sentence that says what waits, and the verb of its action.
const fn words(kind: InstructionKind) -> (&'static str, &'static str) {
    match kind {
        InstructionKind::Proposal => ("candidacy-desk-proposal", "candidacy-desk-proposal-do"),
        InstructionKind::Objection => ("candidacy-desk-objection", "candidacy-desk-objection-do"),
        InstructionKind::Paper => ("candidacy-desk-paper", "candidacy-desk-paper-do"),
        InstructionKind::Promotion => ("candidacy-desk-promoted", "candidacy-desk-promoted-do"),
    }
}

/// Says whether the person can act on it: in their scope, and not one who took part.
fn concerns(unit: &Unit, waiting: &Waiting) -> bool {
    let person = unit.actor.person();
    let in_scope = unit.actor.grants().iter().any(|grant| {
        grant.role == Role::Organiser
            && grant.organisation == waiting.owner
            && (grant.scope == GrantScope::Organisation || grant.scope == GrantScope::Programme(waiting.programme))
    });
    in_scope && !waiting.taken_part.iter().any(|by| Some(*by) == person)
}

fn item(waiting: &Waiting, what: &'static str, action: &'static str) -> DeskItem {
    let paper = waiting.candidacy.is_none();
    DeskItem {
        what,
        args: vec![("organisation", Arg::Text(waiting.organisation.clone()))],
        place: waiting.call.clone(),
        href: match waiting.candidacy {
            Some(candidacy) if !paper => addresses::candidacy::candidacy(candidacy),
            _ => addresses::candidacy::candidacies(waiting.call_id),
        },
        action,
        due: None,
    }
}
