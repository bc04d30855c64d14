//! The journal: entries as canonical bytes, the sequencer that numbers them, and their proofs.

mod problem;
mod promise;
mod promises;
mod sequence;
mod verify;

pub use problem::{LogProblem, ReceptionProblem};
pub use promise::LogPromise;
pub use sequence::{proof_of_entry, sequence};
pub use verify::{LogReport, verify};

pub(crate) use promise::promise_of_entry;

use crate::app::App;
use crate::ports::EntryRow;
use authorization::Acting;
use serde_json::{Value, json};
use uuid::Uuid;

/// Which log an entry enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// Receipts, decisions of calls, attestations, public advisories.
    Public,
    /// Everything else; its size tells outsiders nothing.
    Sealed,
}

impl Log {
    /// Gives the stable name, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Sealed => "sealed",
        }
    }

    /// Gives its name in receipts and checkpoints, for example `beffroi.metropole.example/sealed`.
    #[must_use]
    pub fn name(self, app: &App) -> String {
        format!("{}/{}", app.settings.log_name, self.code())
    }
}

/// An entry to be journaled.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// The kind of thing it is about, for example `candidacy`.
    pub stream_kind: &'static str,
    /// The thing it is about.
    pub stream_id: Uuid,
    /// What happened, for example `candidacy.received`.
    pub kind: &'static str,
    /// Which log it enters.
    pub log: Log,
    /// Whose key seals its content.
    pub holder: crate::vault::KeyHolder,
    /// What it says: identifiers, states, reasons.
    pub body: Value,
}

/// The format of an entry's content; what a receipt promises has a format of its own.
const FORMAT: &str = "beffroi-journal/1";

/// The kind of stream that says which columns stand beside the content of a receipt's entry.
pub(crate) const RECEIPT_STREAM: &str = "receipt";

/// Writes the canonical bytes of an entry: JSON with sorted keys and no spaces.
pub(crate) fn canonical(entry: &EntryRow, body: &Value) -> Vec<u8> {
    let mut content = columns(entry);
    if let Value::Object(fields) = &mut content {
        fields.insert("format".to_owned(), json!(FORMAT));
        fields.insert("body".to_owned(), body.clone());
    }
    content.to_string().into_bytes()
}

/// Gives what the plain columns of an entry say, as its content repeats it.
pub(crate) fn columns(entry: &EntryRow) -> Value {
    json!({
        "id": entry.id,
        "stream": [entry.stream_kind, entry.stream_id],
        "seq": entry.stream_seq,
        "kind": entry.kind,
        "actor": entry.actor,
        "system": entry.system,
        "grant": entry.grant,
        "role": entry.role,
        "at": entry.at,
    })
}

/// Names the columns of an entry that do not say what was journaled.
fn changed_columns(entry: &EntryRow, journaled: &Value) -> Vec<String> {
    let Value::Object(stored) = columns(entry) else {
        return Vec::new();
    };
    stored
        .into_iter()
        .filter(|(name, value)| journaled.get(name) != Some(value))
        .map(|(name, _)| name)
        .collect()
}

/// Notes in a row who acted and under which quality.
pub(crate) fn sign(row: &mut EntryRow, acting: &Acting) {
    row.actor = acting.person();
    if let Acting::System(kind) = acting {
        row.system = Some(kind.code().to_owned());
    }
    if let Acting::Grant(grant) = acting {
        row.grant = Some(grant.id);
        row.role = Some(grant.role.code().to_owned());
    }
}
