//! Organisations, people and their roles.

use super::Block;
use super::words;
use crate::row;
use crate::rows::Written;
use crate::seals::Seal;
use crate::size::{CAMPAIGNS, COMMUNES, DAY, HUNTERS, HUNTING, Kind, NOW, VENDORS, commune, id, organisation, vendor};
use domain::ids::{OrganisationId, PersonId};
use domain::organisation::{OrganisationKind, name_sort, name_words};
use domain::role::Role;
use testkit::Someone;
use use_cases::vault::KeyHolder;
use uuid::Uuid;

/// Somebody of a block who comes to their pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persona {
    Organiser = 0,
    Officer,
    Signatory,
    Vendor,
    Supervisor,
    Verifier,
    Observer,
    Administrator,
    Pilot,
    Member,
}

/// Where the block's hunters begin among its people.
const FIRST_HUNTER: u64 = 20;

impl Persona {
    /// Everybody.
    pub const ALL: [Self; 10] = [
        Self::Organiser,
        Self::Officer,
        Self::Signatory,
        Self::Vendor,
        Self::Supervisor,
        Self::Verifier,
        Self::Observer,
        Self::Administrator,
        Self::Pilot,
        Self::Member,
    ];

    /// Gives who that is in a block.
    pub fn person(self, block: u64) -> Uuid {
        id(Kind::Person, block, self as u64)
    }

    fn role(self) -> Role {
        match self {
            Self::Organiser => Role::Organiser,
            Self::Officer => Role::SecurityOfficer,
            Self::Signatory => Role::Signatory,
            Self::Vendor => Role::VendorContact,
            Self::Supervisor => Role::SchoolSupervisor,
            Self::Verifier => Role::Verifier,
            Self::Observer => Role::Observer,
            Self::Administrator => Role::Administrator,
            Self::Pilot => Role::Pilot,
            Self::Member => Role::Member,
        }
    }

    fn organisation(self, block: u64) -> Uuid {
        match self {
            Self::Organiser => organisation(block, 0),
            Self::Officer | Self::Signatory => commune(block, 0),
            Self::Vendor => vendor(block, 0),
            Self::Supervisor => organisation(block, 2),
            Self::Verifier | Self::Observer | Self::Administrator => organisation(block, 1),
            Self::Pilot => commune(block, 1),
            Self::Member => commune(block, 2),
        }
    }
}

/// Gives a block's hunter.
pub fn hunter(block: u64, n: u64) -> Uuid {
    id(Kind::Person, block, FIRST_HUNTER + n)
}

/// Gives the hunters of a campaign, by their place in the block.
pub fn hunters_of(campaign: u64) -> impl Iterator<Item = u64> {
    (0..HUNTING).map(move |n| (campaign * 7 + n * 3) % HUNTERS)
}

/// Gives the role that a person was given for a campaign.
pub fn campaign_grant(block: u64, campaign: u64, place: u64) -> Uuid {
    id(Kind::Grant, block, 1000 + campaign * 100 + place)
}

/// Gives the people as the tests' sessions want them.
pub fn someone(person: Uuid) -> Someone {
    Someone { id: PersonId(person) }
}

/// Adds a block's organisations and people.
pub async fn fill(block: &mut Block<'_>) -> Written<()> {
    let number = block.number;
    add_organisation(block, 0, OrganisationKind::Epci, format!("Métropole {number:03}")).await?;
    add_organisation(block, 1, OrganisationKind::Operator, format!("Exploitant {number:03}")).await?;
    add_organisation(block, 2, OrganisationKind::School, format!("École {number:03}")).await?;
    for n in 0..VENDORS {
        add_organisation(
            block,
            3 + n,
            OrganisationKind::Vendor,
            format!("Éditeur {number:03}-{n}"),
        )
        .await?;
    }
    for n in 0..COMMUNES {
        let name = words::town(number, n);
        add_organisation(block, 3 + VENDORS + n, OrganisationKind::Commune, name).await?;
        let affiliation = row![
            id(Kind::Affiliation, number, n),
            commune(number, n),
            organisation(number, 0),
            "territory",
            NOW - 400 * DAY
        ];
        let into = "affiliation (id, organisation_id, within_id, kind, from_at)";
        block.rows.add(into, affiliation).await?;
    }
    for persona in Persona::ALL {
        add_person(block, persona as u64).await?;
        let (person, of) = (persona.person(number), persona.organisation(number));
        let grant = id(Kind::Grant, number, persona as u64);
        add_grant(
            block,
            grant,
            (person, of),
            persona.role(),
            ("organisation", Uuid::nil()),
        )
        .await?;
    }
    for n in 0..HUNTERS {
        add_person(block, FIRST_HUNTER + n).await?;
    }
    for campaign in 0..CAMPAIGNS {
        let scope = ("campaign", id(Kind::Campaign, number, campaign));
        let school = organisation(number, 2);
        for (place, n) in hunters_of(campaign).enumerate() {
            let grant = campaign_grant(number, campaign, u64::try_from(place).unwrap_or_default());
            add_grant(block, grant, (hunter(number, n), school), Role::Hunter, scope).await?;
        }
        let verifier = Persona::Verifier;
        let holder = (verifier.person(number), verifier.organisation(number));
        add_grant(
            block,
            campaign_grant(number, campaign, 90),
            holder,
            Role::Verifier,
            scope,
        )
        .await?;
    }
    Ok(())
}

async fn add_organisation(block: &mut Block<'_>, place: u64, kind: OrganisationKind, name: String) -> Written<()> {
    let organisation_id = OrganisationId(organisation(block.number, place));
    for word in name_words(&name) {
        let into = "organisation_word (word, organisation_id)";
        block.rows.add(into, row![word, organisation_id.0]).await?;
    }
    let sort = name_sort(&name);
    let row = row![
        organisation_id.0,
        kind.code(),
        name,
        sort,
        false,
        true,
        1_i64,
        NOW - 400 * DAY
    ];
    let into = "organisation (id, kind, name, name_sort, listed, fictional, revision, created_at)";
    block.rows.add(into, row).await
}

async fn add_person(block: &mut Block<'_>, n: u64) -> Written<()> {
    let person = id(Kind::Person, block.number, n);
    let next = block.next_key();
    let seal = Seal::new(block.app, &mut block.rows, KeyHolder::Person(PersonId(person)), next).await?;
    let row = row![
        person,
        format!("personne-{:03}-{n}", block.number),
        seal.text("person", "name_sealed", person, "Camille Dupont-Moretti"),
        "fr",
        false,
        true,
        1_i64,
        NOW - 300 * DAY
    ];
    let into = "person (id, pseudonym, name_sealed, language, minor, fictional, revision, created_at)";
    block.rows.add(into, row).await
}

async fn add_grant(
    block: &mut Block<'_>,
    grant: Uuid,
    (person, of): (Uuid, Uuid),
    role: Role,
    (scope_kind, scope): (&str, Uuid),
) -> Written<()> {
    let since = NOW - 300 * DAY;
    let row = row![grant, person, of, role.code(), scope_kind, scope, since, since];
    let into = "role_grant (id, person_id, organisation_id, role, scope_kind, scope_id, from_at, created_at)";
    block.rows.add(into, row).await
}
