//! What a form sends, whether encoded as fields or with files.

use super::body::{self, Refusal};
use super::error::message;
use super::page::ErrorLine;
use super::{Problem, Visitor, Web};
use axum::extract::{FromRequest, FromRequestParts, Request};
use std::collections::HashMap;
use use_cases::Error;

/// An uploaded file.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The name that the browser gave.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a form sent.
#[derive(Clone, Debug, Default)]
pub struct Submitted {
    fields: HashMap<String, Vec<String>>,
    files: HashMap<String, Vec<Upload>>,
}

impl Submitted {
    /// Takes what an address says a form begins with; nothing of it is sent.
    #[must_use]
    pub fn begun(query: Option<&str>) -> Self {
        let mut begun = Self::default();
        for (field, text) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            begun.add_text(field.into_owned(), text.into_owned());
        }
        begun
    }

    /// Makes what a form begins with.
    #[must_use]
    pub fn beginning(fields: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let mut begun = Self::default();
        for (field, text) in fields {
            begun.add_text(field.to_owned(), text);
        }
        begun
    }

    /// Gives the text of a field; empty where it is missing.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        self.fields
            .get(field)
            .and_then(|values| values.first())
            .cloned()
            .unwrap_or_default()
    }

    /// Gives every value of a field that may come several times.
    #[must_use]
    pub fn all(&self, field: &str) -> Vec<String> {
        self.fields.get(field).cloned().unwrap_or_default()
    }

    /// Says whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Gives a whole number, where the field holds one.
    #[must_use]
    pub fn number(&self, field: &str) -> Option<i64> {
        self.text(field).trim().parse().ok()
    }

    /// Gives an identifier, where the field holds one.
    #[must_use]
    pub fn id<T: From<uuid::Uuid>>(&self, field: &str) -> Option<T> {
        self.text(field).trim().parse::<uuid::Uuid>().ok().map(T::from)
    }

    /// Gives an instant typed in Paris time.
    #[must_use]
    pub fn instant(&self, field: &str) -> Option<domain::Timestamp> {
        i18n::parse_local(&self.text(field)).map(domain::Timestamp)
    }

    /// Gives an uploaded file, where one was chosen.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files(field).first().copied()
    }

    /// Gives every file that was chosen in a field; an empty one too, so that it is refused aloud.
    #[must_use]
    pub fn files(&self, field: &str) -> Vec<&Upload> {
        let files = self.files.get(field).map(Vec::as_slice).unwrap_or_default();
        let chosen = |file: &&Upload| !file.bytes.is_empty() || !file.name.is_empty();
        files.iter().filter(chosen).collect()
    }

    /// Gives the fields whose name starts with `prefix`, without it.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> HashMap<String, String> {
        self.fields
            .iter()
            .filter_map(|(name, values)| Some((name.strip_prefix(prefix)?.to_owned(), values.first()?.clone())))
            .collect()
    }

    /// Gives every text of several words or of some length that was typed, but passwords: a page that refuses the form
    /// shows them, so that nothing has to be written twice.
    pub(super) fn typed(&self) -> Vec<String> {
        let mut fields: Vec<_> = self.fields.iter().collect();
        fields.sort();
        fields
            .into_iter()
            .filter(|(name, _)| !name.contains("password"))
            .flat_map(|(_, values)| values.iter())
            .filter(|text| text.trim().contains(char::is_whitespace) || text.trim().chars().count() > SHORT)
            .cloned()
            .collect()
    }

    /// Says whether texts were typed that somebody would have to write again.
    #[must_use]
    pub fn has_texts(&self) -> bool {
        !self.typed().is_empty()
    }

    pub(super) fn add_text(&mut self, field: String, text: String) {
        self.fields.entry(field).or_default().push(text);
    }

    pub(super) fn add_file(&mut self, field: String, file: Upload) {
        self.files.entry(field).or_default().push(file);
    }
}

/// Characters of a single word that is typed again in a moment.
const SHORT: usize = 40;

impl FromRequest<Web> for Submitted {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let asked = Request::from_parts(parts.clone(), body);
        let refusal = match body::read(asked, &web.app.settings.limits).await {
            Ok(submitted) => return Ok(submitted),
            Err(refusal) => refusal,
        };
        let visitor = Visitor::from_request_parts(&mut parts, web).await?;
        Err(match refusal {
            Refusal::TooLarge(most, submitted) => Problem::too_large(&visitor, most, submitted.typed()),
            Refusal::Unreadable => visitor.problem(Error::field("main", "error-form-unreadable")),
        })
    }
}

/// What is wrong with a form, by field.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    by_field: HashMap<String, String>,
    /// The summary on top of the form, in the order of the problems.
    pub summary: Vec<ErrorLine>,
}

/// Says whether what is wrong is not with a field: nothing is left to complete, something else stands in the way.
#[must_use]
pub(crate) fn is_refusal(lines: &[ErrorLine]) -> bool {
    lines.iter().all(|line| line.field == "main")
}

impl Errors {
    /// Starts with nothing wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Takes the field errors of a use case; any other error is given back as a page.
    ///
    /// `label_key` gives the key of a field's label from its name.
    ///
    /// # Errors
    /// [`Problem`] for errors that are not about fields.
    pub fn of(visitor: &Visitor, error: Error, label_key: impl Fn(&str) -> String) -> Result<Self, Problem> {
        let fields = match error {
            Error::Invalid(fields) => fields,
            Error::Conflict(sentence) => vec![use_cases::FieldError {
                field: "main".to_owned(),
                message: sentence,
                detail: None,
            }],
            Error::Stale => vec![use_cases::FieldError {
                field: "main".to_owned(),
                message: "error-stale",
                detail: None,
            }],
            other => return Err(visitor.problem(other)),
        };
        let mut errors = Self::default();
        for field in &fields {
            let text = message(visitor, field);
            let key = label_key(&field.field);
            let label = if i18n::exists(visitor.lang, &key) {
                visitor.t(&key)
            } else {
                field.field.clone()
            };
            errors.summary.push(ErrorLine {
                field: field.field.clone(),
                label: if field.field == "main" { String::new() } else { label },
                message: text.clone(),
            });
            errors.by_field.entry(field.field.clone()).or_insert(text);
        }
        Ok(errors)
    }

    /// Gives what is wrong with a field; empty where nothing is.
    #[must_use]
    pub fn at(&self, field: &str) -> &str {
        self.by_field.get(field).map(String::as_str).unwrap_or_default()
    }

    /// Says whether anything is wrong.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.summary.is_empty()
    }
}
