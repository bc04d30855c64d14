//! Depositing: refused while incomplete or unsigned, received at the instant it is both.

use super::change::{place_late, receive, take_for};
use super::content::Content;
use super::draft::{Signed, lacks};
use super::start::{reasons, refuse};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::SubmitCandidacy;
use domain::Timestamp;
use domain::call::CallState;
use domain::candidacy::CandidacyState;
use domain::ids::CandidacyId;

/// Deposits a candidacy.
#[derive(Clone, Copy, Debug)]
pub struct Deposit {
    /// The candidacy.
    pub candidacy: CandidacyId,
}

/// What the call gave.
#[derive(Clone, Debug)]
pub struct Received {
    /// The call's order number.
    pub order_number: i64,
    /// When it was received.
    pub received_at: Timestamp,
    /// The signed receipt.
    pub receipt: String,
}

impl UseCase for Deposit {
    type Output = Received;

    async fn run(&self, unit: &mut Unit) -> Outcome<Received> {
        let (frame, proof) = take_for::<SubmitCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        if frame.call.state == CallState::Cancelled {
            return Err(Error::Conflict("candidacy-error-call-cancelled"));
        }
        match row.candidacy.state {
            CandidacyState::Draft if frame.call.takes_deposits(unit.now) => {}
            CandidacyState::Draft => return Err(Error::Conflict("candidacy-error-call-not-open")),
            CandidacyState::Returned if row.answer_by.is_some_and(|until| unit.now < until) => {}
            CandidacyState::Returned => return Err(Error::Conflict("candidacy-error-too-late")),
            _ => return Err(Error::Conflict("error-not-in-this-state")),
        }
        let organisations = unit.store.organisations(&[row.candidacy.organisation]).await?;
        let organisation = organisations.into_iter().next().ok_or(Error::NotFound)?;
        refuse(&reasons(unit, &frame, &organisation).await?)?;
        let content = Content::open(unit, &row).await?;
        let receptions = unit.store.receptions(self.candidacy).await?;
        let signed = Signed::of(unit, &row, &content, &receptions)?;
        let lacking = lacks(&content, &frame.form, signed);
        if !lacking.is_empty() {
            return Err(Error::Invalid(lacking));
        }
        let reception = receive(unit, &acting, &frame, &mut row, &content, None).await?;
        place_late(unit, &acting, &frame, &mut row).await?;
        Ok(Received {
            order_number: reception.reception.order_number,
            received_at: reception.reception.received_at,
            receipt: reception.receipt,
        })
    }
}
