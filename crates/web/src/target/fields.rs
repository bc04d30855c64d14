//! Fields of forms that stand several times on one page, each about another thing.
//!
//! Each has a name of its own, and so an identifier, to which its label and its hint are tied. The one that was refused bears the
//! name that the error says, since the summary of errors leads to it.

use crate::shell::Submitted;
use uuid::Uuid;

/// Names a field by its thing; `refused` is the thing whose form was refused, where one was.
pub(super) fn name(field: &str, of: Uuid, refused: Option<Uuid>) -> String {
    match refused == Some(of) {
        true => field.to_owned(),
        false => own(field, of),
    }
}

fn own(field: &str, of: Uuid) -> String {
    format!("{field}-{of}")
}

/// Gives what was typed about a thing, under either name.
pub(super) fn typed(form: &Submitted, field: &str, of: Uuid) -> String {
    match form.text(&own(field, of)) {
        typed if typed.is_empty() => form.text(field),
        typed => typed,
    }
}
