//! The pages of the programme part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
