//! Who comes: people of every role, each with a password of their own account.

use crate::row;
use crate::rows::{Cell, Rows};
use crate::seals::Seal;
use crate::size::{COMMUNES, DAY, HUNTERS, Kind, NOW, REPORTS, VENDORS, commune, id, organisation, vendor};
use domain::ids::PersonId;
use domain::role::Role;
use testkit::TestApp;
use use_cases::people::hash_password;
use use_cases::vault::KeyHolder;
use uuid::Uuid;

/// The password of everybody.
pub const PASSWORD: &str = "beffroi sonne clair";

/// Communes whose officers only write, so that nobody else changes what their forms show.
const WRITING: u64 = COMMUNES / 4;
/// Campaigns of a block that are open: hunters belong to all of them.
pub const OPEN: u64 = 3;
/// Where the numbers of these people and of what is theirs begin, after those of the fill.
const FIRST: u64 = 10_000;
/// Where their data keys begin.
const FIRST_KEY: u64 = 10_000_000;

/// As what somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Officer,
    Hunter,
    Signatory,
    Contact,
    Verifier,
    Organiser,
    Member,
    Pilot,
    Supervisor,
    Observer,
    Administrator,
}

/// How many readers of a hundred come as what: mostly those who run the products and those who hunt.
const MIX: [(Part, u64); 11] = [
    (Part::Officer, 42),
    (Part::Hunter, 20),
    (Part::Signatory, 8),
    (Part::Contact, 8),
    (Part::Verifier, 6),
    (Part::Organiser, 5),
    (Part::Member, 5),
    (Part::Pilot, 2),
    (Part::Supervisor, 2),
    (Part::Observer, 1),
    (Part::Administrator, 1),
];

impl Part {
    /// Gives as what the `n`th reader comes; a few readers are of many parts too.
    fn of_reader(n: u64) -> Self {
        let mut point = n * 37 % 100;
        for (part, share) in MIX {
            if point < share {
                return part;
            }
            point -= share;
        }
        Self::Officer
    }

    const fn role(self) -> Role {
        match self {
            Self::Officer => Role::SecurityOfficer,
            Self::Hunter => Role::Hunter,
            Self::Signatory => Role::Signatory,
            Self::Contact => Role::VendorContact,
            Self::Verifier => Role::Verifier,
            Self::Organiser => Role::Organiser,
            Self::Member => Role::Member,
            Self::Pilot => Role::Pilot,
            Self::Supervisor => Role::SchoolSupervisor,
            Self::Observer => Role::Observer,
            Self::Administrator => Role::Administrator,
        }
    }
}

/// Somebody who comes.
#[derive(Clone, Copy, Debug)]
pub struct Guest {
    /// Which of all who come.
    pub number: u64,
    /// As what.
    pub part: Part,
    /// To which block they belong.
    pub block: u64,
    /// Which of its part, to choose a commune, a vendor or reports by.
    pub place: u64,
}

impl Guest {
    /// Gives the `n`th reader.
    pub fn reader(n: u64, blocks: u64) -> Self {
        let part = Part::of_reader(n);
        let place = n / blocks;
        let place = if part == Part::Pilot {
            1
        } else {
            place % (COMMUNES - WRITING)
        };
        Self {
            number: n,
            part,
            block: n % blocks,
            place,
        }
    }

    /// Gives the `n`th writer, after so many readers; each has a commune of its own.
    pub fn writer(n: u64, part: Part, readers: u64, blocks: u64) -> Self {
        Self {
            number: readers + n,
            part,
            block: n % blocks,
            place: COMMUNES - 1 - n / blocks % WRITING,
        }
    }

    /// Gives who they are.
    pub fn person(&self) -> Uuid {
        id(Kind::Person, self.block, FIRST + self.number)
    }

    /// Gives what they sign in by.
    pub fn email(&self) -> String {
        format!("personne{:05}@charge.example", self.number)
    }

    /// Gives their commune, where they are of one.
    pub fn commune(&self) -> Uuid {
        commune(self.block, self.place)
    }

    /// Gives the number of their vendor, where they are of one.
    pub const fn vendor(&self) -> u64 {
        self.place % VENDORS
    }

    /// Gives the reports that a hunter found together with others, one in each open campaign.
    pub fn found(&self) -> Vec<Uuid> {
        let report = |campaign| id(Kind::Report, self.block, campaign * REPORTS + self.place % HUNTERS);
        (0..OPEN).map(report).collect()
    }

    fn organisation(&self) -> Uuid {
        match self.part {
            Part::Officer | Part::Signatory | Part::Member | Part::Pilot => self.commune(),
            Part::Hunter | Part::Supervisor => organisation(self.block, 2),
            Part::Contact => vendor(self.block, self.vendor()),
            Part::Organiser => organisation(self.block, 0),
            Part::Verifier | Part::Observer | Part::Administrator => organisation(self.block, 1),
        }
    }

