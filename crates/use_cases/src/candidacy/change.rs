//! The steps that several use cases share: a transition with its journal entry, receptions, places.

use super::content::Content;
use super::{letter, mails};
use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::ports::{CallFrame, CandidacyRow, ReceptionRow};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, SystemKind};
use domain::Machine;
use domain::Timestamp;
use domain::call::CallState;
use domain::candidacy::{CandidacyEvent, CandidacyState};
use domain::ids::{CandidacyId, ReceptionId};
use domain::reception::{Reception, next_reception};
use domain::seats::{self, Numbered, Outcome as Seating};
use sealing::Receipt;
use serde_json::{Value, json};

/// Names the journal entry of an event.
pub(crate) const fn entry_kind(event: CandidacyEvent) -> &'static str {
    match event {
        CandidacyEvent::Receive => "candidacy.received",
        CandidacyEvent::Select => "candidacy.selected",
        CandidacyEvent::Wait => "candidacy.waiting",
        CandidacyEvent::NotSelect => "candidacy.not_selected",
        CandidacyEvent::Promote => "candidacy.promoted",
        CandidacyEvent::Confirm => "candidacy.confirmed",
        CandidacyEvent::Lapse => "candidacy.lapsed",
        CandidacyEvent::Return => "candidacy.returned",
        CandidacyEvent::ReceiveAgain => "candidacy.received_again",
        CandidacyEvent::Reinstate => "candidacy.reinstated",
        CandidacyEvent::DeclareIneligible => "candidacy.ineligible",
        CandidacyEvent::Withdraw => "candidacy.withdrawn",
    }
}

/// Journals something that happened to a candidacy, sealed under its programme.
pub(crate) async fn note(
    unit: &mut Unit,
    acting: &Acting,
    row: &CandidacyRow,
    kind: &'static str,
    body: Value,
) -> Outcome<domain::ids::EntryId> {
    let entry = NewEntry {
        stream_kind: "candidacy",
        stream_id: row.candidacy.id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Programme(row.programme),
        body,
    };
    unit.record(acting, entry).await
}

/// Moves a candidacy by an event, frees what it held, saves and journals it.
pub(crate) async fn change(
    unit: &mut Unit,
    acting: &Acting,
    row: &mut CandidacyRow,
    event: CandidacyEvent,
    body: Value,
) -> Outcome<()> {
    let from = row.candidacy.state;
    let to = from.after(event)?;
    row.candidacy.state = to;
    row.state_at = unit.now;
    if !matches!(to, CandidacyState::Selected | CandidacyState::Returned) {
        row.answer_by = None;
    }
    if from.keeps_number() && !to.keeps_number() {
        unit.store.end_reception(row.candidacy.id, unit.now).await?;
    }
    if from.frees_place(event) {
        unit.store.release_seat(row.candidacy.id, unit.now).await?;
    }
    unit.store.save_candidacy(row).await?;
    let mut body = body;
    if let Value::Object(fields) = &mut body {
        fields.insert("from".to_owned(), json!(from));
        fields.insert("to".to_owned(), json!(to));
    }
    note(unit, acting, row, entry_kind(event), body).await?;
    Ok(())
}

/// Receives a complete and signed candidacy: the call's next number, a growing instant, a receipt.
///
/// The call and the candidacy were taken in this transaction.
pub(crate) async fn receive(
    unit: &mut Unit,
    acting: &Acting,
    frame: &CallFrame,
    row: &mut CandidacyRow,
    content: &Content,
    stated_arrival: Option<Timestamp>,
) -> Outcome<ReceptionRow> {
    let event = match row.candidacy.state {
        CandidacyState::Returned => CandidacyEvent::ReceiveAgain,
        _ => CandidacyEvent::Receive,
    };
    row.candidacy.state = row.candidacy.state.after(event)?;
    let (order, at) = next_reception(frame.call.last_order, frame.call.last_received_at, unit.now);
    unit.store.set_last_order(frame.call.id, order, at).await?;
    let receipt = receipt_of(unit, frame, row, content, (order, at)).await?;
    let stream = ("candidacy", row.candidacy.id.0);
    let (entry, receipt) = unit
        .record_receipt(acting, stream, (Log::Public, entry_kind(event)), receipt)
        .await?;
    let reception = ReceptionRow {
        reception: Reception {
            id: ReceptionId(unit.fresh_id()),
            candidacy: row.candidacy.id,
            call: frame.call.id,
            order_number: order,
            received_at: at,
            dead_at: None,
            form: row.signed_form,
        },
        stated_arrival,
        form_version: frame.call.form_version,
        entry,
        receipt,
    };
    unit.store.insert_reception(&reception).await?;
    row.candidacy.first_deposited_at = row.candidacy.first_deposited_at.or(Some(at));
    row.answer_by = None;
    row.state_at = at;
    unit.store.save_candidacy(row).await?;
    mails::tell(unit, row, "mail.candidacy_received", &order.to_string(), unit.now).await?;
    Ok(reception)
}

async fn receipt_of(
    unit: &mut Unit,
    frame: &CallFrame,
    row: &CandidacyRow,
    content: &Content,
    (order, at): (i64, Timestamp),
) -> Outcome<Receipt> {
    let organisation = unit
        .store
        .organisations(&[row.candidacy.organisation])
        .await?
        .into_iter()
        .next();
    let organisation = organisation.ok_or(Error::NotFound)?;
    let name = organisation.siren.unwrap_or_else(|| organisation.id.to_string());
    Ok(Receipt {
        origin: unit.name_of_log(Log::Public),
        kind: "candidacy.received".to_owned(),
        subject: format!("call {} organisation {name}", frame.call.id),
        order_number: Some(order),
        received_at_micros: at.0,
        form_version: Some(frame.call.form_version.to_string()),
        salt: unit.app.chance.bytes32(),
        content_digest: content.digest()?,
    })
}

