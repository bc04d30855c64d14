//! Sharing: how far a vulnerability is told, where deployers stand, what members and the public
//! read.

mod answer;
mod case;
mod circle;
mod concerns;
mod desk;
mod expiry;
mod figures;
mod limit;
mod named;
mod opinion;
mod outcome;
mod own;
mod phase;
mod positions;
mod remind;
mod reopen;
mod risk;
mod risk_view;
mod situations;
mod together;
mod view;

pub use answer::{AnswerPosition, MarkRead, answers};
pub use circle::deployment_changed;
pub use concerns::{ConcernFilter, ConcernLine, Concerns, ListConcerns};
pub use figures::{Figure, HeldFigures};
pub use limit::{ChangeTlp, LiftEmbargo, SetEmbargo};
pub use named::{CandidateLine, Candidates, EndNaming, NamePerson, NamedLine};
pub use opinion::{AllowDetails, AskOpinion, GiveOpinion};
pub use outcome::{MembersPage, PublicPage, TestedProduct, ViewMembersPage, ViewPublicPage};
pub(crate) use own::view_for_handling;
pub use own::{OwnView, RateOwn};
pub use phase::{ApprovePublication, MovePhase};
pub use positions::{PAGE as POSITIONS_PAGE, PositionLine, PositionsView, ViewPositions};
pub use remind::RemindLate;
pub use risk::{RefuseRisk, accept_at_once, sign_risk};
pub use risk_view::{ProposalView, RiskView, ViewRisk};
pub use situations::{PositionNote, Situation, SituationView, ViewSituation};
pub use together::AnswerTogether;
pub use view::{NextStep, SharingEvent, SharingView, ViewSharing};

pub(crate) use circle::{enqueue_urgent, inform, products_changed};
pub(crate) use desk::desk_items;
pub(crate) use expiry::risk_expires;
pub(crate) use outcome::{members_page, public_page};
pub(crate) use remind::remind;
pub(crate) use reopen::reopen;
