//! What waits for organisers: programmes and calls to publish, calls to decide.

use crate::desk::DeskItem;
use crate::error::Outcome;
use crate::ports::{CallRecord, ProgrammeFilter};
use crate::programme::kept_by;
use crate::unit::Unit;
use domain::Timestamp;
use domain::call::CallState;
use i18n::Arg;

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let owners = kept_by(unit);
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let filter = ProgrammeFilter {
        published: false,
        owners: owners.clone(),
        after: None,
        limit: 100,
    };
    let mut items = Vec::new();
    let programmes = unit.store.list_programmes(&filter).await?;
    if programmes.is_empty() {
        items.push(DeskItem {
            what: "programme-desk-first",
            args: Vec::new(),
            place: String::new(),
            href: addresses::programme::NEW_PROGRAMME.to_owned(),
            action: "programme-open",
            due: None,
        });
    }
    for record in programmes {
        if record.published_at.is_none() {
            items.push(DeskItem {
                what: "programme-desk-draft",
                args: vec![("name", Arg::Text(record.programme.name.clone()))],
                place: record.programme.name.clone(),
                href: addresses::programme::programme(&record.programme.slug),
                action: "programme-desk-draft-action",
                due: None,
            });
        }
    }
    let now = unit.now;
    let calls = unit.store.living_calls_of(&owners).await?;
    items.extend(calls.iter().map(|record| item(record, now)));
    Ok(items)
}

fn item(record: &CallRecord, now: Timestamp) -> DeskItem {
    let window = record.call.window;
    let id = record.call.id;
    let (what, action, due) = match record.call.state_at(now) {
        CallState::Draft => ("call-desk-draft", "call-desk-draft-action", Some(window.opens_at)),
        CallState::Published => ("call-desk-published", "call-desk-see", Some(window.opens_at)),
        CallState::Open => ("call-desk-open", "call-desk-see", Some(window.closes_at)),
        CallState::Closed | CallState::Decided | CallState::Cancelled => {
            ("call-desk-closed", "call-desk-closed-action", None)
        }
    };
    let href = if action == "call-desk-closed-action" {
        addresses::candidacy::decision(id)
    } else {
        addresses::programme::manage_call(id)
    };
    DeskItem {
        what,
        args: vec![("title", Arg::Text(record.call.title.clone()))],
        place: record.programme_name.clone(),
        href,
        action,
        due,
    }
}
