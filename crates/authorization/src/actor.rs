//! Who acts: nobody in particular, a signed-in person under one of their grants, or the system.

use domain::ids::{GrantId, OrganisationId, PersonId};
use domain::role::{Grant, Role};

/// What the system does by itself; it acts under policies like everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemKind {
    /// Announces what the clock has done, closes what nobody answered.
    Clock,
    /// Sends mail.
    Mailer,
    /// Numbers the journal and signs checkpoints.
    Sequencer,
    /// Sets up an instance: directory, first administrator, demonstration.
    Installer,
    /// Tells the gateway what may pass, and keeps what it recorded.
    Gateway,
}

impl SystemKind {
    /// Gives the stable name, as policies and the journal write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Mailer => "mailer",
            Self::Sequencer => "sequencer",
            Self::Installer => "installer",
            Self::Gateway => "gateway",
        }
    }
}

/// A signed-in person with every grant that holds now.
#[derive(Clone, Debug)]
pub struct PersonActor {
    /// Who.
    pub person: PersonId,
    /// Their grants that hold at the instant of the use case.
    pub grants: Vec<Grant>,
    /// The grant they named for this act, if they named one; it is tried first.
    pub under: Option<GrantId>,
}

impl PersonActor {
    /// Gives every organisation the person belongs to; conflicts of interest look at all of them.
    pub fn memberships(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.grants.iter().map(|grant| grant.organisation)
    }

    /// Says whether the person holds `role` for `organisation`, whatever its scope.
    #[must_use]
    pub fn holds(&self, role: Role, organisation: OrganisationId) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.organisation == organisation)
    }
}

/// Who asks for something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Somebody who has not signed in.
    Nobody,
    /// A signed-in person.
    Person(PersonActor),
    /// The system itself.
    System(SystemKind),
}

impl Actor {
    /// Gives the person, where there is one.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person.person),
            Self::Nobody | Self::System(_) => None,
        }
    }

    /// Gives the grants that hold, none for nobody and for the system.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Person(person) => &person.grants,
            Self::Nobody | Self::System(_) => &[],
        }
    }

    /// Says whether the person belongs to an organisation, under any role; conflicts of interest look at it.
    #[must_use]
    pub fn belongs_to(&self, organisation: OrganisationId) -> bool {
        self.grants().iter().any(|grant| grant.organisation == organisation)
    }
}

/// Under which quality something was permitted; the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acting {
    /// As anybody.
    Nobody,
    /// As a signed-in person, under no role.
    Person(PersonId),
    /// As a person under a grant.
    Grant(Grant),
    /// As the system.
    System(SystemKind),
}

impl Acting {
    /// Gives the person who acts, where there is one.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Grant(grant) => Some(grant.person),
            Self::Nobody | Self::System(_) => None,
        }
    }

    /// Gives the role, where the act was made under one.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Grant(grant) => Some(grant.role),
            _ => None,
        }
    }

    /// Gives the organisation acted for, where there is one.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Self::Grant(grant) => Some(grant.organisation),
            _ => None,
        }
    }
}
