//! Positions: where one deployer stands with one vulnerability.

use crate::ids::{OrganisationId, VulnerabilityId};
use crate::machine::Machine as _;
use crate::time::Timestamp;
use crate::{coded, refusals, transitions};
use serde::{Deserialize, Serialize};

coded! {
    /// Where a deployer stands with a vulnerability.
    pub enum PositionState {
        /// To be informed; the deployer does not see it yet.
        ToInform = "to_inform",
        /// Informed.
        Informed = "informed",
        /// Has read it.
        Read = "read",
        /// Says it is affected.
        Affected = "affected",
        /// Says it is not affected.
        NotAffected = "not_affected",
        /// Says it does not know.
        Unknown = "unknown",
        /// Applied a workaround.
        Mitigated = "mitigated",
        /// Runs a fixed version.
        UpToDate = "up_to_date",
        /// Its signatory accepts the risk until a date.
        RiskAccepted = "risk_accepted",
        /// No longer runs the product; its answers stay.
        Left = "left",
    }
}

coded! {
    /// What may happen to a position.
    pub enum PositionEvent {
        /// The deployer is informed.
        Inform = "inform",
        /// Somebody of the deployer's reads it.
        Read = "read",
        /// The deployer says it is affected.
        DeclareAffected = "declare_affected",
        /// The deployer says it is not affected.
        DeclareNotAffected = "declare_not_affected",
        /// The deployer says it does not know.
        DeclareUnknown = "declare_unknown",
        /// The deployer applies a workaround.
        Mitigate = "mitigate",
        /// The deployer runs a fixed version.
        Update = "update",
        /// The deployer's signatory accepts the risk.
        AcceptRisk = "accept_risk",
        /// The acceptance expires or is revoked.
        EndAcceptance = "end_acceptance",
        /// The vulnerability affects the deployer again.
        Reopen = "reopen",
        /// The deployment has ended.
        Leave = "leave",
    }
}

transitions! { PositionState on PositionEvent as "position" {
    ToInform, Inform => Informed;
    Informed, Read => Read;
    Informed | Read | NotAffected | Unknown, DeclareAffected => Affected;
    Informed | Read | Affected | Unknown, DeclareNotAffected => NotAffected;
    Informed | Read | Affected | NotAffected, DeclareUnknown => Unknown;
    Affected | Unknown, Mitigate => Mitigated;
    Affected | Mitigated, Update => UpToDate;
    Affected | Mitigated, AcceptRisk => RiskAccepted;
    RiskAccepted, EndAcceptance => Affected;
    UpToDate | NotAffected, Reopen => Affected;
    ToInform | Informed | Read | Affected | NotAffected | Unknown | Mitigated | UpToDate
        | RiskAccepted, Leave => Left;
}}

impl PositionState {
    /// Says whether the deployer is still exposed, or may be, for all it said.
    #[must_use]
    pub const fn is_behind(self) -> bool {
        !matches!(self, Self::UpToDate | Self::NotAffected | Self::Left)
    }

    /// Says whether the deployer's answer must come with a reason when it changes from `self`.
    #[must_use]
    pub const fn change_needs_reason(self) -> bool {
        matches!(self, Self::Affected | Self::NotAffected | Self::Unknown)
    }
}

/// The answers that may be given to several vulnerabilities at once; a risk is accepted one by one.
pub const TOGETHER: [PositionEvent; 5] = [
    PositionEvent::DeclareAffected,
    PositionEvent::DeclareNotAffected,
    PositionEvent::DeclareUnknown,
    PositionEvent::Mitigate,
    PositionEvent::Update,
];

impl PositionState {
    /// Gives what an answer to several at once does to this one: who was up to date and is affected is so
    /// again; none where the answer does not follow.
    #[must_use]
    pub fn answered_together(self, answer: PositionEvent) -> Option<PositionEvent> {
        let again = (answer == PositionEvent::DeclareAffected).then_some(PositionEvent::Reopen);
        let follows = |event: &PositionEvent| self.allows(*event);
        Some(answer)
            .filter(|answer| TOGETHER.contains(answer))
            .filter(follows)
            .or(again.filter(follows))
    }

