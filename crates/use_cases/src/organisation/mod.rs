//! Organisations: the directory, their people, and the platform that they share.

mod add;
mod affiliate;
mod directory;
mod grant;
mod group;
mod people;
mod pick;
mod platform;
mod seed_directory;
mod sheet;

pub use add::AddOrganisation;
pub use affiliate::{Affiliate, EndAffiliation};
pub use directory::{Directory, ListDirectory};
pub use grant::EndGrant;
pub use group::{GroupSheet, ViewGroup};
pub use people::{GrantLine, OrganisationPeople, ViewOrganisationPeople};
pub(crate) use pick::suggested;
pub use pick::{Among, ChosenOrganisation, PickOrganisation, Picked, SuggestOrganisations};
pub(crate) use platform::Platform;
pub use platform::{LogSize, PlatformState, ViewPlatform};
pub use seed_directory::{SeedDirectory, Seeded};
pub use sheet::{AffiliationLine, OrganisationSheet, ViewOrganisation};

use crate::journal::{Log, NewEntry};
use crate::vault::KeyHolder;
use domain::ids::OrganisationId;
use serde_json::Value;

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
