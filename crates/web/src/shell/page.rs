//! The frame of every page, and how an answer is sent.

use super::Web;
use super::visitor::FLASH_COOKIE;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use i18n::{Arg, Lang};

/// Where a page stands, from the home page down.
pub struct Crumb {
    /// What the step is called.
    pub label: String,
    /// Its address; the last step has none.
    pub href: Option<String>,
}

/// Who has signed in, as the frame shows it.
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their roles with the organisation of each.
    pub roles: Vec<RoleLine>,
    /// The lists that their roles work on: the words and the address of each.
    pub places: Vec<(String, String)>,
    /// Whether they administer the platform.
    pub administers: bool,
}

/// A role of the person who has signed in.
pub struct RoleLine {
    /// The role and its organisation.
    pub label: String,
    /// The address of the organisation's sheet.
    pub href: String,
}

/// One sentence about what was just done.
pub struct Flash {
    /// `good`, `warning`, `bad` or `info`.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
}

/// One line of the summary of errors.
#[derive(Clone, Debug)]
pub struct ErrorLine {
    /// The field's name, which is also its anchor.
    pub field: String,
    /// What the field is called on the page; empty for what is about the whole form.
    pub label: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What the frame of every page needs.
pub struct Page {
    /// The language.
    pub lang_is: Lang,
    /// The language's tag.
    pub lang: &'static str,
    /// The title, also the `h1`.
    pub title: String,
    /// The path asked for.
    pub path: String,
    /// The number of the request.
    pub request_id: String,
    /// Where the page stands.
    pub breadcrumb: Vec<Crumb>,
    /// Who has signed in.
    pub person: Option<Person>,
    /// The notice that follows a pedagogical programme everywhere.
    pub notice: Option<String>,
    /// Whether the instance tells an invented story.
    pub demo: bool,
    /// Whether the page shows something that no other page will show again.
    pub shown_once: bool,
    /// What was just done.
    pub flash: Option<Flash>,
    /// The version of Beffroi.
    pub version: &'static str,
    /// The fingerprint of the assets.
    pub assets: &'static str,
}

/// A number that a text counts with; templates give it by value or by reference.
pub trait Count {
    /// Gives the number.
    fn count(self) -> i64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn count(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
        impl Count for &$number {
            fn count(self) -> i64 {
                (*self).count()
            }
        }
    )*};
}

counts!(i32, i64, u32, u64, usize);

impl Page {
    /// Gives the text of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        i18n::t(self.lang_is, key)
    }

    /// Gives the text of a key that quotes one value.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        i18n::ta(self.lang_is, key, &[(name, Arg::Text(value.to_string()))])
    }

    /// Gives the text of a key that quotes two values.
    #[must_use]
    pub fn t2(&self, key: &str, name: &str, value: impl ToString, name2: &str, value2: impl ToString) -> String {
        let args = [
            (name, Arg::Text(value.to_string())),
            (name2, Arg::Text(value2.to_string())),
        ];
        i18n::ta(self.lang_is, key, &args)
    }

    /// Gives the text of a key that counts something, with its plural.
    #[must_use]
    pub fn tn(&self, key: &str, number: impl Count) -> String {
        i18n::ta(self.lang_is, key, &[("n", Arg::Number(number.count()))])
    }

    /// Gives the text of one of the domain's stable names: `<prefix>-<name>`.
    #[must_use]
    pub fn tc(&self, prefix: &str, code: &str) -> String {
        self.t(&format!("{prefix}-{}", code.replace('_', "-")))
    }

    /// Writes an instant with its hour, in Paris time.
    #[must_use]
    pub fn at(&self, at: &domain::Timestamp) -> String {
        i18n::short_datetime(self.lang_is, at.0)
    }

    /// Writes an instant's day.
    #[must_use]
    pub fn day(&self, at: &domain::Timestamp) -> String {
        i18n::long_date(self.lang_is, at.0)
    }

    /// Writes an instant for machines.
    #[must_use]
    pub fn iso(&self, at: &domain::Timestamp) -> String {
        i18n::iso(at.0)
    }

    /// Adds a step that leads somewhere to the breadcrumb.
    #[must_use]
    pub fn under(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.breadcrumb.push(Crumb {
            label: label.into(),
            href: Some(href.into()),
        });
        self
    }

    /// Ends the breadcrumb with this page.
    #[must_use]
    pub fn here(mut self) -> Self {
        self.breadcrumb.push(Crumb {
            label: self.title.clone(),
            href: None,
        });
        self
    }

    /// Marks a page that shows a secret this once: it offers nothing in its frame that would lose it.
    #[must_use]
    pub fn showing_once(mut self, secret: bool) -> Self {
        self.shown_once = secret;
        self
    }

    /// Shows the notice that the things of a list need, where one does.
    #[must_use]
    pub fn with_notices(self, kinds: impl IntoIterator<Item = domain::programme::NoticeKind>) -> Self {
        kinds.into_iter().fold(self, Self::with_notice)
    }

    /// Shows the notice of a programme, where it has one (`product.md` §5.9).
    #[must_use]
    pub fn with_notice(mut self, kind: domain::programme::NoticeKind) -> Self {
        if kind.is_shown() {
            self.notice = Some(self.t("common-notice-pedagogical"));
        }
        self
    }
}

/// Sends a page; nothing between server and reader keeps it.
pub fn html<T: Template>(status: StatusCode, template: &T) -> Response {
    match template.render() {
        Ok(text) => {
            let mut response = (status, Html(text)).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            let gone = format!("{FLASH_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
            if let Ok(value) = HeaderValue::from_str(&gone) {
                headers.append(header::SET_COOKIE, value);
            }
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Sends the reader on after an action (303).
pub fn redirect(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}

/// Sends the reader on after an action, with one sentence about it on the next page.
pub fn redirect_with(web: &Web, to: &str, flash: &'static str) -> Response {
    let secure = if web.secure { "; Secure" } else { "" };
    let cookie = format!("{FLASH_COOKIE}={flash}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax{secure}");
    let mut response = redirect(to);
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
