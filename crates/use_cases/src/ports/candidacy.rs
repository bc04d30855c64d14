//! Ports of candidacies: their contents, receptions, places, proposals, paper, letters, appeals.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::call::Call;
use domain::candidacy::{Candidacy, CandidacyState};
use domain::form::Form;
use domain::ids::{BlobId, CallId, CandidacyId, EntryId, OrganisationId, PersonId, ProductId, ProgrammeId, ProposalId};
use domain::organisation::Organisation;
use domain::programme::{NoticeKind, ProgrammeSettings};
use domain::reception::Reception;
use domain::seats::Numbered;
use domain::two_people::ProposalKind;
use uuid::Uuid;

/// A call as its candidacies need it: with its form and what its programme has set.
#[derive(Clone, Debug)]
pub struct CallFrame {
    /// The call.
    pub call: Call,
    /// Its form.
    pub form: Form,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// Who answers for its programme.
    pub owner: OrganisationId,
    /// The programme's readable address.
    pub slug: String,
    /// The programme's name.
    pub programme_name: String,
    /// The act the programme rests on.
    pub legal_basis: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// What the programme's organiser has set.
    pub settings: ProgrammeSettings,
}

impl Resource for CallFrame {
    const TYPE: &'static str = "Candidacies";

    fn id(&self) -> Uuid {
        self.call.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("owner", Attr::organisation(self.owner)),
            ("programme", Attr::id(self.call.programme)),
        ]
    }
}

/// A candidacy as stored.
#[derive(Clone, Debug)]
pub struct CandidacyRow {
    /// The candidacy.
    pub candidacy: Candidacy,
    /// The call's programme, whose key seals its contents.
    pub programme: ProgrammeId,
    /// Who answers for the programme.
    pub owner: OrganisationId,
    /// The answers, sealed.
    pub answers: Option<Vec<u8>>,
    /// Who signs, with the facts of the signed scan, sealed.
    pub signatory: Option<Vec<u8>>,
    /// The scan of the signed form.
    pub signed_form: Option<BlobId>,
    /// The keyed hash of what was signed.
    pub signed_answers_hmac: Option<Vec<u8>>,
    /// Until when the candidate must confirm or deposit again.
    pub answer_by: Option<Timestamp>,
    /// `online` or `paper`.
    pub channel: String,
    /// Since when it is in its state.
    pub state_at: Timestamp,
    /// Who started it.
    pub created_by: Option<PersonId>,
    /// When it was started.
    pub created_at: Timestamp,
}

impl Resource for CandidacyRow {
    const TYPE: &'static str = "Candidacy";

    fn id(&self) -> Uuid {
        self.candidacy.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("organisation", Attr::organisation(self.candidacy.organisation)),
            ("owner", Attr::organisation(self.owner)),
            ("programme", Attr::id(self.programme)),
            ("deposited", Attr::Bool(self.candidacy.first_deposited_at.is_some())),
        ]
    }
}

/// A product that a candidate offers.
#[derive(Clone, Debug)]
pub struct OfferRow {
    /// Its identifier.
    pub id: Uuid,
    /// The product of the register, where it was chosen from it.
    pub product: Option<ProductId>,
    /// Product, vendor, version and host as typed, sealed.
    pub offer: Vec<u8>,
}

/// A reception with what its receipt says.
#[derive(Clone, Debug)]
pub struct ReceptionRow {
    /// The reception.
    pub reception: Reception,
    /// When a form that came on paper is said to have arrived.
    pub stated_arrival: Option<Timestamp>,
    /// The version of the form.
    pub form_version: i64,
    /// The journal entry that the receipt promises.
    pub entry: EntryId,
    /// The signed receipt.
    pub receipt: String,
}

