//! The pages that everybody may open.

mod home;
mod log;
mod receipt;
mod texts;

use crate::Routes;
use addresses::public as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::HOME, home::show)
        .get(at::HELP, texts::help)
        .get(at::ACCESSIBILITY, texts::accessibility)
        .get(at::LEGAL, texts::legal)
        .get(at::LICENCE, texts::licence)
        .get(at::SECURITY_TXT, texts::security_txt)
        .get(at::LOG, log::show)
        .get(at::CHECKPOINT, log::checkpoint)
        .get(at::RECEIPT, receipt::show)
        .post(at::RECEIPT, receipt::check)
        .post(at::PROOF, receipt::proof)
}