    /// Says whether an answer from this state must come with its reason.
    #[must_use]
    pub const fn needs_reason(self, answer: PositionEvent) -> bool {
        use PositionEvent as E;
        match answer {
            E::DeclareNotAffected | E::DeclareUnknown | E::Mitigate | E::AcceptRisk | E::EndAcceptance | E::Reopen => {
                true
            }
            E::DeclareAffected => self.change_needs_reason(),
            E::Inform | E::Read | E::Update | E::Leave => false,
        }
    }
}

/// A risk that a security officer asks a signatory of their organisation to accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskProposal {
    /// Why the risk would be accepted.
    pub reason: String,
    /// When the acceptance would end.
    pub expires_at: Timestamp,
}

impl RiskProposal {
    /// Says whether the risk may be accepted so at `now`.
    ///
    /// # Errors
    /// [`AcceptanceRefusal`] for the first rule that does not hold.
    pub fn check(&self, now: Timestamp) -> Result<(), AcceptanceRefusal> {
        let longest = now.plus_days(ACCEPTANCE_MAX_DAYS);
        let conditions = [
            (!self.reason.trim().is_empty(), AcceptanceRefusal::ReasonMissing),
            (self.expires_at > now, AcceptanceRefusal::AlreadyExpired),
            (self.expires_at <= longest, AcceptanceRefusal::TooLong),
        ];
        conditions
            .into_iter()
            .find(|(holds, _)| !holds)
            .map_or(Ok(()), |(_, why)| Err(why))
    }
}

/// Says whether a proposed acceptance still waits for its signature: the position is one from which
/// a risk can be accepted, and the end that was proposed has not come.
#[must_use]
pub fn waits_for_signature(state: PositionState, proposed_until: Option<Timestamp>, now: Timestamp) -> bool {
    state.allows(PositionEvent::AcceptRisk) && proposed_until.is_some_and(|until| now < until)
}

/// A signatory's acceptance of the risk, until it expires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskAcceptance {
    /// Who signs.
    pub signatory: String,
    /// As what they sign.
    pub function: String,
    /// The act that delegates the signature to them; empty where they sign in their own right.
    #[serde(default)]
    pub delegation: String,
    /// Why the risk is accepted.
    pub reason: String,
    /// When the acceptance ends.
    pub expires_at: Timestamp,
}

refusals! {
    /// Why a risk cannot be accepted.
    pub enum AcceptanceRefusal {
        /// Nobody signs.
        SignatoryMissing = "signatory_missing",
        /// The signatory's function is not said.
        FunctionMissing = "function_missing",
        /// A reason is needed.
        ReasonMissing = "reason_missing",
        /// It would end before it begins.
        AlreadyExpired = "already_expired",
        /// It would last longer than it may.
        TooLong = "too_long",
    }
}

/// Days that an acceptance of risk may last at most before it is looked at again.
pub const ACCEPTANCE_MAX_DAYS: i64 = 366;

/// Gives when those who answer for an acceptance are reminded that it ends: so many days before, or
/// at its half where it is shorter than twice that.
#[must_use]
pub fn reminder_at(signed_at: Timestamp, until: Timestamp, days: i64) -> Timestamp {
    let half = Timestamp(signed_at.0 + (until.0 - signed_at.0) / 2);
    half.max(until.plus_days(-days))
}

impl RiskAcceptance {
    /// Says whether the acceptance may be recorded at `now`.
    ///
    /// # Errors
    /// [`AcceptanceRefusal`] for the first rule that does not hold.
    pub fn check(&self, now: Timestamp) -> Result<(), AcceptanceRefusal> {
        if self.signatory.trim().is_empty() {
            return Err(AcceptanceRefusal::SignatoryMissing);
        }
        if self.function.trim().is_empty() {
            return Err(AcceptanceRefusal::FunctionMissing);
        }
        let proposal = RiskProposal {
            reason: self.reason.clone(),
            expires_at: self.expires_at,
        };
        proposal.check(now)
    }
}

/// Where one deployer stands with one vulnerability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The deployer.
    pub organisation: OrganisationId,
    /// Its stored state; ask [`Position::state_at`] what the clock makes of it.
    pub state: PositionState,
    /// When the deployer was informed.
    pub informed_at: Option<Timestamp>,
    /// When somebody of it first read it.
    pub read_at: Option<Timestamp>,
    /// When it last said where it stands.
    pub answered_at: Option<Timestamp>,
    /// The acceptance of the risk, where there is one.
    pub acceptance: Option<RiskAcceptance>,
    /// The revision of its row.
    pub revision: i64,
}

