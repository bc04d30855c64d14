//! What is counted of an endpoint.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{LeaseCount, MAX_TIMES, Touch, short_hash};
use crate::entry::Micros;

/// A method and a folded path, such as `GET /actes/{n}`; ordered by their hash first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Endpoint {
    hash: u64,
    name: String,
}

impl Endpoint {
    /// The method and the folded path.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl From<String> for Endpoint {
    fn from(name: String) -> Self {
        Self {
            hash: short_hash(&name),
            name,
        }
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.name
    }
}

/// Counts of some exchanges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many.
    pub exchanges: u64,
    /// By how many leases.
    pub leases: LeaseCount,
    /// How they were answered.
    pub statuses: Statuses,
    /// When the first began.
    pub first: Option<Micros>,
    /// When the last began.
    pub last: Option<Micros>,
}

/// How many answers of which class (RFC 9110 §15).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses {
    /// No answer.
    pub none: u64,
    /// An upgrade, or another 1xx.
    pub informational: u64,
    /// 2xx.
    pub successful: u64,
    /// 3xx.
    pub redirection: u64,
    /// 4xx.
    pub client_error: u64,
    /// 5xx, and what is no status.
    pub server_error: u64,
}

impl Statuses {
    fn slot(&mut self, status: Option<u16>) -> &mut u64 {
        match status.map(|status| status / 100) {
            None => &mut self.none,
            Some(0 | 1) => &mut self.informational,
            Some(2) => &mut self.successful,
            Some(3) => &mut self.redirection,
            Some(4) => &mut self.client_error,
            Some(_) => &mut self.server_error,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.none += other.none;
        self.informational += other.informational;
        self.successful += other.successful;
        self.redirection += other.redirection;
        self.client_error += other.client_error;
        self.server_error += other.server_error;
    }
}

impl Counted {
    pub(super) fn one(touch: &Touch) -> Self {
        let mut statuses = Statuses::default();
        *statuses.slot(touch.status) = 1;
        Self {
            exchanges: 1,
            leases: LeaseCount::of(&touch.lease),
            statuses,
            first: Some(touch.at),
            last: Some(touch.at),
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.exchanges += other.exchanges;
        self.leases.merge(&other.leases);
        self.statuses.merge(&other.statuses);
        self.first = match (self.first, other.first) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        self.last = self.last.max(other.last);
    }
}

/// What was counted of one endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointCoverage {
    /// All exchanges that touched it.
    pub counted: Counted,
    /// How many exchanges by the day on which they began (days since 1970 in UTC).
    pub days: BTreeMap<i64, u64>,
}

impl EndpointCoverage {
    pub(super) fn one(counted: Counted, day: i64) -> Self {
        Self {
            counted,
            days: BTreeMap::from([(day, 1)]),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.counted.merge(&other.counted);
        for (day, count) in other.days {
            *self.days.entry(day).or_default() += count;
        }
        while self.days.len() > MAX_TIMES {
            self.days.pop_last();
        }
    }
}
