//! Addresses of programmes, their documents, members, completions, and of calls.

use uuid::Uuid;

/// The list of programmes.
pub const PROGRAMMES: &str = "/programmes";
/// The page on which a programme is opened.
pub const NEW_PROGRAMME: &str = "/programmes/nouveau";
/// A programme's page.
pub const PROGRAMME: &str = "/programmes/{slug}";
/// Changing a programme.
pub const EDIT_PROGRAMME: &str = "/programmes/{slug}/modifier";
/// Publishing a programme.
pub const PUBLISH_PROGRAMME: &str = "/programmes/{slug}/publier";
/// Adding a document to a programme.
pub const NEW_DOCUMENT: &str = "/programmes/{slug}/documents/nouveau";
/// A document's file.
pub const DOCUMENT_FILE: &str = "/documents/{document}/fichier";
/// Taking a document away.
pub const END_DOCUMENT: &str = "/documents/{document}/retirer";
/// A programme's members, for whoever keeps them.
pub const MEMBERS: &str = "/programmes/{slug}/adherents";
/// Ending a membership.
pub const END_MEMBER: &str = "/programmes/{slug}/adherents/{member}/fin";
/// Saying yes or no to a membership.
pub const ANSWER_MEMBER: &str = "/programmes/{slug}/adherents/{member}/reponse";
/// A programme's completions.
pub const COMPLETIONS: &str = "/programmes/{slug}/parcours";
/// Importing completions.
pub const IMPORT_COMPLETIONS: &str = "/programmes/{slug}/parcours/import";
/// Taking back a completion.
pub const REMOVE_COMPLETION: &str = "/programmes/{slug}/parcours/{completion}/retirer";
/// The page on which a call is prepared.
pub const NEW_CALL: &str = "/programmes/{slug}/appels/nouveau";
/// A call's public page.
pub const CALL: &str = "/appels/{call}";
/// A call's working page, for its organisers.
pub const MANAGE_CALL: &str = "/appels/{call}/gestion";
/// Changing a call.
pub const EDIT_CALL: &str = "/appels/{call}/modifier";
/// Changing a call's form.
pub const CALL_FORM: &str = "/appels/{call}/formulaire";
/// Publishing a call.
pub const PUBLISH_CALL: &str = "/appels/{call}/publier";
/// Closing a call before its time.
pub const CLOSE_CALL: &str = "/appels/{call}/clore";
/// Cancelling a call.
pub const CANCEL_CALL: &str = "/appels/{call}/annuler";

/// Gives the address of a programme.
#[must_use]
pub fn programme(slug: &str) -> String {
    format!("/programmes/{slug}")
}

/// Gives the address on which a programme is changed.
#[must_use]
pub fn edit_programme(slug: &str) -> String {
    format!("/programmes/{slug}/modifier")
}

/// Gives the address on which a programme is published.
#[must_use]
pub fn publish_programme(slug: &str) -> String {
    format!("/programmes/{slug}/publier")
}

/// Gives the address on which a document is added to a programme.
#[must_use]
pub fn new_document(slug: &str) -> String {
    format!("/programmes/{slug}/documents/nouveau")
}

/// Gives the address of a document's file.
#[must_use]
pub fn document_file(document: impl Into<Uuid>) -> String {
    format!("/documents/{}/fichier", document.into())
}

/// Gives the address on which a document is taken away.
#[must_use]
pub fn end_document(document: impl Into<Uuid>) -> String {
    format!("/documents/{}/retirer", document.into())
}

/// Gives the address of the page that keeps a programme's members.
#[must_use]
pub fn members(slug: &str) -> String {
    format!("/programmes/{slug}/adherents")
}

/// Gives the address on which a membership is ended.
#[must_use]
pub fn end_member(slug: &str, member: Uuid) -> String {
    format!("/programmes/{slug}/adherents/{member}/fin")
}

/// Gives the address on which a membership is answered.
#[must_use]
pub fn answer_member(slug: &str, member: Uuid) -> String {
    format!("/programmes/{slug}/adherents/{member}/reponse")
}

/// Gives the address of a programme's completions.
#[must_use]
pub fn completions(slug: &str) -> String {
    format!("/programmes/{slug}/parcours")
}

/// Gives the address on which completions are imported.
#[must_use]
pub fn import_completions(slug: &str) -> String {
    format!("/programmes/{slug}/parcours/import")
}

/// Gives the address on which a completion is taken back.
#[must_use]
pub fn remove_completion(slug: &str, completion: Uuid) -> String {
    format!("/programmes/{slug}/parcours/{completion}/retirer")
}

/// Gives the address on which a call of a programme is prepared.
#[must_use]
pub fn new_call(slug: &str) -> String {
    format!("/programmes/{slug}/appels/nouveau")
}

/// Gives the address of a call's public page.
#[must_use]
pub fn call(call: impl Into<Uuid>) -> String {
    format!("/appels/{}", call.into())
}

/// Gives the address of a call's working page.
#[must_use]
pub fn manage_call(call: impl Into<Uuid>) -> String {
    format!("/appels/{}/gestion", call.into())
}

/// Gives the address on which a call is changed.
#[must_use]
pub fn edit_call(call: impl Into<Uuid>) -> String {
    format!("/appels/{}/modifier", call.into())
}

/// Gives the address on which a call's form is changed.
#[must_use]
pub fn call_form(call: impl Into<Uuid>) -> String {
    format!("/appels/{}/formulaire", call.into())
}

/// Gives the address on which a call is published.
#[must_use]
pub fn publish_call(call: impl Into<Uuid>) -> String {
    format!("/appels/{}/publier", call.into())
}

/// Gives the address on which a call is closed before its time.
#[must_use]
pub fn close_call(call: impl Into<Uuid>) -> String {
    format!("/appels/{}/clore", call.into())
}

/// Gives the address on which a call is cancelled.
#[must_use]
pub fn cancel_call(call: impl Into<Uuid>) -> String {
    format!("/appels/{}/annuler", call.into())
}
