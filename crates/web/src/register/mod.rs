//! The pages of the register part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
