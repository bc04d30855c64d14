//! The pages of the desk part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
