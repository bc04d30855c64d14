//! The public log, and how anybody checks it.

use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use use_cases::public::{PublicLog, ViewLog};
use use_cases::{Error, read};

#[derive(Template)]
#[template(path = "public/log.html")]
struct LogPage {
    page: Page,
    log: PublicLog,
}

impl LogPage {
    fn kind(&self, kind: &str) -> String {
        let key = format!("public-log-kind-{}", kind.replace(['.', '_'], "-"));
        if i18n::exists(self.page.lang_is, &key) {
            self.page.t(&key)
        } else {
            self.page.t("public-log-kind-other")
        }
    }
}

/// Shows the public log.
pub async fn show(visitor: Visitor) -> Answer {
    let log = read(&visitor.context, ViewLog).await.map_err(|e| visitor.problem(e))?;
    let page = visitor.page(visitor.t("public-log-title"));
    Ok(html(StatusCode::OK, &LogPage { page, log }))
}

/// Gives the newest signed checkpoint, as text.
pub async fn checkpoint(visitor: Visitor) -> Answer {
    let log = read(&visitor.context, ViewLog).await.map_err(|e| visitor.problem(e))?;
    if log.checkpoint.is_empty() {
        return Err(visitor.problem(Error::NotFound));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, log.checkpoint).into_response())
}
