//! How results are answered outside the platform: to nobody in particular, under headers of their own.

use crate::shell::{Answer, Problem, Visitor, Web};
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use i18n::Lang;

/// How long what everybody reads may be kept by what stands between: a correction shows within a minute.
const PUBLIC: &str = "public, max-age=60";
/// What members read is kept by nothing.
const MEMBERS: &str = "private, no-store";

/// Whoever asks from outside: no cookie is read, and none is set.
pub(super) struct Outside(pub Visitor);

impl FromRequestParts<Web> for Outside {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let mut asked = parts.clone();
        asked.headers.remove(header::COOKIE);
        asked.headers.remove(header::ACCEPT_LANGUAGE);
        let mut visitor = Visitor::from_request_parts(&mut asked, web).await?;
        let query = parts.uri.query().unwrap_or_default();
        let lang = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
        visitor.lang = lang.map_or(Lang::Fr, |(_, code)| Lang::from_code(&code));
        Ok(Self(visitor))
    }
}

impl Outside {
    /// Writes a whole address of this site.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.web.app.settings.public_url)
    }

    /// Writes a whole address, in the language of the answer.
    pub(super) fn own_url(&self, path: &str) -> String {
        match self.0.lang {
            Lang::Fr => self.url(path),
            Lang::En => format!("{}?lang=en", self.url(path)),
        }
    }
}

/// Who may read an answer, which decides what may keep it.
#[derive(Clone, Copy)]
pub(super) enum Readers {
    Everybody,
    Members,
}

/// Gives an answer the headers of what is read outside.
pub(super) fn with_headers(mut response: Response, readers: Readers, sites: &[String]) -> Response {
    let ancestors = match sites {
        [] => "'none'".to_owned(),
        sites => sites.join(" "),
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_SECURITY_POLICY, &policy);
    match readers {
        Readers::Everybody => {
            set(header::CACHE_CONTROL, PUBLIC);
            set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
        }
        Readers::Members => {
            set(header::CACHE_CONTROL, MEMBERS);
            // The address holds the token: no other site learns it from a link, no search engine lists it.
            set(header::REFERRER_POLICY, "no-referrer");
            set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
            if !sites.is_empty() {
                set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
            }
        }
    }
    response
}

/// Writes a template as an answer of a media type.
pub(super) fn written<T: Template>(visitor: &Visitor, media_type: &'static str, template: &T) -> Answer {
    let text = template
        .render()
        .map_err(|error| visitor.problem(use_cases::Error::Internal(error.to_string())))?;
    Ok(([(header::CONTENT_TYPE, media_type)], text).into_response())
}
