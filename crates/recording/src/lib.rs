//! Append-only sealed segments of the exchanges that pass the gateway.
//!
//! Who records cannot read back: each segment has a fresh key, sealed to the campaign's public
//! key and forgotten at its end. What was told is durable within a second; when it cannot be
//! written, the recorder is closed and nothing may pass, until it opens again by itself.
//!
//! ```text
//! exchange ──▶ queue ──▶ writer ──▶ pieces stored once ──▶ block ──▶ zstd ──▶ seal ──▶ file ──▶ sync
//!                                                                             closed ──▶ record
//! ```
//!
//! A segment is a head (plain, with the sealed key and the digest of the segment before) and
//! frames: blocks of contents, blocks of entries that name them, and a closing one.
//!
//! Who holds the campaign's secret reads with an [`Archive`]: [`find`](fn@find) lists exchanges, [`exchange`](fn@exchange)
//! gives one whole, [`redacted_exchange`] what others may see of it ([`Redaction`] says how much), [`Covering`] tells what
//! was touched without contents, [`bundle`] and [`export`] carry exchanges out. All of them take recorded data for what strangers wrote.
//!
//! Among the tests, npm `har-validator` and PyPI `warcio` judge the exports (`./test validators`);
//! `BEFFROI_FUZZ_SECONDS=600 cargo test -p beffroi-recording fuzz -- --ignored --nocapture` is the long form of those
//! with hostile data.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod archive;
mod block;
mod bodies;
pub mod bundle;
mod collect;
mod contents;
mod coverage;
mod decode;
mod disk;
mod entry;
mod exchange;
pub mod export;
mod find;
#[cfg(test)]
mod fuzz;
mod head;
mod queue;
mod reader;
mod record;
mod recorder;
mod recover;
mod redact;
mod segment;
mod sync;
#[cfg(test)]
mod tests;
mod wire;
mod writer;

pub use archive::{Archive, Finding, verify};
pub use block::MAX_BLOCK;
pub use bodies::{Bodies, Inline, held, redacted_exchange, redacted_exchange_as};
pub use collect::{Collector, Gap, MAX_MESSAGES, Message, Part, Recorded};
pub use coverage::{Covering, NameEndpoint, Touched};
pub use decode::{Decoded, Encoding, decoded};
pub use disk::{Disk, Folder, SegmentFile, Source};
pub use entry::{Content, Entry, GapReason, Head, Location, Micros, Outcome, Side, Start};
pub use exchange::Exchange;
pub use find::{Effort, Filter, Found, Leases, MAX_PAGE, Order, Page, Place, exchange, exchange_at, find};
pub use head::SegmentHead;
pub use queue::Closed;
pub use reader::{ReadError, SegmentReader, Tail};
pub use record::{Counts, SegmentRecord};
pub use recorder::{Chance, Clock, ExchangeId, Limits, MAX_HEAD, Opening, Recorder, Running, Settings};
pub use recover::records;
pub use redact::{
    Personal, REDACTED, Redaction, Shown, Spotted, redacted, redacted_as, redacted_body, redacted_body_as,
    spot_personal, without_personal,
};
pub use wire::Malformed;