/// A line of a call's public list of receipts.
#[derive(Clone, Debug)]
pub struct PublicReception {
    /// The order number.
    pub order_number: i64,
    /// Who was received.
    pub organisation: String,
    /// When.
    pub received_at: Timestamp,
    /// When the paper is said to have arrived.
    pub stated_arrival: Option<Timestamp>,
    /// The version of the form.
    pub form_version: i64,
    /// When the number died.
    pub dead_at: Option<Timestamp>,
}

/// A line of the organiser's list.
#[derive(Clone, Debug)]
pub struct CandidacyLine {
    /// The candidacy.
    pub id: CandidacyId,
    /// The candidate.
    pub organisation: String,
    /// Where it stands.
    pub state: CandidacyState,
    /// Since when.
    pub state_at: Timestamp,
    /// Its latest order number.
    pub order_number: i64,
    /// When that number was given.
    pub received_at: Timestamp,
    /// Whether the number lives.
    pub lives: bool,
    /// `online` or `paper`.
    pub channel: String,
    /// Until when the candidate must answer.
    pub answer_by: Option<Timestamp>,
}

/// A proposal to return or refuse a candidacy, as stored.
#[derive(Clone, Debug)]
pub struct ProposalRow {
    /// Its identifier.
    pub id: ProposalId,
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// Why, sealed.
    pub reason: Vec<u8>,
    /// Who proposed it, and when.
    pub proposed: (PersonId, Timestamp),
    /// Who confirmed it, and when.
    pub confirmed: Option<(PersonId, Timestamp)>,
    /// Who refused it, and when.
    pub refused: Option<(PersonId, Timestamp)>,
    /// Who contested it for the candidate, when, and on which sealed grounds.
    pub contest: Option<(PersonId, Timestamp, Vec<u8>)>,
    /// Who decided the objection, when, whether upheld, and the sealed reason.
    pub decision: Option<(PersonId, Timestamp, bool, Vec<u8>)>,
}

/// A form that came on paper, as stored.
#[derive(Clone, Debug)]
pub struct PaperRow {
    /// Its identifier.
    pub id: Uuid,
    /// The call.
    pub call: CallId,
    /// Whose form it is.
    pub organisation: OrganisationId,
    /// The candidacy it became.
    pub candidacy: Option<CandidacyId>,
    /// When it is said to have arrived.
    pub stated_arrival: Timestamp,
    /// The scan of the signed form.
    pub scan: BlobId,
    /// Answers, products and signatory as entered, sealed.
    pub content: Vec<u8>,
    /// Who entered it, and when.
    pub entered: (PersonId, Timestamp),
    /// Who confirmed it, and when.
    pub confirmed: Option<(PersonId, Timestamp)>,
    /// Who refused it, and when.
    pub refused: Option<(PersonId, Timestamp)>,
}

/// An appeal as recorded.
#[derive(Clone, Debug)]
pub struct AppealRow {
    /// Its identifier.
    pub id: Uuid,
    /// The candidacy it is about.
    pub candidacy: CandidacyId,
    /// Who recorded it, and when.
    pub recorded: (PersonId, Timestamp),
    /// `informal` (to the organiser) or `court`.
    pub kind: String,
    /// The day it was lodged.
    pub lodged_on: String,
    /// Its reference at the court.
    pub reference: Option<String>,
    /// What it says, sealed.
    pub text: Vec<u8>,
}

/// A decision letter as stored.
#[derive(Clone, Debug)]
pub struct LetterRow {
    /// Its identifier.
    pub id: Uuid,
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// What it says: the stable name of the decision.
    pub kind: String,
    /// Its number within the candidacy.
    pub number: i64,
    /// Its text, sealed.
    pub body: Vec<u8>,
    /// The journal entry that recorded it.
    pub entry: EntryId,
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// A candidacy of somebody's organisations, for desks and lists.
#[derive(Clone, Debug)]
pub struct OwnCandidacy {
    /// The candidacy.
    pub id: CandidacyId,
    /// The call's title.
    pub call: String,
    /// The notice that follows the call's programme.
    pub notice: NoticeKind,
    /// When the call closes.
    pub closes_at: Timestamp,
    /// The candidate.
    pub organisation: String,
    /// Where it stands.
    pub state: CandidacyState,
    /// Since when.
    pub state_at: Timestamp,
    /// Until when the candidate must answer.
    pub answer_by: Option<Timestamp>,
}

/// Something that waits for an organiser of a programme.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The call's title.
    pub call: String,
    /// The call.
    pub call_id: CallId,
    /// The candidate.
    pub organisation: String,
    /// The candidacy; none for paper.
    pub candidacy: Option<CandidacyId>,
    /// Who answers for the programme.
    pub owner: OrganisationId,
    /// The programme.
    pub programme: ProgrammeId,
    /// The persons who took part already and cannot go on.
    pub taken_part: Vec<PersonId>,
}

