//! The pages of calls: public, and for those who keep them.

mod edit;
mod manage;
mod questions;
mod show;

use crate::Routes;
use addresses::programme as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::NEW_CALL, edit::new)
        .post(at::NEW_CALL, edit::prepare)
        .get(at::CALL, show::show)
        .get(at::MANAGE_CALL, manage::show)
        .get(at::EDIT_CALL, edit::edit)
        .post(at::EDIT_CALL, edit::save)
        .get(at::CALL_FORM, questions::show)
        .post(at::CALL_FORM, questions::save)
        .post(at::PUBLISH_CALL, manage::publish)
        .post(at::CLOSE_CALL, manage::close)
        .post(at::CANCEL_CALL, manage::cancel)
}
