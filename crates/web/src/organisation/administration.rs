//! The administrator's page: the state of the platform.

use crate::shell::{Answer, Page, Visitor, html};
use askama::Template;
use axum::http::StatusCode;
use use_cases::organisation::{PlatformState, ViewPlatform};
use use_cases::read;

#[derive(Template)]
#[template(path = "organisation/administration.html")]
struct Administration {
    page: Page,
    state: PlatformState,
}

impl Administration {
    fn number(&self, number: &i64) -> String {
        i18n::integer(self.page.lang_is, *number)
    }
}

/// Shows the state of the platform.
pub(super) async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let state = read(&visitor.context, ViewPlatform)
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = Administration {
        page: visitor
            .page(visitor.t("organisation-administration-title"))
            .under(visitor.t("desk-title"), addresses::people::DESK)
            .here(),
        state,
    };
    Ok(html(StatusCode::OK, &template))
}
