//! Reports: written by hunters, judged by verifiers (`product.md` §4).

mod answer;
mod appeal;
mod attach;
mod change;
mod claim;
mod close;
mod comment;
pub mod cvss;
pub mod cwe;
mod desk;
mod draft;
mod form;
mod history;
mod list;
mod mine;
mod notify;
mod proposal;
mod reproduce;
mod show;
mod submit;
mod text;
mod unanswered;
mod verify;
mod view;

pub use answer::{AnswerInformation, ReopenReport};
pub use appeal::{AppealClosing, DecideReportAppeal};
pub use attach::{AttachTo, AttachToReport, DownloadAttachment, RemoveAttachment, attach_files};
pub use claim::{ClaimReport, ReleaseReport};
pub use close::{AskInformation, CloseReport};
pub use comment::AddComment;
pub use draft::SaveDraft;
pub use form::{AssetChoice, FellowHunter, ReportForm, ViewReportForm};
pub use history::{Happening, HappeningKind};
pub use list::{ClaimFilter, ListQueue, Queue, QueueLine, SeverityFilter, StateFilter};
pub use mine::{MyReport, MyReports};
pub use proposal::{ConfirmProposal, DropProposal, ProposeAbusive, ProposeLateMerge};
pub use reproduce::RecordReproduction;
pub use show::ViewReport;
pub use submit::{DiscardDraft, SubmitReport, WithdrawReport};
pub use text::ReportText;
pub use verify::{Joining, ResumeVerification, VerifyReport};
pub use view::{AttachmentLine, CommentLine, JoinChoice, OriginalChoice, ReportActions, ReportView, ReproductionLine};

pub(crate) use desk::desk_items;
pub(crate) use notify::send as send_mail;
pub(crate) use unanswered::close as close_unanswered;
