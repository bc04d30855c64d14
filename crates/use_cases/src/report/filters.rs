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
