//! Organisations: the directory, their people, and the platform that they share.

mod add;
mod affiliate;
mod directory;
mod grant;
mod people;
mod platform;
mod seed_directory;
mod sheet;

pub use add::AddOrganisation;
pub use affiliate::{Affiliate, EndAffiliation};
pub use directory::{Directory, ListDirectory};
pub use grant::EndGrant;
pub use people::{GrantLine, OrganisationPeople, ViewOrganisationPeople};
pub(crate) use platform::Platform;
pub use platform::{LogSize, PlatformState, ViewPlatform};
pub use seed_directory::{SeedDirectory, Seeded};
pub use sheet::{AffiliationLine, OrganisationSheet, ViewOrganisation};

use crate::error::Outcome;
use crate::journal::{Log, NewEntry};
use crate::ports::OrganisationFilter;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationKind};
use serde_json::Value;

/// The most organisations of one kind that a list of choices holds.
const CHOICES: i64 = 500;

/// Gives the organisations of a kind that one can choose from, in people's order.
pub(crate) async fn of_kind(unit: &mut Unit, kind: OrganisationKind) -> Outcome<Vec<Organisation>> {
    let filter = OrganisationFilter {
        kind: Some(kind),
        limit: CHOICES,
        ..OrganisationFilter::default()
    };
    Ok(unit.store.list_organisations(&filter).await?)
}

/// Makes the journal entry of something that happened to an organisation.
pub(crate) fn entry(organisation: OrganisationId, kind: &'static str, body: Value) -> NewEntry {
    NewEntry {
        stream_kind: "organisation",
        stream_id: organisation.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Organisation(organisation),
        body,
    }
}
