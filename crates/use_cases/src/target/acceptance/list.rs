//! The corrected versions about which vendors were asked, as their people find them.

use super::record::answers;
use crate::desk::{DeskItem, NAMED, is_more, more};
use crate::error::Outcome;
use crate::ports::CorrectedListed;
use crate::unit::Unit;
use authorization::action::AnswerForCorrected;
use domain::ids::OrganisationId;
use i18n::Arg;

/// The most corrected versions of a person's vendors that are looked through: the policies take those out that they declared.
const LOOKED: i64 = 200;

/// Gives the organisations for which the reader may answer.
fn answered_for(unit: &Unit) -> Vec<OrganisationId> {
    let grants = unit.actor.grants().iter().filter(|grant| answers(grant));
    let mut all: Vec<_> = grants.map(|grant| grant.organisation).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Gives the corrected versions about which the reader may answer, what waits first, then the newest; at most so many.
pub(crate) async fn listed(unit: &mut Unit, most: usize) -> Outcome<Vec<CorrectedListed>> {
    let mut all = readable(unit, false).await?;
    all.truncate(most);
    Ok(all)
}

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let waiting = readable(unit, true).await?;
    let beyond = is_more(waiting.len()).then(|| more(addresses::vulnerability::VENDOR.to_owned()));
    let item = |one: CorrectedListed| DeskItem {
        what: "corrected-desk-answer",
        args: vec![("product", Arg::Text(one.product_name))],
        place: one.campaign_name,
        href: addresses::target::corrected_to_answer(one.target.0),
        action: "corrected-desk-answer-action",
        due: None,
    };
    Ok(waiting.into_iter().take(NAMED).map(item).chain(beyond).collect())
}

/// Gives those about which the reader may answer; those that wait alone, where wanted.
async fn readable(unit: &mut Unit, waiting: bool) -> Outcome<Vec<CorrectedListed>> {
    let vendors = answered_for(unit);
    let mut all = unit.store.corrected_of(&vendors, waiting, LOOKED).await?;
    all.retain(|one| unit.may::<AnswerForCorrected, _>(one));
    Ok(all)
}
