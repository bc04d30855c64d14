//! Pages of what was touched of a campaign's targets.

mod asked;
mod file;
mod show;

use crate::Routes;
use crate::shell::Page;
use addresses::coverage as at;
use domain::coverage::Told;

pub(crate) fn routes() -> Routes {
    Routes::new().get(at::SHOW, show::show).get(at::FILE, file::file)
}

/// Writes a number of people as it may be told.
fn written(page: &Page, told: Told) -> String {
    let number = |number: u64| i18n::integer(page.lang_is, i64::try_from(number).unwrap_or(i64::MAX));
    match told {
        Told::Nobody => number(0),
        Told::Few => page.tn("coverage-few", domain::coverage::TOLD_FROM),
        Told::Exactly(exact) => number(exact),
        Told::About(about) => page.t1("coverage-about", "number", number(about)),
    }
}
