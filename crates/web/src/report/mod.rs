//! The pages of the report part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
