//! A programme's results outside the platform: framed by other sites, as JSON and as Atom.
//!
//! What everybody reads needs nothing. What members read needs a token, which is signed, ends
//! soon, and opens nothing that the person who made its key could not read by themselves now.

mod keys;
mod sites;
mod token;
mod view;

pub use keys::{EndKey, MadeKey, MakeMemberLink, MakeSiteKey};
pub use sites::SaveSites;
pub use token::{MembersOutside, ReadMembersOutside, token_line};
pub use view::{EmbeddingView, KeyLine, PublicFrame, ViewEmbedding, ViewPublicFrame};

use crate::error::{Error, Outcome};
use crate::ports::OutcomeRow;
use crate::unit::Unit;
use authorization::action::ReadOutcome;
use authorization::{Actor, PersonActor};
use domain::ids::{OrganisationId, PersonId};
use domain::role::Grant;

/// Gives somebody as they act for one organisation: no right of another of theirs comes along.
fn acting_for(person: PersonId, grants: &[Grant], organisation: OrganisationId) -> Actor {
    let grants = grants.iter().filter(|grant| grant.organisation == organisation);
    Actor::Person(PersonActor {
        person,
        grants: grants.cloned().collect(),
        under: None,
    })
}

/// Finds a programme for those who read what its members read.
async fn found(unit: &mut Unit, slug: &str) -> Outcome<authorization::Loaded<OutcomeRow>> {
    let found = unit
        .store
        .outcome(slug, &unit.reader.organisations, unit.now)
        .await?
        .ok_or(Error::NotFound)?;
    if unit.may::<ReadOutcome, _>(found.peek()) {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}
