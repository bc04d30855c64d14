//! Ports of candidacies: their call, their state, what they offer.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::call::Call;
use domain::candidacy::{Candidacy, CandidacyState};
use domain::form::Form;
use domain::ids::{BlobId, CallId, CandidacyId, OrganisationId, PersonId, ProductId, ProgrammeId};
use domain::programme::{NoticeKind, ProgrammeSettings};
use domain::{Date, Timestamp};
use uuid::Uuid;

/// A call as its candidacies need it: with its form and what its programme has set.
#[derive(Clone, Debug)]
pub struct CallFrame {
    /// The call.
    pub call: Call,
    /// Its number among the calls of its programme, never given again.
    pub number: i64,
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

/// Candidacies and what they offer.
#[async_trait]
pub trait Candidacies {
    /// Gives a call with what its candidacies need.
    async fn candidacy_call(&mut self, id: CallId) -> Stored<Option<Loaded<CallFrame>>>;
    /// Takes a call: nobody else gives numbers or places of it until this transaction ends.
    async fn take_candidacy_call(&mut self, id: CallId) -> Stored<Option<Loaded<CallFrame>>>;
    /// Marks the call decided.
    async fn set_call_decided(&mut self, id: CallId, at: Timestamp) -> Stored<()>;
    /// Gives the keys of the courses that an organisation has completed in a programme.
    async fn completed_tracks(
        &mut self,
        programme: ProgrammeId,
        organisation: OrganisationId,
        today: Date,
    ) -> Stored<Vec<String>>;
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
}