/// Gives the living order number of a candidacy.
pub(crate) async fn living_number(unit: &mut Unit, id: CandidacyId) -> Outcome<Option<i64>> {
    let receptions = unit.store.receptions(id).await?;
    Ok(receptions
        .iter()
        .find(|r| r.reception.lives())
        .map(|r| r.reception.order_number))
}

/// Gives a candidacy a place by an event, with its letter, its mail and the time to confirm.
pub(crate) async fn seat(
    unit: &mut Unit,
    acting: &Acting,
    frame: &CallFrame,
    row: &mut CandidacyRow,
    event: CandidacyEvent,
) -> Outcome<()> {
    let taken = unit.store.taken_seats(frame.call.id).await?;
    let number = seats::free_seat(frame.call.places, &taken).ok_or(Error::Conflict("candidacy-error-no-place"))?;
    let seat_id = unit.fresh_id();
    unit.store
        .insert_seat(seat_id, frame.call.id, number, row.candidacy.id, unit.now)
        .await?;
    let until = unit.now.plus_days(frame.call.confirm_within_days);
    row.answer_by = Some(until);
    change(unit, acting, row, event, json!({"until": until})).await?;
    let (kind, mail) = match event {
        CandidacyEvent::Promote => ("promoted", "mail.candidacy_promoted"),
        _ => ("selected", "mail.candidacy_decided"),
    };
    letter::issue(unit, acting, frame, row, kind, "").await?;
    mails::tell(unit, row, mail, &until.0.to_string(), unit.now).await?;
    mails::remind(unit, row, until).await?;
    lapse_at(unit, frame, row.candidacy.id, until).await
}

/// Enqueues the look at what has run out at an instant.
pub(crate) async fn lapse_at(unit: &mut Unit, frame: &CallFrame, id: CandidacyId, until: Timestamp) -> Outcome<()> {
    let key = format!("candidacy.lapse/{id}/{}", until.0);
    unit.enqueue("candidacy.lapse", key, Some(frame.call.id.0), None, until)
        .await
}

/// Gives every free place of a decided call to the first waiting, in this transaction.
///
/// Whoever freed the place promotes nobody: it is the system that does, and who withdrew is not
/// told to those who come after.
pub(crate) async fn promote(unit: &mut Unit, frame: &CallFrame) -> Outcome<()> {
    if frame.call.state != CallState::Decided {
        return Ok(());
    }
    let acting = &Acting::System(SystemKind::Clock);
    loop {
        let taken = unit.store.taken_seats(frame.call.id).await?.len();
        let waiting = unit.store.numbered(frame.call.id, CandidacyState::Waiting).await?;
        let Some(next) = seats::promote(places(frame), taken, &waiting) else {
            return Ok(());
        };
        let mut row = take(unit, next).await?;
        seat(unit, acting, frame, &mut row, CandidacyEvent::Promote).await?;
        let order = living_number(unit, next).await?;
        let entry = NewEntry {
            stream_kind: "call",
            stream_id: frame.call.id.0,
            kind: "call.place_given",
            log: Log::Public,
            holder: KeyHolder::Instance,
            body: json!({"order": order, "outcome": "selected"}),
        };
        unit.record(acting, entry).await?;
    }
}

/// Places a candidacy that is received again or reinstated where its call has been decided.
pub(crate) async fn place_late(
    unit: &mut Unit,
    acting: &Acting,
    frame: &CallFrame,
    row: &mut CandidacyRow,
) -> Outcome<()> {
    if frame.call.state != CallState::Decided {
        return Ok(());
    }
    let order_number = living_number(unit, row.candidacy.id).await?.ok_or(Error::NotFound)?;
    let taken = unit.store.taken_seats(frame.call.id).await?.len();
    let waiting = unit.store.numbered(frame.call.id, CandidacyState::Waiting).await?;
    let late = Numbered {
        candidacy: row.candidacy.id,
        order_number,
    };
    match seats::place_late(places(frame), taken, &waiting, late) {
        Seating::Selected => seat(unit, acting, frame, row, CandidacyEvent::Select).await,
        Seating::Waiting | Seating::NotSelected => {
            change(unit, acting, row, CandidacyEvent::Wait, json!({})).await?;
            letter::issue(unit, acting, frame, row, "waiting", "").await
        }
    }
}

/// Gives how many places a call has.
pub(crate) fn places(frame: &CallFrame) -> usize {
    usize::try_from(frame.call.places).unwrap_or_default()
}

/// Takes a candidacy whose call was taken and permitted before.
pub(crate) async fn take(unit: &mut Unit, id: CandidacyId) -> Outcome<CandidacyRow> {
    let found = unit.store.take_candidacy(id).await?.ok_or(Error::NotFound)?;
    Ok(found.peek().clone())
}

/// Takes a candidacy's call, then the candidacy with the proof for an action.
pub(crate) async fn take_for<A: authorization::Action>(
    unit: &mut Unit,
    id: CandidacyId,
) -> Outcome<(CallFrame, authorization::Permitted<A, CandidacyRow>)> {
    let seen = unit.store.candidacy(id).await?;
    let call = unit.permit_found::<A, _>(seen)?.candidacy.call;
    let frame = unit.store.take_candidacy_call(call).await?.ok_or(Error::NotFound)?;
    let frame = frame.peek().clone();
    let found = unit.store.take_candidacy(id).await?;
    Ok((frame, unit.permit_found::<A, _>(found)?))
}
