//! Which endpoints of the targets were touched, by how many leases, when: counts without contents.
//!
//! A [`Coverage`] can be stored and merged: merging those of any parts gives exactly what counting
//! everything at once gives. It is bounded by keeping, of endpoints and of leases, those with the least
//! hashes (k minimum values, Bar-Yossef et al. 2002): which ones stay does not depend on the order.

mod endpoint;
mod leases;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Micros, Start};
use crate::recorder::ExchangeId;

pub use endpoint::{Counted, Endpoint, EndpointCoverage, Statuses};
pub use leases::LeaseCount;
pub use template::{folded_method, template};

/// The most endpoints of a target that are told apart.
pub const MAX_ENDPOINTS: usize = 4096;
/// The most targets that are told apart.
pub const MAX_TARGETS: usize = 1024;
/// The most hours, or days, that are told apart.
pub const MAX_TIMES: usize = 20_000;
/// How many exchanges may be under way; beyond, the oldest counts as unanswered.
const MAX_OPEN: usize = 20_000;

const HOUR: Micros = 3_600_000_000;
const DAY: Micros = 24 * HOUR;

/// What was touched, of all targets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// By the fingerprint of the target; the first by name when there are too many.
    pub targets: BTreeMap<String, TargetCoverage>,
}

/// What was touched of one target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetCoverage {
    /// All exchanges.
    pub total: Counted,
    /// Those that the target answered with 404, or that found no answer: they touched no endpoint.
    pub nowhere: Counted,
    /// The endpoints.
    pub endpoints: BTreeMap<Endpoint, EndpointCoverage>,
    /// The endpoints beyond [`MAX_ENDPOINTS`], together.
    pub others: Counted,
    /// By the hour in which they began (hours since 1970 in UTC).
    pub hours: BTreeMap<i64, Counted>,
}

/// One exchange as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// The fingerprint of the target.
    pub target: String,
    /// The lease.
    pub lease: String,
    /// The method and the path as [`template`] folds it.
    pub endpoint: String,
    /// When it began.
    pub at: Micros,
    /// The status of the final answer, when one came.
    pub status: Option<u16>,
}

impl Coverage {
    /// Counts one exchange.
    pub fn count(&mut self, touch: &Touch) {
        let target = self.targets.entry(touch.target.clone()).or_default();
        target.count(touch);
        self.bound();
    }

    /// Adds what was counted elsewhere, of other exchanges.
    pub fn merge(&mut self, other: Self) {
        for (name, theirs) in other.targets {
            self.targets.entry(name).or_default().merge(theirs);
        }
        self.bound();
    }

    fn bound(&mut self) {
        while self.targets.len() > MAX_TARGETS {
            self.targets.pop_last();
        }
    }
}

impl TargetCoverage {
    fn count(&mut self, touch: &Touch) {
        let one = Counted::one(touch);
        self.total.merge(&one);
        self.hours.entry(touch.at.div_euclid(HOUR)).or_default().merge(&one);
        if touch.status.is_none_or(|status| status == 404) {
            self.nowhere.merge(&one);
        } else {
            let endpoint = self.endpoints.entry(touch.endpoint.clone().into()).or_default();
            endpoint.merge(EndpointCoverage::one(one, touch.at.div_euclid(DAY)));
        }
        self.bound();
    }

    fn merge(&mut self, other: Self) {
        self.total.merge(&other.total);
        self.nowhere.merge(&other.nowhere);
        self.others.merge(&other.others);
        for (hour, theirs) in other.hours {
            self.hours.entry(hour).or_default().merge(&theirs);
        }
        for (name, theirs) in other.endpoints {
            self.endpoints.entry(name).or_default().merge(theirs);
        }
        self.bound();
    }

    /// Of too many endpoints those with the greatest hashes go to the others.
    fn bound(&mut self) {
        while self.hours.len() > MAX_TIMES {
            self.hours.pop_last();
        }
        while self.endpoints.len() > MAX_ENDPOINTS {
            if let Some((_, gone)) = self.endpoints.pop_last() {
                self.others.merge(&gone.counted);
            }
        }
    }
}

/// The first bytes of the BLAKE3 of a name.
fn short_hash(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    hash.as_bytes()
        .first_chunk()
        .map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Counts exchanges from the entries of segments, one segment after the other.
///
/// What is under way at the end of a segment is carried on to the next: store both together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covering {
    /// What was counted so far.
    pub coverage: Coverage,
    open: BTreeMap<String, Open>,
    session: Option<u64>,
}

/// An exchange that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    target: String,
    lease: String,
    endpoint: String,
    at: Micros,
    status: Option<u16>,
}

impl Covering {
    /// Takes an entry, with the run of the recorder that it belongs to.
    pub fn take(&mut self, session: u64, entry: &Entry) {
        // What a run of the recorder left open will not end.
        if self.session.is_some_and(|before| before != session) {
            self.give_up();
        }
        self.session = Some(session);
        let Some(number) = entry.exchange() else { return };
        let id = ExchangeId { session, number };
        match entry {
            Entry::Begin { .. } => self.begin(id, entry),
            Entry::Response { head, .. } => {
                if let (Some(open), Start::Status(status)) = (self.open.get_mut(&key(id)), &head.start) {
                    open.status = (*status == 101 || *status >= 200).then_some(*status);
                }
            }
            Entry::End { .. } => {
                if let Some(open) = self.open.remove(&key(id)) {
                    self.coverage.count(&open.into());
                }
            }
            _ => {}
        }
    }

    /// What was counted, with what is under way counted as it is.
    pub fn so_far(&self) -> Coverage {
        let mut coverage = self.coverage.clone();
        for open in self.open.values() {
            coverage.count(&open.clone().into());
        }
        coverage
    }

    fn begin(&mut self, id: ExchangeId, entry: &Entry) {
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
        let open = Open {
            target: target.clone(),
            lease: lease.clone(),
            endpoint: format!("{} {}", folded_method(method), template(path)),
            at: *at,
            status: None,
        };
        self.open.insert(key(id), open);
        if self.open.len() > MAX_OPEN
            && let Some((_, oldest)) = self.open.pop_first()
        {
            self.coverage.count(&oldest.into());
        }
    }

    fn give_up(&mut self) {
        for open in std::mem::take(&mut self.open).into_values() {
            self.coverage.count(&open.into());
        }
    }
}

/// A name that sorts as exchanges began, and that JSON takes.
fn key(id: ExchangeId) -> String {
    format!("{:016x}-{:016x}", id.session, id.number)
}

impl From<Open> for Touch {
    fn from(open: Open) -> Self {
        Self {
            target: open.target,
            lease: open.lease,
            endpoint: open.endpoint,
            at: open.at,
            status: open.status,
        }
    }
}
