//! Forms that come on paper: one person enters them with their scan, another confirms.

use super::change::receive;
use super::content::{Content, Offer, ScanFacts, SignatoryFacts};
use super::draft::{Signed, lacks};
use super::offers::named_by_register;
use super::start::{new_row, reasons, refuse};
use crate::error::{Error, FieldError, Outcome};
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
    /// Whose form it is; none where nobody was chosen.
    pub organisation: Option<OrganisationId>,
    /// When it is said to have arrived; none where nothing readable was typed.
    pub stated_arrival: Option<Timestamp>,
    /// The answers as written.
    pub answers: Answers,
    /// The products as written.
    pub offers: Vec<Offer>,
    /// Who signed.
    pub signatory: SignatoryFacts,
}

/// What is entered of a paper, once nothing of it is missing.
struct Whole {
    organisation: OrganisationId,
    stated_arrival: Timestamp,
    offers: Vec<Offer>,
}

impl PaperForm {
    /// Names at once everything that is missing or wrong, a scan that did not come included.
    async fn whole(&self, unit: &mut Unit, frame: &CallFrame, scanned: bool) -> Outcome<Whole> {
        let mut problems = Vec::new();
        match self.organisation {
            Some(candidate) => gather(&mut problems, may_receive(unit, frame, candidate).await)?,
            None => gather(&mut problems, Err(Error::field("organisation", "error-choose")))?,
        }
        match self.stated_arrival {
            Some(arrival) => gather(&mut problems, check_arrival(unit, frame, arrival))?,
            None => gather(&mut problems, Err(Error::field("arrival", "error-not-an-instant")))?,
        }
        let mut offers: Vec<Offer> = self.offers.iter().filter(|o| !o.is_empty()).cloned().collect();
        gather(&mut problems, named_by_register(unit, &mut offers).await)?;
        let content = self.content(offers, None);
        problems.extend(lacks(&content, &frame.form, Signed::Fits));
        if !scanned {
            gather(&mut problems, Err(Error::field("scan", "error-file-missing")))?;
        }
        match (self.organisation, self.stated_arrival) {
            (Some(organisation), Some(stated_arrival)) if problems.is_empty() => Ok(Whole {
                organisation,
                stated_arrival,
                offers: content.offers,
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }

    fn content(&self, offers: Vec<Offer>, scan: Option<ScanFacts>) -> Content {
        Content {
            answers: self.answers.clone(),
            offers,
            signatory: self.signatory.clone(),
            scan,
        }
    }
}

/// Puts what is wrong with fields aside, to be said together.
fn gather(problems: &mut Vec<FieldError>, outcome: Outcome<()>) -> Outcome<()> {
    match outcome {
        Err(Error::Invalid(found)) => {
            problems.extend(found);
            Ok(())
        }
        other => other,
    }
}

struct CheckPaper {
    form: PaperForm,
    scanned: bool,
}

impl UseCase for CheckPaper {
    type Output = ProgrammeId;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProgrammeId> {
        let found = unit.store.candidacy_call(self.form.call).await?;
        let frame = unit.permit_found::<InstructCandidacies, _>(found)?;
        self.form.whole(unit, &frame, self.scanned).await?;
        Ok(frame.call.programme)
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
        let whole = self.form.whole(unit, &frame, true).await?;
        let scan = ScanFacts {
            name: self.file.name().to_owned(),
            digest: self.digest.clone(),
        };
        let content = self.form.content(whole.offers, Some(scan));
        let id = unit.fresh_id();
        let holder = KeyHolder::Programme(frame.call.programme);
        let plain = content.to_bytes()?;
        let row = PaperRow {
            id,
            call: frame.call.id,
            organisation: whole.organisation,
            candidacy: None,
            stated_arrival: whole.stated_arrival,
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
    let check = CheckPaper {
        form: form.clone(),
        scanned: !bytes.is_empty(),
    };
    let programme = read(context, check).await?;
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
