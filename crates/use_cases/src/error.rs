//! What a use case answers when it does not do what was asked.

use crate::ports::{MailTrouble, StoreError};
use authorization::Refused;
use domain::Illegal;

/// What a use case gives.
pub type Outcome<T> = Result<T, Error>;

/// One field of a form, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// The key of the message in the translation files, for example `error-required`.
    pub message: &'static str,
    /// A number or text that the message quotes, such as a limit or a line.
    pub detail: Option<String>,
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or the person may not see it: the two look the same.
    #[error("not found")]
    NotFound,
    /// Nobody has signed in, and the page is for people who have.
    #[error("sign in first")]
    SignInFirst,
    /// What was typed cannot be taken; each field says why.
    #[error("{} field(s) to correct", .0.len())]
    Invalid(Vec<FieldError>),
    /// The thing is not in a state that allows it; the key names the sentence to show.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Somebody else changed the thing meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// Too many attempts; try again after this many seconds.
    #[error("too many attempts")]
    TooMany {
        /// Seconds to wait.
        retry_after: i64,
    },
    /// The store is busy; the same request may succeed later.
    #[error("busy")]
    Busy,
    /// A mail did not leave.
    #[error("mail: {0}")]
    Mail(#[from] MailTrouble),
    /// A fault of ours; the cause is for the log, never for the page.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// Makes the error of one field.
    #[must_use]
    pub fn field(field: &str, message: &'static str) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.to_owned(),
            message,
            detail: None,
        }])
    }
}

impl From<Refused> for Error {
    fn from(_: Refused) -> Self {
        Self::NotFound
    }
}

impl From<Illegal> for Error {
    fn from(illegal: Illegal) -> Self {
        tracing::debug!(%illegal, "a transition was refused");
        Self::Conflict("error-not-in-this-state")
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::Stale => Self::Stale,
            StoreError::Missing => Self::NotFound,
            StoreError::Taken(what) => {
                tracing::info!(what, "a unique index refused a second one");
                Self::Conflict("error-already-there")
            }
            StoreError::Failed(why) | StoreError::Corrupt(why) => Self::Internal(why),
        }
    }
}

impl From<sealing::SealError> for Error {
    fn from(error: sealing::SealError) -> Self {
        Self::Internal(format!("a sealed value does not open: {error}"))
    }
}

/// Collects what is wrong with the fields of one form.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// Starts with nothing wrong.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem of a field.
    pub fn add(&mut self, field: &str, message: &'static str) {
        self.add_detail(field, message, None);
    }

    /// Adds a problem of a field that quotes a number or text.
    pub fn add_detail(&mut self, field: &str, message: &'static str, detail: Option<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message,
            detail,
        });
    }

    /// Takes a required text: trimmed, not empty, at most `max` characters.
    pub fn required(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = self.optional(field, text, max);
        if text.is_empty() {
            self.add(field, "error-required");
        }
        text
    }

    /// Takes an optional text: trimmed, at most `max` characters.
    pub fn optional(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = text.trim().to_owned();
        if text.chars().count() > max {
            self.add_detail(field, "error-too-long", Some(max.to_string()));
        }
        text
    }

    /// Says whether nothing is wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds problems that were found elsewhere.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = FieldError>) {
        self.0.extend(problems);
    }

    /// Puts the field problems of an outcome aside, to be said together with the others.
    ///
    /// # Errors
    /// Any error that is not about fields.
    pub fn gather<T>(&mut self, outcome: Outcome<T>) -> Outcome<Option<T>> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(Error::Invalid(problems)) => {
                self.0.extend(problems);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// Ends the check, with the problems in the order in which the form shows its fields; others come last.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem that was added.
    pub fn done_in(mut self, order: &[&str]) -> Outcome<()> {
        let place = |field: &str| order.iter().position(|one| *one == field).unwrap_or(order.len());
        self.0.sort_by_key(|problem| place(&problem.field));
        self.done()
    }

    /// Ends the check.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem that was added.
    pub fn done(self) -> Outcome<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }
}
