//! A candidacy's page, for the candidate and for the programme's organisers.

use super::content::Content;
use super::draft::{Signed, lacks};
use super::proposal::opened;
use crate::error::{Error, FieldError, Outcome};
use crate::journal::proof_of_entry;
use crate::perform::UseCase;
use crate::ports::{CallFrame, CandidacyRow, ReceptionRow};
use crate::unit::{Unit, place};
use authorization::action::{AnswerCandidacy, InstructCandidacy, ReadCandidacy, SubmitCandidacy};
use authorization::{Action, Permitted};
use domain::Machine;
use domain::Timestamp;
use domain::call::CallState;
use domain::candidacy::{CandidacyEvent, CandidacyState};
use domain::ids::CandidacyId;
use domain::organisation::Organisation;
use domain::reception::rank;
use domain::two_people::{Proposal, ProposalKind, objection_ends_at};

/// One thing that happened to a candidacy.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// What, as the journal names it.
    pub kind: String,
    /// Who; empty for the system.
    pub who: String,
    /// Under which role.
    pub role: String,
    /// When.
    pub at: Timestamp,
    /// Why, where a reason was given.
    pub why: String,
    /// The order number, for receptions.
    pub order: Option<i64>,
}

/// A proposal with the names of those who took part.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// The proposal.
    pub proposal: Proposal,
    /// Who proposed it.
    pub proposed_by: String,
    /// Who refused it.
    pub refused: bool,
    /// Whether it waits for a second person.
    pub waits: bool,
    /// Until when it can be contested.
    pub contest_until: Option<Timestamp>,
    /// Whether the candidate may contest it now.
    pub may_contest: bool,
    /// Whether an objection waits for a third person.
    pub objection_waits: bool,
    /// Whether the reader can be the second or third person.
    pub may_decide: bool,
    /// Whether the candidacy stands where it left it.
    pub stands: bool,
}

/// An appeal that was recorded.
#[derive(Clone, Debug)]
pub struct AppealView {
    /// `informal` or `court`.
    pub kind: String,
    /// The day it was lodged.
    pub lodged_on: String,
    /// Its reference.
    pub reference: String,
    /// What it says.
    pub text: String,
}

/// What a candidacy's page shows.
#[derive(Clone, Debug)]
pub struct CandidacyView {
    /// The candidacy.
    pub row: CandidacyRow,
    /// Its call.
    pub frame: CallFrame,
    /// The candidate.
    pub organisation: Organisation,
    /// What it contains.
    pub content: Content,
    /// What a deposit still lacks.
    pub lacking: Vec<FieldError>,
    /// Whether the signed scan fits what is written.
    pub signed: bool,
    /// Its receptions, newest first.
    pub receptions: Vec<ReceptionRow>,
    /// Its rank among the living receptions.
    pub rank: Option<usize>,
    /// Its letters: number, kind, instant.
    pub letters: Vec<(i64, String, Timestamp)>,
    /// Its returns and ineligibilities.
    pub proposals: Vec<ProposalView>,
    /// Appeals; only organisers see them.
    pub appeals: Vec<AppealView>,
    /// What happened to it.
    pub history: Vec<HistoryLine>,
    /// Whether the reader may write and deposit it now.
    pub may_submit: bool,
    /// Whether the reader may answer for the candidate.
    pub may_answer: bool,
    /// Whether the reader instructs it.
    pub may_instruct: bool,
    /// Whether the reader may propose to return it or to find it ineligible now.
    pub may_propose: bool,
    /// Whether the time to answer has run out, even before the clock's job came by.
    pub overdue: bool,
    /// The instant of the page.
    pub now: Timestamp,
}

impl CandidacyView {
    /// Says whether the candidacy can be written on.
    #[must_use]
    pub fn is_open_for_writing(&self) -> bool {
        match self.row.candidacy.state {
            CandidacyState::Draft => self.frame.call.takes_deposits(self.now),
            CandidacyState::Returned => !self.overdue,
            _ => false,
        }
    }
}

/// Shows a candidacy.
pub struct ViewCandidacy(pub CandidacyId);

impl UseCase for ViewCandidacy {
    type Output = CandidacyView;

