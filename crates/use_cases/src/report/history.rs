//! What happened to a report, as each reader may know it.

use crate::error::Outcome;
use crate::unit::Unit;
use domain::Timestamp;
use domain::ids::ReportId;
use domain::report::ReportState;
use serde_json::Value;

domain::coded! {
    /// What happened, as the timeline tells it.
    pub enum HappeningKind {
        /// The draft was begun.
        Drafted = "drafted",
        /// It was handed in.
        Submitted = "submitted",
        /// It was taken back.
        Withdrawn = "withdrawn",
        /// A draft was thrown away.
        Discarded = "discarded",
        /// A file was added.
        Attached = "attached",
        /// A file was removed.
        Detached = "detached",
        /// A verifier took it up.
        Started = "started",
        /// A verifier claimed it.
        Claimed = "claimed",
        /// A verifier gave the claim up.
        Released = "released",
        /// The hunter was asked for more.
        Asked = "asked",
        /// The hunter answered.
        Answered = "answered",
        /// A verifier tried to reproduce it.
        Reproduced = "reproduced",
        /// It was verified.
        Verified = "verified",
        /// It was closed.
        Closed = "closed",
        /// Two people closed it.
        ClosedByTwo = "closed_by_two",
        /// A second person is asked.
        Proposed = "proposed",
        /// A proposal fell.
        ProposalDropped = "proposal_dropped",
        /// Nobody answered in time.
        Unanswered = "unanswered",
        /// The hunter answered after all.
        Reopened = "reopened",
        /// The hunter contests the closing.
        Appealed = "appealed",
        /// It must be verified anew.
        AppealAllowed = "appeal_allowed",
        /// The closing stands.
        AppealUpheld = "appeal_upheld",
        /// The verification was taken back.
        Resumed = "resumed",
    }
}

impl HappeningKind {
    /// Says whether the authors of the report are told.
    #[must_use]
    pub const fn is_for_authors(self) -> bool {
        !matches!(
            self,
            Self::Claimed | Self::Released | Self::Reproduced | Self::Proposed | Self::ProposalDropped
        )
    }

    /// Says whether it is a decision, and not the machine's quiet work.
    #[must_use]
    pub const fn is_decision(self) -> bool {
        !matches!(
            self,
            Self::Drafted | Self::Attached | Self::Detached | Self::Started | Self::Claimed | Self::Released
        )
    }
}

/// One thing that happened to a report.
#[derive(Clone, Debug)]
pub struct Happening {
    /// What.
    pub kind: HappeningKind,
    /// The state it led to, for a closing.
    pub state: Option<ReportState>,
    /// When.
    pub at: Timestamp,
    /// Who; empty for the system and for verifiers that the reader does not know.
    pub who: String,
    /// The role they acted in; empty for the system.
    pub role: String,
    /// Why, where the reader may know.
    pub why: String,
}

/// What a reader may know of a report's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Works on it: everything.
    Insider,
    /// Wrote it, or follows it: what was decided.
    Follower,
}

/// Tells what happened to a report.
pub(super) async fn tell(unit: &mut Unit, id: ReportId, reader: Reader) -> Outcome<Vec<Happening>> {
    let mut told = Vec::new();
    for (entry, body) in unit.history("report", id.0).await? {
        let code = entry.kind.strip_prefix("report.").unwrap_or_default();
        let Some(kind) = HappeningKind::from_code(code) else {
            continue;
        };
        if reader == Reader::Follower && !kind.is_for_authors() {
            continue;
        }
        let role = entry.role.clone().unwrap_or_default();
        let hidden = reader == Reader::Follower && role == "verifier";
        let who = match entry.actor {
            Some(person) if !hidden => unit.name_of(person).await?,
            _ => String::new(),
        };
        let state = text(&body, "state").and_then(|code| ReportState::from_code(&code));
        let secret = reader == Reader::Follower && state == Some(ReportState::Duplicate);
        told.push(Happening {
            kind,
            state,
            at: entry.at,
            who,
            role,
            why: if secret {
                String::new()
            } else {
                text(&body, "reason").unwrap_or_default()
            },
        });
    }
    Ok(told)
}

fn text(body: &Value, name: &str) -> Option<String> {
    body.get(name).and_then(Value::as_str).map(str::to_owned)
}
