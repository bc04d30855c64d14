//! Setting up an empty instance: its name and its first administrator.

use super::password::{check_new, hash_password};
use super::{PersonDraft, add_person};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::OrganisationFilter;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, Actor};
use domain::contact::email_is_plausible;
use domain::ids::{GrantId, OrganisationId, PersonId};
use domain::organisation::{Organisation, OrganisationKind, insee_is_plausible, name_sort, name_words, siren_is_valid};
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

/// What the text that names the administering organisation means.
enum Named {
    /// One of the directory, by its code.
    Known(OrganisationId),
    /// One that the directory has not.
    New,
    /// One that the directory has under the same name: it has to be chosen by its code.
    Same(Organisation),
    /// A code that nobody in the directory has.
    NoSuchCode,
}

/// Looks an organisation up by what was typed: a SIREN or INSEE code chooses, a name is for a new one.
struct LookUp(String);

impl UseCase for LookUp {
    type Output = Named;

    async fn run(&self, unit: &mut Unit) -> Outcome<Named> {
        let code: String = self.0.chars().filter(|c| !c.is_whitespace()).collect();
        let coded = siren_is_valid(&code) || insee_is_plausible(OrganisationKind::Commune, &code);
        if coded {
            let found = unit.store.organisations_by_codes(&[code]).await?;
            return Ok(found.first().map_or(Named::NoSuchCode, |one| Named::Known(one.id)));
        }
        let words = name_words(&self.0);
        let filter = OrganisationFilter {
            words: words.clone(),
            limit: 200,
            ..OrganisationFilter::default()
        };
        if words.is_empty() {
            return Ok(Named::New);
        }
        let found = unit.store.list_organisations(&filter).await?;
        let folded = |name: &str| name_sort(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let same = found.into_iter().find(|one| folded(&one.name) == folded(&self.0));
        Ok(same.map_or(Named::New, Named::Same))
    }
}

/// Says which organisation the directory has already, and by which number it is chosen.
fn same_as(one: &Organisation) -> String {
    match (&one.siren, &one.insee) {
        (Some(code), _) => format!("{} (SIREN {code})", one.name),
        (None, Some(code)) => format!("{} (INSEE {code})", one.name),
        (None, None) => one.name.clone(),
    }
}

struct Create {
    command: SetUp,
    organisation: Option<OrganisationId>,
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
        let organisation = match self.organisation {
            Some(known) => known,
            None => self.add_organisation(unit).await?,
        };
        let draft = PersonDraft {
            name: self.command.name.trim().to_owned(),
            pseudonym: String::new(),
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
            organisation,
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
            body: json!({"administrator": person, "organisation": organisation}),
        };
        unit.record(&Acting::Person(person), entry).await?;
        Ok(person)
    }
}

impl Create {
    async fn add_organisation(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let organisation = Organisation {
            id: OrganisationId(unit.fresh_id()),
            kind: OrganisationKind::Operator,
            name: self.command.organisation.trim().to_owned(),
            siren: None,
            insee: None,
            successor: None,
            ended: None,
            listed: false,
            fictional: false,
        };
        unit.store.insert_organisation(&organisation, unit.now).await?;
        Ok(organisation.id)
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
    let expected = context.app.settings.set_up_token_hash;
    let given = sealing::token_from_text(command.token.trim()).map(|token| sealing::token_hash(&token));
    if !matches!((expected, given), (Some(expected), Some(given)) if sealing::same_hash(&expected, &given)) {
        fields.add("token", "error-set-up-token");
    }
    fields.required("instance", &command.instance, limits.title);
    fields.required("organisation", &command.organisation, limits.title);
    let organisation = match read(context, LookUp(command.organisation.clone())).await? {
        Named::Known(id) => Some(id),
        Named::New => None,
        Named::Same(one) => {
            fields.add_detail("organisation", "error-organisation-known", Some(same_as(&one)));
            None
        }
        Named::NoSuchCode => {
            fields.add("organisation", "error-organisation-no-such-code");
            None
        }
    };
    fields.required("name", &command.name, limits.title);
    if !email_is_plausible(command.email.trim()) {
        fields.add("email", "error-not-an-email");
    }
    check_new(&mut fields, limits, "password", &command.password);
    fields.done()?;
    let password_hash = hash_password(context, &command.password).await?;
    perform(
        context,
        Create {
            command,
            organisation,
            password_hash,
            lang,
        },
    )
    .await
}
