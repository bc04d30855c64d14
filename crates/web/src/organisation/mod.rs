//! The pages of the organisation part.

use crate::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
