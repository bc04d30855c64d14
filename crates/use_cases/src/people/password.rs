//! Passwords: argon2id, hashed and checked outside every transaction, few at a time.

use super::sign_in::Attempt;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, Who, read};
use crate::unit::{Unit, place};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::ids::PersonId;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A hash that no password fits, checked where there is no person, so that time tells nothing.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password", &[7; 16]).unwrap_or_default());

/// As many hashings at once as there are processors: each takes 19 MiB and all of one.
static HASHING: LazyLock<Gate> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Gate::new(processors, Duration::from_secs(10))
});

/// Lets a few do heavy work at once; the others wait their turn, but not for ever.
struct Gate {
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Gate {
    fn new(places: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            patience,
        }
    }

    /// Does heavy work away from the async threads.
    ///
    /// # Errors
    /// [`Error::Busy`] where no place came free in time.
    async fn pass<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
        let place = tokio::time::timeout(self.patience, self.places.clone().acquire_owned())
            .await
            .map_err(|_| Error::Busy)?
            .map_err(|_| Error::Busy)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))
    }
}

fn hash_now(password: &str, salt: &[u8]) -> Outcome<String> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Error::Internal(error.to_string()))
}

/// Hashes a password with argon2id (RFC 9106), away from the async threads.
///
/// # Errors
/// [`Error::Internal`] where the hashing fails.
pub async fn hash_password(context: &Context, password: &str) -> Outcome<String> {
    let salt = context.app.chance.bytes32();
    let password = zeroize::Zeroizing::new(password.to_owned());
    HASHING.pass(move || hash_now(&password, &salt[..16])).await?
}

/// Says whether a password fits a hash; without a hash it takes as long and says no.
pub(crate) async fn fits(password: &str, hash: Option<String>) -> Outcome<bool> {
    let password = zeroize::Zeroizing::new(password.to_owned());
    HASHING
        .pass(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.clone());
            let fits = PasswordHash::new(&hash)
                .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
            known && fits
        })
        .await
}

/// Reads the password hash of a person.
pub(crate) struct PasswordHashOf(pub(crate) PersonId);

impl UseCase for PasswordHashOf {
    type Output = Option<String>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<String>> {
        match unit.store.credential(self.0, "password").await? {
            None => Ok(None),
            Some((id, sealed)) => unit
                .open_text_unnoted(place("credential", "secret_sealed", id), &sealed)
                .await
                .map(Some),
        }
    }
}

/// Checks that the signed-in person typed their own password, as for a signature.
///
/// # Errors
/// [`Error::Invalid`] on `field` where it does not fit; attempts are counted for this session
/// only, so that nobody can lock them out.
pub async fn check_own_password(context: &Context, password: &str, field: &str) -> Outcome<()> {
    let Who::Person(person, session) = context.who else {
        return Err(Error::SignInFirst);
    };
    let attempt = Attempt::within(context, session).await?;
    let hash = read(context, PasswordHashOf(person)).await?;
    if attempt.look(context, password, hash).await? {
        attempt.forgive(context).await
    } else {
        Err(Error::field(field, "error-password-wrong"))
    }
}

/// Checks the length of a new password.
pub(crate) fn check_new(fields: &mut crate::error::Fields, limits: &crate::Limits, field: &str, password: &str) {
    let length = password.chars().count();
    if length < limits.password_min {
        fields.add_detail(field, "error-too-short", Some(limits.password_min.to_string()));
    } else if length > limits.password_max {
        fields.add_detail(field, "error-too-long", Some(limits.password_max.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_work_waits_its_turn_and_not_for_ever() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let gate = Arc::new(Gate::new(1, Duration::from_millis(50)));
            let (stop, stopped) = std::sync::mpsc::channel::<()>();
            let (began, begun) = tokio::sync::oneshot::channel();
            let first = gate.clone();
            let mut tasks = tokio::task::JoinSet::new();
            tasks.spawn(async move {
                first
                    .pass(move || {
                        let _ = began.send(());
                        let _ = stopped.recv();
                    })
                    .await
            });
            begun.await.unwrap();
            assert!(matches!(gate.pass(|| ()).await, Err(Error::Busy)));
            stop.send(()).unwrap();
            tasks.join_next().await.unwrap().unwrap().unwrap();
            assert_eq!(gate.pass(|| 7).await.unwrap(), 7);
        });
    }
}
