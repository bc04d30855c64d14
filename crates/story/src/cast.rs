//! The cast: invented organisations and people, made as the product makes them.

use crate::Teller;
use authorization::SystemKind;
use domain::ids::{OrganisationId, PersonId, SessionId};
use domain::organisation::{Organisation, OrganisationKind};
use domain::role::{GrantScope, Role};
use i18n::Lang;
use use_cases::people::{Invite, NewPerson, take_up, visit};
use use_cases::{App, Context, Error, Outcome, Unit, UseCase, Who, perform};


/// The password of everybody in the story; a demonstration listens on this machine only.
pub const PASSWORD: &str = "beffroi sonne clair";

/// Somebody of the story.
#[derive(Clone, Debug)]
pub struct Part {
    /// The person.
    pub person: PersonId,
    /// Their session during the story.
    pub session: SessionId,
    /// Their name.
    pub name: &'static str,
    /// The address they sign in with.
    pub email: String,
    /// What they do in the story, in French.
    pub what: String,
}

impl Part {
    /// Gives the context in which the person acts.
    #[must_use]
    pub fn context(&self, app: &App) -> Context {
        Context {
            app: app.clone(),
            who: Who::Person(self.person, self.session),
            under: None,
            place: "127.0.0.1".to_owned(),
        }
    }
}

/// Adds an invented organisation.
struct Found {
    kind: OrganisationKind,
    name: &'static str,
}

impl UseCase for Found {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let organisation = Organisation {
            id: OrganisationId(unit.fresh_id()),
            kind: self.kind,
            name: self.name.to_owned(),
            siren: None,
            insee: None,
            successor: None,
            fictional: true,
        };
        unit.store.insert_organisation(&organisation, unit.now).await?;
        Ok(organisation.id)
    }
}

impl Teller<'_> {
    /// Adds an invented organisation.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub async fn organisation(&self, kind: OrganisationKind, name: &'static str) -> Outcome<OrganisationId> {
        perform(&Context::system(self.app, SystemKind::Installer), Found { kind, name }).await
    }

    /// Invites somebody to a role of an organisation and lets them take it up.
    ///
    /// # Errors
    /// [`Error`] where the invitation is refused.
    pub async fn person(&self, name: &'static str, role: Role, organisation: OrganisationId, what: &str) -> Outcome<Part> {
        let invite = Invite {
            organisation,
            role,
            scope: GrantScope::Organisation,
            label: String::new(),
            email: None,
        };
        let invited = perform(&Context::system(self.app, SystemKind::Installer), invite).await?;
        self.enter(name, &invited.token, what).await
    }

    /// Lets somebody take an invitation up and gives their part.
    ///
    /// # Errors
    /// [`Error`] where the link does not hold.
    pub async fn enter(&self, name: &'static str, token: &str, what: &str) -> Outcome<Part> {
        let nobody = Context {
            app: self.app.clone(),
            who: Who::Nobody,
            under: None,
            place: "127.0.0.1".to_owned(),
        };
        let email = email(name);
        let new = NewPerson {
            name: name.to_owned(),
            pseudonym: pseudonym(name),
            email: email.clone(),
            password: PASSWORD.to_owned(),
        };
        let token = take_up(&nobody, token, Some(new), Lang::Fr, "Démonstration")
            .await?
            .ok_or(Error::NotFound)?;
        let signed_in = visit(&nobody, &token.0).await?.ok_or(Error::NotFound)?;
        Ok(Part {
            person: signed_in.person,
            session: signed_in.session,
            name,
            email,
            what: what.to_owned(),
        })
    }
}

/// Makes an address of a name: `Awa Diallo` has `awa.diallo@demo.example`.
#[must_use]
pub fn email(name: &str) -> String {
    format!("{}@demo.example", domain::organisation::name_sort(name).replace(' ', "."))
}

/// Makes a pseudonym of a name: the first name and two letters.
fn pseudonym(name: &str) -> String {
    let folded = domain::organisation::name_sort(name);
    let mut parts = folded.split(' ');
    let first = parts.next().unwrap_or_default();
    let last: String = parts.next_back().unwrap_or_default().chars().take(2).collect();
    format!("{first}-{last}")
}

