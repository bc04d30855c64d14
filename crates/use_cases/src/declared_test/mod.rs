//! Tests made elsewhere, past and intended, as organisations declare them.

mod correct;
mod declare;
mod draft;
mod file;
mod import;
mod list;
mod show;

pub use correct::{CorrectDeclaredTest, WithdrawDeclaredTest};
pub use declare::{DeclareTestOf, DeclaredTestForm, MayDeclareTest, ViewDeclaredTestForm, store_report};
pub use draft::TestDraft;
pub use file::{COLUMNS, TestLine, TestsPreview};
pub use import::{ImportTests, PreviewTests};
pub use list::{DeclaredTestsPage, ListDeclaredTestsOf};
pub use show::{DeclaredTestSheet, ReadReportOf, ViewDeclaredTest};

use crate::journal::{Log, NewEntry};
use crate::vault::KeyHolder;
use domain::ids::{DeclaredTestId, OrganisationId};
use sealing::Place;
use serde_json::Value;

/// Makes the journal entry of something that happened to a declared test, under its organisation's key.
fn entry(id: DeclaredTestId, organisation: OrganisationId, kind: &'static str, body: Value) -> NewEntry {
    NewEntry {
        stream_kind: "declared_test",
        stream_id: id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Organisation(organisation),
        body,
    }
}

fn name_of(id: DeclaredTestId) -> Place<'static> {
    crate::unit::place("declared_test", "report_name_sealed", id.0)
}
