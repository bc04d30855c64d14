//! Moving the phase: one step on after the vendor's opinion, or back with a reason.

use super::case::{changing, opinion_at, record};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::{PhaseMoveRow, SharingCase, VendorOpinion};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::vulnerability::layers::{self, Layer};
use authorization::Acting;
use authorization::action::MovePhase as Move;
use domain::Timestamp;
use domain::ids::{PersonId, VulnerabilityId};
use domain::sharing::{MoveFacts, MoveRefusal, Phase, PhaseEvent, move_phase};
use serde_json::json;

/// Moves a vulnerability to another phase.
#[derive(Clone, Debug)]
pub struct MovePhase {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The phase to move to.
    pub to: Phase,
    /// Why; needed back, against the vendor's opinion, and to publish without a fix.
    pub reason: String,
}

impl UseCase for MovePhase {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<Move>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        let mut fields = Fields::new();
        let reason = fields.optional("reason", &self.reason, unit.app.settings.limits.text);
        fields.done()?;
        let event = event_to(case.phase, self.to).filter(|_| case.lives());
        let event = event.ok_or(Error::Conflict("error-not-in-this-state"))?;
        let written = is_written(unit, &case, self.to).await?;
        let facts = facts(&case, &reason, written, unit.person()?, unit.now);
        let to = move_phase(&facts, event).map_err(refusal)?;
        let from = case.phase;
        case.phase = to;
        case.phase_at = unit.now;
        case.opinion = VendorOpinion::default();
        case.approved_by = None;
        unit.store.save_sharing(&case).await?;
        keep_move(unit, &case, from, &reason).await?;
        let body = json!({"from": from, "to": to, "reason": reason});
        record(unit, taken.acting(), &case, "sharing.moved", body).await?;
        if to == Phase::Public {
            publish(unit, taken.acting(), &case).await?;
        }
        super::circle::enqueue(unit, &case).await
    }
}

/// Gives the event that leads from one phase to another, where there is one.
pub(super) fn event_to(from: Phase, to: Phase) -> Option<PhaseEvent> {
    use domain::Machine as _;
    Phase::TABLE
        .iter()
        .find(|(f, _, t)| *f == from && *t == to)
        .map(|(_, event, _)| *event)
}

/// Gives what decides about a move.
pub(super) fn facts<'a>(
    case: &SharingCase,
    reason: &'a str,
    is_written: bool,
    by: PersonId,
    now: Timestamp,
) -> MoveFacts<'a> {
    MoveFacts {
        from: case.phase,
        opinion: opinion_at(case, now),
        opposed: case.opinion.says.as_deref() == Some("unfavourable"),
        reason,
        tlp: case.tlp,
        fix_holds: case.fix_holds(),
        is_written,
        by,
        second: case.approved_by,
        embargo_cap: case.embargo.cap(case.exploited_at, now),
    }
}

/// Says whether the text that a phase tells is written, in French, which everybody gets.
pub(super) async fn is_written(unit: &mut Unit, case: &SharingCase, to: Phase) -> Outcome<bool> {
    let Some(layer) = Layer::told_by(to) else {
        return Ok(true);
    };
    let texts = layers::open(unit, case.id, layer.needs()).await?;
    Ok(texts.contains_key(&(layer, "fr".to_owned())))
}

fn refusal(why: MoveRefusal) -> Error {
    match why {
        MoveRefusal::NoSuchStep => Error::Conflict("error-not-in-this-state"),
        MoveRefusal::OpinionAwaited => Error::Conflict("sharing-error-opinion-awaited"),
        MoveRefusal::ReasonMissing => Error::field("reason", "error-required"),
        MoveRefusal::NothingToTell => Error::Conflict("sharing-error-nothing-to-tell"),
        MoveRefusal::Embargo => Error::Conflict("sharing-error-embargo"),
        MoveRefusal::NotClear => Error::Conflict("sharing-error-not-clear"),
        MoveRefusal::SecondPersonMissing => Error::Conflict("sharing-error-second-person"),
    }
}

async fn keep_move(unit: &mut Unit, case: &SharingCase, from: Phase, reason: &str) -> Outcome<()> {
    let id = unit.fresh_id();
    let sealed = if reason.is_empty() {
        None
    } else {
        let at = place("phase_move", "reason_sealed", id);
        Some(
            unit.seal(KeyHolder::Vulnerability(case.id), at, reason.as_bytes())
                .await?,
        )
    };
    let row = PhaseMoveRow {
        id,
        vulnerability: case.id,
        from,
        to: case.phase,
        reason: sealed,
        by: unit.actor.person(),
        at: unit.now,
    };
    Ok(unit.store.insert_phase_move(&row).await?)
}

/// Tells the public log that an advisory is public.
async fn publish(unit: &mut Unit, acting: &Acting, case: &SharingCase) -> Outcome<()> {
    let entry = NewEntry {
        stream_kind: "advisory",
        stream_id: case.id.0,
        kind: "advisory.published",
        log: Log::Public,
        holder: KeyHolder::Instance,
        body: json!({
            "vulnerability": case.id, "product": case.product_slug, "number": case.number,
            "severity": case.band, "fixed_version": case.fixed_in(),
        }),
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Agrees, as the first of two people, to publish without a fix; another then moves the phase.
#[derive(Clone, Debug)]
pub struct ApprovePublication {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
}

impl UseCase for ApprovePublication {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<Move>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        if case.phase != Phase::Details || case.fix_holds() || case.approved_by.is_some() || !case.lives() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        case.approved_by = Some(unit.person()?);
        unit.store.save_sharing(&case).await?;
        record(unit, taken.acting(), &case, "sharing.publication_approved", json!({})).await
    }
}