    async fn run(&self, unit: &mut Unit) -> Outcome<CandidacyView> {
        let found = unit.store.candidacy(self.0).await?;
        let row = unit.permit_found::<ReadCandidacy, _>(found)?;
        unit.note_reading(row.acting(), ReadCandidacy::NAME, "Candidacy", self.0.0);
        let frame = unit
            .store
            .candidacy_call(row.candidacy.call)
            .await?
            .ok_or(Error::NotFound)?
            .peek()
            .clone();
        let organisations = unit.store.organisations(&[row.candidacy.organisation]).await?;
        let organisation = organisations.into_iter().next().ok_or(Error::NotFound)?;
        let content = Content::open(unit, &row).await?;
        let receptions = unit.store.receptions(self.0).await?;
        let signed = Signed::of(unit, &row, &content, &receptions)?;
        let living = receptions
            .iter()
            .find(|r| r.reception.lives())
            .map(|r| r.reception.order_number);
        let placeless = row.candidacy.state == CandidacyState::NotSelected;
        let rank = match living.filter(|_| !placeless) {
            Some(order) => Some(rank(&unit.store.living_numbers(frame.call.id).await?, order)),
            None => None,
        };
        let may_instruct = unit.may::<InstructCandidacy, _>(&*row);
        let letters = unit.store.letters(self.0).await?;
        let proposals = proposals(unit, &row, &frame, may_instruct).await?;
        let appeals = if may_instruct {
            appeals(unit, &row).await?
        } else {
            Vec::new()
        };
        let history = history(unit, &row, &receptions, may_instruct).await?;
        let event = CandidacyEvent::DeclareIneligible;
        let may_propose = may_instruct
            && frame.call.state != CallState::Cancelled
            && row.candidacy.state.allows(event)
            && !proposals.iter().any(|proposal| proposal.waits);
        Ok(CandidacyView {
            lacking: lacks(&content, &frame.form, signed),
            letters: letters.into_iter().map(|l| (l.number, l.kind, l.issued_at)).collect(),
            may_submit: unit.may::<SubmitCandidacy, _>(&*row),
            may_answer: unit.may::<AnswerCandidacy, _>(&*row),
            overdue: row.answer_by.is_some_and(|until| until <= unit.now),
            now: unit.now,
            row: row.into_value(),
            frame,
            organisation,
            content,
            signed: signed == Signed::Fits,
            receptions,
            rank,
            proposals,
            appeals,
            history,
            may_instruct,
            may_propose,
        })
    }
}

async fn proposals(
    unit: &mut Unit,
    row: &CandidacyRow,
    frame: &CallFrame,
    organiser: bool,
) -> Outcome<Vec<ProposalView>> {
    let reader = unit.actor.person();
    let mut views = Vec::new();
    for stored in unit.store.proposals(row.candidacy.id).await? {
        if stored.confirmed.is_none() && !organiser {
            continue;
        }
        let proposal = opened(unit, &stored).await?;
        let waits = stored.confirmed.is_none() && stored.refused.is_none();
        let contest_until = objection_ends_at(&proposal, frame.settings.objection_days);
        let standing = matches!(
            row.candidacy.state,
            CandidacyState::Returned | CandidacyState::Ineligible
        );
        let may_contest =
            standing && proposal.objection.is_none() && contest_until.is_some_and(|until| unit.now < until);
        let objection_waits = proposal.objection.as_ref().is_some_and(|o| o.decision.is_none());
        let mut taken_part = vec![Some(proposal.proposed_by)];
        taken_part.push(proposal.confirmed.map(|(by, _)| by));
        taken_part.push(proposal.objection.as_ref().map(|o| o.by));
        views.push(ProposalView {
            proposed_by: if organiser {
                unit.name_of(proposal.proposed_by).await?
            } else {
                String::new()
            },
            refused: stored.refused.is_some(),
            waits,
            contest_until,
            may_contest,
            objection_waits,
            may_decide: organiser && reader.is_some() && !taken_part.contains(&reader),
            stands: false,
            proposal,
        });
    }
    let standing = views.iter_mut().rev().find(|view| view.proposal.confirmed.is_some());
    if let Some(last) = standing {
        last.stands = match row.candidacy.state {
            CandidacyState::Returned => last.proposal.kind == ProposalKind::Return,
            CandidacyState::Ineligible => last.proposal.kind == ProposalKind::Ineligible,
            _ => false,
        };
    }
    Ok(views)
}

