//! Authorisations: leave to test, asked for, signed at each one's own desk, revoked.

mod request;
mod revoke;
mod sign;
mod text;
mod view;

pub use request::RequestAuthorisations;
pub use revoke::RevokeAuthorisationOf;
pub use sign::{Signature, sign};
pub use view::{AuthorisationLine, AuthorisationPage, LeaveForScan, Signers, ViewAuthorisation, hash_text};

pub(crate) use request::to_ask;
pub(crate) use view::{lines_for_page, signers};

use crate::campaign::{own_organisations, refuse_over};
use crate::desk::DeskItem;
use crate::error::{Error, Outcome};
use crate::ports::CampaignRecord;
use crate::unit::Unit;
use authorization::action::SignAuthorisation;
use domain::Timestamp;

/// Refuses to sign what no longer serves: a campaign that is over, or whose window has closed.
fn refuse_past(record: &CampaignRecord, now: Timestamp) -> Outcome<()> {
    refuse_over(record, now)?;
    if record.campaign.window.closes_at <= now {
        return Err(Error::Conflict("error-campaign-over"));
    }
    Ok(())
}

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let organisations = own_organisations(unit);
    let mut items = Vec::new();
    for (authorisation, line) in unit.store.authorisations_to_sign(&organisations).await? {
        if line.closes_at <= unit.now {
            continue;
        }
        let found = unit.store.authorisation(authorisation.id).await?;
        if found.is_some_and(|a| unit.may::<SignAuthorisation, _>(a.peek())) {
            items.push(DeskItem {
                what: "authorisation-desk-sign",
                args: Vec::new(),
                place: line.name,
                href: addresses::campaign::authorisation(authorisation.id.0),
                action: "authorisation-desk-sign-action",
                due: Some(line.opens_at),
            });
        }
    }
    Ok(items)
}
