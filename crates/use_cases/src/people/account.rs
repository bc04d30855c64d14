//! One's own account: language, password, sessions.

use super::password::{PasswordHashOf, check_new, check_own_password, hash_password};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform, read};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::{ChangeAccount, ReadAccount};
use domain::Timestamp;
use domain::ids::SessionId;
use i18n::Lang;
use serde_json::json;

/// One session of the person.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// Its identifier.
    pub id: SessionId,
    /// What the browser says it is.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Whether it is the one of this request.
    pub present: bool,
}

/// What a person sees of their account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// The name that others see where names are not shown.
    pub pseudonym: String,
    /// Their address.
    pub email: String,
    /// Their sessions that hold, newest first.
    pub sessions: Vec<SessionLine>,
    /// Whether they sign in by password.
    pub has_password: bool,
}

/// Shows one's own account.
pub struct ViewAccount;

impl UseCase for ViewAccount {
    type Output = Account;

    async fn run(&self, unit: &mut Unit) -> Outcome<Account> {
        let id = unit.person()?;
        let found = unit.store.person(id).await?;
        let person = unit.permit_found::<ReadAccount, _>(found)?;
        let email = match person.email.clone() {
            Some(sealed) => {
                unit.open_text_unnoted(place("person", "email_sealed", id.0), &sealed)
                    .await?
            }
            None => String::new(),
        };
        let mut sessions = Vec::new();
        for session in unit.store.sessions(id).await? {
            if session.expires_at <= unit.now {
                continue;
            }
            let device = match &session.device {
                Some(sealed) => {
                    unit.open_text_unnoted(place("session", "device_sealed", session.id.0), sealed)
                        .await?
                }
                None => String::new(),
            };
            sessions.push(SessionLine {
                id: session.id,
                device,
                created_at: session.created_at,
                seen_at: session.seen_at,
                present: unit.session == Some(session.id),
            });
        }
        Ok(Account {
            name: unit.name_of(id).await?,
            pseudonym: person.pseudonym.clone(),
            email,
            sessions,
            has_password: unit.store.credential(id, "password").await?.is_some(),
        })
    }
}

/// Chooses the language of pages and mails.
pub struct ChooseLanguage {
    /// The language.
    pub lang: Lang,
}

impl UseCase for ChooseLanguage {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let id = unit.person()?;
        let found = unit.store.person(id).await?;
        let person = unit.permit_found::<ChangeAccount, _>(found)?;
        unit.store.set_language(person.id, self.lang.code()).await?;
        Ok(())
    }
}

/// Ends one of one's own sessions.
pub struct EndSession(pub SessionId);

impl UseCase for EndSession {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let id = unit.person()?;
        if !unit
            .store
            .sessions(id)
            .await?
            .iter()
            .any(|session| session.id == self.0)
        {
            return Err(Error::NotFound);
        }
        unit.store.end_session(self.0, id, unit.now).await?;
        record(unit, "person.session_ended", json!({"session": self.0})).await
    }
}

/// Ends all of one's own sessions but the present one.
pub struct EndOtherSessions;

impl UseCase for EndOtherSessions {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let id = unit.person()?;
        for session in unit.store.sessions(id).await? {
            if Some(session.id) != unit.session {
                unit.store.end_session(session.id, id, unit.now).await?;
            }
        }
        record(unit, "person.other_sessions_ended", json!({})).await
    }
}

struct ReplacePassword(String);

impl UseCase for ReplacePassword {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let id = unit.person()?;
        super::set_password(unit, id, &self.0).await?;
        for session in unit.store.sessions(id).await? {
            if Some(session.id) != unit.session {
                unit.store.end_session(session.id, id, unit.now).await?;
            }
        }
        record(unit, "person.password_changed", json!({})).await
    }
}

async fn record(unit: &mut Unit, kind: &'static str, body: serde_json::Value) -> Outcome<()> {
    let id = unit.person()?;
    let entry = NewEntry {
        stream_kind: "person",
        stream_id: id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Person(id),
        body,
    };
    unit.record(&Acting::Person(id), entry).await?;
    Ok(())
}

/// Changes one's own password and ends the other sessions.
///
/// # Errors
/// [`Error::Invalid`] where the old one does not fit or the new one is too short.
pub async fn change_password(context: &Context, old: &str, new: &str) -> Outcome<()> {
    let mut fields = Fields::new();
    let crate::perform::Who::Person(person, _) = context.who else {
        return Err(Error::SignInFirst);
    };
    if read(context, PasswordHashOf(person)).await?.is_some() {
        fields.gather(check_own_password(context, old, "old_password").await)?;
    }
    check_new(&mut fields, &context.app.settings.limits, "new_password", new);
    fields.done()?;
    let hash = hash_password(context, new).await?;
    perform(context, ReplacePassword(hash)).await
}
