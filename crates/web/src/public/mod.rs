//! The pages of the public part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
