//! Forms that come on paper: one person enters them with their scan, another confirms.

use super::change::receive;
use super::content::{Content, Offer, ScanFacts, SignatoryFacts};
use super::draft::lacks;
use super::offers::named_by_register;
use super::start::{new_row, reasons, refuse};
use crate::error::{Error, Outcome};
use crate::files::{StagedFile, store_paper};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{CallFrame, CandidacyRow, PaperRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::InstructCandidacies;
use domain::Timestamp;
use domain::call::CallState;
use domain::candidacy::CandidacyState;
use domain::form::Answers;
use domain::ids::{CallId, CandidacyId, OrganisationId, ProgrammeId};
use domain::reception::{PaperDeposit, PaperRefusal};
use serde_json::json;
use uuid::Uuid;

/// What is entered of a form that came on paper.
#[derive(Clone, Debug)]
pub struct PaperForm {
    /// The call.
    pub call: CallId,
    /// Whose form it is.
    pub organisation: OrganisationId,
    /// When it is said to have arrived.
    pub stated_arrival: Timestamp,
    /// The answers as written.
    pub answers: Answers,
    /// The products as written.
    pub offers: Vec<Offer>,
    /// Who signed.
    pub signatory: SignatoryFacts,
}

struct MayEnter(CallId);

impl UseCase for MayEnter {
    type Output = ProgrammeId;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProgrammeId> {
        let found = unit.store.candidacy_call(self.0).await?;
        Ok(unit.permit_found::<InstructCandidacies, _>(found)?.call.programme)
    }
}

struct EnterPaper {
    form: PaperForm,
    file: StagedFile,
    digest: Vec<u8>,
}

fn check_arrival(unit: &Unit, frame: &CallFrame, arrival: Timestamp) -> Outcome<()> {
    let state = frame.call.state_at(unit.now);
    if !matches!(state, CallState::Open | CallState::Closed) {
        return Err(Error::Conflict("candidacy-error-call-not-open"));
    }
    if arrival > unit.now {
        return Err(Error::field("arrival", "candidacy-error-arrival-in-future"));
    }
    if arrival < frame.call.window.opens_at || arrival >= frame.call.window.closes_at {
        return Err(Error::field("arrival", "candidacy-error-arrival-outside"));
    }
    Ok(())
}

/// Refuses a candidate that may not answer the call, or to which whoever enters its form belongs.
async fn may_receive(unit: &mut Unit, frame: &CallFrame, candidate: OrganisationId) -> Outcome<()> {
    let organisations = unit.store.organisations(&[candidate]).await?;
    let Some(organisation) = organisations.first() else {
        return Err(Error::field("organisation", "error-choose"));
    };
    if unit.actor.belongs_to(candidate) {
        return Err(Error::field("organisation", "candidacy-error-own-organisation"));
    }
    refuse(&reasons(unit, frame, organisation).await?)
}

impl UseCase for EnterPaper {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let person = unit.person()?;
        let found = unit.store.take_candidacy_call(self.form.call).await?;
        let frame = unit.permit_found::<InstructCandidacies, _>(found)?;
        check_arrival(unit, &frame, self.form.stated_arrival)?;
        may_receive(unit, &frame, self.form.organisation).await?;
        let mut offers: Vec<Offer> = self.form.offers.iter().filter(|o| !o.is_empty()).cloned().collect();
        named_by_register(unit, &mut offers).await?;
        let content = Content {
            answers: self.form.answers.clone(),
            offers,
            signatory: self.form.signatory.clone(),
            scan: Some(ScanFacts {
                name: self.file.name().to_owned(),
                digest: self.digest.clone(),
            }),
        };
        let lacking = lacks(&content, &frame.form, true);
        if !lacking.is_empty() {
            return Err(Error::Invalid(lacking));
        }
        let id = unit.fresh_id();
        let holder = KeyHolder::Programme(frame.call.programme);
        let plain = content.to_bytes()?;
        let row = PaperRow {
            id,
            call: frame.call.id,
            organisation: self.form.organisation,
            candidacy: None,
            stated_arrival: self.form.stated_arrival,
            scan: self.file.keep(unit, holder).await?,
            content: unit
                .seal(holder, place("paper_deposit", "content_sealed", id), &plain)
                .await?,
            entered: (person, unit.now),
            confirmed: None,
            refused: None,
        };
        unit.store.insert_paper(&row).await?;
        let acting = frame.acting().clone();
        note_paper(unit, &acting, &frame, "call.paper_entered", id).await?;
        Ok(id)
    }
}

