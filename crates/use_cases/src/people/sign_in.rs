//! Signing in and out, with limits on attempts that cannot be used to lock somebody else out.
//!
//! Attempts are counted for one place (network) together with one mail address, and for one place
//! alone; never for a mail address alone. From a machine where that person has signed in before,
//! and within a session, they are counted for that machine or session alone. Each is counted before
//! the password is looked at, so that many at once are no way around the limit, and is forgiven
//! when the password fits.

use super::email_hash;
use super::machine::Mark;
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

/// An attempt that was counted before its password was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// The key of this place, machine or session with this name.
    here: [u8; 32],
    /// The key of this place, where it counts too.
    place: Option<[u8; 32]>,
    /// The minute in which it was counted.
    minute: Timestamp,
}

impl Attempt {
    /// Counts an attempt to be somebody, against their machine where it is known, else against the place.
    ///
    /// # Errors
    /// [`Error::TooMany`] after too many failures; it is then not counted, so that the way is free
    /// again a quarter of an hour after them.
    async fn to_enter(context: &Context, name: &str, mark: &str) -> Outcome<Self> {
        let name = name.trim().to_lowercase();
        match Mark::number(mark, &context.app.keys, &name) {
            Some(number) => Self::count(context, &format!("machine:{}", sealing::token_text(number)), false).await,
            None => Self::count(context, &format!("{}\n{name}", context.place), true).await,
        }
    }

    /// Counts an attempt of somebody who has signed in to type their password again.
    ///
    /// # Errors
    /// As [`Attempt::to_enter`].
    pub(super) async fn within(context: &Context, session: SessionId) -> Outcome<Self> {
        Self::count(context, &format!("session:{session}"), false).await
    }

    async fn count(context: &Context, here: &str, place: bool) -> Outcome<Self> {
        let hash = |text: &str| sealing::keyed_hash(&context.app.keys, "attempt", text.as_bytes());
        let here = hash(here);
        let place = place.then(|| hash(&context.place));
        perform(context, CountAttempt { here, place }).await
    }

    /// Looks whether the password of the attempt fits; one that nobody had time to look at is not
    /// counted, or a crowd at the door would lock people out.
    pub(crate) async fn look(&self, context: &Context, password: &str, hash: Option<String>) -> Outcome<bool> {
        let fits = fits(password, hash).await;
        if fits.is_err() {
            perform(context, EndAttempt(self.clone(), false)).await?;
        }
        fits
    }

    /// Forgives an attempt whose password fitted, and those before it.
    pub(crate) async fn forgive(self, context: &Context) -> Outcome<()> {
        perform(context, EndAttempt(self, true)).await
    }

    async fn end(&self, unit: &mut Unit, fitted: bool) -> Outcome<()> {
        if fitted {
            unit.store.forget_failures("sign_in", &self.here).await?;
        } else {
            unit.store.forgive_failure("sign_in", &self.here, self.minute).await?;
        }
        if let Some(place) = &self.place {
            unit.store.forgive_failure("sign_in", place, self.minute).await?;
        }
        Ok(())
    }
}

struct CountAttempt {
    here: [u8; 32],
    place: Option<[u8; 32]>,
}

impl UseCase for CountAttempt {
    type Output = Attempt;

    async fn run(&self, unit: &mut Unit) -> Outcome<Attempt> {
        let limits = unit.app.settings.limits.clone();
        let since = unit.now.plus(-WINDOW);
        let minute = Timestamp(unit.now.0 - unit.now.0.rem_euclid(MINUTE));
        let here = Some((&self.here, limits.sign_in_failures));
        let place = self.place.as_ref().map(|key| (key, limits.sign_in_failures_place));
        for (key, limit) in here.into_iter().chain(place) {
            // The write comes first: it makes those who try at the same time wait for one another.
            unit.store.count_failure("sign_in", key, minute).await?;
            if unit.store.failures("sign_in", key, since).await? > limit {
                return Err(Error::TooMany {
                    retry_after: WINDOW / domain::time::SECOND,
                });
            }
        }
        Ok(Attempt {
            here: self.here,
            place: self.place,
            minute,
        })
    }
}

/// Takes an attempt back: with those before it where its password fitted, else alone.
struct EndAttempt(Attempt, bool);

impl UseCase for EndAttempt {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        self.0.end(unit, self.1).await
    }
}

struct Find([u8; 32]);

impl UseCase for Find {
    type Output = Option<PersonId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<PersonId>> {
        Ok(unit.store.person_by_email(&self.0).await?.map(|person| person.id))
    }
}

/// What somebody gives to sign in.
#[derive(Clone, Copy, Debug)]
pub struct Credentials<'a> {
    /// Their mail address, or their pseudonym where they have none.
    pub name: &'a str,
    /// Their password.
    pub password: &'a str,
    /// What the browser says it is.
    pub device: &'a str,
    /// The mark that their machine keeps, or nothing.
    pub mark: &'a str,
}

/// What somebody who has signed in takes away.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The token of their new session.
    pub token: Token,
    /// The mark that this machine keeps.
    pub mark: Mark,
}

/// Signs a person in by address and password and gives the token of their new session.
///
/// # Errors
/// [`Error::Invalid`] with the same sentence for an unknown address and a wrong password;
/// [`Error::TooMany`] after too many failures from this machine or place.
pub async fn sign_in(context: &Context, given: Credentials<'_>) -> Outcome<Entered> {
    let mut fields = Fields::new();
    fields.required("email", given.name, 320);
    if given.password.is_empty() {
        fields.add("password", "error-required");
    }
    fields.done()?;
    let keys = &context.app.keys;
    let attempt = Attempt::to_enter(context, given.name, given.mark).await?;
    let person = read(context, Find(email_hash(keys, given.name))).await?;
    let hash = match person {
        Some(person) => read(context, PasswordHashOf(person)).await?,
        None => None,
    };
    let (true, Some(person)) = (attempt.look(context, given.password, hash).await?, person) else {
        return Err(Error::field("password", "error-sign-in"));
    };
    let enter = EnterAs {
        person,
        device: given.device.to_owned(),
        attempt: Some(attempt),
    };
    let token = perform(context, enter).await?;
    let number = match Mark::number(given.mark, keys, given.name) {
        Some(number) => number,
        None => context.app.chance.bytes32(),
    };
    let mark = Mark::new(keys, number, given.name);
    Ok(Entered { token, mark })
}

/// Begins a session for a person whose identity was established.
pub struct EnterAs {
    /// Who enters.
    pub person: PersonId,
    /// What the browser says it is.
    pub device: String,
    attempt: Option<Attempt>,
}

impl EnterAs {
    /// Prepares a session for a person whose identity was established.
    #[must_use]
    pub fn new(person: PersonId, device: &str) -> Self {
        Self {
            person,
            device: device.to_owned(),
            attempt: None,
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
        if let Some(attempt) = &self.attempt {
            attempt.end(unit, true).await?;
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
