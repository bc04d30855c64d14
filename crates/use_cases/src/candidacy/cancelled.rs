//! What a candidate learns when its call is given up.

use super::change::take;
use super::{letter, mails};
use crate::error::{Error, Outcome};
use crate::unit::Unit;
use authorization::Acting;
use domain::candidacy::CandidacyState;
use domain::ids::CallId;

/// Candidates are told in rounds of this many.
const ROUND: i64 = 200;

/// Writes a letter and a mail to everybody who had deposited to a call that is given up.
///
/// No candidacy changes its state: what was received stays received, and keeps its receipt.
pub(crate) async fn tell_cancelled(unit: &mut Unit, acting: &Acting, call: CallId, reason: &str) -> Outcome<()> {
    let frame = unit
        .store
        .candidacy_call(call)
        .await?
        .ok_or(Error::NotFound)?
        .peek()
        .clone();
    let mut after = 0;
    loop {
        let lines = unit.store.candidacies_of_call(call, None, after, ROUND).await?;
        let Some(last) = lines.last() else { return Ok(()) };
        after = last.order_number;
        for line in &lines {
            if !matches!(line.state, CandidacyState::Received | CandidacyState::Returned) {
                continue;
            }
            let row = take(unit, line.id).await?;
            letter::issue(unit, acting, &frame, &row, "call_cancelled", reason).await?;
            mails::tell(unit, &row, "mail.candidacy_answered", "cancelled", unit.now).await?;
        }
    }
}
