//! The pages of the people part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
