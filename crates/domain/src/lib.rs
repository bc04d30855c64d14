//! What exists in Beffroi and what is always true of it.
//!
//! The ground floor: entities, rules and state machines. No input or output, no async, no clock
//! of its own, no random numbers, no texts. Time and chance come in as arguments.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

pub mod access;
pub mod appeal;
pub mod authorisation;
pub mod call;
pub mod campaign;
pub mod candidacy;
pub mod contact;
pub mod date;
pub mod deadline;
pub mod deployment;
pub mod disclosure;
pub mod document;
pub mod eligibility;
pub mod figure;
pub mod fix;
pub mod form;
pub mod ids;
pub mod machine;
pub mod organisation;
pub mod party;
pub mod position;
pub mod product;
pub mod programme;
pub mod readiness;
pub mod reception;
pub mod report;
pub mod retest;
pub mod role;
pub mod scope;
pub mod seats;
pub mod severity;
pub mod sharing;
pub mod slug;
pub mod time;
pub mod two_people;
pub mod verification;
pub mod vulnerability;

pub use access::{AccessFacts, Denied, may_reach_target};
pub use authorisation::{Authorisation, AuthorisationEvent, AuthorisationState, AuthorisationText, SignerRole};
pub use call::{Call, CallEvent, CallState};
pub use campaign::{Campaign, CampaignEvent, CampaignKind, CampaignState};
pub use candidacy::{Candidacy, CandidacyEvent, CandidacyState};
pub use contact::{email_is_plausible, phone_is_plausible};
pub use date::Date;
pub use deadline::{Deadline, DeadlineKind, DeadlineStanding};
pub use deployment::{ConfirmedBy, Deployment, DeploymentEvent, DeploymentState, Standing};
pub use disclosure::{CaseRole, Disclosure, ReaderFacts, RunBy, SharingFacts, disclosure, may_read_summary};
pub use document::{Document, DocumentKind, DocumentProblem, DocumentSubject};
pub use eligibility::{CandidateFacts, Eligibility, IneligibilityReason};
pub use figure::{FigureNature, shown_in_public, tests_saved};
pub use fix::{Correction, Fix, FixStanding};
pub use form::{Answers, Completeness, Field, FieldError, FieldKind, FieldProblem, Form, Section};
pub use machine::{Illegal, Machine, path};
pub use organisation::{Affiliation, AffiliationKind, Organisation, OrganisationKind};
pub use party::{Participant, Party, PartyKind, PersonPart};
pub use position::{Position, PositionEvent, PositionState, RiskAcceptance};
pub use product::{Product, ProductProblem, ProductVersion};
pub use programme::{Membership, NoticeKind, Programme, ProgrammeKind, ProgrammeProblem, ProgrammeSettings};
pub use readiness::{Missing, ReadinessFacts, TestedProduct, readiness};
pub use reception::{PaperDeposit, Reception, next_reception, rank};
pub use report::{Closing, Rating, Report, ReportEvent, ReportState};
pub use retest::{OfferedTo, Retest, RetestEvent, RetestOutcome, RetestState};
pub use role::{Grant, GrantScope, Role};
pub use scope::{AssetKind, RulesAcceptance, RulesOfEngagement, ScopeAsset};
pub use seats::{Numbered, Outcome, decide, promote};
pub use severity::{CvssVersion, Scored, Severity, VectorError, score};
pub use sharing::{Embargo, MoveFacts, MoveRefusal, Opinion, Phase, PhaseEvent, Tlp, move_phase};
pub use slug::{slug_is_valid, slug_of};
pub use time::{Timestamp, Window, Within};
pub use two_people::{Objection, ObjectionDecision, PeopleRefusal, Proposal, ProposalKind, confirm_proposal};
pub use verification::{Claim, Reproduction, VerificationRefusal, claim, may_judge};
pub use vulnerability::{Reach, Vulnerability, VulnerabilityEvent, VulnerabilityState};
