//! Which endpoints of the targets were touched, by which lease, when: told one exchange after the other, without
//! contents, to whoever counts them.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::archive::Archive;
use crate::entry::{Entry, Micros, Start};
use crate::reader::ReadError;
use crate::recorder::ExchangeId;

/// How many exchanges may be under way; beyond, the oldest counts as unanswered.
const MAX_OPEN: usize = 4_096;

/// Gives the name of the endpoint that a method and a target ask; what it leaves out is told nowhere.
pub type NameEndpoint = fn(method: &str, target: &str) -> String;

/// One exchange that ended, or will not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// The fingerprint of the target.
    pub target: String,
    /// The lease.
    pub lease: String,
    /// The name of the endpoint.
    pub endpoint: String,
    /// When it began.
    pub at: Micros,
    /// The status of the final answer, when one came.
    pub status: Option<u16>,
}

/// Follows exchanges through the entries of segments, one segment after the other.
///
/// What is under way at the end of a segment is carried on to the next: keep it with what was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covering {
    open: BTreeMap<String, Touched>,
    session: Option<u64>,
}

impl Covering {
    /// Takes an entry, with the run of the recorder that it belongs to, and tells what ended by it.
    pub fn take(&mut self, session: u64, entry: &Entry, name: NameEndpoint, tell: &mut dyn FnMut(Touched)) {
        // What a run of the recorder left open will not end.
        if self.session.is_some_and(|before| before != session) {
            std::mem::take(&mut self.open).into_values().for_each(&mut *tell);
        }
        self.session = Some(session);
        let Some(number) = entry.exchange() else { return };
        let id = key(ExchangeId { session, number });
        match entry {
            Entry::Begin { .. } => self.begin(id, entry, name, tell),
            Entry::Response { head, .. } => {
                if let (Some(open), Start::Status(status)) = (self.open.get_mut(&id), &head.start) {
                    open.status = (*status == 101 || *status >= 200).then_some(*status);
                }
            }
            Entry::End { .. } => self.open.remove(&id).into_iter().for_each(tell),
            _ => {}
        }
    }

    /// Writes what is under way, to be kept until the next segment.
    pub fn carried(&self) -> Vec<u8> {
        // Texts and numbers are always written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Goes on from what [`Covering::carried`] wrote; from nothing where that is empty.
    pub fn resume(carried: &[u8]) -> Option<Self> {
        match carried.is_empty() {
            true => Some(Self::default()),
            false => serde_json::from_slice(carried).ok(),
        }
    }

    fn begin(&mut self, id: String, entry: &Entry, name: NameEndpoint, tell: &mut dyn FnMut(Touched)) {
        let Entry::Begin {
            at,
            lease,
            target,
            head,
            ..
        } = entry
        else {
            return;
        };
        let Start::Request { method, target: path } = &head.start else {
            return;
        };
        let open = Touched {
            target: target.clone(),
            lease: lease.clone(),
            endpoint: name(method, path),
            at: *at,
            status: None,
        };
        self.open.insert(id, open);
        if self.open.len() > MAX_OPEN
            && let Some((_, oldest)) = self.open.pop_first()
        {
            tell(oldest);
        }
    }
}

impl Archive {
    /// Tells what one segment touched, going on from the one before it; bodies are not read, and one block is held.
    ///
    /// # Errors
    /// [`ReadError`] where the segment does not read; what was told until then is to be forgotten.
    pub fn cover(
        &mut self,
        sequence: u64,
        covering: &mut Covering,
        name: NameEndpoint,
        tell: &mut dyn FnMut(Touched),
    ) -> Result<(), ReadError> {
        self.entries(sequence, |session, entry| covering.take(session, &entry, name, tell))
    }
}

/// A name that sorts as exchanges began, and that JSON takes.
fn key(id: ExchangeId) -> String {
    format!("{:016x}-{:016x}", id.session, id.number)
}
