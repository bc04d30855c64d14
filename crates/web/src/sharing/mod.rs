//! The pages of the sharing part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
