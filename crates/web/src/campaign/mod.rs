//! The pages of the campaign part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
