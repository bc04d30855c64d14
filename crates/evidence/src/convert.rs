//! The words of the use cases and those of recordings, one for one.

use domain::Timestamp;
use domain::ids::CampaignId;
use recording::bundle::BundleError;
use recording::{Counts, Filter, Found, Leases, ReadError, SegmentRecord};
use use_cases::ports::{ExchangeFilter, ExchangeLine, RecordingTrouble, SegmentRow};

/// A number of the database, which is never negative here.
fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Gives a segment's record as recordings know it.
#[must_use]
pub fn record_of(row: &SegmentRow) -> SegmentRecord {
    SegmentRecord {
        sequence: unsigned(row.sequence),
        size: unsigned(row.size),
        digest: row.digest,
        previous: row.previous,
        first: row.first_at.0,
        last: row.last_at.0,
        counts: row.counts.map(|(exchanges, messages, bytes)| Counts {
            exchanges: unsigned(exchanges),
            messages: unsigned(messages),
            bytes: unsigned(bytes),
        }),
    }
}

/// Gives a segment's record as the database keeps it.
#[must_use]
pub fn row_of(campaign: CampaignId, record: &SegmentRecord) -> SegmentRow {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    SegmentRow {
        campaign,
        sequence: signed(record.sequence),
        size: signed(record.size),
        digest: record.digest,
        previous: record.previous,
        first_at: Timestamp(record.first),
        last_at: Timestamp(record.last),
        counts: record
            .counts
            .map(|counts| (signed(counts.exchanges), signed(counts.messages), signed(counts.bytes))),
    }
}

/// Gives a filter as recordings know it.
pub(crate) fn filter_of(asked: &ExchangeFilter) -> Filter {
    Filter {
        leases: Leases::Only(asked.leases.iter().map(ToString::to_string).collect()),
        since: asked.since.map(|at| at.0),
        until: asked.until.map(|at| at.0),
        method: asked.method.clone(),
        path: asked.path.clone(),
        status: asked.status,
        text: asked.text.clone(),
        target: None,
    }
}

/// Gives an exchange of a list.
pub(crate) fn found_line(found: Found) -> ExchangeLine {
    ExchangeLine {
        place: found.place.to_string(),
        at: Timestamp(found.at),
        method: found.method,
        path: found.path,
        status: found.status,
        received: found.received,
        messages: found.messages,
    }
}

/// What does not read.
pub(crate) fn failed(error: ReadError) -> RecordingTrouble {
    RecordingTrouble::Failed(error.to_string())
}

/// What is no bundle, or becomes none.
pub(crate) fn no_bundle(error: BundleError) -> RecordingTrouble {
    match error {
        BundleError::TooLarge => RecordingTrouble::TooLarge,
        other => RecordingTrouble::Failed(other.to_string()),
    }
}
