//! What narrows lists of reports.

use domain::report::ReportState;

domain::coded! {
    /// Which states are listed.
    pub enum StateFilter {
        /// Those that still wait for a verifier.
        Waiting = "waiting",
        /// Those nobody has taken up.
        Submitted = "submitted",
        /// Those in verification.
        InVerification = "in_verification",
        /// Those whose hunter was asked.
        NeedsInformation = "needs_information",
        /// Those whose closing is contested.
        Appealed = "appealed",
        /// Those verified.
        Verified = "verified",
        /// Those closed.
        Closed = "closed",
        /// All.
        All = "all",
    }
}

domain::coded! {
    /// Whose claims are listed.
    pub enum ClaimFilter {
        /// Everybody's.
        Any = "any",
        /// Those nobody holds.
        Free = "free",
        /// One's own.
        Mine = "mine",
    }
}

domain::coded! {
    /// From which severity reports are listed.
    pub enum SeverityFilter {
        /// All.
        Any = "any",
        /// Critical ones.
        Critical = "critical",
        /// High ones.
        High = "high",
        /// Medium ones.
        Medium = "medium",
        /// Low ones.
        Low = "low",
    }
}

impl StateFilter {
    /// Gives the states that are listed; none for all.
    pub(super) fn states(self) -> Vec<ReportState> {
        use ReportState as S;
        match self {
            Self::Waiting => vec![S::Submitted, S::InVerification, S::NeedsInformation, S::Appealed],
            Self::Submitted => vec![S::Submitted],
            Self::InVerification => vec![S::InVerification],
            Self::NeedsInformation => vec![S::NeedsInformation],
            Self::Appealed => vec![S::Appealed],
            Self::Verified => vec![S::Verified],
            Self::Closed => vec![
                S::NotReproduced,
                S::OutOfScope,
                S::Informative,
                S::Duplicate,
                S::Abusive,
                S::ClosedUnanswered,
                S::Withdrawn,
            ],
            Self::All => Vec::new(),
        }
    }
}

impl SeverityFilter {
    /// Gives the scores of the band, in tenths: from, and below.
    pub(super) const fn scores(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Any => (None, None),
            Self::Critical => (Some(90), None),
            Self::High => (Some(70), Some(90)),
            Self::Medium => (Some(40), Some(70)),
            Self::Low => (None, Some(40)),
        }
    }
}