impl Position {
    /// Gives the position's state at `now`: an accepted risk that expired is affected again.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> PositionState {
        let holds = self.acceptance.as_ref().is_some_and(|a| now < a.expires_at);
        match self.state {
            PositionState::RiskAccepted if !holds => PositionState::Affected,
            other => other,
        }
    }

    /// Gives since when the deployer owes an answer, where it was informed and has given none.
    #[must_use]
    pub fn unanswered_since(&self) -> Option<Timestamp> {
        match self.state {
            PositionState::Informed | PositionState::Read => self.informed_at,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    #[test]
    fn one_answer_to_several_is_what_follows_from_each() {
        use PositionEvent as E;
        use PositionState as S;
        for (from, answer, event) in [
            (S::Informed, E::DeclareAffected, Some(E::DeclareAffected)),
            (S::NotAffected, E::DeclareAffected, Some(E::DeclareAffected)),
            (S::UpToDate, E::DeclareAffected, Some(E::Reopen)),
            (S::UpToDate, E::DeclareUnknown, None),
            (S::Read, E::DeclareNotAffected, Some(E::DeclareNotAffected)),
            (S::Informed, E::Mitigate, None),
            (S::Unknown, E::Mitigate, Some(E::Mitigate)),
            (S::Mitigated, E::Update, Some(E::Update)),
            (S::Affected, E::DeclareAffected, None),
            (S::Affected, E::AcceptRisk, None),
            (S::RiskAccepted, E::EndAcceptance, None),
            (S::RiskAccepted, E::DeclareAffected, None),
            (S::Left, E::DeclareAffected, None),
        ] {
            assert_eq!(from.answered_together(answer), event, "{from:?} {answer:?}");
        }
    }

    #[test]
    fn a_reason_comes_with_what_others_could_not_guess() {
        use PositionEvent as E;
        use PositionState as S;
        for (from, answer, needed) in [
            (S::Informed, E::DeclareAffected, false),
            (S::NotAffected, E::DeclareAffected, true),
            (S::Informed, E::DeclareNotAffected, true),
            (S::Affected, E::Mitigate, true),
            (S::Mitigated, E::Update, false),
            (S::UpToDate, E::Reopen, true),
            (S::RiskAccepted, E::EndAcceptance, true),
        ] {
            assert_eq!(from.needs_reason(answer), needed, "{from:?} {answer:?}");
        }
    }

    #[test]
    fn a_proposal_has_a_reason_and_an_end_within_the_year() {
        let now = Timestamp(100 * DAY);
        let proposal = |reason: &str, days: i64| RiskProposal {
            reason: reason.to_owned(),
            expires_at: now.plus_days(days),
        };
        for (proposal, says) in [
            (proposal("Migration prévue.", 30), Ok(())),
            (proposal("Migration prévue.", ACCEPTANCE_MAX_DAYS), Ok(())),
            (proposal(" ", 30), Err(AcceptanceRefusal::ReasonMissing)),
            (proposal("Migration prévue.", 0), Err(AcceptanceRefusal::AlreadyExpired)),
            (
                proposal("Migration prévue.", ACCEPTANCE_MAX_DAYS + 1),
                Err(AcceptanceRefusal::TooLong),
            ),
        ] {
            assert_eq!(proposal.check(now), says, "{proposal:?}");
        }
    }

    #[test]
    fn a_reminder_comes_before_the_end_and_never_at_once() {
        let now = Timestamp(100 * DAY);
        for (lasts, days, reminded_after) in [(60, 14, 46), (28, 14, 14), (10, 14, 5), (366, 14, 352)] {
            let at = reminder_at(now, now.plus_days(lasts), days);
            assert_eq!(at, now.plus_days(reminded_after), "{lasts} days");
        }
    }

    #[test]
    fn a_proposal_waits_where_a_risk_can_be_accepted_until_its_end() {
        let now = Timestamp(100 * DAY);
        for state in PositionState::ALL {
            let accepts = matches!(state, PositionState::Affected | PositionState::Mitigated);
            for (until, open) in [(None, false), (Some(now), false), (Some(now.plus_days(1)), true)] {
                assert_eq!(
                    waits_for_signature(*state, until, now),
                    accepts && open,
                    "{state:?} {until:?}"
                );
            }
        }
    }
}
