//! Programmes: opened, described, published; their documents, members and completions.

mod completions;
mod completions_csv;
mod documents;
mod mails;
mod members;
mod membership;
mod open;
mod view;

pub use completions::{
    AddCompletion, CompletionsView, ImportCompletions, PreviewCompletions, RemoveCompletion, ViewCompletions,
};
pub use completions_csv::{CompletionLine, Preview};
pub use documents::{AddDocument, DocumentDraft, DocumentLine, EndDocument, MayAddDocument, download_document};
pub use members::{AddMember, EndMember, MembersView, ViewMembers};
pub use membership::AnswerMembership;
pub use open::{EditProgramme, OpenProgramme, ProgrammeDraft, PublishProgramme};
pub use view::{ListProgrammes, ProgrammeLine, ProgrammeList, ProgrammeView, ViewProgramme};

pub(crate) use documents::public_documents;
pub(crate) use mails::send as send_mail;
pub(crate) use membership::desk_items;
pub(crate) use view::found as found_by_words;

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::ports::ProgrammeRecord;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::ManageProgramme;
use authorization::{Acting, Action, Permitted};
use domain::ids::{OrganisationId, ProgrammeId};
use domain::role::{GrantScope, Role};
use serde_json::Value;

/// Takes the programme of an address for a change, with the proof that the actor keeps it.
pub(crate) async fn to_manage(unit: &mut Unit, slug: &str) -> Outcome<Permitted<ManageProgramme, ProgrammeRecord>> {
    let id = found::<ManageProgramme>(unit, slug).await?.programme.id;
    let taken = unit.store.programme_for_change(id, unit.now).await?;
    unit.permit_found(taken)
}

/// Gives the programme of an address with the proof of an action.
pub(crate) async fn found<A: Action>(unit: &mut Unit, slug: &str) -> Outcome<Permitted<A, ProgrammeRecord>> {
    let found = unit.store.programme_by_slug(slug, unit.now).await?;
    unit.permit_found(found)
}

/// Journals what happened to a programme, in the sealed log.
pub(crate) async fn record(
    unit: &mut Unit,
    acting: &Acting,
    id: ProgrammeId,
    kind: &'static str,
    body: Value,
) -> Outcome<()> {
    let entry = NewEntry {
        stream_kind: "programme",
        stream_id: id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Programme(id),
        body,
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Refuses a change that was typed over an older revision than the one just taken.
pub(crate) fn fresh(typed_over: i64, taken: i64) -> Outcome<()> {
    if typed_over + 1 == taken {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

/// Gives the organisations whose programmes the actor keeps.
pub(crate) fn kept_by(unit: &Unit) -> Vec<OrganisationId> {
    let mut owners: Vec<OrganisationId> = unit
        .actor
        .grants()
        .iter()
        .filter(|grant| grant.role == Role::Organiser && grant.scope == GrantScope::Organisation)
        .map(|grant| grant.organisation)
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}
