//! Ports of the instruction of candidacies: proposals of two people, paper, appeals, letters.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::coded;
use domain::ids::{BlobId, CallId, CandidacyId, EntryId, OrganisationId, PersonId, ProgrammeId, ProposalId};
use domain::organisation::Organisation;
use domain::two_people::ProposalKind;
use uuid::Uuid;

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

coded! {
    /// What of a candidacy waits for an organiser, in the order in which a desk tells it.
    pub enum InstructionKind {
        /// A proposal, for a second person.
        Proposal = "proposal",
        /// An objection, for a third person.
        Objection = "objection",
        /// A paper deposit, for a second person.
        Paper = "paper",
        /// A promotion, to be known.
        Promotion = "promotion",
    }
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

/// What organisers do about candidacies, and what they write to them.
#[async_trait]
pub trait Instructions {
    /// Adds a proposal.
    async fn insert_proposal(&mut self, row: &ProposalRow) -> Stored<()>;
    /// Gives a candidacy's proposals, oldest first.
    async fn proposals(&mut self, id: CandidacyId) -> Stored<Vec<ProposalRow>>;
    /// Saves what was answered to a proposal.
    async fn save_proposal(&mut self, row: &ProposalRow) -> Stored<()>;
    /// Counts a call's proposals and paper deposits that wait for a second person.
    async fn count_undecided(&mut self, call: CallId) -> Stored<i64>;
    /// Lists what waits in the programmes of some owners, by kind: proposals and paper deposits for a second person,
    /// objections for a third one, the oldest first; promotions since an instant, the newest first.
    async fn instructions_waiting(
        &mut self,
        owners: &[OrganisationId],
        since: Timestamp,
    ) -> Stored<Vec<(InstructionKind, Waiting)>>;
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
