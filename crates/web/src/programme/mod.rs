//! The pages of programmes: list, page, documents, members, completions.

mod completions;
mod document;
mod edit;
mod list;
mod members;
mod show;

pub(crate) use show::{DocumentCard, Event, call_tone, document_cards, events};

use crate::Routes;
use addresses::programme as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::PROGRAMMES, list::show)
        .post(at::PROGRAMMES, edit::open)
        .get(at::NEW_PROGRAMME, edit::new)
        .get(at::PROGRAMME, show::show)
        .get(at::EDIT_PROGRAMME, edit::edit)
        .post(at::EDIT_PROGRAMME, edit::save)
        .post(at::PUBLISH_PROGRAMME, edit::publish)
        .get(at::NEW_DOCUMENT, document::new)
        .upload(at::NEW_DOCUMENT, document::add)
        .get(at::DOCUMENT_FILE, document::file)
        .post(at::END_DOCUMENT, document::end)
        .get(at::MEMBERS, members::show)
        .post(at::MEMBERS, members::add)
        .post(at::END_MEMBER, members::end)
        .post(at::ANSWER_MEMBER, members::answer)
        .get(at::COMPLETIONS, completions::show)
        .post(at::COMPLETIONS, completions::add)
        .upload(at::IMPORT_COMPLETIONS, completions::import)
        .post(at::REMOVE_COMPLETION, completions::remove)
}
