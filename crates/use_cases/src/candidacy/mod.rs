//! Candidacies: from the draft to the place, with everything that can be contested on the way.

mod answer;
mod appeal;
mod cancelled;
mod change;
mod clock;
mod content;
mod decide;
mod deposit;
mod desk;
mod draft;
mod letter;
mod list;
mod mails;
mod offers;
mod opening;
mod paper;
mod proposal;
mod scan;
mod start;
mod view;

pub use answer::{ConfirmPlace, ContestProposal, WithdrawCandidacy};
pub use appeal::RecordAppeal;
pub use clock::LapseOverdue;
pub use content::{Content, Offer, ScanFacts, SignatoryFacts};
pub use decide::{DecideCall, DecisionLine, PreviewDecision};
pub use deposit::{Deposit, Received};
pub use draft::{Part, SaveDraft, Saved};
pub use letter::{Letter, ViewLetter};
pub use list::{CandidacyList, ListCandidacies, ListReceipts, OwnCandidacies, PaperLine, RankedLine, ViewPaperForm};
pub use offers::OFFERS_MAX;
pub use paper::{AnswerPaper, PaperForm, enter_paper};
pub use proposal::{AnswerProposal, DecideObjection, Propose};
pub use scan::{OpenPaperScan, OpenScan, attach_scan};
pub(crate) use start::facts;
pub use start::{Candidate, StartCandidacy, ViewStart, reason_key};
pub use view::{AppealView, CandidacyView, HistoryLine, ProposalView, ReceiptView, ViewCandidacy, ViewReceipt};

pub(crate) use cancelled::tell_cancelled;
pub(crate) use clock::lapse;
pub(crate) use desk::desk_items;
pub(crate) use mails::send as send_mail;
pub(crate) use opening::{invite, send_opened};
