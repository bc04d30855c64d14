//! Why the gateway lets something not pass: typed, so that pages, journals and tests agree.

use http::StatusCode;
use recording::{Closed, Micros};

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The host name is none of the gateway, or its lease ended.
    UnknownLease,
    /// No credential came.
    NoCredential,
    /// The credential is not the one of the lease.
    WrongCredential,
    /// The gateway has not heard of the platform for too long.
    NotFresh,
    /// An organiser, or the platform, stopped this lease, this target or everything.
    Stopped,
    /// Testing has not begun.
    NotYetOpen(Micros),
    /// Testing has ended.
    Ended(Micros),
    /// Testing is paused.
    Paused,
    /// It is not the hour.
    OutsideHours,
    /// The person has not accepted the present rules.
    RulesNotAccepted,
    /// The person is suspended.
    Suspended,
    /// The path is out of scope.
    PathOutOfScope,
    /// The method is not allowed.
    MethodNotAllowed,
    /// Too many requests; some seconds later there is room again.
    TooFast(u32),
    /// Too many requests at the same time.
    TooManyAtOnce,
    /// The bytes of the lease are used up.
    TooMuch,
    /// The target is not started or not healthy.
    TargetNotReady,
    /// The target does not answer.
    TargetUnreachable,
    /// The name of the target leads to an address that a gateway never reaches.
    TargetForbidden,
    /// The target took too long to answer.
    TargetTooSlow,
    /// The recordings are full, so nothing may pass.
    RecordingFull,
    /// Recording failed, so nothing may pass.
    RecordingFailed,
    /// The request can be read in two ways, or asks for what no target is given.
    Ambiguous,
    /// The head of the request is too large.
    HeadTooLarge,
}

impl Refusal {
    /// The word by which tools and texts know it.
    pub fn key(self) -> &'static str {
        match self {
            Self::UnknownLease => "unknown-lease",
            Self::NoCredential => "no-credential",
            Self::WrongCredential => "wrong-credential",
            Self::NotFresh => "not-fresh",
            Self::Stopped => "stopped",
            Self::NotYetOpen(_) => "not-yet-open",
            Self::Ended(_) => "ended",
            Self::Paused => "paused",
            Self::OutsideHours => "outside-hours",
            Self::RulesNotAccepted => "rules-not-accepted",
            Self::Suspended => "suspended",
            Self::PathOutOfScope => "path-out-of-scope",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TooFast(_) => "too-fast",
            Self::TooManyAtOnce => "too-many-at-once",
            Self::TooMuch => "too-much",
            Self::TargetNotReady => "target-not-ready",
            Self::TargetUnreachable => "target-unreachable",
            Self::TargetForbidden => "target-forbidden",
            Self::TargetTooSlow => "target-too-slow",
            Self::RecordingFull => "recording-full",
            Self::RecordingFailed => "recording-failed",
            Self::Ambiguous => "ambiguous",
            Self::HeadTooLarge => "head-too-large",
        }
    }

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::UnknownLease => StatusCode::NOT_FOUND,
            Self::NoCredential | Self::WrongCredential => StatusCode::UNAUTHORIZED,
            Self::NotYetOpen(_)
            | Self::Ended(_)
            | Self::Paused
            | Self::OutsideHours
            | Self::RulesNotAccepted
            | Self::Suspended
            | Self::PathOutOfScope
            | Self::MethodNotAllowed
            | Self::Stopped => StatusCode::FORBIDDEN,
            Self::TooFast(_) | Self::TooManyAtOnce | Self::TooMuch => StatusCode::TOO_MANY_REQUESTS,
            Self::NotFresh | Self::TargetNotReady | Self::RecordingFull | Self::RecordingFailed => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::TargetUnreachable | Self::TargetForbidden => StatusCode::BAD_GATEWAY,
            Self::TargetTooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::Ambiguous => StatusCode::BAD_REQUEST,
            Self::HeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        }
    }

    /// Seconds after which it is worth trying again, where that is known.
    pub fn retry_after(self) -> Option<u32> {
        match self {
            Self::TooFast(seconds) => Some(seconds),
            Self::TooManyAtOnce => Some(1),
            Self::NotFresh | Self::TargetNotReady | Self::RecordingFull | Self::RecordingFailed => Some(5),
            _ => None,
        }
    }
}

impl From<Closed> for Refusal {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Full => Self::RecordingFull,
            Closed::Failed | Closed::Interrupted | Closed::Stopped => Self::RecordingFailed,
        }
    }
}
