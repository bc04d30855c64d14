//! Histories as pages show them: what happened, who did it, in which role, when.

use crate::error::Outcome;
use crate::unit::Unit;
use domain::Timestamp;
use domain::role::Role;
use serde_json::Value;
use uuid::Uuid;

/// One line of a history.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// What happened, for example `deployment.confirmed`.
    pub kind: String,
    /// The name of who did it; empty for the system and for somebody erased.
    pub who: String,
    /// The role they did it in, where they had one.
    pub role: Option<Role>,
    /// When.
    pub at: Timestamp,
    /// What the entry says, where it can still be opened.
    pub body: Value,
}

impl HistoryLine {
    /// Gives a text of the entry; empty where it has none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.body.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Gives the history of a thing that the reader may read, newest first.
///
/// # Errors
/// [`crate::Error`] where the store fails.
pub async fn lines(unit: &mut Unit, stream_kind: &str, id: Uuid) -> Outcome<Vec<HistoryLine>> {
    let mut lines = Vec::new();
    for (entry, body) in unit.history(stream_kind, id).await?.into_iter().rev() {
        lines.push(HistoryLine {
            who: match entry.actor {
                Some(person) => unit.name_of(person).await?,
                None => String::new(),
            },
            role: entry.role.as_deref().and_then(Role::from_code),
            kind: entry.kind,
            at: entry.at,
            body,
        });
    }
    Ok(lines)
}
