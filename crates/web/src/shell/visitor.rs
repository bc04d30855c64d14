//! Who visits: read from the session cookie for each request, rights included.

use super::page::{Flash, Page, Person, RoleLine};
use super::{Problem, Web};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::role::{Role, Workplace};
use i18n::{Arg, Lang};
use use_cases::people::{SignedIn, visit};
use use_cases::snapshot::RequestSnapshot;
use use_cases::{Context, Who};

/// The cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "beffroi_session";
/// The cookie that holds the language of somebody who has not signed in.
pub const LANGUAGE_COOKIE: &str = "beffroi_langue";
/// The cookie that holds the key of one sentence to show on the next page.
pub const FLASH_COOKIE: &str = "beffroi_message";

/// How the keys of sentences start that say what could not be done.
const WARNING_FLASH: &str = "flash-warning-";

/// The number of a request, for people to quote.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Who visits, and everything a page needs to know of the request.
pub struct Visitor {
    /// The shared state.
    pub web: Web,
    /// The context that use cases run in.
    pub context: Context,
    /// The signed-in person, where there is one.
    pub signed_in: Option<SignedIn>,
    /// The language to answer in.
    pub lang: Lang,
    /// The path and query asked for.
    pub path: String,
    /// The number of the request.
    pub request_id: String,
    flash: Option<String>,
}

impl Visitor {
    /// Refuses those who have not signed in, with a page that lets them.
    ///
    /// # Errors
    /// [`Problem`] with the sign-in page.
    pub fn signed_in(&self) -> Result<&SignedIn, Problem> {
        self.signed_in
            .as_ref()
            .ok_or_else(|| self.problem(use_cases::Error::SignInFirst))
    }

    /// Gives the text of a key in the visitor's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        i18n::t(self.lang, key)
    }

    /// Gives the text of a programme's notice; empty where it has none.
    #[must_use]
    pub fn notice(&self, kind: domain::programme::NoticeKind) -> String {
        match kind.is_shown() {
            true => self.t("common-notice-pedagogical"),
            false => String::new(),
        }
    }

    /// Gives the text of a key with what it quotes.
    #[must_use]
    pub fn ta(&self, key: &str, args: &[(&str, Arg)]) -> String {
        i18n::ta(self.lang, key, args)
    }

    /// Starts a page with a title.
    #[must_use]
    pub fn page(&self, title: impl Into<String>) -> Page {
        Page {
            lang_is: self.lang,
            lang: self.lang.code(),
            title: title.into(),
            path: self.path.clone(),
            request_id: self.request_id.clone(),
            breadcrumb: Vec::new(),
            person: self.signed_in.as_ref().map(|signed_in| self.person(signed_in)),
            notice: None,
            demo: self.web.demo,
            shown_once: false,
            flash: self.flash.as_ref().map(|key| Flash {
                kind: if key.starts_with(WARNING_FLASH) {
                    "warning"
                } else {
                    "good"
                },
                text: self.t(key),
            }),
            version: env!("CARGO_PKG_VERSION"),
            assets: super::assets::fingerprint(),
        }
    }

    /// Tells who has signed in, for the frame: each role once, with its organisation's sheet.
    fn person(&self, signed_in: &SignedIn) -> Person {
        let mut roles: Vec<RoleLine> = Vec::new();
        for (role, organisation, name) in &signed_in.roles {
            let label = format!("{}, {name}", self.t(&format!("role-{}", role.code().replace('_', "-"))));
            roles.push(RoleLine {
                label,
                href: addresses::organisation::organisation(organisation.0),
            });
        }
        Person {
            name: signed_in.name.clone(),
            places: self.places(signed_in),
            administers: signed_in.grants.iter().any(|grant| grant.role == Role::Administrator),
            roles,
        }
    }

    /// Gives the lists that a person's roles work on, each once.
    fn places(&self, signed_in: &SignedIn) -> Vec<(String, String)> {
        let verifies = signed_in.roles.iter().any(|(role, ..)| *role == Role::Verifier);
        let mut found: Vec<(String, String)> = Vec::new();
        for (role, organisation, name) in &signed_in.roles {
            for place in role.workplaces() {
                let (key, href) = match place {
                    Workplace::OwnReports => ("layout-place-own-reports", addresses::report::MINE.to_owned()),
                    Workplace::Verification => ("layout-place-verification", addresses::report::QUEUE.to_owned()),
                    // Verifying and following is done on one list.
                    Workplace::Reports if verifies => continue,
                    Workplace::Reports => ("layout-place-reports", addresses::report::QUEUE.to_owned()),
                    Workplace::Vulnerabilities => (
                        "layout-place-vulnerabilities",
                        addresses::vulnerability::LIST.to_owned(),
                    ),
                    Workplace::VendorDesk => ("layout-place-vendor-desk", addresses::vulnerability::VENDOR.to_owned()),
                    Workplace::Situations => (
                        "layout-place-situations",
                        addresses::sharing::situations(organisation.0),
                    ),
                };
                if found.iter().all(|(_, known)| *known != href) {
                    let name = Arg::Text(name.clone());
                    found.push((self.ta(key, &[("organisation", name)]), href));
                }
            }
        }
        found
    }

    /// Makes an error page of what a use case refused.
    #[must_use]
    pub fn problem(&self, error: use_cases::Error) -> Problem {
        Problem::new(self, error)
    }
}

/// Reads a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Chooses the language: the person's, else the cookie's, else the browser's, else French.
fn language(headers: &HeaderMap, signed_in: Option<&SignedIn>) -> Lang {
    if let Some(signed_in) = signed_in {
        return signed_in.lang;
    }
    if let Some(code) = cookie(headers, LANGUAGE_COOKIE) {
        return Lang::from_code(code);
    }
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let first = accepted
        .split(',')
        .map(|part| part.trim().get(..2).unwrap_or_default().to_lowercase())
        .find(|tag| tag == "fr" || tag == "en");
    Lang::from_code(first.as_deref().unwrap_or("fr"))
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let place = parts
            .extensions
            .get::<axum::extract::ConnectInfo<std::net::SocketAddr>>()
            .map(|info| Context::place_of(info.0.ip()))
            .unwrap_or_default();
        let mut context = Context::of(&web.app, Who::Nobody, place);
        if parts.method.is_safe() {
            context.snapshot = RequestSnapshot::shared();
        }
        let token = cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned);
        let found = match token {
            Some(token) => visit(&context, &token).await,
            None => Ok(None),
        };
        let request_id = parts
            .extensions
            .get::<RequestId>()
            .map(|id| id.0.clone())
            .unwrap_or_default();
        let flash = cookie(&parts.headers, FLASH_COOKIE)
            .filter(|key| key.starts_with("flash-") && i18n::exists(Lang::Fr, key))
            .map(str::to_owned);
        let (signed_in, failure) = match found {
            Ok(signed_in) => (signed_in, None),
            Err(error) => (None, Some(error)),
        };
        if let Some(signed_in) = &signed_in {
            context.who = Who::Person(signed_in.person, signed_in.session);
            parts.extensions.insert(super::body::OfSomebody);
        }
        let visitor = Self {
            web: web.clone(),
            context,
            lang: language(&parts.headers, signed_in.as_ref()),
            signed_in,
            path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            request_id,
            flash,
        };
        match failure {
            Some(error) => Err(visitor.problem(error)),
            None => Ok(visitor),
        }
    }
}
