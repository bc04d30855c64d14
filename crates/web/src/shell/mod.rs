//! What every page shares: who visits, the frame, forms, errors, headers.

mod assets;
mod body;
mod choice;
mod download;
mod error;
mod form;
mod guard;
mod language;
mod markdown;
mod page;
mod sorting;
mod visitor;

pub use body::TakesFiles;
pub(crate) use body::{HEADS, bounded_by_turns};
pub(crate) use choice::{Choice, with_query};
pub use download::{send_asked, send_file, send_sheet};
pub use error::{Answer, Problem};
pub(crate) use form::is_refusal;
pub use form::{Errors, Submitted, Upload};
pub use language::local_path;
pub use markdown::to_html as markdown_to_html;
pub use page::{Crumb, ErrorLine, Flash, Page, html, redirect, redirect_with};
pub(crate) use sorting::orders;
pub(crate) use visitor::cookie;
pub use visitor::{SESSION_COOKIE, Visitor};

use crate::Routes;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use use_cases::App;

/// The most bytes of a file of lines that is imported after a look at it, as `import-too-large` says.
pub(crate) const IMPORT_MAX: usize = 2_000_000;

/// What the handlers share.
#[derive(Clone)]
pub struct Web {
    /// The use cases' assembly.
    pub app: App,
    /// Whether the instance tells an invented story.
    pub demo: bool,
    /// Whether cookies are only sent over TLS.
    pub secure: bool,
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/assets/{file}", assets::asset)
        .get("/favicon.ico", assets::favicon)
        .post("/langue", language::choose)
        .post("/apercu", markdown::preview)
}

/// Makes the whole site.
pub fn router(web: Web) -> Router {
    // What a form may hold is decided where it is read, by who sends it and to which action.
    let most = body::most(&web.app.settings.limits, true, true);
    crate::routes()
        .into_router()
        .fallback(error::no_such_page)
        .layer(from_fn_with_state(web.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(most))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(CompressionLayer::new())
        .with_state(web)
}
