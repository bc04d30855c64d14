//! Signing in and out, with limits on attempts that cannot be used to lock somebody else out.
//!
//! Failures are counted for one place (network address) together with one mail address, and for
//! one place alone; never for a mail address alone.

use super::email_hash;
use super::password::{PasswordHashOf, fits};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, Who, perform, read};
use crate::ports::SessionRow;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Acting;
use domain::Timestamp;
use domain::ids::{PersonId, SessionId};
use domain::time::{HOUR, MINUTE};
use serde_json::json;

const WINDOW: i64 = 15 * MINUTE;

/// What the session's cookie holds.
#[derive(Clone, Debug)]
pub struct Token(pub String);

/// Keys under which failed attempts are counted, with the limit of each.
pub(crate) type AttemptKeys = Vec<([u8; 32], i64)>;

/// Makes the keys of an attempt: this place with this name, and this place alone.
pub(crate) fn attempt_key(context: &Context, name: &str) -> AttemptKeys {
    let limits = &context.app.settings.limits;
    let hash = |text: String| sealing::keyed_hash(&context.app.keys, "attempt", text.as_bytes());
    vec![
        (
            hash(format!("{}\n{}", context.place, name.trim().to_lowercase())),
            limits.sign_in_failures,
        ),
        (hash(context.place.clone()), limits.sign_in_failures_place),
    ]
}

struct Failures(AttemptKeys);

impl UseCase for Failures {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let since = unit.now.plus(-WINDOW);
        for (key, limit) in &self.0 {
            if unit.store.failures("sign_in", key, since).await? >= *limit {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

struct CountFailure(AttemptKeys);

impl UseCase for CountFailure {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let start = Timestamp(unit.now.0 - unit.now.0.rem_euclid(MINUTE));
        for (key, _) in &self.0 {
            unit.store.count_failure("sign_in", key, start).await?;
        }
        Ok(())
    }
}

pub(crate) async fn refuse_too_many(context: &Context, keys: &AttemptKeys) -> Outcome<()> {
    if read(context, Failures(keys.clone())).await? {
        return Err(Error::TooMany {
            retry_after: WINDOW / domain::time::SECOND,
        });
    }
    Ok(())
}

pub(crate) async fn count_failure(context: &Context, keys: AttemptKeys) -> Outcome<()> {
    perform(context, CountFailure(keys)).await
}

struct Find([u8; 32]);

impl UseCase for Find {
    type Output = Option<PersonId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<PersonId>> {
        Ok(unit.store.person_by_email(&self.0).await?.map(|person| person.id))
    }
}

/// Signs a person in by address and password and gives the token of their new session.
///
/// # Errors
/// [`Error::Invalid`] with the same sentence for an unknown address and a wrong password;
/// [`Error::TooMany`] after too many failures from this place.
pub async fn sign_in(context: &Context, email: &str, password: &str, device: &str) -> Outcome<Token> {
    let mut fields = Fields::new();
    fields.required("email", email, 320);
    if password.is_empty() {
        fields.add("password", "error-required");
    }
    fields.done()?;
    let keys = attempt_key(context, email);
    refuse_too_many(context, &keys).await?;
    let person = read(context, Find(email_hash(&context.app.keys, email))).await?;
    let hash = match person {
        Some(person) => read(context, PasswordHashOf(person)).await?,
        None => None,
    };
    match (fits(password, hash).await?, person) {
        (true, Some(person)) => {
            perform(
                context,
                EnterAs {
                    person,
                    device: device.to_owned(),
                    failures: keys,
                },
            )
            .await
        }
        _ => {
            count_failure(context, keys).await?;
            Err(Error::field("password", "error-sign-in"))
        }
    }
}

/// Begins a session for a person whose identity was established.
pub struct EnterAs {
    /// Who enters.
    pub person: PersonId,
    /// What the browser says it is.
    pub device: String,
    pub(crate) failures: AttemptKeys,
}

impl EnterAs {
    /// Prepares a session for a person whose identity was established.
    #[must_use]
    pub fn new(person: PersonId, device: &str) -> Self {
        Self {
            person,
            device: device.to_owned(),
            failures: Vec::new(),
        }
    }
}

impl UseCase for EnterAs {
    type Output = Token;

    async fn run(&self, unit: &mut Unit) -> Outcome<Token> {
        let token = unit.app.chance.bytes32();
        let id = SessionId(unit.fresh_id());
        let device: String = self.device.chars().take(300).collect();
        let sealed = unit
            .seal(
                KeyHolder::Person(self.person),
                place("session", "device_sealed", id.0),
                device.as_bytes(),
            )
            .await?;
        let limits = unit.app.settings.limits.clone();
        let session = SessionRow {
            id,
            token_hmac: sealing::token_hash(&token),
            person: self.person,
            device: Some(sealed),
            created_at: unit.now,
            seen_at: unit.now,
            expires_at: unit.now.plus(limits.session_idle_hours * HOUR),
            ended_at: None,
        };
        unit.store.insert_session(&session).await?;
        if let Some((key, _)) = self.failures.first() {
            unit.store.forget_failures("sign_in", key).await?;
        }
        let entry = NewEntry {
            stream_kind: "person",
            stream_id: self.person.0,
            kind: "person.signed_in",
            log: Log::Sealed,
            holder: KeyHolder::Person(self.person),
            body: json!({"session": id}),
        };
        unit.record(&Acting::Person(self.person), entry).await?;
        Ok(Token(sealing::token_text(token)))
    }
}

/// Ends the present session.
pub struct SignOut;

impl UseCase for SignOut {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        // The session is known from the request; without one there is nothing to end.
        if let Some(session) = unit.session {
            let person = unit.person()?;
            unit.store.end_session(session, person, unit.now).await?;
        }
        Ok(())
    }
}

/// Gives the session of a context, where a person has signed in.
pub(crate) fn session_of(who: Who) -> Option<SessionId> {
    match who {
        Who::Person(_, session) => Some(session),
        Who::Nobody | Who::System(_) => None,
    }
}
