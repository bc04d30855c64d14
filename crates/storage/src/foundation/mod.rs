//! The foundations' ports: data keys, the journal, jobs, leases, blobs.

mod blob;
mod job;
mod journal;
mod key;

pub(crate) use journal::entry as journal_entry;
