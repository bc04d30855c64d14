//! Pages of what was touched of a campaign's targets.

mod asked;
mod plot;
mod show;

use crate::Routes;
use addresses::coverage as at;

pub(crate) fn routes() -> Routes {
    Routes::new().get(at::SHOW, show::show).get(at::FILE, show::file)
}
