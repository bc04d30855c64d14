//! The pages of the candidacy part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
