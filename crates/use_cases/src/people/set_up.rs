//! Setting up an empty instance: its name and its first administrator.

use super::password::{check_new, hash_password};
use super::{PersonDraft, add_person};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform, read};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, Actor};
use domain::contact::email_is_plausible;
use domain::ids::{GrantId, OrganisationId, PersonId};
use domain::organisation::{Organisation, OrganisationKind};
use domain::role::{Grant, GrantScope, Role};
use i18n::Lang;
use serde_json::json;

/// Says whether the instance was set up.
pub struct IsSetUp;

impl UseCase for IsSetUp {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        Ok(unit.store.instance().await?.is_some_and(|(_, _, at)| at.is_some()))
    }
}

/// Says whether the instance tells an invented story.
pub struct IsDemo;

impl UseCase for IsDemo {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        Ok(unit.store.instance().await?.is_some_and(|(_, demo, _)| demo))
    }
}

/// Sets an empty instance up for a demonstration: whoever comes in is invented.
pub struct SetUpDemo {
    /// What the instance is called.
    pub instance: String,
}

impl UseCase for SetUpDemo {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let Actor::System(installer) = unit.actor else {
            return Err(Error::NotFound);
        };
        if unit.store.instance().await?.is_some() {
            return Err(Error::NotFound);
        }
        unit.store.insert_instance(&self.instance, true, unit.now).await?;
        unit.store.instance_set_up(&self.instance, unit.now).await?;
        let entry = NewEntry {
            stream_kind: "platform",
            stream_id: uuid::Uuid::nil(),
            kind: "platform.set_up",
            log: Log::Sealed,
            holder: KeyHolder::Instance,
            body: json!({"demo": true}),
        };
        unit.record(&Acting::System(installer), entry).await?;
        Ok(())
    }
}

/// What the first administrator types.
#[derive(Clone, Debug, Default)]
pub struct SetUp {
    /// The token that the console printed.
    pub token: String,
    /// What the instance is called.
    pub instance: String,
    /// The organisation that administers it.
    pub organisation: String,
    /// The administrator's name.
    pub name: String,
    /// The administrator's address.
    pub email: String,
    /// The administrator's password.
    pub password: String,
}

struct Create {
    command: SetUp,
    password_hash: String,
    lang: Lang,
}

impl UseCase for Create {
    type Output = PersonId;

    async fn run(&self, unit: &mut Unit) -> Outcome<PersonId> {
        if unit.store.instance().await?.is_some_and(|(_, _, at)| at.is_some()) {
            return Err(Error::NotFound);
        }
        let instance = self.command.instance.trim();
        unit.store.insert_instance(instance, false, unit.now).await?;
        unit.store.instance_set_up(instance, unit.now).await?;
        let organisation = Organisation {
            id: OrganisationId(unit.fresh_id()),
            kind: OrganisationKind::Operator,
            name: self.command.organisation.trim().to_owned(),
            siren: None,
            insee: None,
            successor: None,
            fictional: false,
        };
        unit.store.insert_organisation(&organisation, unit.now).await?;
        let draft = PersonDraft {
            name: self.command.name.trim().to_owned(),
            pseudonym: "administrateur".to_owned(),
            email: Some(self.command.email.clone()),
            language: self.lang,
            minor: false,
            fictional: false,
            password_hash: Some(self.password_hash.clone()),
        };
        let person = add_person(unit, &draft).await?;
        let grant = Grant {
            id: GrantId(unit.fresh_id()),
            person,
            organisation: organisation.id,
            role: Role::Administrator,
            scope: GrantScope::Organisation,
            from: unit.now,
            until: None,
        };
        unit.store.insert_grant(&grant, None).await?;
        let entry = NewEntry {
            stream_kind: "platform",
            stream_id: uuid::Uuid::nil(),
            kind: "platform.set_up",
            log: Log::Sealed,
            holder: KeyHolder::Instance,
            body: json!({"administrator": person, "organisation": organisation.id}),
        };
        unit.record(&Acting::Person(person), entry).await?;
        Ok(person)
    }
}

/// Sets an empty instance up, with the token that the console printed.
///
/// # Errors
/// [`Error::Invalid`] for what is missing or a wrong token; [`Error::NotFound`] once it is set up.
pub async fn set_up(context: &Context, command: SetUp, lang: Lang) -> Outcome<PersonId> {
    if read(context, IsSetUp).await? {
        return Err(Error::NotFound);
    }
    let limits = &context.app.settings.limits;
    let mut fields = Fields::new();
    fields.required("instance", &command.instance, limits.title);
    fields.required("organisation", &command.organisation, limits.title);
    fields.required("name", &command.name, limits.title);
    if !email_is_plausible(command.email.trim()) {
        fields.add("email", "error-not-an-email");
    }
    check_new(&mut fields, limits, "password", &command.password);
    let expected = context.app.settings.set_up_token_hash;
    let given = sealing::token_from_text(command.token.trim()).map(|token| sealing::token_hash(&token));
    if !matches!((expected, given), (Some(expected), Some(given)) if sealing::same_hash(&expected, &given)) {
        fields.add("token", "error-set-up-token");
    }
    fields.done()?;
    let password_hash = hash_password(context, &command.password).await?;
    perform(
        context,
        Create {
            command,
            password_hash,
            lang,
        },
    )
    .await
}
