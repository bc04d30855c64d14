//! Organisations and people of the stories.

use crate::app::TestApp;
use domain::ids::{GrantId, OrganisationId, PersonId, SessionId};
use domain::organisation::{Organisation, OrganisationKind};
use domain::role::{Grant, GrantScope, Role};
use use_cases::perform::UseCase;
use use_cases::ports::PersonRow;
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::{App, Context, Outcome, Unit, Who, perform};

/// A person of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Someone {
    /// Who.
    pub id: PersonId,
}

impl Someone {
    /// Gives the context in which this person acts.
    #[must_use]
    pub fn context(&self, app: &App) -> Context {
        Context::of(app, Who::Person(self.id, SessionId(self.id.0)), "192.0.2.2")
    }
}

impl TestApp {
    /// Adds an organisation of the story.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn organisation(&self, kind: OrganisationKind, name: &str) -> OrganisationId {
        let add = AddOrganisation(kind, name.to_owned());
        perform(&self.system(authorization::SystemKind::Installer), add)
            .await
            .expect("an organisation")
    }

    /// Adds a person who holds a role for an organisation; their address is
    /// `first.last@example.org`.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn person(&self, name: &str, role: Role, organisation: OrganisationId) -> Someone {
        let id = perform(&self.nobody(), AddPerson(name.to_owned()))
            .await
            .expect("a person");
        self.grant(Someone { id }, role, organisation, GrantScope::Organisation)
            .await;
        Someone { id }
    }

    /// Adds a person without any role.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn stranger(&self, name: &str) -> Someone {
        let id = perform(&self.nobody(), AddPerson(name.to_owned()))
            .await
            .expect("a person");
        Someone { id }
    }

    /// Gives a person one more role.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn grant(&self, person: Someone, role: Role, organisation: OrganisationId, scope: GrantScope) -> GrantId {
        let add = AddGrant {
            person: person.id,
            role,
            organisation,
            scope,
        };
        perform(&self.nobody(), add).await.expect("a grant")
    }

    /// Signs a person in and gives the value of their session's cookie.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn cookie(&self, person: Someone) -> String {
        let token = perform(&self.nobody(), use_cases::people::EnterAs::new(person.id, "test"))
            .await
            .expect("a session");
        format!("beffroi_session={}", token.0)
    }
}

struct AddOrganisation(OrganisationKind, String);

impl UseCase for AddOrganisation {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let organisation = Organisation {
            id: OrganisationId(unit.fresh_id()),
            kind: self.0,
            name: self.1.clone(),
            siren: None,
            insee: None,
            successor: None,
            ended: None,
            listed: false,
            fictional: true,
        };
        unit.store.insert_organisation(&organisation, unit.now).await?;
        Ok(organisation.id)
    }
}

struct AddPerson(String);

impl UseCase for AddPerson {
    type Output = PersonId;

    async fn run(&self, unit: &mut Unit) -> Outcome<PersonId> {
        let id = PersonId(unit.fresh_id());
        let email = address(&self.0);
        let holder = KeyHolder::Person(id);
        let row = PersonRow {
            id,
            pseudonym: email.split('@').next().unwrap_or_default().to_owned(),
            name: unit
                .seal(holder, place("person", "name_sealed", id.0), self.0.as_bytes())
                .await?,
            email: Some(
                unit.seal(holder, place("person", "email_sealed", id.0), email.as_bytes())
                    .await?,
            ),
            email_hmac: Some(sealing::keyed_hash(&unit.app.keys, "person.email", email.as_bytes())),
            language: "fr".to_owned(),
            minor: false,
            fictional: true,
        };
        unit.store.insert_person(&row, unit.now).await?;
        Ok(id)
    }
}

/// Makes an address of a name: `Zoé Le-Roux` gives `zoe.le-roux@example.org`.
fn address(name: &str) -> String {
    let folded: Vec<String> = name.split('-').map(domain::organisation::name_sort).collect();
    format!("{}@example.org", folded.join("-").replace(' ', "."))
}

struct AddGrant {
    person: PersonId,
    role: Role,
    organisation: OrganisationId,
    scope: GrantScope,
}

impl UseCase for AddGrant {
    type Output = GrantId;

    async fn run(&self, unit: &mut Unit) -> Outcome<GrantId> {
        let grant = Grant {
            id: GrantId(unit.fresh_id()),
            person: self.person,
            organisation: self.organisation,
            role: self.role,
            scope: self.scope,
            from: unit.now,
            until: None,
        };
        Ok(unit.store.insert_grant(&grant, None).await?)
    }
}