/// Candidacies and everything that belongs to them.
#[async_trait]
pub trait Candidacies {
    /// Gives a call with what its candidacies need.
    async fn candidacy_call(&mut self, id: CallId) -> Stored<Option<Loaded<CallFrame>>>;
    /// Takes a call: nobody else gives numbers or places of it until this transaction ends.
    async fn take_candidacy_call(&mut self, id: CallId) -> Stored<Option<Loaded<CallFrame>>>;
    /// Keeps the number and instant that the call gave last.
    async fn set_last_order(&mut self, id: CallId, order: i64, at: Timestamp) -> Stored<()>;
    /// Marks the call decided.
    async fn set_call_decided(&mut self, id: CallId, at: Timestamp) -> Stored<()>;
    /// Gives the keys of the courses that an organisation has completed in a programme.
    async fn completed_tracks(&mut self, programme: ProgrammeId, organisation: OrganisationId) -> Stored<Vec<String>>;

    /// Counts an organisation's candidacies to a call.
    async fn count_attempts(&mut self, call: CallId, organisation: OrganisationId) -> Stored<i64>;
    /// Gives an organisation's living candidacy to a call.
    async fn living_candidacy(&mut self, call: CallId, organisation: OrganisationId) -> Stored<Option<CandidacyId>>;
    /// Adds a candidacy and gives it as its row reads.
    async fn insert_candidacy(&mut self, row: &CandidacyRow) -> Stored<Loaded<CandidacyRow>>;
    /// Gives a candidacy.
    async fn candidacy(&mut self, id: CandidacyId) -> Stored<Option<Loaded<CandidacyRow>>>;
    /// Takes a candidacy for changing it.
    async fn take_candidacy(&mut self, id: CandidacyId) -> Stored<Option<Loaded<CandidacyRow>>>;
    /// Saves a candidacy that was taken in this transaction.
    async fn save_candidacy(&mut self, row: &CandidacyRow) -> Stored<()>;
    /// Lists what was deposited to a call, by order number, after one of them.
    async fn candidacies_of_call(
        &mut self,
        call: CallId,
        state: Option<CandidacyState>,
        after: i64,
        limit: i64,
    ) -> Stored<Vec<CandidacyLine>>;
    /// Counts what was deposited to a call, by state.
    async fn count_candidacies(&mut self, call: CallId) -> Stored<Vec<(CandidacyState, i64)>>;
    /// Lists the candidacies of some organisations, newest first.
    async fn candidacies_of(&mut self, organisations: &[OrganisationId]) -> Stored<Vec<OwnCandidacy>>;
    /// Gives a call's candidacies whose time to answer has run out.
    async fn overdue_candidacies(&mut self, call: CallId, now: Timestamp) -> Stored<Vec<CandidacyId>>;

    /// Gives the products that a candidacy offers.
    async fn offers(&mut self, id: CandidacyId) -> Stored<Vec<OfferRow>>;
    /// Replaces the products that a candidacy offers.
    async fn replace_offers(&mut self, id: CandidacyId, offers: &[OfferRow]) -> Stored<()>;

