//! What a form sends, whether encoded as fields or with files.

use super::error::message;
use super::page::ErrorLine;
use super::{Problem, Visitor, Web};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
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

    /// Gives an uploaded file; an empty one is none.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files(field).first().copied()
    }

    /// Gives every uploaded file of a field.
    #[must_use]
    pub fn files(&self, field: &str) -> Vec<&Upload> {
        let files = self.files.get(field).map(Vec::as_slice).unwrap_or_default();
        files.iter().filter(|file| !file.bytes.is_empty()).collect()
    }

    /// Gives the fields whose name starts with `prefix`, without it.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> HashMap<String, String> {
        self.fields
            .iter()
            .filter_map(|(name, values)| Some((name.strip_prefix(prefix)?.to_owned(), values.first()?.clone())))
            .collect()
    }

    async fn take_multipart(
        &mut self,
        mut multipart: Multipart,
    ) -> Result<(), axum::extract::multipart::MultipartError> {
        while let Some(part) = multipart.next_field().await? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await?.to_vec();
                    self.files.entry(field).or_default().push(Upload { name, bytes });
                }
                None => {
                    let text = part.text().await?;
                    self.fields.entry(field).or_default().push(text);
                }
            }
        }
        Ok(())
    }
}

impl FromRequest<Web> for Submitted {
    type Rejection = axum::response::Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Self::Rejection> {
        use axum::response::IntoResponse;
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let mut submitted = Self::default();
        if kind.starts_with("multipart/form-data") {
            let multipart = Multipart::from_request(request, web)
                .await
                .map_err(IntoResponse::into_response)?;
            submitted
                .take_multipart(multipart)
                .await
                .map_err(IntoResponse::into_response)?;
        } else {
            let form = axum::extract::RawForm::from_request(request, web)
                .await
                .map_err(IntoResponse::into_response)?;
            for (name, value) in form_urlencoded::parse(&form.0) {
                submitted
                    .fields
                    .entry(name.into_owned())
                    .or_default()
                    .push(value.into_owned());
            }
        }
        Ok(submitted)
    }
}

/// What is wrong with a form, by field.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    by_field: HashMap<String, String>,
    /// The summary on top of the form, in the order of the problems.
    pub summary: Vec<ErrorLine>,
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
                label: if field.field == "main" {
                    visitor.t("layout-error-prefix")
                } else {
                    label
                },
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
