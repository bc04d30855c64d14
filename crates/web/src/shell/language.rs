//! Choosing the language.

use super::page::redirect;
use super::visitor::LANGUAGE_COOKIE;
use super::{Answer, Submitted, Visitor};
use axum::http::{HeaderValue, header};
use i18n::Lang;
use use_cases::people::ChooseLanguage;
use use_cases::perform;

/// Keeps the language: of the person who has signed in, else in a cookie.
pub async fn choose(visitor: Visitor, form: Submitted) -> Answer {
    let lang = Lang::from_code(&form.text("lang"));
    if visitor.signed_in.is_some() {
        perform(&visitor.context, ChooseLanguage { lang })
            .await
            .map_err(|error| visitor.problem(error))?;
    }
    let mut response = redirect(&local_path(&form.text("back")));
    let secure = if visitor.web.secure { "; Secure" } else { "" };
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}",
        lang.code()
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Gives a path of this site; anything else is the home page.
pub fn local_path(text: &str) -> String {
    let local = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\') && text.is_ascii();
    if local && !text.contains(char::is_control) {
        text.to_owned()
    } else {
        "/".to_owned()
    }
}
