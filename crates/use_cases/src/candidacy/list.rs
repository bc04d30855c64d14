//! Lists: a call's candidacies for its organisers, and its receipts for everybody.

use super::content::Content;
use super::start::open_call;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CallFrame, CandidacyLine, OwnCandidacy, PaperRow, PublicReception};
use crate::unit::{Unit, place};
use authorization::Action;
use authorization::action::{InstructCandidacies, ReadCandidacies};
use domain::Timestamp;
use domain::call::CallState;
use domain::candidacy::CandidacyState;
use domain::ids::CallId;
use domain::organisation::Organisation;
use domain::reception::rank;
use domain::role::{GrantScope, Role};

/// Lines of one page of a list.
const PAGE: usize = 100;

/// Lists what was deposited to a call.
#[derive(Clone, Copy, Debug)]
pub struct ListCandidacies {
    /// The call.
    pub call: CallId,
    /// Only this state.
    pub state: Option<CandidacyState>,
    /// After this order number.
    pub after: i64,
}

/// A line of the organiser's list with its derived rank.
#[derive(Clone, Debug)]
pub struct RankedLine {
    /// The line.
    pub line: CandidacyLine,
    /// One plus the living receptions with a smaller number.
    pub rank: Option<usize>,
}

/// A paper deposit in the organiser's list.
#[derive(Clone, Debug)]
pub struct PaperLine {
    /// The deposit.
    pub paper: PaperRow,
    /// Whose form it is.
    pub organisation: Organisation,
    /// Who entered it.
    pub entered_by: String,
    /// What was entered.
    pub content: Content,
    /// Whether the reader may confirm it.
    pub may_confirm: bool,
}

/// What the organiser's page of a call's candidacies shows.
#[derive(Clone, Debug)]
pub struct CandidacyList {
    /// The call.
    pub frame: CallFrame,
    /// Its state at the instant of the page.
    pub state: CallState,
    /// The lines of this page.
    pub lines: Vec<RankedLine>,
    /// After which number the next page begins.
    pub next: Option<i64>,
    /// How many there are by state.
    pub counts: Vec<(CandidacyState, i64)>,
    /// Seats taken.
    pub taken: usize,
    /// Proposals and paper deposits that wait for a second person.
    pub undecided: i64,
    /// Paper deposits, newest first.
    pub papers: Vec<PaperLine>,
    /// Whether the reader may decide and enter paper.
    pub may_instruct: bool,
}

impl UseCase for ListCandidacies {
    type Output = CandidacyList;

    async fn run(&self, unit: &mut Unit) -> Outcome<CandidacyList> {
        let found = unit.store.candidacy_call(self.call).await?;
        let frame = unit.permit_found::<ReadCandidacies, _>(found)?;
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut lines = unit
            .store
            .candidacies_of_call(self.call, self.state, self.after, limit)
            .await?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let living = unit.store.living_numbers(self.call).await?;
        let next = lines.last().filter(|_| more).map(|line| line.order_number);
        let papers = papers(unit, self.call).await?;
        if !papers.is_empty() {
            unit.note_reading(frame.acting(), ReadCandidacies::NAME, "Call", self.call.0);
        }
        Ok(CandidacyList {
            state: frame.call.state_at(unit.now),
            lines: lines
                .into_iter()
                .map(|line| RankedLine {
                    rank: line.lives.then(|| rank(&living, line.order_number)),
                    line,
                })
                .collect(),
            next,
            counts: unit.store.count_candidacies(self.call).await?,
            taken: unit.store.taken_seats(self.call).await?.len(),
            undecided: unit.store.count_undecided(self.call).await?,
            papers,
            may_instruct: unit.may::<InstructCandidacies, _>(&*frame),
            frame: frame.into_value(),
        })
    }
}

async fn papers(unit: &mut Unit, call: CallId) -> Outcome<Vec<PaperLine>> {
    let reader = unit.actor.person();
    let mut lines = Vec::new();
    for (paper, organisation) in unit.store.papers(call).await? {
        let plain = unit
            .open_unnoted(place("paper_deposit", "content_sealed", paper.id), &paper.content)
            .await?;
        lines.push(PaperLine {
            entered_by: unit.name_of(paper.entered.0).await?,
            content: Content::from_bytes(&plain)?,
            may_confirm: paper.confirmed.is_none() && paper.refused.is_none() && reader != Some(paper.entered.0),
            paper,
            organisation,
        });
    }
    Ok(lines)
}

/// Gives a call to whoever enters a form that came on paper.
pub struct ViewPaperForm(pub CallId);

impl UseCase for ViewPaperForm {
    type Output = CallFrame;

    async fn run(&self, unit: &mut Unit) -> Outcome<CallFrame> {
        let found = unit.store.candidacy_call(self.0).await?;
        Ok(unit.permit_found::<InstructCandidacies, _>(found)?.into_value())
    }
}

/// Lists a call's receipts, for everybody.
#[derive(Clone, Copy, Debug)]
pub struct ListReceipts {
    /// The call.
    pub call: CallId,
    /// After this order number.
    pub after: i64,
}

impl UseCase for ListReceipts {
    type Output = (CallFrame, Vec<PublicReception>, Option<i64>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.call(self.call).await?;
        if !found.ok_or(Error::NotFound)?.peek().is_public() {
            return Err(Error::NotFound);
        }
        let frame = open_call(unit, self.call).await?;
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut lines = unit.store.public_receptions(self.call, self.after, limit).await?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).map(|line| line.order_number);
        Ok((frame, lines, next))
    }
}

/// Lists the candidacies of one's own organisations, newest first.
pub struct OwnCandidacies;

impl UseCase for OwnCandidacies {
    type Output = (Timestamp, Vec<OwnCandidacy>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        unit.person()?;
        let own: Vec<_> = unit
            .actor
            .grants()
            .iter()
            .filter(|g| {
                matches!(g.role, Role::SecurityOfficer | Role::Signatory) && g.scope == GrantScope::Organisation
            })
            .map(|grant| grant.organisation)
            .collect();
        Ok((unit.now, unit.store.candidacies_of(&own).await?))
    }
}