async fn note_paper(
    unit: &mut Unit,
    acting: &authorization::Acting,
    frame: &CallFrame,
    kind: &'static str,
    id: Uuid,
) -> Outcome<()> {
    let entry = NewEntry {
        stream_kind: "call",
        stream_id: frame.call.id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Programme(frame.call.programme),
        body: json!({"paper": id}),
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Enters a form that came on paper, with its scan; another person confirms it.
///
/// # Errors
/// [`Error::Invalid`] for what is missing or a file that is not accepted.
pub async fn enter_paper(context: &Context, form: PaperForm, name: &str, bytes: Vec<u8>) -> Outcome<Uuid> {
    let programme = read(context, MayEnter(form.call)).await?;
    let digest = sealing::content_digest(&bytes).to_vec();
    let file = store_paper(context, KeyHolder::Programme(programme), "scan", bytes, name).await?;
    perform(context, EnterPaper { form, file, digest }).await
}

/// Confirms a paper deposit by a second person, which gives it its number, or refuses it.
#[derive(Clone, Copy, Debug)]
pub struct AnswerPaper {
    /// The paper deposit.
    pub paper: Uuid,
    /// Whether the entry is what the paper says.
    pub confirm: bool,
}

impl UseCase for AnswerPaper {
    type Output = Option<CandidacyId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let person = unit.person()?;
        let call = unit.store.paper(self.paper).await?.ok_or(Error::NotFound)?.call;
        let found = unit.store.take_candidacy_call(call).await?;
        let proof = unit.permit_found::<InstructCandidacies, _>(found)?;
        let acting = proof.acting().clone();
        let frame = proof.into_value();
        let mut paper = unit.store.paper(self.paper).await?.ok_or(Error::NotFound)?;
        if paper.refused.is_some() || paper.confirmed.is_some() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        if !self.confirm {
            paper.refused = Some((person, unit.now));
            unit.store.save_paper(&paper).await?;
            note_paper(unit, &acting, &frame, "call.paper_refused", paper.id).await?;
            return Ok(None);
        }
        check_arrival(unit, &frame, paper.stated_arrival)?;
        may_receive(unit, &frame, paper.organisation).await?;
        let mut row = candidate(unit, &frame, &paper).await?;
        confirm(&paper, &row, person)?;
        let plain = unit
            .open_unnoted(place("paper_deposit", "content_sealed", paper.id), &paper.content)
            .await?;
        let mut content = Content::from_bytes(&plain)?;
        row.signed_form = Some(paper.scan);
        row.signed_answers_hmac = Some(content.hmac(&unit.app)?);
        "paper".clone_into(&mut row.channel);
        content.keep(unit, &mut row).await?;
        receive(unit, &acting, &frame, &mut row, &content, Some(paper.stated_arrival)).await?;
        paper.candidacy = Some(row.candidacy.id);
        paper.confirmed = Some((person, unit.now));
        unit.store.save_paper(&paper).await?;
        note_paper(unit, &acting, &frame, "call.paper_confirmed", paper.id).await?;
        Ok(paper.candidacy)
    }
}

/// Gives the organisation's draft, or a new one, for what came on paper.
async fn candidate(unit: &mut Unit, frame: &CallFrame, paper: &PaperRow) -> Outcome<CandidacyRow> {
    let Some(living) = unit.store.living_candidacy(frame.call.id, paper.organisation).await? else {
        let row = new_row(unit, frame, paper.organisation, "paper").await?;
        unit.store.insert_candidacy(&row).await?;
        return Ok(row);
    };
    let row = super::change::take(unit, living).await?;
    if matches!(row.candidacy.state, CandidacyState::Draft | CandidacyState::Returned) {
        Ok(row)
    } else {
        Err(Error::Conflict("candidacy-error-already-received"))
    }
}

fn confirm(paper: &PaperRow, row: &CandidacyRow, person: domain::ids::PersonId) -> Outcome<()> {
    let deposit = PaperDeposit {
        candidacy: row.candidacy.id,
        stated_arrival: paper.stated_arrival,
        scan: paper.scan,
        entered_by: paper.entered.0,
        entered_at: paper.entered.1,
        confirmed_by: None,
    };
    deposit.confirm(person).map(|_| ()).map_err(|refusal| match refusal {
        PaperRefusal::SamePerson => Error::Conflict("candidacy-error-same-person"),
        PaperRefusal::AlreadyConfirmed => Error::Conflict("error-not-in-this-state"),
        PaperRefusal::ArrivalInFuture => Error::field("arrival", "candidacy-error-arrival-in-future"),
    })
}
