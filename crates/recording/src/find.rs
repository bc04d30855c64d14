//! Finding exchanges among all segments of a campaign, a page at a time and in bounded memory.
//!
//! An exchange is found where it began: its [`Place`] is the number of that segment and its own.
//! Places order all exchanges of a campaign and never change, so a page can go on after any.

mod filter;
mod lookup;
mod scan;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::archive::Archive;
use crate::entry::{Micros, Outcome};
use crate::reader::ReadError;
use crate::record::SegmentRecord;
use crate::recorder::ExchangeId;

pub use filter::{Filter, Leases};
pub use lookup::{exchange, exchange_at};

/// The most exchanges that one page gives.
pub const MAX_PAGE: usize = 1000;

/// Where an exchange began; places order the exchanges of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The number of the segment.
    pub segment: u64,
    /// The number of the exchange within the run of the recorder.
    pub number: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}", self.segment, self.number)
    }
}

impl Place {
    /// Reads what `Display` writes, as it stands in an address, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (segment, number) = text.split_once('-')?;
        let place = Self {
            segment: u64::from_str_radix(segment, 16).ok()?,
            number: number.parse().ok()?,
        };
        (place.to_string() == text).then_some(place)
    }
}

/// Which exchanges come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Those that began last.
    Newest,
    /// Those that began first.
    Oldest,
}

/// What a list says of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub id: ExchangeId,
    /// Where it began.
    pub place: Place,
    /// When it began.
    pub at: Micros,
    /// The lease it came by.
    pub lease: String,
    /// The fingerprint of the target.
    pub target: String,
    /// The method.
    pub method: String,
    /// Path and query, the first 2,048 bytes of them.
    pub path: String,
    /// The status of the last answer head, when one came.
    pub status: Option<u16>,
    /// The bytes of the request's body, when its end is recorded; an empty one is not told of.
    pub sent: Option<u64>,
    /// The bytes of the answer's body, when its end is recorded; an empty one is not told of.
    pub received: Option<u64>,
    /// How many WebSocket messages passed.
    pub messages: u64,
    /// When and how it ended.
    pub end: Option<(Micros, Outcome)>,
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The exchanges, in the order asked for.
    pub found: Vec<Found>,
    /// Where to go on; nothing when everything was looked at. A page may be short, even empty,
    /// and still go on: its effort was used up.
    pub next: Option<Place>,
}

/// How much one page may give and cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// The most exchanges, at most [`MAX_PAGE`].
    pub limit: usize,
    /// After how many blocks (of at most 1 MiB) no further segment is begun.
    pub blocks: u64,
}

impl Effort {
    /// A page of so many exchanges, for somebody who waits: some hundred mebibytes are read at most,
    /// and one segment.
    pub fn page(limit: usize) -> Self {
        Self { limit, blocks: 1000 }
    }
}

/// Finds the exchanges that a filter lets through, after a place, in an order.
///
/// `records` are those of the segments that are written no more, in their order; of these only such
/// are opened as may hold what is asked for. Memory follows the limit and the number of
/// exchanges that were under way at once, not the recordings.
pub fn find(
    archive: &mut Archive,
    records: &[SegmentRecord],
    filter: &Filter,
    order: Order,
    after: Option<Place>,
    effort: Effort,
) -> Result<Page, ReadError> {
    let limit = effort.limit.clamp(1, MAX_PAGE);
    let mut page = Page {
        found: Vec::new(),
        next: None,
    };
    let mut blocks = 0;
    let mut places: Vec<usize> = (0..records.len()).collect();
    if order == Order::Newest {
        places.reverse();
    }
    for index in places {
        let record = &records[index];
        if !is_ahead(record.sequence, order, after) || !filter.may_stand_in(record) {
            continue;
        }
        if blocks >= effort.blocks {
            page.next = Some(before(record.sequence, order));
            return Ok(page);
        }
        let asked = scan::Asked {
            filter,
            order,
            after,
            limit: limit - page.found.len(),
        };
        let scanned = scan::segment(archive, &records[index..], asked)?;
        blocks += scanned.blocks;
        page.found.extend(scanned.found);
        if page.found.len() >= limit {
            page.next = page.found.last().map(|found| found.place);
            return Ok(page);
        }
    }
    Ok(page)
}

/// Whether a segment may hold places after one, in an order.
fn is_ahead(segment: u64, order: Order, after: Option<Place>) -> bool {
    after.is_none_or(|after| match order {
        Order::Newest => segment <= after.segment,
        Order::Oldest => segment >= after.segment,
    })
}

/// The place just before a segment, in an order.
fn before(segment: u64, order: Order) -> Place {
    let number = match order {
        Order::Newest => u64::MAX,
        Order::Oldest => 0,
    };
    Place { segment, number }
}
