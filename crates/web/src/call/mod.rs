//! The pages of the call part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