async fn appeals(unit: &mut Unit, row: &CandidacyRow) -> Outcome<Vec<AppealView>> {
    let mut views = Vec::new();
    for appeal in unit.store.appeals(row.candidacy.id).await? {
        views.push(AppealView {
            text: unit
                .open_text_unnoted(place("appeal", "text_sealed", appeal.id), &appeal.text)
                .await?,
            kind: appeal.kind,
            lodged_on: appeal.lodged_on,
            reference: appeal.reference.unwrap_or_default(),
        });
    }
    Ok(views)
}

/// What only organisers see in a history: proposals before their confirmation, appeals.
const INNER: &[&str] = &[
    "candidacy.return_proposed",
    "candidacy.ineligibility_proposed",
    "candidacy.proposal_refused",
    "candidacy.appeal_recorded",
];

/// What happens so often that it would drown the rest, or is said by the entry beside it.
const QUIET: &[&str] = &["candidacy.draft_saved", "candidacy.letter_issued"];

async fn history(
    unit: &mut Unit,
    row: &CandidacyRow,
    receptions: &[ReceptionRow],
    organiser: bool,
) -> Outcome<Vec<HistoryLine>> {
    let mut lines = Vec::new();
    for (entry, body) in unit.history("candidacy", row.candidacy.id.0).await? {
        if QUIET.contains(&entry.kind.as_str()) || (!organiser && INNER.contains(&entry.kind.as_str())) {
            continue;
        }
        let by_organiser = entry.role.as_deref() == Some("organiser");
        let who = match entry.actor {
            Some(person) if organiser || !by_organiser => unit.name_of(person).await?,
            _ => String::new(),
        };
        let reason = body
            .get("reason")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        lines.push(HistoryLine {
            order: receptions
                .iter()
                .find(|r| r.entry == entry.id)
                .map(|r| r.reception.order_number),
            kind: entry.kind,
            who,
            role: entry.role.unwrap_or_default(),
            at: entry.at,
            why: reason.to_owned(),
        });
    }
    lines.reverse();
    Ok(lines)
}

/// A receipt to print and to keep.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// Its reception.
    pub reception: ReceptionRow,
    /// Its call.
    pub frame: CallFrame,
    /// The candidate.
    pub organisation: Organisation,
    /// Its rank now, where the number lives.
    pub rank: Option<usize>,
    /// The proof that the public log holds it, once it is numbered.
    pub proof: Option<String>,
}

/// Shows the receipt of a candidacy's newest number, or of one of its numbers.
pub struct ViewReceipt(pub CandidacyId, pub Option<i64>);

impl UseCase for ViewReceipt {
    type Output = ReceiptView;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReceiptView> {
        let found = unit.store.candidacy(self.0).await?;
        let row: Permitted<ReadCandidacy, _> = unit.permit_found(found)?;
        let receptions = unit.store.receptions(self.0).await?;
        let wanted = |r: &ReceptionRow| self.1.is_none_or(|order| r.reception.order_number == order);
        let reception = receptions.into_iter().find(wanted).ok_or(Error::NotFound)?;
        let frame = unit
            .store
            .candidacy_call(row.candidacy.call)
            .await?
            .ok_or(Error::NotFound)?
            .peek()
            .clone();
        let organisations = unit.store.organisations(&[row.candidacy.organisation]).await?;
        let proof = match proof_of_entry(unit.store.as_mut(), reception.entry).await {
            Ok(proof) => Some(proof.to_text()),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        let rank = if reception.reception.lives() {
            Some(rank(
                &unit.store.living_numbers(frame.call.id).await?,
                reception.reception.order_number,
            ))
        } else {
            None
        };
        Ok(ReceiptView {
            candidacy: self.0,
            organisation: organisations.into_iter().next().ok_or(Error::NotFound)?,
            reception,
            frame,
            rank,
            proof,
        })
    }
}
