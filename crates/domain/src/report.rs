//! Reports: what one hunter submits to one campaign.

use crate::ids::{CampaignId, PersonId, ProductId, ReportId, VulnerabilityId};
use crate::severity::Severity;
use crate::time::Timestamp;
use crate::verification::Claim;
use crate::{Machine as _, coded, transitions};

coded! {
    /// Where a report stands.
    pub enum ReportState {
        /// Being written by the hunter.
        Draft = "draft",
        /// Handed in.
        Submitted = "submitted",
        /// A verifier works on it.
        InVerification = "in_verification",
        /// The hunter is asked for more.
        NeedsInformation = "needs_information",
        /// Reproduced; it mirrors its vulnerability from now on.
        Verified = "verified",
        /// A draft that was thrown away.
        Discarded = "discarded",
        /// Taken back by the hunter.
        Withdrawn = "withdrawn",
        /// Closed: could not be reproduced.
        NotReproduced = "not_reproduced",
        /// Closed: about something that may not be tested.
        OutOfScope = "out_of_scope",
        /// Closed: true, and no flaw.
        Informative = "informative",
        /// Closed: an earlier report says the same.
        Duplicate = "duplicate",
        /// Closed by two verifiers: abuse.
        Abusive = "abusive",
        /// Closed: the hunter did not answer in time.
        ClosedUnanswered = "closed_unanswered",
        /// The hunter contests the closing.
        Appealed = "appealed",
    }
}

coded! {
    /// What may happen to a report.
    pub enum ReportEvent {
        /// The hunter hands it in.
        Submit = "submit",
        /// The hunter throws the draft away.
        Discard = "discard",
        /// The hunter takes it back.
        Withdraw = "withdraw",
        /// A verifier takes it up.
        StartVerification = "start_verification",
        /// The verifier asks the hunter for more.
        AskInformation = "ask_information",
        /// The hunter answers.
        AnswerInformation = "answer_information",
        /// It is reproduced on the campaign's target.
        Verify = "verify",
        /// It cannot be reproduced.
        CloseNotReproduced = "close_not_reproduced",
        /// It is about something that may not be tested.
        CloseOutOfScope = "close_out_of_scope",
        /// It is true, and no flaw.
        CloseInformative = "close_informative",
        /// An earlier report says the same.
        CloseDuplicate = "close_duplicate",
        /// Two verifiers find it abusive.
        CloseAbusive = "close_abusive",
        /// Thirty days went by without an answer.
        CloseUnanswered = "close_unanswered",
        /// The hunter answers after all, within thirty days.
        Reopen = "reopen",
        /// The hunter contests the closing.
        Appeal = "appeal",
        /// Another verifier finds that it must be verified anew.
        AllowAppeal = "allow_appeal",
        /// Another verifier confirms that it cannot be reproduced.
        UpholdNotReproduced = "uphold_not_reproduced",
        /// Another verifier confirms that it is out of scope.
        UpholdOutOfScope = "uphold_out_of_scope",
        /// Another verifier confirms that it is no flaw.
        UpholdInformative = "uphold_informative",
        /// Another verifier confirms that it is a duplicate.
        UpholdDuplicate = "uphold_duplicate",
        /// Another verifier confirms that it is abusive.
        UpholdAbusive = "uphold_abusive",
        /// Another verifier confirms that it was left without an answer.
        UpholdUnanswered = "uphold_unanswered",
        /// A verifier takes the verification back before the vendor acknowledges.
        ResumeVerification = "resume_verification",
        /// Two people merge it, late, into an earlier report.
        MergeLate = "merge_late",
    }
}

transitions! { ReportState on ReportEvent as "report" {
    Draft, Submit => Submitted;
    Draft, Discard => Discarded;
    Submitted | InVerification | NeedsInformation, Withdraw => Withdrawn;
    Submitted, StartVerification => InVerification;
    InVerification, AskInformation => NeedsInformation;
    NeedsInformation, AnswerInformation => InVerification;
    InVerification, Verify => Verified;
    InVerification, CloseNotReproduced => NotReproduced;
    InVerification, CloseOutOfScope => OutOfScope;
    InVerification, CloseInformative => Informative;
    InVerification, CloseDuplicate => Duplicate;
    InVerification, CloseAbusive => Abusive;
    NeedsInformation, CloseUnanswered => ClosedUnanswered;
    ClosedUnanswered, Reopen => InVerification;
    NotReproduced | OutOfScope | Informative | Duplicate | Abusive | ClosedUnanswered, Appeal => Appealed;
    Appealed, AllowAppeal => InVerification;
    Appealed, UpholdNotReproduced => NotReproduced;
    Appealed, UpholdOutOfScope => OutOfScope;
    Appealed, UpholdInformative => Informative;
    Appealed, UpholdDuplicate => Duplicate;
    Appealed, UpholdAbusive => Abusive;
    Appealed, UpholdUnanswered => ClosedUnanswered;
    Verified, ResumeVerification => InVerification;
    Verified, MergeLate => Duplicate;
}}

impl ReportState {
    /// Says whether the state is a closing that the hunter may contest.
    #[must_use]
    pub fn is_appealable_closing(self) -> bool {
        self.allows(ReportEvent::Appeal)
    }

    /// Says whether verifiers and other readers of the campaign may know of the report.
    #[must_use]
    pub const fn was_submitted(self) -> bool {
        !matches!(self, Self::Draft | Self::Discarded)
    }

    /// Says whether the report still waits for its campaign to settle it.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(
            self,
            Self::Submitted | Self::InVerification | Self::NeedsInformation | Self::Appealed
        )
    }
}

/// How severe something was rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The score in tenths.
    pub score_tenths: i64,
    /// Its band.
    pub band: Severity,
}

/// How, when and by whom a report was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The state it was closed in.
    pub state: ReportState,
    /// The verifier who closed it; nobody where time ran out.
    pub by: Option<PersonId>,
    /// The second person, where two were needed.
    pub second: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// What one hunter submits, with named collaborators, to one campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its identifier.
    pub id: ReportId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The product it is about.
    pub product: ProductId,
    /// The hunter.
    pub reporter: PersonId,
    /// The others who found it with them.
    pub collaborators: Vec<PersonId>,
    /// Its number within the campaign, from one.
    pub number: i64,
    /// Where it stands.
    pub state: ReportState,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// When the hunter was last asked for more.
    pub asked_at: Option<Timestamp>,
    /// The earlier report it repeats.
    pub original: Option<ReportId>,
    /// The vulnerability it was verified into.
    pub vulnerability: Option<VulnerabilityId>,
    /// The verifier who works on it.
    pub claim: Option<Claim>,
    /// How severe it was rated.
    pub rating: Option<Rating>,
    /// Its first closing, kept while it is contested.
    pub closing: Option<Closing>,
    /// When it was contested; it can be once.
    pub appealed_at: Option<Timestamp>,
    /// The revision of its row.
    pub revision: i64,
}

impl Report {
    /// Gives everyone who found it: the hunter first.
    pub fn authors(&self) -> impl Iterator<Item = PersonId> {
        std::iter::once(self.reporter).chain(self.collaborators.iter().copied())
    }
}