    /// Gives the campaigns that their role is for; none for a role in the whole organisation.
    const fn campaigns(&self) -> u64 {
        match self.part {
            Part::Hunter => OPEN,
            Part::Pilot => 1,
            _ => 0,
        }
    }
}

async fn add<const N: usize>(rows: &mut Rows, into: &'static str, row: [Cell; N]) {
    rows.add(into, row).await.expect("a row is written");
}

/// Adds all who come, with their roles.
pub async fn invite(app: &TestApp, guests: &[Guest]) {
    let hash = hash_password(&app.nobody(), PASSWORD).await.expect("a password");
    let mut rows = Rows::open(app).await.expect("the database opens");
    for guest in guests {
        add_person(app, &mut rows, guest, &hash).await;
        if guest.campaigns() == 0 {
            add_grant(&mut rows, guest, 0, ("organisation", Uuid::nil())).await;
        }
        for campaign in 0..guest.campaigns() {
            add_participant(&mut rows, guest, campaign).await;
        }
        if guest.part == Part::Hunter {
            for report in guest.found() {
                let place = i64::try_from(guest.number).unwrap_or_default() + 1;
                let into = "report_author (report_id, person_id, position, accepted_at)";
                add(&mut rows, into, row![report, guest.person(), place, NOW]).await;
            }
        }
    }
    rows.finish().await.expect("the rows are kept");
}

async fn add_person(app: &TestApp, rows: &mut Rows, guest: &Guest, hash: &str) {
    let (person, email) = (guest.person(), guest.email());
    let holder = KeyHolder::Person(PersonId(person));
    let seal = Seal::new(app, rows, holder, FIRST_KEY + guest.number)
        .await
        .expect("a key");
    let known_by = sealing::keyed_hash(&app.keys, "person.email", email.as_bytes());
    let row = row![
        person,
        format!("charge-{:05}", guest.number),
        seal.text("person", "name_sealed", person, "Camille Dupont-Moretti"),
        seal.text("person", "email_sealed", person, &email),
        known_by.to_vec(),
        "fr",
        false,
        true,
        1_i64,
        NOW - 300 * DAY
    ];
    let into = "person (id, pseudonym, name_sealed, email_sealed, email_hmac, language, minor, fictional, revision, created_at)";
    add(rows, into, row).await;
    let credential = id(Kind::Credential, guest.block, guest.number);
    let secret = seal.text("credential", "secret_sealed", credential, hash);
    let into = "credential (id, person_id, kind, secret_sealed, created_at)";
    add(
        rows,
        into,
        row![credential, person, "password", secret, NOW - 300 * DAY],
    )
    .await;
}

/// Gives somebody their role and gives its identifier.
async fn add_grant(rows: &mut Rows, guest: &Guest, which: u64, (kind, scope): (&str, Uuid)) -> Uuid {
    let grant = id(Kind::Grant, guest.block, FIRST + guest.number * OPEN + which);
    let since = NOW - 300 * DAY;
    let (person, of) = (guest.person(), guest.organisation());
    let row = row![grant, person, of, guest.part.role().code(), kind, scope, since, since];
    let into = "role_grant (id, person_id, organisation_id, role, scope_kind, scope_id, from_at, created_at)";
    add(rows, into, row).await;
    grant
}

/// Lets somebody take part in a campaign.
async fn add_participant(rows: &mut Rows, guest: &Guest, which: u64) {
    let campaign = id(Kind::Campaign, guest.block, which);
    let grant = add_grant(rows, guest, which, ("campaign", campaign)).await;
    let participant = id(Kind::Participant, guest.block, FIRST + guest.number * OPEN + which);
    let part = if guest.part == Part::Hunter { "hunter" } else { "pilot" };
    let since = NOW - 11 * DAY;
    let (person, of) = (guest.person(), guest.organisation());
    let into = "campaign_person (id, campaign_id, person_id, organisation_id, part, grant_id, from_at)";
    add(rows, into, row![participant, campaign, person, of, part, grant, since]).await;
    let rules = id(Kind::Rules, guest.block, 0);
    let into = "rules_acceptance (rules_id, campaign_id, person_id, at)";
    add(rows, into, row![rules, campaign, person, since]).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_readers_are_of_every_part_as_the_mix_says() {
        assert_eq!(MIX.iter().map(|(_, share)| share).sum::<u64>(), 100);
        for (part, share) in MIX {
            let found = (0..100).filter(|n| Part::of_reader(*n) == part).count();
            assert_eq!(u64::try_from(found), Ok(share), "{part:?}");
        }
    }
}