    /// Adds a reception.
    async fn insert_reception(&mut self, row: &ReceptionRow) -> Stored<()>;
    /// Gives a candidacy's receptions, newest first.
    async fn receptions(&mut self, id: CandidacyId) -> Stored<Vec<ReceptionRow>>;
    /// Ends the living number of a candidacy.
    async fn end_reception(&mut self, id: CandidacyId, at: Timestamp) -> Stored<()>;
    /// Lets a candidacy's newest number live again.
    async fn revive_reception(&mut self, id: CandidacyId) -> Stored<()>;
    /// Gives the living order numbers of a call.
    async fn living_numbers(&mut self, call: CallId) -> Stored<Vec<i64>>;
    /// Gives a call's candidacies in a state with their living numbers.
    async fn numbered(&mut self, call: CallId, state: CandidacyState) -> Stored<Vec<Numbered>>;
    /// Lists a call's receptions by order number, after one of them.
    async fn public_receptions(&mut self, call: CallId, after: i64, limit: i64) -> Stored<Vec<PublicReception>>;

    /// Gives the numbers of a call's seats that are taken.
    async fn taken_seats(&mut self, call: CallId) -> Stored<Vec<i64>>;
    /// Seats a candidacy.
    async fn insert_seat(
        &mut self,
        id: Uuid,
        call: CallId,
        number: i64,
        candidacy: CandidacyId,
        at: Timestamp,
    ) -> Stored<()>;
    /// Frees the seat of a candidacy, where it has one.
    async fn release_seat(&mut self, candidacy: CandidacyId, at: Timestamp) -> Stored<()>;

    /// Adds a proposal.
    async fn insert_proposal(&mut self, row: &ProposalRow) -> Stored<()>;
    /// Gives a candidacy's proposals, oldest first.
    async fn proposals(&mut self, id: CandidacyId) -> Stored<Vec<ProposalRow>>;
    /// Saves what was answered to a proposal.
    async fn save_proposal(&mut self, row: &ProposalRow) -> Stored<()>;
    /// Counts a call's proposals and paper deposits that wait for a second person.
    async fn count_undecided(&mut self, call: CallId) -> Stored<i64>;
    /// Lists proposals that wait for a second person, in the programmes of some owners.
    async fn proposals_waiting(&mut self, owners: &[OrganisationId]) -> Stored<Vec<Waiting>>;
    /// Lists objections that wait for a third person, in the programmes of some owners.
    async fn objections_waiting(&mut self, owners: &[OrganisationId]) -> Stored<Vec<Waiting>>;
    /// Lists paper deposits that wait for a second person, in the programmes of some owners.
    async fn papers_waiting(&mut self, owners: &[OrganisationId]) -> Stored<Vec<Waiting>>;
    /// Lists promotions since an instant, in the programmes of some owners.
    async fn promoted_since(&mut self, owners: &[OrganisationId], since: Timestamp) -> Stored<Vec<Waiting>>;

    /// Adds a paper deposit.
    async fn insert_paper(&mut self, row: &PaperRow) -> Stored<()>;
    /// Gives a paper deposit.
    async fn paper(&mut self, id: Uuid) -> Stored<Option<PaperRow>>;
    /// Lists a call's paper deposits, newest first, with the organisations' names.
    async fn papers(&mut self, call: CallId) -> Stored<Vec<(PaperRow, Organisation)>>;
    /// Saves what became of a paper deposit.
    async fn save_paper(&mut self, row: &PaperRow) -> Stored<()>;

    /// Adds an appeal.
    async fn insert_appeal(&mut self, row: &AppealRow) -> Stored<()>;
    /// Gives a candidacy's appeals, oldest first.
    async fn appeals(&mut self, id: CandidacyId) -> Stored<Vec<AppealRow>>;
    /// Adds a letter.
    async fn insert_letter(&mut self, row: &LetterRow) -> Stored<()>;
    /// Gives a candidacy's letters, oldest first.
    async fn letters(&mut self, id: CandidacyId) -> Stored<Vec<LetterRow>>;
}
