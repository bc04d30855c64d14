//! The sharing of one vulnerability: where it stands, what the next step needs, what happened.

use super::case::opinion_at;
use super::circle;
use super::named::{self, Candidates, NamedLine};
use super::{opinion, phase};
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::SharingCase;
use crate::unit::{Unit, place};
use authorization::Permitted;
use authorization::action::{CoordinateVulnerability, GiveOpinion, MovePhase, ReadPositions, ReadSharing};
use domain::ids::{PersonId, VulnerabilityId};
use domain::sharing::{MoveRefusal, Opinion, Phase, move_phase};
use domain::{Machine as _, Timestamp};
use uuid::Uuid;

/// One thing that happened to a sharing.
#[derive(Clone, Debug)]
pub struct SharingEvent {
    /// What, for example `sharing.moved`.
    pub kind: String,
    /// The phase or label it led to, where it led to one.
    pub to: String,
    /// Until when, where it sets an instant.
    pub until: Option<Timestamp>,
    /// Who did it; empty for the system.
    pub who: String,
    /// In which role.
    pub role: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// The next step of a sharing.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// The phase it leads to.
    pub to: Phase,
    /// Why it cannot be made yet, where it cannot.
    pub blocked: Option<MoveRefusal>,
    /// Whether whoever makes it must say why.
    pub needs_reason: bool,
}

/// The sharing of one vulnerability, as those who handle it see it.
#[derive(Clone, Debug)]
pub struct SharingView {
    /// The vulnerability.
    pub case: SharingCase,
    /// The phase that counts now, held back by the embargo.
    pub effective: Phase,
    /// Where the vendor's opinion on the next step stands, once asked.
    pub opinion: Option<Opinion>,
    /// The vendor's reason.
    pub opinion_reason: String,
    /// The next step, where there is one.
    pub next: Option<NextStep>,
    /// The phases that a mistake can be corrected to.
    pub back: Vec<Phase>,
    /// Who agreed to publish without a fix.
    pub approved_by: String,
    /// Whether the reader may move it.
    pub may_move: bool,
    /// Whether the reader may give the vendor's opinion.
    pub may_answer: bool,
    /// Whether the reader may consent, for the vendor, to the details during the embargo.
    pub may_consent: bool,
    /// Whether the reader may write the texts that are told.
    pub may_write: bool,
    /// Whether the reader may see who answered what.
    pub may_read_positions: bool,
    /// Organisations of the circle.
    pub circle: usize,
    /// Those that have answered.
    pub answered: usize,
    /// Who is named in person, for those who may know who answers.
    pub named: Vec<NamedLine>,
    /// Who can be named, for those who may.
    pub candidates: Candidates,
    /// What happened, newest first.
    pub history: Vec<SharingEvent>,
}

/// Shows the sharing of a vulnerability to those who handle it.
#[derive(Clone, Debug)]
pub struct ViewSharing {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// What was typed of the name of the organisation where somebody is to be named, where deployers are many.
    pub naming: String,
}

impl UseCase for ViewSharing {
    type Output = SharingView;

    async fn run(&self, unit: &mut Unit) -> Outcome<SharingView> {
        let found = unit.store.sharing_case(self.vulnerability).await?;
        let permitted = unit.permit_found::<ReadSharing, _>(found)?;
        let case = (*permitted).clone();
        let circle = circle::size(unit, &case).await?;
        let answered = unit.store.count_answered(case.id).await?;
        let opinion = case.opinion.due.map(|_| opinion_at(&case, unit.now));
        let may_move = case.lives() && unit.may::<MovePhase, _>(&case);
        let positions = unit.may::<ReadPositions, _>(&case);
        Ok(SharingView {
            effective: case.facts(unit.now).phase_at(unit.now),
            opinion,
            opinion_reason: opinion_reason(unit, &permitted).await?,
            next: next(unit, &case).await?,
            back: Phase::ALL.iter().copied().filter(|to| *to < case.phase).collect(),
            approved_by: match case.approved_by {
                Some(person) => unit.name_of(person).await?,
                None => String::new(),
            },
            may_move,
            may_answer: opinion.is_some_and(|o| o != Opinion::Given) && unit.may::<GiveOpinion, _>(&case),
            may_consent: opinion::may_consent(&case, unit.now).is_some() && unit.may::<GiveOpinion, _>(&case),
            may_write: may_write(unit, case.id).await?,
            may_read_positions: positions,
            circle,
            answered: usize::try_from(answered).unwrap_or_default(),
            named: if positions {
                named::lines(unit, &permitted).await?
            } else {
                Vec::new()
            },
            candidates: if may_move {
                named::candidates(unit, &case, circle, &self.naming).await?
            } else {
                Candidates::default()
            },
            history: history(unit, case.id, positions).await?,
            case,
        })
    }
}

async fn opinion_reason(unit: &mut Unit, permitted: &Permitted<ReadSharing, SharingCase>) -> Outcome<String> {
    match permitted.opinion.reason.clone() {
        Some(sealed) => {
            let at = place("vulnerability", "vendor_opinion_sealed", permitted.id.0);
            unit.open_text(permitted, at, &sealed).await
        }
        None => Ok(String::new()),
    }
}

async fn next(unit: &mut Unit, case: &SharingCase) -> Outcome<Option<NextStep>> {
    let mut table = Phase::TABLE.iter();
    let step = table.find(|(from, _, to)| *from == case.phase && *to > case.phase);
    let (Some((_, event, to)), Some(reader)) = (step, unit.actor.person()) else {
        return Ok(None);
    };
    let written = phase::is_written(unit, case, *to).await?;
    let facts = phase::facts(case, "", written, reader, unit.now);
    let blocked = move_phase(&facts, *event).err();
    Ok(Some(NextStep {
        to: *to,
        // The reason is typed with the move.
        blocked: blocked.filter(|why| *why != MoveRefusal::ReasonMissing),
        needs_reason: facts.needs_reason(*to),
    }))
}

async fn may_write(unit: &mut Unit, id: VulnerabilityId) -> Outcome<bool> {
    let found = unit.store.vulnerability(id, &unit.reader).await?;
    Ok(found.is_some_and(|found| unit.may::<CoordinateVulnerability, _>(found.peek())))
}

/// Gives what happened to a vulnerability's sharing; who was named is for those who may read positions.
async fn history(unit: &mut Unit, id: VulnerabilityId, positions: bool) -> Outcome<Vec<SharingEvent>> {
    let mut events = Vec::new();
    for (entry, body) in unit.history("vulnerability", id.0).await? {
        let naming = entry.kind.starts_with("sharing.nam");
        if !entry.kind.starts_with("sharing.") || (naming && !positions) {
            continue;
        }
        let text = |name: &str| {
            body.get(name)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let to = match (entry.kind.as_str(), Uuid::parse_str(&text("person"))) {
            ("sharing.opinion_given", _) => text("says"),
            (_, Ok(person)) => unit.name_of(PersonId(person)).await?,
            _ => text("to"),
        };
        events.push(SharingEvent {
            to,
            until: body
                .get("until")
                .or(body.get("due"))
                .and_then(serde_json::Value::as_i64)
                .map(Timestamp),
            who: match entry.actor {
                Some(person) => unit.name_of(person).await?,
                None => String::new(),
            },
            role: entry.role.clone().unwrap_or_default(),
            at: entry.at,
            why: text("reason"),
            kind: entry.kind,
        });
    }
    events.reverse();
    Ok(events)
}
