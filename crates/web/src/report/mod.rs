//! Reports: writing them, following them, judging them.

mod act;
pub(crate) mod alike;
mod draft;
pub(crate) mod fields;
mod files;
mod list;
mod naming;
mod queue;
mod run;
mod show;
mod template;
mod together;
pub(crate) mod words;

use crate::Routes;
use addresses::report as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::MINE, list::show)
        .get(at::MINE_FILE, list::file)
        .get(at::QUEUE, queue::show)
        .post(at::QUEUE, queue::choose)
        .get(at::QUEUE_FILE, queue::file)
        .get(at::NEW, draft::new)
        .upload(at::NEW, draft::begin)
        .get(at::TEMPLATES, template::list)
        .post(at::TEMPLATES, template::begin)
        .get(at::TEMPLATE, template::edit)
        .post(at::TEMPLATE, template::change)
        .post(at::END_TEMPLATE, template::end)
        .get(at::SHOW, show::show)
        .get(at::EDIT, draft::edit)
        .upload(at::EDIT, draft::keep)
        .get(at::NAMING, naming::show)
        .post(at::NAMING, naming::answer)
        .get(at::ACT, act::page)
        .upload(at::ACT, act::perform_act)
        .get(at::ATTACHMENT, files::download)
        .post(at::REMOVE_ATTACHMENT, files::remove)
}
