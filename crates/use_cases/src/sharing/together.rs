//! One answer to several vulnerabilities: each is permitted, kept and journaled alone.

use super::answer::{keep, own, reason};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use domain::Timestamp;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::PositionEvent;

/// Gives one of the vulnerabilities that were chosen the answer that is given to all of them.
#[derive(Clone, Debug)]
pub struct AnswerTogether {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// When it was last answered, as the list showed it; none where it was not.
    pub shown: Option<Timestamp>,
    /// What the organisation says; none where nothing was chosen.
    pub answer: Option<PositionEvent>,
    /// Why, or what was done meanwhile.
    pub reason: String,
}

impl UseCase for AnswerTogether {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (_, permitted) = own(unit, self.vulnerability, self.organisation).await?;
        // Reading it changes its row and not its answer: what counts is that nobody answered meanwhile.
        if permitted.answered_at != self.shown {
            return Err(Error::Stale);
        }
        let answer = self.answer.ok_or_else(|| Error::field("answer", "error-choose"))?;
        if permitted.waits_for_signature(unit.now) {
            return Err(Error::Conflict("sharing-together-waits"));
        }
        let from = permitted.state_at(unit.now);
        let event = from
            .answered_together(answer)
            .ok_or(Error::Conflict("error-not-in-this-state"))?;
        let reason = reason(unit, &self.reason, from, event)?;
        keep(unit, permitted.acting(), (*permitted).clone(), event, reason).await
    }
}
