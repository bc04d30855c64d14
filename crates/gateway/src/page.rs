//! The page of a refusal: why, and what to do, in French or English.

use bytes::Bytes;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::header::{PROXY_AUTHENTICATE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body_util::Full;
use i18n::Lang;

use crate::refusal::Refusal;

/// The language that a request prefers (RFC 9110 §12.5.4): English only when it comes before French.
pub fn language(headers: &HeaderMap) -> Lang {
    let asked = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let weight = |wanted: Lang| {
        let weights = asked.split(',').filter_map(|range| {
            let (tag, rest) = range.split_once(';').unwrap_or((range, ""));
            let primary = tag.trim().split('-').next()?;
            let weight: f32 = rest
                .trim()
                .strip_prefix("q=")
                .map_or(Some(1.0), |text| text.parse().ok())?;
            primary.eq_ignore_ascii_case(wanted.code()).then_some(weight)
        });
        weights.fold(0.0, f32::max)
    };
    if weight(Lang::En) > weight(Lang::Fr) {
        Lang::En
    } else {
        Lang::Fr
    }
}

/// Renders a refusal as a whole answer; to who asks through the proxy's port, who asks for a
/// credential is the proxy (RFC 9110 §11.7).
pub fn page(refusal: Refusal, language: Lang, proxied: bool) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(html(refusal, language)));
    *response.status_mut() = refusal.status();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    headers.insert("beffroi-refusal", HeaderValue::from_static(refusal.key()));
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(refusal, Refusal::NoCredential | Refusal::WrongCredential) {
        let ask = HeaderValue::from_static("Basic realm=\"Beffroi\", charset=\"UTF-8\"");
        headers.insert(if proxied { PROXY_AUTHENTICATE } else { WWW_AUTHENTICATE }, ask);
        if proxied {
            *response.status_mut() = StatusCode::PROXY_AUTHENTICATION_REQUIRED;
        }
    }
    response
}

fn html(refusal: Refusal, language: Lang) -> Bytes {
    let code = language.code();
    let key = format!("gateway-refused-{}", refusal.key());
    let text = |part: &str| i18n::t(language, &format!("{key}-{part}"));
    let (title, why, what) = (text("title"), text("why"), text("do"));
    let html = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} — Beffroi</title>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{why}</p>\n<p>{what}</p>\n</main>\n</body>\n</html>\n"
    );
    Bytes::from(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Refusal; 24] = [
        Refusal::UnknownLease,
        Refusal::NoCredential,
        Refusal::WrongCredential,
        Refusal::NotFresh,
        Refusal::Stopped,
        Refusal::NotYetOpen(1),
        Refusal::Ended(1),
        Refusal::Paused,
        Refusal::OutsideHours,
        Refusal::RulesNotAccepted,
        Refusal::Suspended,
        Refusal::PathOutOfScope,
        Refusal::MethodNotAllowed,
        Refusal::TooFast(1),
        Refusal::TooManyAtOnce,
        Refusal::TooMuch,
        Refusal::TargetNotReady,
        Refusal::TargetUnreachable,
        Refusal::TargetForbidden,
        Refusal::TargetTooSlow,
        Refusal::RecordingFull,
        Refusal::RecordingFailed,
        Refusal::Ambiguous,
        Refusal::HeadTooLarge,
    ];

    #[test]
    fn french_comes_first_and_english_when_preferred() {
        let table = [
            ("", Lang::Fr),
            ("fr", Lang::Fr),
            ("de", Lang::Fr),
            ("en", Lang::En),
            ("en-GB,en;q=0.9,fr;q=0.8", Lang::En),
            ("fr-FR,fr;q=0.9,en;q=0.8", Lang::Fr),
            ("en;q=0.5, fr;q=0.7", Lang::Fr),
            ("en;q=nonsense", Lang::Fr),
        ];
        for (asked, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(asked));
            assert_eq!(language(&headers), expected, "{asked}");
        }
        assert_eq!(language(&HeaderMap::new()), Lang::Fr);
    }

    #[test]
    fn a_page_says_why_and_how_to_sign_in() {
        let response = page(Refusal::NoCredential, Lang::En, false);
        assert_eq!(response.status(), 401);
        assert!(
            response.headers()[WWW_AUTHENTICATE]
                .to_str()
                .unwrap()
                .starts_with("Basic ")
        );
        assert_eq!(page(Refusal::TooFast(3), Lang::Fr, false).headers()[RETRY_AFTER], "3");
        assert!(
            page(Refusal::Paused, Lang::Fr, false)
                .headers()
                .get(WWW_AUTHENTICATE)
                .is_none()
        );
    }

    #[test]
    fn each_refusal_has_its_texts_in_both_languages() {
        for refusal in ALL {
            for (language, part) in [Lang::Fr, Lang::En]
                .into_iter()
                .flat_map(|language| ["title", "why", "do"].map(|part| (language, part)))
            {
                let key = format!("gateway-refused-{}-{part}", refusal.key());
                assert!(i18n::exists(language, &key), "{language:?} {key}");
            }
        }
    }

    #[test]
    fn who_asks_through_a_proxy_is_asked_by_the_proxy() {
        let response = page(Refusal::NoCredential, Lang::Fr, true);
        assert_eq!(response.status(), 407);
        assert!(response.headers().contains_key(PROXY_AUTHENTICATE));
        assert!(!response.headers().contains_key(WWW_AUTHENTICATE));
    }
}
