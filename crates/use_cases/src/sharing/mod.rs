//! Sharing: how far a vulnerability is told, where deployers stand, what members and the public
//! read.

mod answer;
mod case;
mod circle;
mod desk;
mod limit;
mod named;
mod opinion;
mod outcome;
mod phase;
mod positions;
mod risk;
mod risk_view;
mod situations;
mod view;

pub use answer::{AnswerPosition, MarkRead, answers};
pub use circle::deployment_changed;
pub use limit::{ChangeTlp, LiftEmbargo, SetEmbargo};
pub use named::{CandidateLine, EndNaming, NamePerson, NamedLine};
pub use opinion::{AllowDetails, AskOpinion, GiveOpinion};
pub use outcome::{Figure, MembersPage, PublicPage, TestedProduct, ViewMembersPage, ViewPublicPage};
pub use phase::{ApprovePublication, MovePhase};
pub use positions::{PositionLine, PositionsView, ViewPositions};
pub use risk::{RefuseRisk, accept_at_once, sign_risk};
pub use risk_view::{ProposalView, RiskView, ViewRisk};
pub use situations::{PositionNote, Situation, SituationView, Situations, ViewSituation, ViewSituations};
pub use view::{NextStep, SharingEvent, SharingView, ViewSharing};

pub(crate) use circle::{inform, products_changed};
pub(crate) use desk::desk_items;
pub(crate) use outcome::{members_page, public_page};
